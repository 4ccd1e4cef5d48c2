"""The people of these tests: one in each seat, and some who have none."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.incidents.actions import telling
from belisha.incidents.rules import About, Kind, Way
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

DETAILS = {
    "kind": Kind.BULLYING,
    "what": "Somebody wrote that I am a zebra.",
    "about": About.NOBODY,
    "who": "",
    "where": "In a class group",
    "when": "Yesterday",
    "forbidden_place": False,
    "harm": False,
    "way": Way.PUPIL,
}


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        deputy=make_staff(school, "Ms Toucan", Role.DEPUTY_SAFEGUARDING_LEAD, Role.TEACHER),
        chair=make_staff(school, "Dr Pegasus", Role.CHAIR),
        governor=make_staff(school, "Mr Stopline", Role.GOVERNOR),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        office=make_staff(school, "Mrs Crossguard", Role.OFFICE),
    )


@pytest.fixture
def is_now(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def told(school, cast, now):
    """`told(about=…)` is a case that somebody without an account told of."""

    def told(named=(), by=None, **details):
        return telling.tell(school, details=DETAILS | details, named=named, by=by, at=now)

    return told


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client


def who_work_on(case):
    """The names of those who work on a case."""
    return {one.called for one in case.handlers.all() if one.until_at is None}
