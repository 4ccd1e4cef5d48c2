"""Finding cases by their reference or their words, among those that one works on."""

from django.urls import reverse
from django.utils import timezone

from belisha.incidents.models import Case
from belisha.lib.found import Found
from belisha.people.models import User

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Cases of one's own. For anybody else there is none, and no count tells otherwise."""
    mine = Case.objects.visible_to(user, timezone.now())
    return [
        Found(one.reference, one.get_kind_display(), reverse("case", args=[one.ref]))
        for one in mine.saying(typed)[:MOST]
    ]
