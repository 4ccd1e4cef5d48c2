"""Who sits where at an event, for whoever may know what the families of a class answered."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.consent.access import classes_seen_by, pupils_seen_by
from belisha.consent.seating import FEWEST, MOST, USUAL, Seats, seat
from belisha.consent.sheets import Line, arrangement
from belisha.events.models import Event, Filming
from belisha.people.access import SignedIn, open_to_staff
from belisha.people.models import SchoolClass
from belisha.policy.awareness import school_year
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Seated:
    """One class. `seats` is nothing where nobody may film it."""

    school_class: SchoolClass
    seats: Seats[Line] | None


@open_to_staff
@require_GET
def event_seats(request: SignedIn, ref: str) -> HttpResponse:
    """Each class in rows. Who films is told which seats to leave out, and not why."""
    event = get_object_or_404(Event.objects.current(), ref=ref)
    typed = request.GET.get("seats", "")
    width = (
        min(max(int(typed), FEWEST), MOST) if typed[:3] == typed and typed.isdecimal() else USUAL
    )
    classes = classes_seen_by(request.user)
    if named := list(event.classes.values_list("school_class", flat=True)):
        classes = classes.filter(pk__in=named)
    films = event.filming != Filming.NOBODY
    on = max(timezone.localdate(event.starts_at), timezone.localdate())
    lot = str(school_year(on))

    uses = [one for one in Purpose.objects.in_use() if not one.each_picture]
    use = next((one for one in uses if one.key == request.GET.get("for")), None)

    def may_be_seen(line: Line) -> bool:
        """Without a use, the film may go anywhere: each use needs a yes. No use at all: no yes."""
        asked = [place for place in line.places if use in (None, place.purpose)]
        return bool(asked) and all(place.seen for place in asked)

    def seated(school_class: SchoolClass) -> Seated:
        pupils = pupils_seen_by(request.user).filter(school_class=school_class)
        lines = arrangement(pupils, on=on).lines
        shown = seat(lines, may_be_seen, width=width, lot=lot, key=lambda one: one.name)
        return Seated(school_class, shown)

    context = {
        "event": event,
        "films": films,
        "classes": [seated(one) for one in classes] if films else [],
        "uses": uses,
        "use": use,
        "width": width,
        "widths": range(FEWEST, MOST + 1),
        "now": timezone.now(),
    }
    return render(request, "consent/seats.html", context)
