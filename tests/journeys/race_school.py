"""The school of the races: children with a mother and a father, the office, and settled pictures.

There are many children, since each race adds to a child's ledger and a long one is slow to read.
"""

import itertools
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from belisha.consent.actions import record_answer
from belisha.people.models import School
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import albums, faces, pictures
from belisha.photos.imaging.box import Box, Face
from belisha.photos.rules import Who
from belisha.policy.models import Purpose, add_shipped_purposes
from tests.furnished import a_picture

CHILDREN = 25


@dataclass
class Things:
    """One child of the races, and all who may race for it."""

    pupil: Any
    mother: Any
    father: Any
    office: Any
    photo: Any
    purpose: Any

    def say(self, who, kind, at):
        record_answer(
            self.pupil,
            by=self.office,
            at=at,
            kind=kind,
            parent=who,
            purpose=self.purpose,
            how="phone",
            happened_on=timezone.localdate(),
        )


@contextmanager
def race_school():
    """Make a school in a new database; give its children, one after the other and over again."""
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        add_shipped_purposes(school)
        yield school, itertools.cycle(list(_children(school)))


def _children(school):
    now = timezone.now()
    office = make_staff(school, "Mrs Toucan", Role.OFFICE).user
    robins = make_class(school, "Robins")
    album = albums.make("Race", taken_on=now.date(), by=office, at=now)
    purpose = Purpose.objects.get(key="newsletter")
    for number in range(CHILDREN):
        pupil = make_pupil(school, "Malik", f"Wayfinder{number}", robins)
        mother = make_parent(school, pupil, "Wanda", f"Wayfinder{number}")
        father = make_parent(school, pupil, "Waldo", f"Wayfinder{number}")
        photo = pictures.add(album, a_picture(str(number)), name="x", by=office, at=now).photo
        faces.keep_found(photo, [Face(Box(0.4, 0.3, 0.2, 0.2), 0.9, True)], at=now)
        faces.settle(photo.faces.get(), Who.PUPIL, pupil=pupil, by=office, at=now)
        faces.say_all_boxed(photo, by=office, at=now)
        yield Things(pupil, mother, father, office, photo, purpose)


class Racers:
    """Two threads, each with a connection of its own, that start each race in the same moment."""

    def __init__(self, school: Any) -> None:
        self._school = school
        self._acts: list[Callable[[], None]] = []
        self._failures: list[BaseException] = []
        self._line, self._end = threading.Barrier(3), threading.Barrier(3)
        for lane in range(2):
            threading.Thread(target=self._run, args=[lane], daemon=True).start()

    def race(self, one: Callable[[], None], other: Callable[[], None]) -> None:
        """Run both at once, and wait for both; raise what either raised."""
        self._acts = [one, other]
        self._line.wait()
        self._end.wait()
        if self._failures:
            raise self._failures[0]

    def _run(self, lane: int) -> None:
        with scope(school=self._school):
            while True:
                self._line.wait()
                try:
                    self._acts[lane]()
                except BaseException as error:
                    self._failures.append(error)
                self._end.wait()

    def stop(self) -> None:
        """Close both connections, so that the database may go."""
        self.race(lambda: connection.close(), lambda: connection.close())
