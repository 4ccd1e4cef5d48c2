"""Finding complaints by who sent them or the child."""

from django.urls import reverse
from django.utils import timezone

from belisha.complaints.models import Complaint
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Those whose names begin so, of those that this person may see."""
    seen = Complaint.objects.visible_to(user, timezone.localdate()).select_related("child")
    return [
        Found(
            one.name,
            f"Complaint of {one.received_on:%-d %B %Y}",
            reverse("complaint", args=[one.ref]),
        )
        for one in seen
        if fits(typed, one.name, one.child_name)
    ][:MOST]
