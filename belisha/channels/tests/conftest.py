"""The people of these tests, and an account in the register as far as it has come."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from belisha.channels.actions import accounts as acts
from belisha.channels.actions.accounts import People
from belisha.channels.models import Account
from belisha.channels.standing import entry_of
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy.actions.approvals import answer

DETAILS = {
    "service": "facebook",
    "other_service": "",
    "name": "@kerbside",
    "url": "https://www.facebook.com/kerbside",
    "purpose": "News for families",
    "audience": Account.Audience.PUBLIC,
    "pupils_from": None,
    "comments": Account.Comments.OFF,
    "run_by": "school",
    "school_class": None,
    "recovery": "media@kerbside.example",
    "review_every": 12,
    "public": True,
}


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        colleague=make_staff(school, "Mr Tactile", Role.TEACHER),
        assistant=make_staff(school, "Ms Whistle", Role.OTHER_STAFF),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
        association=make_staff(school, "Mrs Crossguard", Role.PARENTS_ASSOCIATION),
        successor=make_staff(school, "Mr Stopline", Role.PARENTS_ASSOCIATION),
    )


@pytest.fixture
def is_now(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def written(cast, now):
    """`written()` is an application of the teacher's, complete but for the second factor."""

    def written(by=None, people=None, **details):
        return acts.write_down(
            details=DETAILS | details,
            people=people or People([cast.teacher, cast.colleague]),
            owned=True,
            by=(by or cast.teacher).user,
            at=now,
        )

    return written


@pytest.fixture
def asked(cast, now, written):
    """The same, when the head was asked."""

    def asked(**more):
        account = written(**more)
        acts.see_factor(account, by=cast.office.user, at=now)
        return account, acts.ask(account, by=(more.get("by") or cast.teacher).user, at=now)

    return asked


@pytest.fixture
def approved(cast, now, asked):
    """The same, when the head said yes."""

    def approved(**more):
        account, request = asked(**more)
        answer(request, yes=True, digest=digest_of(account, now), by=cast.head.user, at=now)
        return account

    return approved


def digest_of(account, at):
    return entry_of(account, at.date()).digest


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client
