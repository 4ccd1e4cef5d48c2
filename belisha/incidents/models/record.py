"""What happened in a case, and its evidence: appended, hashed, never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.audit.rules import BEGINNING, Link
from belisha.incidents.models.cases import Case
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped
from belisha.photos.models import StoredFile


class Trail(SchoolRow):
    """Where a case's own record ends, so that a tail cut off is seen."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="trail")
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=BEGINNING)

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return f"{self.length} entries"


class HappeningQuerySet(models.QuerySet["Happening"]):
    def acts(self) -> HappeningQuerySet:
        """What somebody did about a case, by which one knows that they read it. That it went into a
        sheet with all others, or was given out, is none."""
        given = (Happening.What.TOLD, Happening.What.GIVEN)
        return self.exclude(by=None).exclude(what__in=given)


class Happening(SchoolRow):
    """One entry of a case's own record. Each carries the hash of the one before it.

    The school's common record holds nothing of a case: its numbers run on, so a gap or a line there
    would tell the person whom a case is about. The command `belisha audit verify` walks these too.
    """

    class What(models.TextChoices):
        TOLD = "told", "Told"
        NOTE = "note", "Note"
        CORRECTED = "corrected", "Corrected"
        PARTY = "party", "Who is part of it"
        HANDLER = "handler", "Who works on it"
        EVIDENCE = "evidence", "Evidence"
        LOOKED = "looked", "Evidence was opened"
        QUESTION = "question", "Question to whoever told us"
        ANSWER = "answer", "Answer of whoever told us"
        INFORMED = "informed", "Who was told"
        WORK = "work", "What is to be done"
        ANSWERED = "answered", "Questions were answered"
        DECIDED = "decided", "Decided"
        GIVEN = "given", "Given out"
        CLOSED = "closed", "Closed"
        OPENED = "opened", "Opened again"

    case = models.ForeignKey(Case, models.CASCADE, related_name="happenings")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=9, choices=What.choices)
    words = models.TextField(max_length=5000, blank=True)
    facts = models.JSONField(default=dict)  # ids and codes
    # Only those who work on the case read it; otherwise also whoever told us, and a bundle.
    private = models.BooleanField("only for those who work on the case", default=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[Any] = scoped(HappeningQuerySet)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "case", "number"], name="happening_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_what_display()}"

    @property
    def said(self) -> dict[str, Any]:
        """What the hash covers besides the row's place."""
        return {
            "case": self.case_id,
            "at": self.at.isoformat(),
            "by": self.by_id,
            "what": self.what,
            "words": self.words,
            "facts": self.facts,
            "private": self.private,
        }

    @property
    def link(self) -> Link:
        return Link(self.number, self.said, self.before, self.hash)


class Evidence(SchoolRow):
    """A file or an address that shows what happened: hashed on receipt, never changed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("name of the file", max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField("address", max_length=1000, blank=True)
    shows = models.TextField("what was seen", max_length=2000, blank=True)
    seen_at = models.DateTimeField("seen at", null=True, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["school", "case"], name="evidence_of_case")]

    def __str__(self) -> str:
        return self.name or self.url


class WorkingCopy(SchoolRow):
    """A picture of evidence with black boxes upon it, for a bundle. The evidence stays as it is.

    `boxes` are lists of x, y, width and height, as fractions of the picture; there are none when
    somebody looked and nothing had to be covered. Of a PDF it shows one of its pages.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="copies")
    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    boxes = models.JSONField(default=list)
    page = models.PositiveSmallIntegerField(default=1)  # counted from 1
    pages = models.PositiveSmallIntegerField(default=1)  # of the evidence; 1 of a picture
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "working copies"
        indexes = [models.Index(fields=["school", "evidence"], name="copy_of_evidence")]

    def __str__(self) -> str:
        return f"copy of {self.evidence}"


class Arrival(SchoolRow):
    """A file of evidence that comes in parts, so that a broken connection goes on where it stopped.

    `token` is made by the browser.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    token = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes of the whole file
    received = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "case", "token"], name="arrival_once")
        ]

    def __str__(self) -> str:
        return f"{self.received} of {self.size}"


class ArrivalPart(SchoolRow):
    """One sealed part of a file that is on its way."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="parts")
    offset = models.PositiveBigIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "arrival", "offset"], name="arrival_part_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.offset)
