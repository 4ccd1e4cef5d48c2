"""Finding events by their words, and visitors who are in the building."""

from django.urls import reverse
from django.utils import timezone

from belisha.events.access import SEE_EVENTS, can_keep_visitors
from belisha.events.models import Event, Visitor
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Events whose words begin so; staff find who is inside. The book has a search of its own."""
    if not user.has_role(*SEE_EVENTS):
        return []
    events = [
        Found(
            one.title,
            f"{timezone.localtime(one.starts_at):%-d %B %Y}, {one.place}",
            reverse("event", args=[one.ref]),
        )
        for one in Event.objects.current()[:1000]
        if fits(typed, one.title, one.place)
    ]
    inside = Visitor.objects.inside() if user.is_staff_member else Visitor.objects.none()
    visitors = [
        Found(
            one.name,
            f"In the building, to see {one.sees}",
            reverse("visitor", args=[one.ref]) if can_keep_visitors(user) else reverse("visitors"),
        )
        for one in inside
        if fits(typed, one.name, one.firm)
    ]
    return [*events, *visitors][:MOST]
