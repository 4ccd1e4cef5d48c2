"""A worker dies over a picture; two others go on beside each other. Prints what came of it."""

import json
import os
import signal
import sys
import time

from django.utils import timezone

from belisha.audit.models import Entry
from belisha.photos import jobs
from belisha.photos.models import Photo
from belisha.photos.tests.trials.school import add_some, at_school, fork, make_school


def die_of_it(goes):
    """Take a picture, say so, and never end."""
    jobs._lease(timezone.now())
    os.write(goes, b"taken\n")
    time.sleep(60)


def look(at):
    while jobs.find_faces(at):
        pass


def main():
    make_school()
    with at_school():
        add_some(8)
    came, goes = os.pipe()
    dying = fork(die_of_it, goes)
    with os.fdopen(came) as lines:
        lines.readline()
    os.kill(dying, signal.SIGKILL)
    os.waitpid(dying, 0)
    rounds = []
    for at in (timezone.now(), timezone.now() + jobs.LEASE):
        for worker in [fork(look, at) for _ in range(2)]:
            os.waitpid(worker, 0)
        with at_school():
            rounds.append(Photo.objects.filter(faces_found_at=None).count())
    with at_school():
        photos = Photo.objects.order_by("id")
        found = {
            "waiting after each round": rounds,
            "tries": [photo.tries for photo in photos],
            "faces": [photo.faces.count() for photo in photos],
            "recorded": Entry.objects.filter(verb="faces.found").count(),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
