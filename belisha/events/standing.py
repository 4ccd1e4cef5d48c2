"""How it stands with the spoken reminder of events that are in the database."""

from collections.abc import Iterable
from datetime import datetime

from belisha.events.models import Event, FollowUp, Said
from belisha.events.rules import Occasion, Spoken, spoken
from belisha.policy.models import Binding, Clause, version_in_force


def stands(events: Iterable[Event], at: datetime) -> list[tuple[Event, Spoken]]:
    """Each event with how its reminder stands, in the same order. Two queries."""
    events = list(events)
    said = {row.event_id: row for row in Said.objects.standing().filter(event__in=events)}
    followed = set(FollowUp.objects.filter(event__in=events).values_list("event", flat=True))
    return [
        (event, spoken(_occasion(event, said.get(event.pk), event.pk in followed), at))
        for event in events
    ]


def stands_one(event: Event, at: datetime) -> Spoken:
    return stands([event], at)[0][1]


def clause_for_visitors(at: datetime) -> Clause | None:
    """What the school's own document in force says to visitors with a camera (P.vii)."""
    version = version_in_force(at)
    if version is None:
        return None
    bound = Binding.objects.filter(clause__version=version, control="P.vii")
    first = bound.order_by("clause__position").select_related("clause").first()
    return first.clause if first else None


def _occasion(event: Event, said: Said | None, followed_up: bool) -> Occasion:
    return Occasion(
        event.starts_at,
        event.ends_at,
        event.has_audience,
        cancelled=event.cancelled_at is not None,
        said=said is not None,
        told_later=said is not None and said.told_later,
        accepted=said is not None and said.accepted_at is not None,
        followed_up=followed_up,
    )
