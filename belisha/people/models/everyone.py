"""The school, and everyone in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from belisha.lib.ids import new_id, new_ref
from belisha.people.rules import SEES_WHOLE_SCHOOL, STAFF, Role, key_stage, year_name

NO_ADDRESS = "@letter.invalid"  # ends what stands for the address of a user who has none


def scoped(queryset: type[models.QuerySet[Any]] = models.QuerySet) -> Any:
    """A manager that raises outside a school's scope, so that no query forgets the school."""
    return ScopedManager(school="school", _manager_class=models.Manager.from_queryset(queryset))


class Row(models.Model):
    """A row with a number that any process can make."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class School(Row):
    """One school. A demonstration is marked for ever: only there may an address sign people in."""

    name = models.CharField(max_length=120)
    phone = models.CharField("telephone", max_length=30, blank=True)
    demonstration = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def safeguarding_lead_name(self) -> str:
        """Whom to tell when worried about a child."""
        leads = Staff.objects.current().filter(roles__role=Role.SAFEGUARDING_LEAD)
        return leads.values_list("name", flat=True).first() or ""


class SchoolRow(Row):
    """A row that belongs to one school. Outside a scope of that school its manager raises."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    """Finds users by mail address, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Row):
    """Someone who signs in. What they may do follows from who they are: staff, parent or both."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=210)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The email address, or nothing where only something stands for one."""
        return "" if self.email.endswith(NO_ADDRESS) else self.email

    @cached_property
    def staff(self) -> Staff | None:
        """The person's own record as staff or governor, while they serve."""
        found: Staff | None = Staff.objects.current().filter(user=self).first()
        return found

    @cached_property
    def parent(self) -> Parent | None:
        """The person's own record as a parent or other contact."""
        found: Parent | None = Parent.objects.filter(user=self, erased_at=None).first()
        return found

    @cached_property
    def guest_pass(self) -> GuestPass | None:
        """The pass of a guest that is good at this moment: asked at every request."""
        found: GuestPass | None = GuestPass.objects.live(timezone.now()).filter(user=self).first()
        return found

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role of today. A parent under an order against contact has none as a parent."""
        roles = {Role(role.role) for role in self.staff.roles.all()} if self.staff else set()
        if self.parent and Relation.objects.filter(parent=self.parent).open_here().exists():
            roles.add(Role.PARENT)
        if self.guest_pass:
            roles.add(Role.GUEST)
        return frozenset(roles)

    @property
    def belongs(self) -> bool:
        """Whether anything is left that lets them be here; staff wait for a role, others do not."""
        return bool(self.staff or self.roles)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff_member(self) -> bool:
        return not self.roles.isdisjoint(STAFF)


class StaffQuerySet(models.QuerySet["Staff"]):
    def current(self) -> StaffQuerySet:
        return self.filter(left_on=None).prefetch_related("roles")

    def here(self, on: date) -> StaffQuerySet:
        """Those who were here on a day; whose first day is not known were always here."""
        joined = Q(joined_on=None) | Q(joined_on__lte=on)
        return self.filter(joined, Q(left_on=None) | Q(left_on__gt=on)).prefetch_related("roles")

    def visible_to(self, user: User) -> StaffQuerySet:
        """Staff know one another."""
        return self if user.is_staff_member else self.none()


class Staff(SchoolRow):
    """Someone who works or acts for the school, governors included."""

    key = models.CharField("number in the school's system", max_length=100, blank=True)
    name = models.CharField(max_length=210, help_text="As everyone calls them, such as Miss Raman.")
    email = models.EmailField("email address", blank=True)
    user = models.OneToOneField(User, models.SET_NULL, null=True, related_name="+", editable=False)
    joined_on = models.DateField("first day at the school", null=True, blank=True)
    left_on = models.DateField("left on", null=True, blank=True)

    objects: ClassVar[Any] = scoped(StaffQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "key"], condition=~Q(key=""), name="staff_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StaffRole(SchoolRow):
    """One role of one member of staff."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "staff", "role"], name="staff_role_once")
        ]

    def __str__(self) -> str:
        return Role(self.role).label


class ClassQuerySet(models.QuerySet["SchoolClass"]):
    def current(self) -> ClassQuerySet:
        return self.filter(ended_on=None)

    def visible_to(self, user: User) -> ClassQuerySet:
        """Any member of staff knows the classes; nobody else does."""
        return self if user.is_staff_member else self.none()


class SchoolClass(SchoolRow):
    """A class, such as Robins."""

    key = models.CharField("number in the school's system", max_length=100, blank=True)
    name = models.CharField(max_length=200)
    year_group = models.SmallIntegerField(null=True, blank=True)
    teachers = models.ManyToManyField(Staff, through="Teaching", related_name="classes")
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(ClassQuerySet)

    class Meta:
        verbose_name = "class"
        verbose_name_plural = "classes"
        ordering = ["year_group", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(ended_on=None), name="class_name_once"
            ),
            models.UniqueConstraint(
                fields=["school", "key"], condition=~Q(key=""), name="class_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def year_name(self) -> str:
        return year_name(self.year_group)


class Teaching(SchoolRow):
    """Who teaches which class."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "staff", "school_class"], name="teaching_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} teaches {self.school_class}"


class PupilQuerySet(models.QuerySet["Pupil"]):
    def current(self) -> PupilQuerySet:
        return self.filter(left_on=None, erased_at=None)

    def visible_to(self, user: User) -> PupilQuerySet:
        """Staff know the pupils by name and class; a parent knows their own children."""
        if user.is_staff_member:
            return self.filter(erased_at=None)
        if user.parent:
            relations = Relation.objects.filter(parent=user.parent).open()
            return self.current().filter(id__in=relations.values("pupil_id"))
        return self.none()


class Pupil(SchoolRow):
    """A child at the school."""

    key = models.CharField("number in the school's system", max_length=100, blank=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="pupils"
    )
    year_group = models.SmallIntegerField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(PupilQuerySet)

    class Meta:
        ordering = ["first_name", "last_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "key"], condition=~Q(key=""), name="pupil_key_once"
            )
        ]
        indexes = [models.Index(fields=["school", "school_class"], name="pupil_by_class")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def short_name(self) -> str:
        """First name and initial: all that a page needs to name a child."""
        return f"{self.known_as or self.first_name} {self.last_name[:1]}".strip()

    @property
    def year_name(self) -> str:
        return year_name(self.year_group)

    @property
    def key_stage(self) -> str:
        return key_stage(self.year_group)


class ParentQuerySet(models.QuerySet["Parent"]):
    def visible_to(self, user: User) -> ParentQuerySet:
        """The head, the office and the safeguarding lead know how to reach a family."""
        if user.roles.isdisjoint(SEES_WHOLE_SCHOOL):
            return self.none()
        return self.filter(erased_at=None)


class Parent(SchoolRow):
    """A parent, carer or other contact of one or more pupils."""

    key = models.CharField("number in the school's system", max_length=100, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100)
    email = models.EmailField("email address", blank=True)
    phone = models.CharField("telephone", max_length=100, blank=True)
    language = models.CharField(max_length=10, blank=True)  # empty: not known; see rules.LANGUAGES
    user = models.OneToOneField(User, models.SET_NULL, null=True, related_name="+", editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    # Of two contacts that were one person, the one who was kept; who was kept is never merged away
    # without this following. Answers of both are that one person's.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = scoped(ParentQuerySet)

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "key"], condition=~Q(key=""), name="parent_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class RelationQuerySet(models.QuerySet["Relation"]):
    def standing(self) -> RelationQuerySet:
        return self.filter(ended_on=None)

    def open(self) -> RelationQuerySet:
        """Those that let a person see anything of the child."""
        return self.standing().filter(no_contact=False)

    def open_here(self) -> RelationQuerySet:
        """Those of them to children who are at the school: they make someone a parent here."""
        return self.open().filter(pupil__left_on=None, pupil__erased_at=None)

    def responsible(self) -> RelationQuerySet:
        """Those whose answer the school must ask for."""
        return self.standing().filter(parental_responsibility=True)


class Relation(SchoolRow):
    """What an adult is to a pupil, and what the law says about it."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="relations")
    parent = models.ForeignKey(Parent, models.CASCADE, related_name="relations")
    kind = models.CharField("is the child's", max_length=100, default="parent")
    parental_responsibility = models.BooleanField(default=False)
    no_contact = models.BooleanField("an order forbids contact", default=False)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(RelationQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "parent"], name="relation_once")
        ]
        indexes = [models.Index(fields=["school", "parent"], name="relation_by_parent")]

    def __str__(self) -> str:
        return f"{self.parent} is {self.kind} of {self.pupil}"


class GuestPassQuerySet(models.QuerySet["GuestPass"]):
    def live(self, at: datetime) -> GuestPassQuerySet:
        return self.filter(ended_at=None, until__gt=at)


class GuestPass(SchoolRow):
    """What someone from outside, such as an inspector, may look at, and until when."""

    name = models.CharField(max_length=210, help_text="And from where, such as Ms Vale, inspector.")
    email = models.EmailField("email address")
    pages = models.JSONField()  # names of routes that are open to guests
    until = models.DateTimeField()  # the first moment at which it is no good any more
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped(GuestPassQuerySet)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        """The last day on which it is good, as the school counts days."""
        return timezone.localdate(self.until - timedelta.resolution)


class RosterFile(SchoolRow):
    """Lists that someone sent and has not accepted yet. Gone when accepted, or after a day."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    data = models.BinaryField()  # a ZIP

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return self.name


class ProtectionQuerySet(models.QuerySet["Protection"]):
    def standing(self) -> ProtectionQuerySet:
        return self.filter(lifted_at=None)


class Protection(SchoolRow):
    """A child who must not be found. Only the safeguarding lead sees, sets and lifts it."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    why = models.TextField(blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why_lifted = models.TextField(blank=True)

    objects: ClassVar[Any] = scoped(ProtectionQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"],
                condition=Q(lifted_at=None),
                name="protection_once",
            )
        ]

    def __str__(self) -> str:
        return f"since {self.set_at:%-d %B %Y}"


def protected(pupil_ids: Any) -> frozenset[int]:
    """Which of these pupils must not be found. For rules only: no page may show the answer."""
    standing = Protection.objects.standing().filter(pupil_id__in=pupil_ids)
    return frozenset(standing.values_list("pupil_id", flat=True))
