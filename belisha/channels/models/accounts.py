"""Accounts of the school on services of others, who looks after them, and what was seen of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from belisha.channels.directory import Service, service_named
from belisha.channels.rules import RunBy
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolClass, SchoolRow, Staff, User, scoped
from belisha.people.rules import GOVERNORS, Role, year_name


class AccountQuerySet(models.QuerySet["Account"]):
    def current(self) -> AccountQuerySet:
        return self.filter(~Exists(Closing.objects.open().filter(account=OuterRef("pk"))))

    def closed(self) -> AccountQuerySet:
        return self.filter(Exists(Closing.objects.open().filter(account=OuterRef("pk"))))

    def visible_to(self, user: User) -> AccountQuerySet:
        """Staff and governors know all; the parents' association knows its own."""
        if user.is_staff_member or user.has_role(*GOVERNORS):
            return self
        if user.has_role(Role.PARENTS_ASSOCIATION):
            return self.filter(run_by=RunBy.ASSOCIATION)
        return self.none()


class Account(SchoolRow):
    """One account for educational use, asked for and then approved by the head (C.1).

    `service` is the key of a service in the directory, or empty for one that the directory does
    not know; then `other_service` is its name. Whether the account may be used is asked each time:
    `channels.approvals.may_use`.
    """

    class Audience(models.TextChoices):
        PUPILS = "pupils", "Pupils"
        FAMILIES = "families", "Families of the school"
        STAFF = "staff", "Staff and governors"
        PUBLIC = "public", "Anyone"

    class Comments(models.TextChoices):
        OFF = "off", "Off"
        MODERATED = "moderated", "Read by us before they show"
        ON = "on", "On"

    class Months(models.IntegerChoices):
        YEAR = 12, "Every year"
        HALF_YEAR = 6, "Every half year"
        TERM = 4, "Every term"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    service = models.SlugField(max_length=40, blank=True)
    other_service = models.CharField("name of the service", max_length=80, blank=True)
    name = models.CharField("name of the account", max_length=120)
    url = models.URLField("address", max_length=300, blank=True)
    purpose = models.TextField("what it is for", max_length=2000, blank=True)
    audience = models.CharField("who sees it", max_length=10, choices=Audience.choices)
    pupils_from = models.SmallIntegerField("youngest pupils who use it", null=True, blank=True)
    comments = models.CharField(max_length=10, choices=Comments.choices, default=Comments.OFF)
    run_by = models.CharField(max_length=12, choices=[(one, one.label) for one in RunBy])
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="class"
    )
    recovery = models.EmailField("recovery address", blank=True)
    # Who confirmed that this very address is the school's and nobody's own.
    owned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    review_every = models.SmallIntegerField(
        "looked at again", choices=Months.choices, default=Months.YEAR
    )
    public = models.BooleanField("on our public page of accounts", default=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(AccountQuerySet)

    class Meta:
        ordering = ["service", "name", "id"]
        constraints = [
            # One that was closed is opened again; it is no other account.
            models.UniqueConstraint(
                "school", "service", "other_service", Lower("name"), name="account_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def listed(self) -> Service | None:
        """The service in the directory."""
        return service_named(self.service) if self.service else None

    @property
    def service_name(self) -> str:
        listed = self.listed
        return listed.name if listed else self.other_service or self.service

    @property
    def pupils_from_name(self) -> str:
        return year_name(self.pupils_from)


class AccountPersonQuerySet(models.QuerySet["AccountPerson"]):
    def current(self) -> AccountPersonQuerySet:
        return self.filter(until_at=None)

    def administrators(self) -> AccountPersonQuerySet:
        return self.filter(part=AccountPerson.Part.ADMINISTRATOR)


class AccountPerson(SchoolRow):
    """Who looks after an account, or posts there, from then on and until. Never changed.

    A member of staff, or a named person of a parents' association, who has no row among the staff.
    """

    class Part(models.TextChoices):
        ADMINISTRATOR = "administrator", "looks after it"
        POSTS = "posts", "posts"

    account = models.ForeignKey(Account, models.CASCADE, related_name="people")
    part = models.CharField(max_length=13, choices=Part.choices)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    called = models.CharField(max_length=120, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    handing_over: list[HandOver]  # those that are open, where `standing` has looked them up

    objects: ClassVar[Any] = scoped(AccountPersonQuerySet)

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "account", "part", "staff"],
                condition=Q(until_at=None, staff__isnull=False),
                name="account_person_once",
            )
        ]
        indexes = [models.Index(fields=["school", "staff"], name="account_person_by_staff")]

    def __str__(self) -> str:
        return self.staff.name if self.staff else self.called or "Someone who was erased"

    @property
    def who(self) -> str:
        """What tells this person from another: the same for whoever is called the same."""
        return f"staff {self.staff_id}" if self.staff_id else f"name {self.called.casefold()}"

    @property
    def is_gone(self) -> bool:
        """Whether the person has left the school, or was erased since."""
        return self.staff.left_on is not None if self.staff else not self.called


class Seen(SchoolRow):
    """Something was seen or said of an account: its second factor, that it is used, who runs it.

    Appended.
    """

    class What(models.TextChoices):
        FACTOR = "factor", "second step seen"
        USE = "use", "in use"
        PEOPLE = "people", "who runs it was said"

    account = models.ForeignKey(Account, models.CASCADE, related_name="seen")
    what = models.CharField(max_length=6, choices=What.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "account", "what"], name="seen_of_account")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%-d %B %Y}"


class ClosingQuerySet(models.QuerySet["Closing"]):
    def open(self) -> ClosingQuerySet:
        """Those of accounts that are closed still."""
        return self.filter(reopened_at=None)


class Closing(SchoolRow):
    """An account was closed, and perhaps opened again, for which the head is asked anew."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="closings")
    why = models.TextField("why, and what became of it", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(ClosingQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "account"],
                condition=Q(reopened_at=None),
                name="account_closed_once",
            )
        ]

    def __str__(self) -> str:
        return f"closed {self.at:%-d %B %Y}"


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def open(self) -> HandOverQuerySet:
        return self.filter(done_at=None)


class HandOver(SchoolRow):
    """Somebody who looks after an account, or posts there, gives it to somebody else.

    It is done when somebody has taken over, or none is needed; the password was changed; and the
    second step of signing in is not the leaver's any more. `set_aside` when they stay after all.
    """

    person = models.ForeignKey(AccountPerson, models.CASCADE, related_name="hand_overs")
    due_on = models.DateField("by")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(AccountPerson, models.CASCADE, null=True, related_name="+")
    password_changed_on = models.DateField(null=True)
    factor_moved_on = models.DateField(null=True)
    set_aside = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(HandOverQuerySet)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "person"], condition=Q(done_at=None), name="hand_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} hands over"


class OurAccounts(SchoolRow):
    """Whether the school wishes the public page of its accounts. The newest row counts."""

    shown = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "shown" if self.shown else "not shown"
