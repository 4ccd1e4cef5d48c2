"""The school of the race: one child, a mother, the office, one picture that is settled."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import albums, faces, pictures
from belisha.photos.imaging.box import Box, Face
from belisha.photos.rules import Who
from belisha.photos.tests.conftest import PICTURES


@dataclass
class Things:
    pupil: Any
    mother: Any
    office: Any
    photo: Any


def found(school):
    now = timezone.now()
    office = make_staff(school, "Mrs Toucan", Role.OFFICE).user
    pupil = make_pupil(school, "Malik", "Wayfinder", make_class(school, "Robins"))
    mother = make_parent(school, pupil, "Wanda", "Wayfinder")
    album = albums.make("Race", taken_on=now.date(), by=office, at=now)
    data = (PICTURES / "bridge-day" / "04.jpg").read_bytes()
    photo = pictures.add(album, data, name="x", by=office, at=now).photo
    faces.keep_found(photo, [Face(Box(0.4, 0.3, 0.2, 0.2), 0.9, True)], at=now)
    faces.settle(photo.faces.get(), Who.PUPIL, pupil=pupil, by=office, at=now)
    faces.say_all_boxed(photo, by=office, at=now)
    return Things(pupil, mother, office, photo)
