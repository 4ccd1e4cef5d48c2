"""From which device the pictures of an album came, and what it owes (P.ii)."""

import pytest
from django.test import Client
from django.urls import reverse

from belisha.devices.actions import loans, register
from belisha.devices.models import Wipe
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import albums, pictures
from tests.furnished import a_picture


@pytest.fixture
def teacher(school):
    return make_staff(school, "Miss Puffin", Role.TEACHER)


@pytest.fixture
def device(school, now):
    """`device(name)` writes one down."""
    office = make_staff(school, "Mrs Kerbwise", Role.OFFICE).user
    kept = {"kind": "camera", "lives_in": "Safe", "by": office, "at": now}
    return lambda name: register.add(school, name=name, **kept)


@pytest.fixture
def inside(teacher):
    client = Client()
    client.force_login(teacher.user)
    return client


@pytest.fixture
def canal(teacher, now):
    """`canal(camera)` is an album with one picture from it."""

    def canal(camera):
        by = {"by": teacher.user, "at": now}
        album = albums.make("Canal", taken_on=now.date(), from_device=camera, **by)
        pictures.add(album, a_picture("one"), name="1.jpg", **by)
        return album

    return canal


def test_pictures_that_come_into_an_album_are_owed_by_its_camera(
    teacher, device, inside, canal, now
):
    camera = device("Hall camera")
    loans.sign_out(camera, holder=teacher, signed="typed", by=teacher.user, at=now)
    form = inside.get(reverse("new-album")).context["form"]
    assert form["from_device"].value() == camera.pk
    here = reverse("album", args=[canal(camera).ref])
    assert "Now wipe Hall camera" in inside.get(here).text
    assert "1 picture came in" in inside.get(reverse("device-wipe")).text
    wiped, who = reverse("device-wiped", args=[camera.ref]), {"wiper": teacher.pk}
    page = inside.post(wiped, {"wiped": 0} | who)
    assert "1 came in. Say why 0 were deleted." in page.text
    inside.post(wiped, {"wiped": 1} | who)
    assert Wipe.objects.get().imported == 1
    assert "Now wipe" not in inside.get(here).text


def test_an_album_that_named_the_wrong_camera_is_put_right(teacher, device, inside, canal, now):
    album, other = canal(device("Hall camera")), device("Owls")
    album.from_device = other
    albums.change(album, by=teacher.user, at=now)
    page = inside.get(reverse("devices"), {"shown": "wipe"})
    assert [one.device for one in page.context["entries"]] == [other]
