"""The record. It has no foreign keys, since it outlives those it names."""

from typing import Any

from django.db import models

from belisha.audit.rules import BEGINNING, Link
from belisha.lib.ids import new_id


class Entry(models.Model):
    """One thing that happened. It holds ids and codes, never a name, so erasure leaves it whole."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    school_id = models.BigIntegerField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)  # the user; null is the software itself
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=100)  # "pupil:123"
    facts = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_id", "number"], name="audit_number_once")
        ]
        indexes = [models.Index(fields=["school_id", "about"], name="audit_about")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.about}"

    @property
    def said(self) -> dict[str, Any]:
        """What the hash covers besides the row's place."""
        return {
            "school": self.school_id,
            "at": self.at.isoformat(),
            "by": self.by,
            "verb": self.verb,
            "about": self.about,
            "facts": self.facts,
        }

    @property
    def link(self) -> Link:
        return Link(self.number, self.said, self.before, self.hash)


class Chain(models.Model):
    """Where a school's record ends. Locking this row puts those who write in a line."""

    school_id = models.BigIntegerField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=BEGINNING)

    def __str__(self) -> str:
        return f"{self.length} entries"
