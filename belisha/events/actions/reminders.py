"""The spoken reminder: said, told later, accepted, set aside; followed up where it was not (P.v).

The event's row is locked first, so that of two who tap at once one is told.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.events.access import can_follow_up, can_say, can_set_said_aside, can_take_back
from belisha.events.models import Event, FollowUp, Said
from belisha.events.rules import OPENS_BEFORE, Spoken
from belisha.events.standing import stands_one
from belisha.events.wording import reminder_of
from belisha.people.access import require
from belisha.people.models import User

SAID_ALREADY = "It is written down already that it was said."


@transaction.atomic
def say(event: Event, *, by: User, at: datetime, note: str = "") -> Said:
    """Write down that the reminder was said just now, with its words as they are.

    Raises `ValidationError` too early, too late, and when somebody was quicker.
    """
    event, how = _locked(event, by, at)
    if how is Spoken.TO_COME:
        raise ValidationError("This is too early. Say it when people are there.")
    if how is not Spoken.DUE:
        raise ValidationError("The event is over. Say instead that it was said, and when.")
    return _keep(event, said_at=at, later=False, note=note, by=by, at=at)


@transaction.atomic
def tell_later(event: Event, *, said_at: datetime, note: str, by: User, at: datetime) -> Said:
    """Write down after an event that it was said and nobody tapped. A leader has to accept it."""
    event, how = _locked(event, by, at)
    if how not in (Spoken.MISSED, Spoken.FOLLOWED_UP):
        raise ValidationError("The event is not over. Tap when you have said it.")
    if not event.starts_at - OPENS_BEFORE <= said_at <= event.ends_at:
        raise ValidationError({"said_at": "This is no time of the event."})
    return _keep(event, said_at=said_at, later=True, note=note, by=by, at=at)


@transaction.atomic
def accept(said: Said, *, by: User, at: datetime) -> Said:
    """Take it to be so that it was said, as somebody told later. Never by the one who told it."""
    require(can_follow_up(by))
    said = Said.objects.select_for_update().get(pk=said.pk)
    if said.set_aside_at or not said.told_later or said.accepted_at:
        raise ValidationError("There is nothing to accept.")
    if said.by_id == by.pk:
        raise ValidationError("You told it yourself. Another leader accepts it.")
    said.accepted_at, said.accepted_by = at, by
    said.save(update_fields=["accepted_at", "accepted_by"])
    record("reminder.accepted", said.event, by=by.pk, at=at)
    return said


@transaction.atomic
def take_back(said: Said, *, by: User, at: datetime) -> Said:
    """A slip of the finger, within minutes and by the one who tapped: no reason is asked for."""
    if not can_take_back(by, said, at):
        raise ValidationError("This is too late to undo. Set it aside with a reason.")
    return set_aside(said, why="Tapped by mistake, undone at once", by=by, at=at)


@transaction.atomic
def set_aside(said: Said, *, why: str, by: User, at: datetime) -> Said:
    """It was not said after all. Of an event that is over this makes a breach."""
    require(can_set_said_aside(by, said))
    Event.objects.select_for_update().get(pk=said.event_id)
    said = Said.objects.select_for_update().get(pk=said.pk)
    if said.set_aside_at:
        raise ValidationError("It is set aside already.")
    said.set_aside_at, said.set_aside_by, said.set_aside_why = at, by, why.strip()
    said.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    record("reminder.set-aside", said.event, by=by.pk, at=at)
    return said


@transaction.atomic
def follow_up(event: Event, *, words: str, by: User, at: datetime) -> FollowUp:
    """Write what was done about an event that ended in silence, or add to it (B.x)."""
    require(can_follow_up(by))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if stands_one(event, at) not in (Spoken.MISSED, Spoken.FOLLOWED_UP):
        raise ValidationError("There is nothing to follow up.")
    row: FollowUp = FollowUp.objects.create(
        school_id=event.school_id, event=event, words=words.strip(), at=at, by=by
    )
    record("reminder.followed-up", event, by=by.pk, at=at)
    return row


@transaction.atomic
def find_missed(at: datetime) -> int:
    """Note of each event that ended in silence that it did, once: from then on it is a breach."""
    rows = Event.objects.missed(at).filter(missed_at=None).select_for_update(of=("self",))
    found = list(rows)
    for event in found:
        event.missed_at = at
        event.save(update_fields=["missed_at"])
        record("reminder.missed", event, by=None, at=at)
    return len(found)


def _locked(event: Event, by: User, at: datetime) -> tuple[Event, Spoken]:
    require(can_say(by))
    event = Event.objects.select_for_update().get(pk=event.pk)
    how = stands_one(event, at)
    if how in (Spoken.SAID, Spoken.TOLD_LATER):
        raise ValidationError(SAID_ALREADY)
    if how in (Spoken.CANCELLED, Spoken.NOT_NEEDED):
        raise ValidationError("Nobody has to be told at this event.")
    return event, how


def _keep(
    event: Event, *, said_at: datetime, later: bool, note: str, by: User, at: datetime
) -> Said:
    row: Said = Said.objects.create(
        school_id=event.school_id,
        event=event,
        words="\n".join(reminder_of(event)),
        note=note.strip(),
        said_at=said_at,
        told_later=later,
        at=at,
        by=by,
    )
    record("reminder.told-later" if later else "reminder.said", event, by=by.pk, at=at)
    return row
