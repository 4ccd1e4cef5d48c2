"""An album says of which event it is, and the seats of that event are for who may know them."""

from datetime import timedelta

from django.urls import reverse

from belisha.events.tests.conftest import cast, clock, enter, planned  # noqa: F401 - fixtures
from belisha.photos.forms import AlbumForm


def test_an_album_is_of_an_event_of_its_day(cast, planned, now):
    event = planned()
    day = {"title": "Field", "of_event": event.pk, "taken_on": now.date().isoformat()}
    assert AlbumForm(day, user=cast.teacher.user).is_valid()
    later = day | {"taken_on": (now + timedelta(days=2)).date().isoformat()}
    assert "of_event" in AlbumForm(later, user=cast.teacher.user).errors
    much_later = day | {"taken_on": (now + timedelta(days=20)).date().isoformat()}
    assert "of_event" not in AlbumForm(much_later, user=cast.teacher.user).fields


def test_the_seats_are_for_who_may_know_the_answers(cast, planned, clock):
    event = planned()
    seats = reverse("event_seats", args=[event.ref])
    assert "Do not film this class." in enter(cast.teacher).get(seats).text
    assert "No class of yours comes" in enter(cast.assistant).get(seats).text
    assert enter(cast.governor).get(seats).status_code == 404
    assert enter(cast.parent).get(seats).status_code == 404
