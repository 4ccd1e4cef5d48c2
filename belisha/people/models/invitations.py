"""Invitations: links with which staff choose their password."""

from typing import Any, ClassVar

from django.db import models

from belisha.people.models.everyone import SchoolRow, Staff, User, scoped


class Invitation(SchoolRow):
    """A link that lets one member of staff choose a password, once. Only its hash is kept.

    Whoever asks for a forgotten password makes one, of nobody where the address is not known: so
    the answer takes the same time.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # Nobody where they asked for it themselves, or whoever runs the server did.
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    use_by = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return f"made {self.made_at:%-d %B %Y}"
