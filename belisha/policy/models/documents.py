"""The school's documents: versions, clauses, approvals, and what keeps each clause."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.people.models import SchoolRow, User, scoped
from belisha.policy.controls import CONTROLS
from belisha.policy.outline import Item, Outline, addresses

MAIN = "social-media"


class Document(SchoolRow):
    """A document that the school stands by: a policy of its own, or guidance from outside.

    The one with the key ``social-media`` is the policy that Belisha puts to work (G.3 names the
    others). Of guidance from outside (statutory safeguarding guidance, the Teachers' Standards) a
    version is an edition, with the address where it can be read.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", "A policy of the school"
        GUIDANCE = "guidance", "Guidance from outside"

    key = models.SlugField(max_length=40, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POLICY)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)  # in use no more; versions remain

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["position", "title"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="document_key_once")]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["Version"]):
    def issued(self) -> "VersionQuerySet":
        return self.filter(issued_at__isnull=False)

    def drafts(self) -> "VersionQuerySet":
        return self.filter(issued_at=None)

    def in_force(self, at: datetime) -> "VersionQuerySet":
        """The newest issued by then, first; a case is judged by the version of its day."""
        return self.filter(issued_at__lte=at).order_by("-issued_at", "-major", "-minor")


class Version(SchoolRow):
    """One version of a document (G.1). A draft may be changed; once issued it never changes.

    Its number is ``major.minor``: a change of substance makes a new major number and asks for a
    new reading, a small edit makes a new minor one and does not. A document has one draft at most.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    author = models.CharField(max_length=200, blank=True)
    checker = models.CharField("checked by", max_length=200, blank=True)
    commitment = models.TextField("safeguarding commitment", blank=True)  # G.2
    what_changed = models.TextField(blank=True)
    read_at = models.URLField("address where it can be read", max_length=300, blank=True)
    review_on = models.DateField("next review due", null=True, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)
    issued_on = models.DateField("date of issue", null=True, editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(VersionQuerySet)

    class Meta:
        ordering = ["document", "-major", "-minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "document", "major", "minor"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["school", "document"],
                condition=Q(issued_at=None),
                name="document_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.label}"

    @property
    def label(self) -> str:
        """The number as it is printed, such as ``4.2``."""
        return f"{self.major}.{self.minor}"

    @property
    def outline(self) -> Outline:
        """The text of this version."""
        clauses = Clause.objects.filter(version=self).order_by("position")
        return Outline(self.title, tuple(clause.item for clause in clauses))


class Clause(SchoolRow):
    """One clause or paragraph of one version, with the address that it has for ever."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    address = models.CharField(max_length=60)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version", "position"], name="clause_position_once"
            ),
            models.UniqueConstraint(
                fields=["school", "version", "address"], name="clause_address_once"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def item(self) -> Item:
        return Item(self.number, self.heading, self.text, self.section, self.level)


def clauses_of(version: Version, outline: Outline) -> list[Clause]:
    """The rows that an outline becomes in a version; not saved."""
    return [
        Clause(
            school_id=version.school_id,
            version=version,
            position=position,
            number=item.number,
            heading=item.heading,
            section=item.section,
            level=item.level,
            text=item.text,
            address=address,
        )
        for position, (item, address) in enumerate(
            zip(outline.items, addresses(outline.items), strict=True)
        )
    ]


class Binding(SchoolRow):
    """What keeps a clause: a control of Belisha, or people, with who and how it is proven.

    A person decided it; a suggestion is never stored. One clause may have several controls, and
    one control may keep several clauses.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    control = models.CharField(
        max_length=10, blank=True, choices=[(one.id, one.short) for one in CONTROLS.values()]
    )
    kept_by = models.CharField("who keeps it", max_length=200, blank=True)
    proof = models.CharField("how it is proven", max_length=300, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "clause", "control"], name="binding_control_once"
            ),
            models.CheckConstraint(
                condition=~Q(control="") ^ ~Q(kept_by=""), name="kept_by_software_or_by_people"
            ),
        ]
        indexes = [models.Index(fields=["school", "control"], name="binding_by_control")]

    def __str__(self) -> str:
        return self.control or self.kept_by


class Approval(SchoolRow):
    """That the head, or the governors, approved a version as it then stood (G.1).

    A draft that is changed afterwards needs it again: the old one stays, superseded.
    """

    class Side(models.TextChoices):
        HEAD = "head", "the head"
        GOVERNORS = "governors", "the governors"

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    name = models.CharField("approved by", max_length=200)
    approved_on = models.DateField("on")
    minute = models.CharField("minute of the meeting", max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version", "side"],
                condition=Q(superseded_at=None),
                name="approval_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.approved_on:%-d %B %Y}"


def version_in_force(at: datetime, key: str = MAIN) -> Version | None:
    """The version of a document that was in force at a moment, or None."""
    found: Version | None = Version.objects.filter(document__key=key).in_force(at).first()
    return found


def overdue_on(version: Version, on: date) -> bool:
    """Whether the review of a version is late."""
    return bool(version.review_on and version.review_on < on)
