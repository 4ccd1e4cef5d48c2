"""Pictures are added by the page's script until the database is full. Prints what came of it."""

import json
import sys
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from belisha.photos import jobs
from belisha.photos.models import Album, Photo
from belisha.photos.tests.trials.school import at_school, make_school, noise, on_disk


def pragma(words):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {words}").fetchone()[0]


def send(client, album, number):
    data = noise(number)
    fields = {"upload": f"{number:032x}", "name": "x.jpg", "size": len(data), "offset": 0}
    part = SimpleUploadedFile("blob", data)
    return client.post(f"/albums/{album.ref}/parts/", fields | {"part": part})


def main():
    make_school()
    with at_school():
        album = Album.objects.get()
        client = Client(SERVER_NAME="localhost")
        client.force_login(album.created_by)
        most = pragma("max_page_count")
        pragma("max_page_count = 1")  # SQLite makes it as many pages as there are
        answers = [send(client, album, 0)]
        while answers[-1].status_code == 200 and len(answers) < 500:
            answers.append(send(client, album, len(answers)))
        pragma(f"max_page_count = {most}")
        pictures = list(Photo.objects.all())
        again = send(client, album, len(answers) - 1).json()
        jobs.sweep(timezone.now() + timedelta(hours=2))
        found = {
            "statuses": [answer.status_code for answer in answers],
            "said": answers[-1].json(),
            "pictures": len(pictures),
            "pictures without their three files": sum(one.files.count() != 3 for one in pictures),
            "when there is room again": again["status"],
            "orphans after the sweep": on_disk() - 3 * Photo.objects.count(),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
