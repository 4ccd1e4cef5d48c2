"""An album of the Robins, with a picture of Malik and Tilly that goes through the real engine."""

import resource
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings
from django_scopes import scope

from belisha.consent.actions import record_answer
from belisha.consent.models import How
from belisha.consent.rules import Kind
from belisha.people.models import Parent, Pupil, SchoolClass, User
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import albums, faces, pictures
from belisha.photos.imaging.box import Box, Face
from belisha.photos.models import Album, Photo
from belisha.photos.rules import Who
from belisha.policy.models import Purpose

PICTURES = Path(__file__).parents[2] / "desk" / "demonstration" / "pictures"
TWO = (PICTURES / "bridge-day" / "02.jpg").read_bytes()
MALIK, TILLY = Box(0.2204, 0.2892, 0.1619, 0.2652), Box(0.6265, 0.3089, 0.1575, 0.258)
TODAY = date(2026, 11, 20)


@dataclass
class Robins:
    """A class, its people, and one picture."""

    school_class: SchoolClass
    teacher: User
    office: User
    malik: Pupil
    tilly: Pupil
    mother: Parent  # of Malik
    father: Parent  # of Tilly
    album: Album
    photo: Photo
    at: object

    def say(self, pupil, parent, kind, purpose="newsletter", on=TODAY, **more):
        return record_answer(
            pupil,
            by=self.office,
            at=self.at,
            parent=parent,
            purpose=Purpose.objects.get(key=purpose),
            kind=kind,
            how=How.PAPER,
            happened_on=on,
            **more,
        )

    def settle_all(self):
        """The two children are named, and someone has checked for missed faces."""
        for face, pupil in zip(
            self.photo.faces.order_by("x"), (self.malik, self.tilly), strict=True
        ):
            faces.settle(face, Who.PUPIL, pupil=pupil, by=self.teacher, at=self.at)
        faces.say_all_boxed(self.photo, by=self.teacher, at=self.at)
        self.photo.refresh_from_db()


@pytest.fixture
def small_disk():
    """`with small_disk(SIZE)`: the system refuses to write any file on beyond SIZE bytes."""

    @contextmanager
    def limited(size):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited


@pytest.fixture
def robins(school, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "pictures"
    return robins_of(school, now)


@pytest.fixture(scope="module")
def begun(lasting_school, now, tmp_path_factory):
    """The Robins and the folder of their pictures, made once for the tests of a module."""
    folder = tmp_path_factory.mktemp("pictures")
    with override_settings(MEDIA_ROOT=folder), scope(school=lasting_school):
        return robins_of(lasting_school, now), folder


@pytest.fixture
def same_robins(begun, db, settings):
    """For modules that import it under the name `robins`: what a test does to them is undone."""
    robins, settings.MEDIA_ROOT = begun
    with scope(school=robins.album.school):
        yield deepcopy(robins)


@pytest.fixture
def same_school(same_robins):
    """Their school, to be imported beside them."""
    return same_robins.album.school


def robins_of(school, now):
    """The class in a school, and its picture in the store of this moment."""
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    school_class = make_class(school, "Robins", teacher, year=2)
    malik = make_pupil(school, "Malik", "Wayfinder", school_class)
    tilly = make_pupil(school, "Tilly", "Crossley", school_class)
    album = albums.make(
        "Bridge day", taken_on=TODAY, by=teacher.user, at=now, school_class=school_class
    )
    photo = pictures.add(album, TWO, name="IMG_1.jpg", by=teacher.user, at=now).photo
    faces.keep_found(photo, [Face(MALIK, 0.9, True), Face(TILLY, 0.9, True)], at=now)
    return Robins(
        school_class,
        teacher.user,
        make_staff(school, "Mrs Toucan", Role.OFFICE).user,
        malik,
        tilly,
        make_parent(school, malik, "Wanda", "Wayfinder"),
        make_parent(school, tilly, "Cleo", "Crossley"),
        album,
        photo,
        now,
    )


@pytest.fixture
def settled(robins):
    """Malik's family said yes to the newsletter; Tilly's has not answered."""
    robins.settle_all()
    robins.say(robins.malik, robins.mother, Kind.GIVEN)
    return robins
