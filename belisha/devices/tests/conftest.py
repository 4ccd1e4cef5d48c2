"""The people of these tests, and the devices that they take."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.devices.actions import loans, off_site, register
from belisha.devices.leaving import digest
from belisha.events.models import Event, Kind
from belisha.people.glass import TYPED
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy.actions.approvals import answer
from belisha.policy.models import HeadRequest


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        colleague=make_staff(school, "Mr Tactile", Role.TEACHER),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
    )


@pytest.fixture
def is_now(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def camera(school, cast, now):
    return register.add(
        school, name="Hall camera", kind="camera", lives_in="Safe", by=cast.office.user, at=now
    )


@pytest.fixture
def out(cast, now):
    """`out(device)` signs a device out to the teacher."""

    def out(device, who=None, **more):
        who = who or cast.teacher
        return loans.sign_out(
            device, **({"holder": who, "signed": TYPED, "by": who.user, "at": now} | more)
        )

    return out


@pytest.fixture
def back(cast, now):
    """`back(loan)` brings it back, wiped."""

    def back(loan, memory="wiped", at=None, who=None):
        who = who or cast.teacher
        return loans.sign_in(
            loan,
            brought_by=who,
            signed=TYPED,
            condition="good",
            memory=memory,
            by=who.user,
            at=at or now + timedelta(hours=1),
        )

    return back


@pytest.fixture
def visit(school, cast, now):
    """A walk today, from ten to noon."""
    return Event.objects.create(
        school=school,
        title="Walk to the canal",
        place="Lockside",
        kind=Kind.VISIT,
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=3),
        created_at=now,
        created_by=cast.head.user,
    )


@pytest.fixture
def planned(cast, camera, visit, now):
    """`planned()` takes the camera on the walk, once the head agrees; with `yes` the head has."""

    def planned(*, yes=False, **more):
        today = now.date()
        plan = off_site.plan_visit(
            camera,
            **(
                {
                    "holder": cast.teacher,
                    "visit": visit,
                    "leaves_on": today,
                    "back_on": today,
                    "purpose": "The locks",
                    "by": cast.teacher.user,
                    "at": now,
                }
                | more
            ),
        )
        if yes:
            request = HeadRequest.objects.get(about=plan.ref)
            answer(request, yes=True, digest=digest(plan), by=cast.head.user, at=now)
        return plan

    return planned


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client
