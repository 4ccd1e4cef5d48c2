"""What waits for someone about events and visitors."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from belisha.events.access import can_close_challenge, can_follow_up, can_keep_visitors
from belisha.events.models import Challenge, Event, Said, Visitor
from belisha.events.rules import FOLLOW_UP_WITHIN
from belisha.lib.task import Task
from belisha.people.models import User

SPEAKER_WITHIN = timedelta(days=7)  # before an event somebody should be named who speaks


def todo(user: User, on: date) -> Iterator[Task]:
    """For who speaks or made an event, for the leaders, and for those who keep the doors."""
    if not user.is_staff_member:
        return
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    yield from _to_say(user, midnight)
    yield from _silent(user)
    yield from _challenges(user)
    if can_keep_visitors(user):
        for visitor in Visitor.objects.overnight(midnight):
            yield Task(
                f"Has {visitor} left?",
                "They signed in before today and did not sign out.",
                reverse("visitor", args=[visitor.ref]),
                "Look at it",
                "people",
                on,
            )


def _to_say(user: User, midnight: datetime) -> Iterator[Task]:
    soon = Event.objects.silent().filter(missed_at=None, ends_at__gte=midnight)
    soon = soon.filter(starts_at__lt=midnight + SPEAKER_WITHIN).select_related("speaker")
    for event in soon:
        day, speaks = timezone.localdate(event.starts_at), event.speaker
        if speaks and speaks.left_on:
            speaks = None
        mine = event.created_by_id == user.pk or can_follow_up(user)
        if not (speaks == user.staff if speaks else mine):
            continue
        today = event.starts_at < midnight + timedelta(days=1)
        if today or speaks:
            yield Task(
                f"Say the reminder at {event}",
                "Read it aloud when people are there, and tap.",
                reverse("event_say", args=[event.ref]),
                "See the words",
                "bell",
                day,
            )
        else:
            yield Task(
                f"Who says the reminder at {event}?",
                "Nobody is named yet.",
                reverse("event_change", args=[event.ref]),
                "Name somebody",
                "bell",
                day,
            )


def _silent(user: User) -> Iterator[Task]:
    """Events that ended in silence; and what was told later, for another leader to accept."""
    for event in Event.objects.silent().exclude(missed_at=None).not_followed_up():
        url, day = reverse("event", args=[event.ref]), timezone.localdate(event.missed_at)
        if can_follow_up(user):
            yield Task(
                f"Nobody said the reminder at {event}",
                "That is a breach. Write down what was done about it.",
                url,
                "Follow it up",
                "flag",
                day + FOLLOW_UP_WITHIN,
            )
        elif user.staff and event.speaker_id == user.staff.pk:
            words = "If it was, tell the head when, and who heard it."
            yield Task(f"Was the reminder said at {event}?", words, url, "Tell it", "bell", day)
    if can_follow_up(user):
        for said in Said.objects.to_accept().exclude(by=user).select_related("event", "by"):
            yield Task(
                f"Was the reminder said at {said.event}?",
                f"{said.by.name} told it later. Accept it, or set it aside.",
                reverse("event", args=[said.event.ref]),
                "Look at it",
                "bell",
                timezone.localdate(said.at) + FOLLOW_UP_WITHIN,
            )


def _challenges(user: User) -> Iterator[Task]:
    if not can_close_challenge(user):
        return
    for row in Challenge.objects.open():
        within = timedelta(0) if row.is_grave else FOLLOW_UP_WITHIN
        yield Task(
            f"Follow up: {row}",
            f"{row.get_done_display()}. Write down what was done about it.",
            reverse("challenge", args=[row.ref]),
            "Follow it up",
            "phone",
            timezone.localdate(row.at) + within,
        )
