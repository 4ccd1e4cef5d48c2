"""What was sent with a complaint: pictures, PDFs, films."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.complaints.models.complaints import Complaint
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped
from belisha.photos.models import StoredFile


class Attachment(SchoolRow):
    """A file of the family, or one that the school was given: kept as it came, never changed.

    It is taken in as evidence of a case is (see `incidents.actions.files`), and goes with its
    complaint. `by` is null for a family that came by its code.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments")
    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    shows = models.TextField(max_length=2000, blank=True)
    from_family = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "complaint", "sha256"], name="complaint_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
