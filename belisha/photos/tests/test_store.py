"""What lies on the disk is sealed, bound to what it is, and leaves nothing behind."""

import os

import pytest

from belisha.lib.sealing import CHUNK, BrokenSeal, new_key, seal, unseal
from belisha.photos import store
from belisha.photos.models import StoredFile

OLD = 2 * 3600  # seconds


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "pictures"
    return settings.MEDIA_ROOT


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens_again(size):
    key, data = new_key(), os.urandom(size)
    assert unseal(seal(data, key, b"a"), key, b"a") == data


@pytest.mark.parametrize("harm", ["cut", "swap", "flip", "other name", "other key"])
def test_a_seal_breaks_when_anything_was_touched(harm):
    key = new_key()
    sealed = seal(os.urandom(3 * CHUNK), key, b"view")
    piece = CHUNK + 16
    spoilt = {
        "cut": sealed[: 7 + 2 * piece],
        "swap": sealed[:7] + sealed[7 + piece : 7 + 2 * piece] + sealed[7 : 7 + piece],
        "flip": sealed[:-1] + bytes([sealed[-1] ^ 1]),
    }.get(harm, sealed)
    with pytest.raises(BrokenSeal):
        unseal(
            spoilt,
            new_key() if harm == "other key" else key,
            b"thumb" if harm == "other name" else b"view",
        )


def test_a_file_on_the_disk_tells_nothing(school, now, folder):
    file = store.keep(b"a picture of a child" * 500, school=school, at=now)
    file.save()
    (path,) = on_disk(folder)
    assert b"child" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert store.fetch(file) == b"a picture of a child" * 500


def test_two_files_that_change_places_do_not_open(school, now, folder):
    one, other = (store.keep(data, school=school, at=now) for data in (b"one", b"other"))
    first, second = (folder / file.key[:2] / file.key for file in (one, other))
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)
    for file in (one, other):
        with pytest.raises(BrokenSeal):
            store.fetch(file)


def test_a_missing_file_is_said_to_be_missing(school, now, folder):
    file = store.keep(b"one", school=school, at=now)
    on_disk(folder)[0].unlink()
    with pytest.raises(store.Missing):
        store.fetch(file)


def test_forgetting_removes_the_file_when_the_act_holds(
    school, now, folder, django_capture_on_commit_callbacks
):
    file = store.keep(b"one", school=school, at=now)
    file.save()
    with django_capture_on_commit_callbacks(execute=True):
        store.forget([file])
        assert on_disk(folder)
    assert not on_disk(folder)
    assert not StoredFile.objects.exists()


def test_the_sweep_takes_what_a_crash_left_and_nothing_else(school, now, folder):
    known, young, orphan = (store.keep(b"x", school=school, at=now) for _ in range(3))
    for file in (known, orphan):
        path = folder / file.key[:2] / file.key
        os.utime(path, (now.timestamp() - OLD, now.timestamp() - OLD))
    os.utime(folder / young.key[:2] / young.key, (now.timestamp(), now.timestamp()))
    assert store.sweep(frozenset({known.key}), now) == frozenset()
    assert {path.name for path in on_disk(folder)} == {known.key, young.key}


def test_the_sweep_tells_which_files_are_missing(school, now, folder):
    there, lost = (store.keep(b"x", school=school, at=now) for _ in range(2))
    (folder / lost.key[:2] / lost.key).unlink()
    assert store.sweep(frozenset({there.key, lost.key}), now) == {lost.key}


def test_a_full_disk_leaves_nothing_half_behind(school, now, folder, small_disk):
    with small_disk(20_000), pytest.raises(OSError, match="too large"):
        store.keep(b"x" * 100_000, school=school, at=now)
    assert not on_disk(folder)
