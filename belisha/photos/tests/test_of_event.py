"""An album says of which event it is; who sits where at it tells nothing of a child (P.v)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.consent.rules import Kind
from belisha.events.actions import occasions
from belisha.people.actions.protection import protect
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.forms import AlbumForm
from belisha.policy.models import Purpose


@pytest.fixture
def teacher(school):
    return make_staff(school, "Miss Puffin", Role.TEACHER)


@pytest.fixture
def robins(school, teacher):
    return make_class(school, "Robins", teacher, year=2)


@pytest.fixture
def event(teacher, robins, now):
    return occasions.add(
        [robins],
        title="Sports day",
        place="Field",
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=3),
        filming="everyone",
        by=teacher.user,
        at=now,
    )


def test_an_album_is_of_an_event_of_its_day(event, teacher, now):
    def album(**later):
        day = (now + timedelta(**later)).date().isoformat()
        typed = {"title": "Field", "of_event": event.pk, "taken_on": day}
        return AlbumForm(typed, user=teacher.user)

    assert album().is_valid()
    assert "of_event" in album(days=2).errors
    assert "of_event" not in album(days=20).fields, "nobody is asked where there is none"


def test_a_protected_child_sits_like_one_whose_family_has_not_answered(
    school, event, teacher, robins, now, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: now)
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD)
    children = [make_pupil(school, f"Child{number:02}", "Kerb", robins) for number in range(12)]
    hidden, *free = children
    purposes = Purpose.objects.filter(each_picture=False)
    for child in free:
        parent = make_parent(school, child, f"Of{child.first_name}", "Kerb")
        yes = {"parent_id": parent.pk, "kind": Kind.GIVEN, "how": How.PAPER}
        drafts = [Answer(purpose=one, happened_on=now.date(), **yes) for one in purposes]
        record_answers(child, drafts, by=lead.user, at=now)
    outsider = make_staff(school, "Ms Whistle", Role.OTHER_STAFF)

    def seen_by(person):
        client = Client()
        client.force_login(person.user)
        return client.get(reverse("event_seats", args=[event.ref])).text.partition("<main")[2]

    before = seen_by(teacher)
    assert "Point the camera at seats 1 to 5" in before and "Child00 K" in before
    protect(hidden, why="A court order", by=lead.user, at=now)
    assert seen_by(teacher) == before
    assert "No class of yours comes" in seen_by(outsider)
