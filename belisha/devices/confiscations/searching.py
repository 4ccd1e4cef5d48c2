"""Finding a device by its child, its looks or its envelope."""

from django.urls import reverse
from django.utils import timezone

from belisha.devices.confiscations.stands import stand
from belisha.devices.models import Confiscation
from belisha.lib.found import Found
from belisha.people.models import User, calendar_of
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Of those that this person may see."""
    rows = Confiscation.objects.visible_to(user).with_state().select_related("pupil", "school")
    known = stand(rows, at=timezone.now(), calendar=calendar_of(user.school)) if rows else []
    return [
        Found(
            f"{row.get_kind_display()} of {row.pupil.short_name}",
            f"{one.light[1]}, taken {timezone.localtime(row.seized_at):%-d %B %Y}",
            reverse("confiscation", args=[row.ref]),
        )
        for one in known
        for row in [one.row]
        if fits(
            typed,
            row.pupil.short_name,
            row.description,
            row.get_kind_display(),
            one.stored.envelope if one.stored else "",
        )
    ][:MOST]
