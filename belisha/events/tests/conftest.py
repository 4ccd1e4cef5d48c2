"""The people of these tests, and an event as it comes and goes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.events.actions import occasions
from belisha.events.models import Filming, WhoComes
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff


@pytest.fixture
def cast(school):
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    robins = make_class(school, "Robins", teacher, year=2)
    child = make_pupil(school, "Ada", "Kerb", robins)
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=teacher,
        assistant=make_staff(school, "Ms Whistle", Role.OTHER_STAFF),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
        robins=robins,
        wrens=make_class(school, "Wrens", year=3),
        child=child,
        parent=make_parent(school, child, "Bea", "Kerb"),
    )


@pytest.fixture
def clock(now, monkeypatch):
    """`clock(hours=2)` is two hours after the morning of these tests, for pages too."""
    shown = SimpleNamespace(at=now)
    monkeypatch.setattr(timezone, "now", lambda: shown.at)

    def move(**more):
        shown.at = now + timedelta(**more)
        return shown.at

    return move


@pytest.fixture
def planned(cast, now):
    """`planned()` is sports day from 10 to 12, to which the families of the Robins come."""

    def planned(by=None, classes=None, **fields):
        given = {
            "title": "Sports day",
            "place": "Field",
            "starts_at": now + timedelta(hours=1),
            "ends_at": now + timedelta(hours=3),
            "comes": WhoComes.CLASSES,
            "filming": Filming.EVERYONE,
        } | fields
        chosen = [cast.robins] if classes is None else classes
        return occasions.add(chosen, by=(by or cast.teacher).user, at=now, **given)

    return planned


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client
