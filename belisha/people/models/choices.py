"""What somebody chose for themselves: mail each morning, keys, and a private calendar address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.people.models.everyone import SchoolRow, User, scoped


class Choices(SchoolRow):
    """One person's choices. Who has no row has chosen nothing: no mail, and the key works."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    digest = models.BooleanField(default=False)  # what waits, by mail, on school days
    slash_key = models.BooleanField(default=True)  # the key / goes to the search
    digested_on = models.DateField(null=True)  # the last day for which the mail is settled

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return f"choices of {self.user}"


def choices_of(user: User) -> Choices:
    """What a person chose, or what counts until they do; that is not saved."""
    found: Choices | None = Choices.objects.filter(user=user).first()
    return found or Choices(school=user.school, user=user)


class CalendarAddress(SchoolRow):
    """A private address of a calendar feed. Only its hash is kept. Revoked, it opens nothing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(revoked_at=None),
                name="calendar_address_once",
            )
        ]

    def __str__(self) -> str:
        return f"made {self.made_at:%-d %B %Y}"
