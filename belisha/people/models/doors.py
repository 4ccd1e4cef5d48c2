"""Ways in: codes on printed letters and in mail, and how often each door may be tried."""

from typing import Any, ClassVar

from django.db import models

from belisha.people.models.everyone import GuestPass, Parent, Row, SchoolRow, User, scoped


class LetterCode(SchoolRow):
    """A code on a printed letter that lets one parent in once. Only its hash is kept."""

    parent = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    use_by = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return f"made {self.made_at:%-d %B %Y}"


class SignInCode(SchoolRow):
    """A code that was mailed, for the browser that asked. One is kept for unknown addresses too."""

    class Act(models.TextChoices):
        SIGN_IN = "sign-in"
        ADDRESS = "address"  # a parent writes down another address of theirs

    act = models.CharField(max_length=10, choices=Act.choices)
    parent = models.ForeignKey(Parent, models.CASCADE, null=True, related_name="+")
    guest = models.ForeignKey(GuestPass, models.CASCADE, null=True, related_name="+")
    address_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)  # of what the browser keeps
    hash = models.CharField(max_length=64)  # of the code, together with the token
    asked_at = models.DateTimeField()
    use_by = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones
    spent_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="sign_in_code_by_age")]

    def __str__(self) -> str:
        return f"asked at {self.asked_at:%H:%M}"


class Limit(Row):
    """A bucket of tries at one door by one account or address of the network, as a hash."""

    hash = models.CharField(max_length=64, unique=True)
    full_at = models.DateTimeField()  # when all tries are there again

    class Meta:
        indexes = [models.Index(fields=["full_at"], name="limit_by_age")]

    def __str__(self) -> str:
        return f"full at {self.full_at:%H:%M}"
