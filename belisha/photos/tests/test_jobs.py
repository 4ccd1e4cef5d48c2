"""Faces are looked for once, by one worker, and a person can go on when that fails."""

from datetime import timedelta

import pytest
from django.conf import settings as live

from belisha.photos import jobs
from belisha.photos.actions import pictures
from belisha.photos.models import Face, Photo
from belisha.photos.tests.conftest import PICTURES

GROUP = (PICTURES / "bridge-day" / "01.jpg").read_bytes()


@pytest.fixture
def waiting(robins):
    """A picture of five children in which nobody has looked yet."""
    return pictures.add(
        robins.album, GROUP, name="IMG_5.jpg", by=robins.teacher, at=robins.at
    ).photo


def test_faces_are_found_once(waiting, now):
    assert jobs.find_faces(now)
    assert waiting.faces.count() == 5
    assert not jobs.find_faces(now)
    assert waiting.faces.count() == 5


def test_a_picture_under_lease_is_left_to_its_worker(waiting, now):
    Photo.objects.filter(pk=waiting.pk).update(lease="other", leased_until=now + jobs.LEASE)
    assert not jobs.find_faces(now)
    assert not waiting.faces.exists()


def test_a_lease_that_ran_out_is_taken_by_another(waiting, now):
    Photo.objects.filter(pk=waiting.pk).update(lease="dead", leased_until=now - timedelta(1))
    assert jobs.find_faces(now)
    assert waiting.faces.count() == 5


def test_a_worker_that_lost_its_lease_keeps_nothing(waiting, now):
    photo = jobs._lease(now)
    Photo.objects.filter(pk=waiting.pk).update(lease="another")
    jobs._keep_if_mine(photo, [])
    waiting.refresh_from_db()
    assert waiting.faces_found_at is None


@pytest.mark.parametrize("harm", ["gone", "spoilt", "no row"])
def test_after_three_tries_a_person_draws_the_boxes(waiting, now, harm):
    file = waiting.files.get(rendition="original")
    path = live.MEDIA_ROOT / file.key[:2] / file.key
    if harm == "gone":
        path.unlink()
    elif harm == "spoilt":
        path.write_bytes(b"x" * 1000)
    else:
        file.delete()
    at = now
    for _ in range(jobs.MOST_TRIES):
        waiting.refresh_from_db()
        assert waiting.faces_found_at is None
        assert jobs.find_faces(at)
        at += jobs.LEASE + timedelta(seconds=1)
    waiting.refresh_from_db()
    assert waiting.faces_found_at is not None
    assert not Face.objects.filter(photo=waiting).exists()
    assert not jobs.find_faces(at)


def test_a_picture_that_ended_three_workers_is_left_to_a_person(waiting, now):
    at = now
    for _ in range(jobs.MOST_TRIES):
        assert jobs._lease(at) == waiting  # and then the worker dies
        at += jobs.LEASE + timedelta(seconds=1)
    assert jobs.find_faces(at)
    waiting.refresh_from_db()
    assert waiting.faces_found_at is not None
    assert not waiting.faces.exists()


def test_uploads_that_never_ended_are_swept_away(robins, now):
    pictures.receive(
        robins.album,
        b"x" * 10,
        token="ab" * 16,
        name="x",
        size=100,
        offset=0,
        by=robins.teacher,
        at=now - timedelta(days=2),
    )
    jobs._swept_at = None
    jobs.sweep(now)
    assert pictures.received(robins.album, "ab" * 16, by=robins.teacher) == 0


def test_the_sweep_tells_of_missing_files_and_can_run_twice(robins, now, caplog):
    path = next(path for path in live.MEDIA_ROOT.rglob("*") if path.is_file())
    path.unlink()
    for _ in range(2):
        jobs._swept_at = None
        assert jobs.sweep(now) is False
    said = [record.getMessage() for record in caplog.records]
    assert said == [f"1 sealed files are missing from {live.MEDIA_ROOT}"] * 2
    assert Photo.objects.get().files.count() == 3
    assert jobs.sweep(now) is False  # within the hour: not even looked
    assert len(caplog.records) == 2
