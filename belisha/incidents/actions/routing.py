"""Who works on a case: found by the rule, told by mail, found anew when somebody is gone."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from belisha.incidents.access import may_be_given
from belisha.incidents.actions.record import write
from belisha.incidents.models import Case, Handler, Happening, Outside, Party, PartyQuerySet, Told
from belisha.incidents.rules import About, Part, Person, Routed, Seat, is_named, route
from belisha.lib.moments import moment
from belisha.people.actions.mail import paragraphs, post
from belisha.people.models import Staff, StandIn, User
from belisha.people.rules import Role, offices

_SEAT_OF = {
    Role.HEAD: Seat.HEAD,
    Role.SENIOR_LEADER: Seat.LEADER,
    Role.SAFEGUARDING_LEAD: Seat.SAFEGUARDING,
    Role.DEPUTY_SAFEGUARDING_LEAD: Seat.SAFEGUARDING,
    Role.CHAIR: Seat.CHAIR,
    Role.GOVERNOR: Seat.GOVERNOR,
}
OFFICER = "The local authority’s designated officer"


def seats_of(staff: Staff) -> frozenset[Seat]:
    """In which capacities somebody could work on a case."""
    roles = offices(Role(one.role) for one in staff.roles.all())
    return frozenset(_SEAT_OF[role] for role in roles if role in _SEAT_OF)


def people_for(case: Case, at: datetime) -> list[Person]:
    """Everybody who could work on a case; whoever stands in for the head comes first."""
    on = timezone.localdate(at)
    standing_in = set(StandIn.objects.counting(on).values_list("staff_id", flat=True))
    here = Staff.objects.here(on).filter(user__is_active=True).prefetch_related("roles")
    some = [(one, seats) for one in here if (seats := seats_of(one))]
    some.sort(key=lambda pair: (pair[0].pk not in standing_in, pair[0].pk))
    return [
        Person(
            one.pk,
            seats,
            barred=not may_be_given(one, case),
            away=Seat.HEAD in seats and bool(standing_in),
        )
        for one, seats in some
    ]


def name_subjects(case: Case, at: datetime) -> None:
    """Make whoever is meant a subject: the head or the chair, and whoever could receive the case
    and whose name stands in the words. A handler strikes out who is not."""
    known = set(_subjects(case).values_list("staff", flat=True))
    meant = {About.HEAD: Seat.HEAD, About.CHAIR: Seat.CHAIR}.get(About(case.about))
    for one in Staff.objects.current().prefetch_related("roles"):
        seats = seats_of(one)
        if one.pk not in known and seats and (meant in seats or is_named(case.who, one.name)):
            Party.objects.create(
                school_id=case.school_id,
                case=case,
                part=Part.SUBJECT,
                staff=one,
                words=one.name,
                at=at,
            )


def concerns(case: Case) -> set[About]:
    """Whom a case is about, by what was told and by who is named."""
    about = {About(case.about)}
    for party in _subjects(case).select_related("staff"):
        if party.staff:
            seats = seats_of(party.staff)
            about.add(About.STAFF)
            about |= {About.HEAD} if Seat.HEAD in seats else set()
            about |= {About.CHAIR} if Seat.CHAIR in seats else set()
        elif party.pupil_id:
            about.add(About.PUPIL)
    return about


def about_head(cases: Iterable[Case]) -> set[int]:
    """Which of these cases are about the head, by number: see `concerns`."""
    every = list(cases)
    subjects = Party.objects.standing().filter(case__in=every, part=Part.SUBJECT)
    named = subjects.exclude(staff=None).select_related("staff").prefetch_related("staff__roles")
    told = {case.pk for case in every if case.about == About.HEAD}
    return told | {one.case_id for one in named if Seat.HEAD in seats_of(one.staff)}


def give(case: Case, at: datetime) -> Routed:
    """Give a case to whoever works on it by the rule, and tell them by mail. In a transaction."""
    safeguarding = case.is_urgent or case.is_of_a_child
    routed = route(concerns(case), safeguarding=safeguarding, people=people_for(case, at))
    there = set(Handler.objects.current().filter(case=case).values_list("staff_id", flat=True))
    for staff_id, seat in routed.handlers:
        if staff_id not in there:
            take_on(case, Staff.objects.get(pk=staff_id), seat, by=None, at=at)
    if routed.officer and not Told.objects.filter(case=case, seat=Seat.OFFICER).exists():
        known = Outside.objects.filter(seat=Seat.OFFICER).first()
        Told.objects.create(
            school_id=case.school_id,
            case=case,
            who=known.name if known else OFFICER,
            seat=Seat.OFFICER,
            why="It is about whoever would decide, or they are too close to it.",
            at=at,
        )
        write(case, Happening.What.INFORMED, f"{OFFICER} is to be told.", by=None, at=at)
    return routed


def take_on(case: Case, staff: Staff, seat: Seat, *, by: User | None, at: datetime) -> Handler:
    """Write down that somebody works on a case from now on, and mail them that something waits."""
    handler: Handler = Handler.objects.create(
        school_id=case.school_id,
        case=case,
        staff=staff,
        called=staff.name,
        seat=seat,
        from_at=at,
        by=by,
    )
    words = f"{staff.name} works on it: {seat.label.lower()}."
    write(case, Happening.What.HANDLER, words, by=by, at=at, staff=staff.pk)
    tell_by_mail(case, staff, at)
    return handler


def tell_by_mail(case: Case, staff: Staff, at: datetime) -> None:
    """That there is something to read; never what, nor about whom."""
    if staff.user is None or not staff.user.address:
        return
    address = settings.ADDRESS or "http://localhost:8000"
    urgent = "Urgent: " if case.is_urgent else ""
    post(
        case.school,
        to=staff.user.address,
        subject=f"{urgent}a report waits for you – {case.school.name}",
        body=paragraphs(
            f"A report came in on {moment(at)}. You work on it.",
            "It may name people. Read it where nobody looks over your shoulder.",
            f"{address}/cases/{case.ref}/",
            case.school.name,
        ),
        kind="case",
        at=at,
        about=case,
    )


def left_alone(at: datetime) -> Iterator[Case]:
    """Open cases on which nobody works any more who may: they left, or are barred since."""
    for case in Case.objects.open():
        handlers = Handler.objects.current().filter(case=case).select_related("staff__user")
        if not any(one.staff and may_be_given(one.staff, case) for one in handlers):
            yield case


def _subjects(case: Case) -> "PartyQuerySet":
    some: PartyQuerySet = Party.objects.standing()
    return some.filter(case=case, part=Part.SUBJECT)
