"""A school with people and a small policy, for the tests of documents."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.actions import documents as acts
from belisha.policy.models import MAIN, Approval, Document
from belisha.policy.tests.documents.text import FRONT, POLICY


@pytest.fixture
def cast(school):
    robins = make_class(school, "Robins", year=2)
    maisie = make_pupil(school, "Maisie", "Tarmac", robins)
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        chair=make_staff(school, "Dr Pegasus", Role.CHAIR),
        governor=make_staff(school, "Cllr Stone", Role.GOVERNOR),
        parent=make_parent(school, maisie, "Dana", "Tarmac"),
    )


@pytest.fixture
def enter():
    """Sign someone in: `enter(cast.head)` answers with their browser."""

    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered


@pytest.fixture
def drafted(cast, now):
    """The small policy as a draft, with all that stands before it."""
    return acts.draft_from(MAIN, POLICY, by=cast.head.user, at=now, **FRONT)


@pytest.fixture
def approve(cast, now):
    """Let the head and the governors approve a draft as it stands."""

    def approved(draft, at=now):
        draft.refresh_from_db()
        acts.approve(draft, Approval.Side.HEAD, seen=draft.digest, by=cast.head.user, at=at)
        acts.approve(
            draft,
            Approval.Side.GOVERNORS,
            name="Dr Pegasus, chair",
            on=at.date(),
            minute="Full board, item 7",
            seen=draft.digest,
            by=cast.office.user,
            at=at,
        )

    return approved


@pytest.fixture
def issue(cast, now, approve):
    """Approve and issue a draft."""

    def issued(draft, at=now):
        approve(draft, at)
        return acts.issue(draft, seen=draft.digest, by=cast.head.user, at=at)

    return issued


@pytest.fixture
def in_force(drafted, issue, now):
    """The small policy, in force since ten days ago as version 1.0."""
    return issue(drafted, at=now - timedelta(days=10))


@pytest.fixture
def main(in_force):
    return Document.objects.get(key=MAIN)
