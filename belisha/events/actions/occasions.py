"""Events: added, changed, cancelled."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.events.access import can_add_events, can_change_event
from belisha.events.models import Event, EventClass, WhoComes
from belisha.people.access import require
from belisha.people.models import SchoolClass, User

NO_CLASS = "Say which classes."
OVER = "This event is over. What it was stays as it is written down."


@transaction.atomic
def add(classes: Collection[SchoolClass] = (), *, by: User, at: datetime, **fields: Any) -> Event:
    """Keep a new event. `fields` are those of the model.

    Raises `ValidationError` for one that would be over already, or has no classes to come.
    """
    require(can_add_events(by))
    event = Event(school_id=by.school_id, created_at=at, created_by=by, **fields)
    _check(event, classes, at)
    event.save()
    _choose(event, classes)
    record("event.added", event, by=by.pk, at=at, filming=event.filming, comes=event.comes)
    return event


@transaction.atomic
def change(
    event: Event, classes: Collection[SchoolClass], *, by: User, at: datetime, **fields: Any
) -> Event:
    """Change an event that is not over: what happened is not rewritten. See `add`."""
    require(can_change_event(by, event))
    event = _open(event, at)
    changed = sorted(name for name, value in fields.items() if getattr(event, name) != value)
    for name, value in fields.items():
        setattr(event, name, value)
    _check(event, classes, at)
    event.save()
    _choose(event, classes)
    record("event.changed", event, by=by.pk, at=at, changed=changed)
    return event


@transaction.atomic
def cancel(event: Event, *, by: User, at: datetime) -> Event:
    """It does not take place. Raises `ValidationError` when it is over: then a leader writes down
    that it did not, as the follow-up."""
    require(can_change_event(by, event))
    event = _open(event, at)
    event.cancelled_at, event.cancelled_by = at, by
    event.save(update_fields=["cancelled_at", "cancelled_by"])
    record("event.cancelled", event, by=by.pk, at=at)
    return event


def _open(event: Event, at: datetime) -> Event:
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.cancelled_at:
        raise ValidationError("This event is cancelled.")
    if event.ends_at <= at:
        raise ValidationError(OVER)
    return event


def _check(event: Event, classes: Collection[SchoolClass], at: datetime) -> None:
    if event.ends_at <= event.starts_at:
        raise ValidationError({"until": "It ends before it begins."})
    if event.ends_at <= at:
        raise ValidationError({"on": "This day is over. Write down what is to come."})
    if event.comes == WhoComes.CLASSES and not classes:
        raise ValidationError({"classes": NO_CLASS})


def _choose(event: Event, classes: Collection[SchoolClass]) -> None:
    EventClass.objects.filter(event=event).exclude(school_class__in=classes).delete()
    for one in classes:
        EventClass.objects.get_or_create(school_id=event.school_id, event=event, school_class=one)
