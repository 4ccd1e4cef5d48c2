"""What waits for someone about a pupil's device, until it is home and what follows is decided."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from belisha.devices.confiscations.access import can_settle
from belisha.devices.confiscations.rules import DECIDE_WITHIN, TELL_HEAD_AFTER
from belisha.devices.confiscations.stands import Stands, stand, waiting_for_family
from belisha.devices.models import Confiscation, Exemption, Matter
from belisha.devices.models.confiscations import State
from belisha.lib.task import Task
from belisha.people.calendar import LONDON, Calendar
from belisha.people.models import User, calendar_of
from belisha.people.rules import LEADERS, SAFEGUARDING, Role
from belisha.policy.models import Sanction

LOOK_AGAIN = timedelta(days=14)  # before an exemption runs out


def todo(user: User, on: date) -> Iterator[Task]:
    """For the taker, the office, the head, the class teacher; for parents what they collect."""
    if user.has_role(Role.PARENT):
        yield from _to_collect(user, on)
    if not user.is_staff_member:
        return
    calendar = calendar_of(user.school)
    yield from _devices(user, on, calendar)
    if can_settle(user):
        for matter in Matter.objects.open().select_related("confiscation__pupil"):
            child = matter.confiscation.pupil.short_name
            yield Task(
                f"{matter.get_kind_display()}: the device of {child}",
                "Find out what happened, and write down what was done.",
                reverse("matter_settle", args=[matter.pk]),
                "Settle it",
                "flag",
                timezone.localdate(matter.told_at),
            )
    yield from _to_decide(user, on, calendar)
    if user.has_role(Role.OFFICE, *SAFEGUARDING):
        yield from _exemptions(on)


def _at(on: date) -> datetime:
    """Now, or for another day the moment at which it begins."""
    now = timezone.now()
    same = timezone.localdate(now) == on
    return now if same else datetime.combine(on, time.min, tzinfo=LONDON)


def _devices(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    open_now = Confiscation.objects.open().with_state().select_related("pupil", "school")
    office = user.has_role(Role.OFFICE)
    if not office and not user.has_role(*LEADERS):
        open_now = open_now.filter(seized_by=user)
    for one in stand(open_now, at=_at(on), calendar=calendar):
        if office:
            yield _of_office(one)
        elif one.row.seized_by_id == user.pk and one.row.state is State.HELD:
            yield _task(one, "Hand in {}", "It belongs in the office, locked away.", "Look at it")
        elif user.has_role(*LEADERS) and one.late:
            yield _late(one, on, calendar)


def _of_office(one: Stands) -> Task:
    """The one thing that the office does next."""
    if one.late:
        if one.must_ask:
            words = "Reach a parent, give it back, or ask the head to keep it."
        else:
            words = "The head is asked. Reach a parent, or give it back."
        return _task(one, "Still here: {}", words, "See what to do")
    if one.row.state is State.HELD:
        return _task(one, "Receive {}", "Lock it away, in an envelope with a number.", "Receive it")
    if one.is_needed_home:
        words = "Nobody knows how the child gets home without it. Ask."
        return _task(one, "The way home without {}", words, "See what to do")
    if not one.reached:
        return _task(one, "Reach a parent about {}", "Write each try down.", "Reach them")
    return _task(one, "Give back {}", "A parent knows of it, and collects it.", "Look at it")


def _late(one: Stands, on: date, calendar: Calendar) -> Task:
    since = timezone.localdate(one.row.seized_at)
    long = calendar.add_school_days(since, TELL_HEAD_AFTER) <= on
    words = f"No parent for {TELL_HEAD_AFTER} school days." if long else "Its time is over."
    return _task(one, "Still here: {}", f"{words} See that it goes home.", "Look at it")


def _task(one: Stands, title: str, words: str, act: str) -> Task:
    row = one.row
    named = f"the {row.get_kind_display().lower()} of {row.pupil.short_name}"
    due = timezone.localdate(one.back_by if one.late or one.reached else row.seized_at)
    url = reverse("confiscation", args=[row.ref])
    return Task(title.format(named), words, url, act, "phone", due)


def _to_decide(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    """What follows by the ladder: for who teaches the child; overdue ones for the leaders."""
    decided = Sanction.objects.values("about")
    open_ones = Confiscation.objects.standing().exclude(ref__in=decided)
    leads = user.has_role(*LEADERS)
    if not leads:
        open_ones = open_ones.filter(pupil__school_class__teachers=user.staff)
    for row in open_ones.select_related("pupil"):
        due = calendar.add_school_days(timezone.localdate(row.seized_at), DECIDE_WITHIN)
        if not leads or due < on:
            yield Task(
                f"Decide what follows for {row.pupil.short_name}",
                "The ladder suggests a step. A person who knows the child decides.",
                reverse("confiscation_sanction", args=[row.ref]),
                "Decide",
                "flag",
                due,
            )


def _exemptions(on: date) -> Iterator[Task]:
    soon = Exemption.objects.standing(on).filter(until__lte=on + LOOK_AGAIN, pupil__left_on=None)
    for one in soon.select_related("pupil"):
        yield Task(
            f"Does {one.pupil.short_name} still need it: {one}?",
            "What the child may have runs out. Write it down anew, or let it end.",
            reverse("exemptions"),
            "Look at it",
            "tablet",
            one.until,
        )


def _to_collect(user: User, on: date) -> Iterator[Task]:
    for one in waiting_for_family(user, at=_at(on)):
        yield Task(
            _("A device of your child waits at school: %(what)s")
            % {"what": one.row.get_kind_display()},
            _("Please collect it at the school office."),
            reverse("waits_for_family"),
            _("See where and until when"),
            "phone",
            timezone.localdate(one.back_by),
        )
