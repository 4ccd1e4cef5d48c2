"""Devices taken in the demonstration school: some given back, one in the office, one just now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from belisha.devices.confiscations import exempting, keeping, matters, returning, seizing
from belisha.devices.models import Confiscation, ContactTry, Returned
from belisha.people.models import Pupil, calendar_of
from belisha.policy.models import ladder_of
from belisha.policy.sanctions import PHONES, suggested

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

# (days ago, what, how it looked, where, when): enough that a count can be shown.
BACK = (
    (9, "phone", "Blue, with a ring on the back", "classroom", "lesson"),
    (13, "phone", "Black, no case", "playground", "break"),
    (16, "watch", "Green band", "classroom", "lesson"),
    (20, "phone", "White, cracked corner", "corridor", "break"),
    (23, "phone", "Black, in a yellow case", "classroom", "lesson"),
    (27, "phone", "Grey, stickers of buses", "gate", "around"),
)


def load_confiscations(made: Made) -> None:
    """Through the real acts, on school days past; the hour is that of a lesson."""
    owls = list(Pupil.objects.filter(school_class=made.classes["Owls"]).order_by("key"))
    for child, (days, kind, looks, where, during) in zip(owls, BACK, strict=False):
        _back(made, child, days, kind, looks, where, during)
    _in_the_office(made)
    _just_taken(made, owls[7])
    exempting.exempt(
        owls[8],
        kind="watch",
        named="",
        says="It stays on the wrist, silent. Ask the office first.",
        until=made.today + timedelta(days=200),
        by=made.user_of("Mr Pelican"),
        at=made.at,
    )


def _moment(made: Made, days: int) -> datetime:
    """Ten in the morning of a school day so many days ago, or of the one before it."""
    calendar, at = calendar_of(made.school), made.at - timedelta(days=days)
    while not calendar.is_school_day(at.date()):
        at -= timedelta(days=1)
    return at.replace(hour=10, minute=0, second=0, microsecond=0)


def _taken(made: Made, child: Pupil, at: datetime, **seen: object) -> Confiscation:
    usual = {
        "condition": "",
        "power": "off",
        "not_unlocked": True,
        "not_searched": True,
        "opened_why": "",
        "despite": "",
        "during": "lesson",
        "where": "classroom",
        "why": "",
        "way_home": "fetched",
    }
    return seizing.seize(child, seized_at=at, by=made.user_of("Mr Tactile"), at=at, **usual | seen)  # type: ignore[arg-type]


def _stored(made: Made, row: Confiscation, envelope: str, at: datetime) -> None:
    keeping.receive(
        row,
        envelope=envelope,
        shelf="Locked cupboard, top shelf",
        fits=True,
        difference="",
        by=made.user_of("Mrs Toucan"),
        at=at,
    )


def _tried(made: Made, row: Confiscation, at: datetime, *, reached: bool) -> None:
    keeping.write_try(
        row,
        made.parents[row.pupil_id][0],
        how=ContactTry.How.PHONE,
        reached=reached,
        agreed="Collected after school" if reached else "",
        tried_at=at,
        by=made.user_of("Mrs Toucan"),
        at=at,
    )


def _back(
    made: Made, child: Pupil, days: int, kind: str, looks: str, where: str, during: str
) -> None:
    at = _moment(made, days)
    row = _taken(made, child, at, kind=kind, description=looks, where=where, during=during)
    later = at + timedelta(minutes=30)
    _stored(made, row, str(40 - days), later)
    _tried(made, row, later, reached=True)
    returning.collect(
        row,
        parent=made.parents[child.pk][0],
        adult="",
        identity=Returned.Identity.KNOWN,
        signature="typed",
        same_condition=True,
        words="",
        by=made.user_of("Mrs Toucan"),
        at=at + timedelta(hours=5),
    )
    matters.decide_sanction(
        row,
        chosen=suggested(ladder_of(PHONES), 0).title,
        why="",
        by=made.user_of("Mr Tactile"),
        at=at + timedelta(hours=6),
    )


def _in_the_office(made: Made) -> None:
    """Of the eldest child of the parent who can be tried out: taken on the last school day, and
    nobody could be reached yet."""
    children = Pupil.objects.filter(relations__parent__key="A0001").order_by("-year_group", "key")
    child, at = children[0], _moment(made, 1)
    row = _taken(made, child, at, kind="phone", description="Blue, with a bus on the back")
    _stored(made, row, "31", at + timedelta(minutes=20))
    _tried(made, row, at + timedelta(hours=1), reached=False)


def _just_taken(made: Made, child: Pupil) -> None:
    """A few minutes ago; it has not reached the office."""
    at = made.at - timedelta(minutes=5)
    _taken(made, child, at, kind="phone", description="Red, in a sock", way_home="unknown")
