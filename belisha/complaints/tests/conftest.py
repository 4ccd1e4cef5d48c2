"""The people of these tests, and concerns as they come in."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.complaints.actions.receiving import Told, receive
from belisha.people.models import Staff, StaffRole
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff

TYPED = {
    "subject": "class",
    "who": "",
    "words": "My child lost her coat, and nobody looked for it.",
    "wishes": "Please look for it.",
    "name": "Xenia Backstreet",
    "email": "xenia@home.example",
    "class_called": "Robins",
}


@pytest.fixture
def cast(school):
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    robins = make_class(school, "Robins", teacher)
    child = make_pupil(school, "Ada", "Crosswell", robins)
    chair = make_staff(school, "Dr Pegasus", Role.CHAIR)
    StaffRole.objects.create(school=school, staff=chair, role=Role.GOVERNOR)
    return SimpleNamespace(
        school=school,
        teacher=teacher,
        robins=robins,
        child=child,
        parent=make_parent(school, child, "Cleo", "Crosswell"),
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        chair=chair,
        governors=[
            make_staff(school, f"{name} Governs", Role.GOVERNOR) for name in ("Ana", "Bo", "Cy")
        ],
    )


@pytest.fixture
def is_now(now, monkeypatch):
    """`is_now(day)` moves the clock there."""

    def move(at):
        monkeypatch.setattr(timezone, "now", lambda: at)

    move(now)
    return move


@pytest.fixture
def sent(school, now):
    """`sent()` is a concern that came by the form, with its code."""

    def sent(at=now, formal=False, parent=None, child=None, **details):
        told = Told({**TYPED, **details}, formal=formal, parent=parent, child=child)
        return receive(school, told, language="en-gb", by=None, at=at)

    return sent


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client


def reread(person):
    """The same person, without what the row remembers."""
    return Staff.objects.get(pk=person.pk).user
