"""What the trials share: a school on disk with an empty album, and processes that fork from it."""

import os
import traceback
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_scopes import scope
from PIL import Image

from belisha.people.models import School
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import albums, pictures
from belisha.photos.engine import engine
from belisha.photos.models import Album
from belisha.photos.tests.conftest import PICTURES
from belisha.policy.models import add_shipped_purposes


def make_school():
    call_command("migrate", verbosity=0)
    now = timezone.now()
    school = School.objects.create(name="Trial School", created_at=now)
    with scope(school=school):
        add_shipped_purposes(school)
        head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
        albums.make("Bridge day", taken_on=now.date(), by=head, at=now)


@contextmanager
def at_school():
    """In the school's scope; afterwards nothing is open that a fork would share."""
    with scope(school=School.objects.get()):
        yield
    engine().close()
    connection.close()


def add(data):
    album = Album.objects.get()
    now = timezone.now()
    return pictures.add(album, data, name="x", by=album.created_by, at=now).photo


def add_some(most):
    for file in sorted((PICTURES / "bridge-day").iterdir())[:most]:
        add(file.read_bytes())


def fork(act, *arguments):
    """Do `act` in a process of its own; return its number."""
    process = os.fork()
    if process == 0:
        try:
            with at_school():
                act(*arguments)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return process


def noise(*seed):
    """A small JPEG like no other."""
    pixels = np.random.default_rng(seed).integers(0, 255, (60, 80, 3), np.uint8)
    data = BytesIO()
    Image.fromarray(pixels).save(data, "JPEG")
    return data.getvalue()


def on_disk():
    """How many sealed files lie in the store."""
    return sum(1 for _ in settings.MEDIA_ROOT.glob("??/*"))
