"""The school's own purposes, its agreements, and who signed them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.people.models import (
    Parent,
    Pupil,
    School,
    SchoolClass,
    SchoolRow,
    User,
    scoped,
)
from belisha.policy.rules import (
    PURPOSES,
    Audience,
    Basis,
    PurposeTerms,
    lines_of,
)
from belisha.policy.shipped import SHIPPED, Line, shown


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def in_use(self) -> "PurposeQuerySet":
        return self.filter(in_use=True)


class Purpose(SchoolRow):
    """A use of pictures that families are asked about, in the school's words."""

    key = models.SlugField(max_length=40, editable=False)
    name = models.CharField(max_length=80)
    audience = models.CharField("who will see it", max_length=200)
    basis = models.CharField(
        "lawful basis", max_length=20, choices=[(basis.value, basis.label) for basis in Basis]
    )
    each_picture = models.BooleanField("asked for each picture", default=False, editable=False)
    in_use = models.BooleanField(default=True)
    # When the words last changed in substance: a yes from before counts no more.
    asked_since = models.DateTimeField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = scoped(PurposeQuerySet)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="purpose_key_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> PurposeTerms:
        return PurposeTerms(
            self.key,
            self.name,
            self.audience,
            Basis(self.basis),
            self.each_picture,
            self.in_use,
        )


def add_shipped_purposes(school: School) -> None:
    """Give a new school the purposes of the model policy."""
    Purpose.objects.bulk_create(
        Purpose(
            school=school,
            key=terms.key,
            name=terms.name,
            audience=terms.audience,
            basis=terms.basis,
            each_picture=terms.each_picture,
            position=position,
        )
        for position, terms in enumerate(PURPOSES)
    )


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def issued(self) -> "AgreementQuerySet":
        return self.filter(issued_at__isnull=False)

    def drafts(self) -> "AgreementQuerySet":
        return self.filter(issued_at=None)


class Agreement(SchoolRow):
    """One version of an agreement: what pupils of an age promise (A.1), or parents (D.0).

    A draft may be changed and thrown away. Once issued, a version never changes; the next one takes
    its place. `signed_from` is the oldest version whose signatures still count for this one: its
    own number after a change of substance, that of the version before after a small change.
    """

    audience = models.CharField(
        max_length=20, choices=[(audience.value, audience.label) for audience in Audience]
    )
    number = models.PositiveSmallIntegerField("version")
    title = models.CharField(max_length=100)
    text = models.TextField()  # one promise to a line
    signed_from = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(AgreementQuerySet)

    class Meta:
        ordering = ["audience", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "audience", "number"], name="agreement_number_once"
            ),
            models.UniqueConstraint(
                fields=["school", "audience"],
                condition=Q(issued_at=None),
                name="agreement_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def lines(self) -> tuple[str, ...]:
        return lines_of(self.text)

    @property
    def title_shown(self) -> Line:
        return shown(self.title)

    @property
    def lines_shown(self) -> list[Line]:
        return [shown(line) for line in self.lines]

    @property
    def words_shown(self) -> str:
        """All that a reader of the present language sees, to be kept with a signature."""
        return "\n".join(line.text for line in (self.title_shown, *self.lines_shown))

    @property
    def asks_anew(self) -> bool:
        """Whether those who signed an earlier version are asked again."""
        return self.signed_from == self.number

    def counts(self, signed: "Agreement") -> bool:
        """Whether a signature under the version `signed` counts for this one."""
        return self.audience == signed.audience and self.signed_from <= signed.number

    @property
    def counted(self) -> Q:
        """The same for a query of signatures or acknowledgements."""
        return Q(agreement__audience=self.audience, agreement__number__gte=self.signed_from)


def current_agreements() -> dict[Audience, Agreement]:
    """The version in force for each audience; none where none was issued."""
    issued = Agreement.objects.issued().order_by("number")
    return {Audience(agreement.audience): agreement for agreement in issued}


def draft_of(audience: Audience) -> Agreement | None:
    """The version that waits to be issued; in a new school, the shipped text, which is no row yet.

    The school must stand behind its words, so that nobody is asked before the head issues them.
    """
    versions = Agreement.objects.filter(audience=audience)
    draft: Agreement | None = versions.drafts().first()
    if draft or versions.exists():
        return draft
    title, *lines = SHIPPED[audience]
    return Agreement(audience=audience, number=1, signed_from=1, title=title, text="\n".join(lines))


class Reading(SchoolRow):
    """That the agreement was read with children of a class on a day. It is never changed."""

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-held_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.held_on:%-d %B %Y}"


class How(models.TextChoices):
    """How a signature was given."""

    CLASS = "class", "in class"
    WEB = "web", "on their own page"
    PAPER = "paper", "on paper"
    IN_PERSON = "in-person", "in person"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> "SignatureQuerySet":
        """Those that count: no entry that sets another aside, and none that was set aside."""
        later = Signature.objects.filter(voids=OuterRef("pk"))
        return self.filter(voids=None).exclude(Exists(later))


class Signature(SchoolRow):
    """That one exact version was signed for a child: by the child in a reading, or by a parent.

    Entries are never changed; what was written down wrongly is set aside by a later entry, which
    says why. When the child is erased, all of the child's entries go; of an erased parent the bare
    number stays.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    reading = models.ForeignKey(Reading, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(Parent, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # What a parent had before them on their own page, and in which language.
    wording = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    voids = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = scoped(SignatureQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "voids"],
                condition=Q(voids__isnull=False),
                name="signature_set_aside_once",
            ),
            models.CheckConstraint(
                condition=Q(reading__isnull=False, parent__isnull=True)
                | Q(reading__isnull=True, parent__isnull=False),
                name="a_child_or_a_parent_signs",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="signature_by_pupil")]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.happened_on:%-d %B %Y}"


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def standing(self) -> "AcknowledgementQuerySet":
        """Those that count: no entry that sets another aside, and none that was set aside."""
        later = Acknowledgement.objects.filter(voids=OuterRef("pk"))
        return self.filter(voids=None).exclude(Exists(later))


class Acknowledgement(SchoolRow):
    """That a parent read what the school asks of families (D.0), in one exact version.

    Entries are never changed; what the office wrote down wrongly is set aside by a later entry,
    which says why.
    """

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices, default=How.WEB)
    happened_on = models.DateField()
    at = models.DateTimeField()  # when it was written down
    # Null: the parent, on their own page.
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What a parent had before them on their own page, and in which language.
    wording = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    voids = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = scoped(AcknowledgementQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "voids"],
                condition=Q(voids__isnull=False),
                name="acknowledgement_set_aside_once",
            )
        ]
        indexes = [models.Index(fields=["school", "parent"], name="acknowledgement_by_parent")]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.happened_on:%-d %B %Y}"
