"""How the clauses stand that this area keeps: P.v and P.vii."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from belisha.events.models import Challenge, Event, Said, Visitor
from belisha.lib.state import Standing, State
from belisha.policy.awareness import first_day, school_year


def spoken(on: date) -> State:
    """P.v: at each event of this school year that is over, somebody said the reminder.

    One at which nobody did breaks it until a leader has followed it up.
    """
    begun, midnight = _moment(first_day(school_year(on))), _moment(on) + timedelta(days=1)
    over = Event.objects.current().with_audience().filter(ends_at__gte=begun, ends_at__lt=midnight)
    standing = Said.objects.standing().filter(event__in=over)
    said = standing.exclude(pk__in=standing.to_accept().values("pk"))
    last = said.aggregate(last=Max("said_at"))["last"]
    proven = timezone.localdate(last) if last else None
    missed = Event.objects.silent().exclude(missed_at=None)
    total = said.count() + missed.filter(pk__in=over.values("pk")).count()
    figure, words = f"{said.count()} of {total}", "events had the reminder said aloud"
    if bad := missed.not_followed_up().count():
        words = f"{words}; {bad} to follow up"
        return State(Standing.BROKEN, words, figure, "events", proven)
    if waiting := Said.objects.to_accept().count():
        words = f"{words}; {waiting} told later, to accept"
        return State(Standing.ATTENTION, words, figure, "events", proven)
    if not total:
        return State(Standing.NOT_IN_USE, "No event with families is over", route="events")
    return State(Standing.KEPT, words, figure, "events", proven)


def challenged(on: date) -> State:
    """P.vii: visitors accept the rule as they sign in, and each challenge ended well."""
    begun, midnight = _moment(first_day(school_year(on))), _moment(on)
    visits = Visitor.objects.real().filter(in_at__gte=begun, in_at__lt=midnight + timedelta(days=1))
    last = visits.aggregate(last=Max("in_at"))["last"]
    proven, count = timezone.localdate(last) if last else None, visits.count()
    words = f"{count} visitor{'s' * (count != 1)} accepted the rule this school year"
    if bad := Challenge.objects.open().count():
        words = f"{bad} challenge{'s' * (bad != 1)} to follow up"
        return State(Standing.BROKEN, words, route="challenges", proven_on=proven)
    if forgot := Visitor.objects.overnight(midnight).count():
        words = f"{words}; {forgot} did not sign out"
        return State(Standing.ATTENTION, words, route="visitors", proven_on=proven)
    if not count and not Challenge.objects.real().exists():
        return State(Standing.NOT_IN_USE, "No visitor has signed in here", route="visitors")
    return State(Standing.KEPT, words, route="visitors", proven_on=proven)


def _moment(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


STATES: dict[str, Callable[[date], State]] = {"P.v": spoken, "P.vii": challenged}
