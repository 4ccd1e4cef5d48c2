"""Mail that waits to be sent, and what became of it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from belisha.people.models.everyone import SchoolRow, User, scoped
from belisha.people.rules import KINDS_OF_MAIL_SHOWN, KINDS_OF_MAIL_UNTOLD, Role


class Fate(StrEnum):
    """What became of a message, as the office reads it."""

    WAITING = "waiting"
    TROUBLED = "troubled"
    BOUNCED = "bounced"
    GIVEN_UP = "given-up"
    SENT = "sent"

    @property
    def label(self) -> str:
        return {
            Fate.WAITING: "Waits",
            Fate.TROUBLED: "Tried in vain",
            Fate.BOUNCED: "Did not arrive",
            Fate.GIVEN_UP: "Given up",
            Fate.SENT: "Sent",
        }[self]

    @property
    def light(self) -> str:
        if self is Fate.SENT:
            return "yes"
        return {Fate.WAITING: "quiet", Fate.TROUBLED: "ask"}.get(self, "no")


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent_at=None, given_up_at=None)

    def visible_to(self, user: User) -> "MailQuerySet":
        """The head and the office see what was sent in the school's name, and to whom.

        Never what follows from what a family did, such as a reminder that was not needed: beside
        the register it would tell whose answer is hidden there.
        """
        if not user.has_role(Role.HEAD, Role.OFFICE):
            return self.none()
        return self.filter(kind__in=KINDS_OF_MAIL_SHOWN)

    def of_fate(self, fate: Fate) -> "MailQuerySet":
        came_back = Q(bounced_at__isnull=False)
        if fate is Fate.BOUNCED:
            return self.filter(came_back)
        if fate is Fate.SENT:
            return self.exclude(came_back).filter(sent_at__isnull=False)
        if fate is Fate.GIVEN_UP:
            return self.exclude(came_back).filter(sent_at=None, given_up_at__isnull=False)
        return self.waiting().filter(Q(trouble="") if fate is Fate.WAITING else ~Q(trouble=""))

    def lost(self) -> "MailQuerySet":
        """Messages that did not arrive, and that nobody tries to send any more."""
        return self.filter(Q(bounced_at__isnull=False) | Q(sent_at=None, given_up_at__isnull=False))

    def finished_before(self, at: datetime) -> "MailQuerySet":
        """Messages to which nothing has happened since, and nothing more will."""
        late = Q(sent_at__gte=at) | Q(given_up_at__gte=at) | Q(bounced_at__gte=at)
        return self.exclude(sent_at=None, given_up_at=None).exclude(late)


class Mail(SchoolRow):
    """One message to one address. Its words are blanked once it is sent: it may hold a code."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    kind = models.CharField(max_length=40)  # "sign-in", "invitation", "campaign", "reminder"…
    about = models.CharField(max_length=100, blank=True)  # "parent:123", as in the record
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    use_by = models.DateTimeField(null=True)  # a code that arrives later is of no use
    tries = models.PositiveSmallIntegerField(default=0)
    tried_since = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)  # the last error, in plain words

    objects: ClassVar[Any] = scoped(MailQuerySet)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="mail_to_send",
            ),
            models.Index(fields=["school", "about"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @property
    def fate(self) -> Fate:
        if self.bounced_at:
            return Fate.BOUNCED
        if self.sent_at:
            return Fate.SENT
        if self.given_up_at:
            return Fate.GIVEN_UP
        return Fate.TROUBLED if self.trouble else Fate.WAITING

    @property
    def kind_in_words(self) -> str:
        return KINDS_OF_MAIL_SHOWN.get(self.kind, "")

    @property
    def last_at(self) -> datetime:
        """When the last thing happened to it."""
        return self.bounced_at or self.sent_at or self.given_up_at or self.posted_at

    @property
    def can_try_again(self) -> bool:
        return bool(self.body) and self.fate is not Fate.WAITING

    @property
    def can_give_up(self) -> bool:
        return self.fate in (Fate.WAITING, Fate.TROUBLED)


def bounced(addresses: Iterable[str]) -> dict[str, str]:
    """Which addresses do not work, in small letters, and why: the last word on each counts."""
    wanted = {address.lower() for address in addresses if address}
    told = Mail.objects.exclude(kind__in=KINDS_OF_MAIL_UNTOLD)
    known = told.filter(Q(sent_at__isnull=False) | Q(bounced_at__isnull=False))
    said = known.annotate(address=Lower("to")).filter(address__in=wanted).order_by("posted_at")
    last = {
        address: trouble if bounced_at else ""
        for address, bounced_at, trouble in said.values_list("address", "bounced_at", "trouble")
    }
    return {address: why for address, why in last.items() if why}


def held_up() -> str:
    """What keeps waiting mail from going out, by the newest trouble; nothing when none does."""
    told = Mail.objects.waiting().exclude(kind__in=KINDS_OF_MAIL_UNTOLD)
    troubled = told.exclude(trouble="").order_by("-posted_at")
    return troubled.values_list("trouble", flat=True).first() or ""
