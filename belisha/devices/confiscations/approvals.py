"""What the head is shown who decides whether a device stays (A.4)."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from belisha.devices.confiscations.stands import digest, earlier_of, stands_of
from belisha.devices.models import Confiscation
from belisha.people.models import User
from belisha.policy.approvals import Shown
from belisha.policy.models import HeadRequest


def shown(request: HeadRequest, user: User, on: date) -> Shown | None:
    """The device of a request as it is today, with the way home and the tries."""
    found = Confiscation.objects.with_state().select_related("pupil__school_class", "school")
    row = found.filter(ref=request.about).first()
    keeping = row and row.keepings.filter(request=request).first()
    if row is None or keeping is None:
        return None
    refuses = ""
    if not row.is_open:
        refuses = f"This was meanwhile {row.state.label.lower()}."
    elif keeping.until < on:
        refuses = "The day until which it was to stay is past."
    return Shown(
        digest=digest(row, keeping.until),
        template="confiscations/_asked.html",
        context={
            "row": row,
            "stands": stands_of(row, at=timezone.now()),
            "count": earlier_of(row.pupil, row.seized_at).count(),
        },
        url=reverse("confiscation", args=[row.ref]),
        refuses=refuses,
    )
