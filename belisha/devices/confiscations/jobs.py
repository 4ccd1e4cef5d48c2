"""In the background: what is still here at home time is said; what is old is erased."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.devices.confiscations.erasing import erase_old
from belisha.devices.confiscations.rules import end_of
from belisha.devices.confiscations.stands import stand
from belisha.devices.models import Confiscation
from belisha.lib.seldom import Seldom
from belisha.people.actions.mail import paragraphs, post
from belisha.people.models import Mail, School, Staff, calendar_of
from belisha.people.rules import Role

LOOK = Seldom(timedelta(minutes=5))
LOOK_FOR_OLD = Seldom(timedelta(hours=12))
KIND = "still-here"


def nag(at: datetime) -> bool:
    """Every five minutes: after home time tell office and head, once a day, what is still here."""
    if LOOK.is_time(at):
        for school in _schools():
            with scope(school=school):
                nag_of(school, at=at)
    return False


def forget_old(at: datetime) -> bool:
    """Twice a day: erase what is over for so long that it is kept no longer."""
    if LOOK_FOR_OLD.is_time(at):
        for school in _schools():
            with scope(school=school):
                erase_old(timezone.localdate(at), at=at)
    return False


def _schools() -> list[School]:
    with scopes_disabled():
        return list(School.objects.all())


@transaction.atomic
def nag_of(school: School, *, at: datetime) -> int:
    """Post the mails of one school, if its home time is past and they did not go out today.

    The mail says how many, and names nobody. Returns how many were posted.
    """
    calendar, today = calendar_of(school), timezone.localdate(at)
    if not calendar.is_school_day(today) or at < end_of(today, calendar):
        return 0
    School.objects.select_for_update().get(pk=school.pk)  # two workers write one mail
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if Mail.objects.filter(kind=KIND, school=school, posted_at__gte=midnight).exists():
        return 0
    rows = Confiscation.objects.open().with_state().select_related("pupil", "school")
    late = sum(one.late for one in stand(rows, at=at, calendar=calendar))
    keepers = Staff.objects.current().filter(roles__role__in=(Role.HEAD, Role.OFFICE)).distinct()
    people = [one.user for one in keepers.select_related("user") if one.user] if late else []
    for user in people:
        post(
            school,
            to=user.email,
            subject=f"{_many(late)} still here – {school.name}",
            body=paragraphs(
                f"School is over, and {_many(late).lower()} still here beyond its time.",
                "Reach a parent, give it back, or ask the head to keep it.",
                f"See what to do: {settings.ADDRESS}{reverse('confiscations')}",
                "You get this because you look after what was taken.",
            ),
            kind=KIND,
            at=at,
            about=user,
            lasts=timedelta(hours=10),
        )
    return len(people)


def _many(late: int) -> str:
    return "A device is" if late == 1 else f"{late} devices are"
