"""A school with a teacher, an office, a head and a child; a phone taken on a Friday morning."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.devices.confiscations import keeping, seizing
from belisha.devices.models import Confiscation
from belisha.people.actions import calendar
from belisha.people.calendar import Days, Mark
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff

SEEN = {
    "kind": "phone",
    "description": "Black, in a red case",
    "condition": "",
    "power": "off",
    "not_unlocked": True,
    "not_searched": True,
    "opened_why": "",
    "despite": "",
    "during": "lesson",
    "where": "classroom",
    "why": "",
    "way_home": "fetched",
}


@pytest.fixture
def cast(school, now):
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    robins = make_class(school, "Robins", teacher, year=4)
    child = make_pupil(school, "Ada", "Kerbstone", robins)
    cast = SimpleNamespace(
        teacher=teacher,
        colleague=make_staff(school, "Mr Tactile", Role.TEACHER),
        assistant=make_staff(school, "Ms Whistle", Role.OTHER_STAFF),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
        robins=robins,
        child=child,
        mother=make_parent(school, child, "Mara", "Kerbstone"),
        barred=make_parent(school, child, "Ivo", "Signpost", no_contact=True),
    )
    term = Days(Mark.TERM, now.date().replace(month=9, day=2), now.date().replace(month=12, day=18))
    calendar.mark(school, term, by=cast.office.user, at=now)
    return cast


@pytest.fixture
def taken(cast, now):
    """`taken()` is a phone that the teacher took this Friday at nine."""

    def taken(pupil=None, by=None, at=now, written=None, **seen):
        by, child = (by or cast.colleague).user, pupil or cast.child
        return seizing.seize(child, seized_at=at, by=by, at=written or at, **SEEN | seen)

    return taken


@pytest.fixture
def stored(cast, taken, now):
    """The same, in an envelope of the office."""

    def stored(envelope="1", **more):
        row = taken(**more)
        receive(cast, row, now, envelope)
        return row

    return stored


def receive(cast, row, at, envelope="1"):
    return keeping.receive(
        row,
        envelope=envelope,
        shelf="Safe",
        fits=True,
        difference="",
        by=cast.office.user,
        at=max(at, row.written_at),
    )


def anew(row):
    return Confiscation.objects.with_state().select_related("pupil", "school").get(pk=row.pk)


@pytest.fixture
def is_now(now, monkeypatch):
    """`is_now(hours=5)` lets the site's clock stand so much after nine on that Friday."""

    def is_now(**later):
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(**later))
        return now + timedelta(**later)

    is_now()
    return is_now


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client
