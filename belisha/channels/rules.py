"""What an account of the school needs, how long the head's yes lasts, and how it stands (C.1).

Pure: no query, no clock, no request.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from belisha.people.rules import fits
from belisha.policy.awareness import school_year

ADMINISTRATORS = 2
REMIND = timedelta(days=30)  # before the yes must be renewed; and for as long after it still counts
DORMANT_AFTER = timedelta(days=180)  # nobody has said that the account is used
FOUND_KEPT = timedelta(days=3 * 365)  # after the follow-up of an account that is not ours ended
CLOSED_KEPT = timedelta(days=6 * 365)  # an account of ours, with the people who ran it
DECIDE_WITHIN = timedelta(days=7)  # about an account that somebody found
FOLLOW_UP_WITHIN = timedelta(days=14)
AGE_IN_RECEPTION = 4


class RunBy(StrEnum):
    """Who runs an account."""

    SCHOOL = "school"
    CLASS = "class"
    ASSOCIATION = "association"

    @property
    def label(self) -> str:
        return {
            RunBy.SCHOOL: "The school",
            RunBy.CLASS: "A class",
            RunBy.ASSOCIATION: "The parents’ association",
        }[self]


class Stage(StrEnum):
    """How an account stands, in the order of the register."""

    ATTENTION = "attention"
    OVERDUE = "overdue"
    DUE = "due"
    WAITING = "waiting"
    REFUSED = "refused"
    CHANGED = "changed"
    DORMANT = "dormant"
    APPROVED = "approved"
    DRAFT = "draft"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def light(self) -> str:
        return _LIGHTS[self]


_LABELS = {
    Stage.ATTENTION: "Hand it over",
    Stage.OVERDUE: "Not renewed",
    Stage.DUE: "Renew it",
    Stage.WAITING: "Waits for the head",
    Stage.REFUSED: "The head said no",
    Stage.CHANGED: "Changed: ask again",
    Stage.DORMANT: "Is it used?",
    Stage.APPROVED: "Approved",
    Stage.DRAFT: "Not asked yet",
    Stage.CLOSED: "Closed",
}
_LIGHTS = {
    Stage.ATTENTION: "no",
    Stage.OVERDUE: "no",
    Stage.DUE: "ask",
    Stage.WAITING: "ask",
    Stage.REFUSED: "no",
    Stage.CHANGED: "ask",
    Stage.DORMANT: "ask",
    Stage.APPROVED: "yes",
    Stage.DRAFT: "quiet",
    Stage.CLOSED: "quiet",
}


class Need(StrEnum):
    """What must be there before the head can say yes, as people are told."""

    PURPOSE = "Say what it is for."
    TWO_ADMINISTRATORS = "Name two people who look after it."
    RECOVERY = "Write the recovery address, which is the school’s."
    OWNED = "Confirm that the recovery address is the school’s, and nobody’s own."
    PEOPLE = "Say who runs it this school year."
    FACTOR = "Let someone else on the staff see the second step of its sign-in."


def missing(
    *,
    purpose: str,
    administrators: Collection[object],
    recovery: str,
    owned: bool,
    people_said: bool,
    factor: bool,
) -> tuple[Need, ...]:
    """What is still missing before the head can be asked.

    `administrators` are those who can sign in there today, each told from the others; `owned` is
    whether a person confirmed this very recovery address; `people_said` whether the association
    has said this school year who runs it; `factor` whether the second step of signing in was seen
    since the last of the administrators came.
    """
    have = {
        Need.PURPOSE: bool(purpose.strip()),
        Need.TWO_ADMINISTRATORS: len(set(administrators)) >= ADMINISTRATORS,
        Need.RECOVERY: bool(recovery),
        Need.OWNED: owned or not recovery,
        Need.PEOPLE: people_said,
        Need.FACTOR: factor,
    }
    return tuple(need for need, is_there in have.items() if not is_there)


def renew_by(run_by: str, agreed_on: date, *, months: int) -> date:
    """The last day of the head's yes before it is to be renewed: so many months after it was given.

    The people of a parents' association change each school year, so theirs ends with September
    of the next one at the latest.
    """
    years, month = divmod(agreed_on.month - 1 + months, 12)
    end = date(agreed_on.year + years, month + 1, min(agreed_on.day, 28))
    if run_by == RunBy.ASSOCIATION:
        return min(end, date(school_year(agreed_on) + 1, 9, 30))
    return end


def may_go_on(due_on: date, on: date) -> bool:
    """Whether an account whose yes was to be renewed by a day may still be used."""
    return on <= due_on + REMIND


@dataclass(frozen=True)
class Facts:
    """What is known of an account on a day.

    `agreed` is a yes to it as it is today, `ours` any yes that was ever given; `gone` whether
    somebody who looks after it has left and not handed it over; `used_on` when it was last known
    to be used.
    """

    closed: bool = False
    agreed: bool = False
    ours: bool = False
    waits: bool = False
    refused: bool = False
    ran_out: bool = False
    gone: bool = False
    due_on: date | None = None
    used_on: date | None = None


def stage(known: Facts, on: date) -> Stage:
    """How an account stands: what needs a person first comes first."""
    if known.closed:
        return Stage.CLOSED
    if known.gone and known.ours:
        return Stage.ATTENTION
    if known.agreed and known.due_on:
        return _agreed(known, known.due_on, on)
    if known.waits:
        return Stage.WAITING
    if known.ran_out:
        return Stage.OVERDUE
    if known.refused:
        return Stage.REFUSED
    return Stage.CHANGED if known.ours else Stage.DRAFT


def _agreed(known: Facts, due_on: date, on: date) -> Stage:
    if not may_go_on(due_on, on):
        return Stage.WAITING if known.waits else Stage.OVERDUE
    if on + REMIND >= due_on:
        return Stage.WAITING if known.waits else Stage.DUE
    if known.used_on and on - known.used_on > DORMANT_AFTER:
        return Stage.DORMANT
    return Stage.APPROVED


def too_young(minimum_age: int | None, year_group: int | None) -> bool:
    """Whether pupils of a year group begin it younger than a service wants its users to be."""
    if minimum_age is None or year_group is None:
        return False
    return year_group + AGE_IN_RECEPTION < minimum_age


def is_under(host: str, domains: Collection[str]) -> bool:
    """Whether a host is one of these domains or lies beneath one."""
    host = host.casefold().rstrip(".")
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def host_of(url: str) -> str:
    """The host of an address, or nothing where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_account(service: str, name: str, url: str, *, of: str, called: str, lives_at: str) -> bool:
    """Whether what somebody found is this account: at the same address, or called the same there.

    The address counts without `www.`, letter case and a last slash.
    """
    if url and lives_at and _plain(url) == _plain(lives_at):
        return True
    return service == of and fits(name, called) and fits(called, name)


def _plain(url: str) -> tuple[str, str]:
    return host_of(url), urlsplit(url).path.rstrip("/").casefold()


def why_not_recovery(email: str, *, domains: Collection[str], of_people: Collection[str]) -> str:
    """Why an address cannot be the recovery address, or nothing.

    `domains` are the school's own, as far as they are known; `of_people` addresses of somebody on
    the staff. That it is nobody else's own, a person confirms.
    """
    address = email.casefold()
    if address in {one.casefold() for one in of_people}:
        return "This is somebody’s own address. When they leave, the account would leave too."
    if domains and not is_under(address.rpartition("@")[2], domains):
        return f"This is not an address of the school: it does not end in {min(domains)}."
    return ""
