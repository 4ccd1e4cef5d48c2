"""Ways in: codes on printed letters."""

from typing import Any, ClassVar

from django.db import models

from belisha.people.models.everyone import Parent, SchoolRow, User, scoped


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
