"""The school's documents: versions, clauses, approvals, and what keeps each clause."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, Staff, User, scoped
from belisha.people.rules import GOVERNORS, STAFF
from belisha.policy.controls import CONTROLS
from belisha.policy.outline import Item, Outline, addresses, fingerprint

MAIN = "social-media"
# The school's documents that G.3 names, by the keys that their models have.
KNOWN = {
    MAIN: "Social media and digital photography",
    "online-safety": "Online safety",
    "mobile-phones": "Mobile phones",
    "acceptable-use": "Acceptable use",
    "anti-bullying": "Anti-bullying",
    "behaviour": "Behaviour",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self) -> "DocumentQuerySet":
        return self.filter(ended_at=None)


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
    reviewer = models.ForeignKey(
        Staff,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who reviews it",
    )  # nobody: the head
    ended_at = models.DateTimeField(null=True, editable=False)  # in use no more; versions remain

    objects: ClassVar[Any] = scoped(DocumentQuerySet)

    class Meta:
        ordering = ["position", "title"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="document_key_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_main(self) -> bool:
        return self.key == MAIN

    @property
    def is_begun(self) -> bool:
        """Whether the school has it on its list; one of `KNOWN` may be no row yet."""
        return not self._state.adding

    @property
    def draft(self) -> "Version | None":
        found: Version | None = Version.objects.filter(document=self).drafts().first()
        return found

    def in_force(self, at: datetime) -> "Version | None":
        found: Version | None = Version.objects.filter(document=self).in_force(at).first()
        return found


class VersionQuerySet(models.QuerySet["Version"]):
    def issued(self) -> "VersionQuerySet":
        return self.filter(issued_at__isnull=False)

    def drafts(self) -> "VersionQuerySet":
        return self.filter(issued_at=None)

    def in_force(self, at: datetime) -> "VersionQuerySet":
        """The newest issued by then, first; a case is judged by the version of its day."""
        return self.filter(issued_at__lte=at).order_by("-issued_at", "-major", "-minor")

    def read_by(self, user: User, at: datetime) -> "VersionQuerySet":
        """What is issued, for staff and governors; for all others what is in force now."""
        issued = self.issued().filter(issued_at__lte=at)
        if user.has_role(*STAFF, *GOVERNORS):
            return issued
        return issued.filter(pk__in=[version.pk for version in newest_of_each(issued)])


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
    def clauses(self) -> "models.QuerySet[Clause]":
        """In the order of the document."""
        found: models.QuerySet[Clause] = Clause.objects.filter(version=self).order_by("position")
        return found

    @property
    def outline(self) -> Outline:
        """The text of this version."""
        return Outline(self.title, tuple(clause.item for clause in self.clauses))

    @property
    def digest(self) -> str:
        """What an approval is for: the words of this version, its number and its front matter."""
        front = (
            *(self.label, self.author, self.checker, self.commitment, self.what_changed),
            *(self.read_at, self.review_on.isoformat() if self.review_on else ""),
        )
        return fingerprint(self.outline, front)

    @property
    def is_of_substance(self) -> bool:
        """Whether it asks for a new reading; the first version does."""
        return self.minor == 0

    @property
    def approvals(self) -> "dict[str, Approval]":
        """Those that stand, by their side."""
        standing = Approval.objects.filter(version=self, superseded_at=None)
        return {one.side: one for one in standing}


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
    # In plain words for the parents' page; empty: it is not shown there.
    for_parents = models.CharField(max_length=300, blank=True)

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
    digest = models.CharField(max_length=64)  # of the version as it was approved

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


class PolicyImport(SchoolRow):
    """A file that was read and is being mended. Gone once it is kept as a draft, or thrown away.

    `items` and the front matter are as they stand now, `before` as they stood before the last
    change; `read` is the text that was found in the file. The file itself is sealed.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField()
    read = models.TextField()
    title = models.CharField(max_length=120)
    front = models.JSONField(default=dict)  # by name, as it was found: author, approved…
    items = models.JSONField()  # each as the fields of an `Item`
    before = models.JSONField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def outline(self) -> Outline:
        return Outline(self.title, tuple(Item(**item) for item in self.items), self.front)


class ReviewReminder(SchoolRow):
    """That a person was reminded of a review on account of one day: never twice."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version", "staff", "due_on"], name="review_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.due_on}"


def version_in_force(at: datetime, key: str = MAIN) -> Version | None:
    """The version of a document that was in force at a moment, or None.

    A case is judged by the version of its day: give the last moment of that day.
    """
    found: Version | None = Version.objects.filter(document__key=key).in_force(at).first()
    return found


def newest_of_each(versions: "models.QuerySet[Version]") -> list[Version]:
    """Of each document the version that was issued last."""
    newest: dict[int, Version] = {}
    for version in versions.order_by("issued_at", "major", "minor"):
        newest[version.document_id] = version
    return list(newest.values())


def clauses_shown(controls: Iterable[str], at: datetime, key: str = MAIN) -> dict[str, Clause]:
    """Where the school's own document in force says what a control does: the first such clause.

    A control that no clause is bound to is left out. `clause.number` is as printed,
    `clause.address` its anchor on the page of the policy.
    """
    version = version_in_force(at, key)
    bound = Binding.objects.filter(clause__version=version, control__in=set(controls))
    found: dict[str, Clause] = {}
    for binding in bound.select_related("clause").order_by("clause__position"):
        found.setdefault(binding.control, binding.clause)
    return found


def clause_shown(control: str, at: datetime, key: str = MAIN) -> Clause | None:
    """The clause of the document in force that a control keeps, or None."""
    return clauses_shown([control], at, key).get(control)


def overdue_on(version: Version, on: date) -> bool:
    """Whether the review of a version is late."""
    return bool(version.review_on and version.review_on < on)


def due_within(version: Version, on: date, days: int) -> bool:
    """Whether the review is late, or due within so many days."""
    return bool(version.review_on and version.review_on <= on + timedelta(days=days))
