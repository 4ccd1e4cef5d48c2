"""Strangers' clips: opened behind walls, refused in plain words, rebuilt from pictures alone."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film import limits
from belisha.photos.imaging.film.engine import Clip, protection
from belisha.photos.imaging.film.track import Point, Track
from belisha.photos.imaging.unreadable import Unreadable

from . import making

DEMONSTRATION = Path(__file__).parents[4] / "desk" / "demonstration" / "pictures"
SCENE = Image.open(DEMONSTRATION / "bridge-day" / "02.jpg").copy()


def opened(data):
    return Clip(len(data), lambda start, length: data[start : start + length])


def refused(data):
    with pytest.raises(Unreadable) as why:
        opened(data).probe()
    return why.value.code


def put_into(pieces):
    return lambda number, data, last: pieces.update({number: data})


def whole(pieces):
    return b"".join(pieces[number] for number in sorted(pieces))


def looked(data):
    pieces = {}
    found, seconds = opened(data).look(put_into(pieces), lambda share: None)
    return found, seconds, whole(pieces)


def covered(data, tracks, **more):
    pieces = {}
    more = {"sound": False, **more}
    size, _ = opened(data).cover(tracks, put=put_into(pieces), tell=lambda share: None, **more)
    made = whole(pieces)
    assert len(made) == size
    return made


@pytest.fixture(scope="module")
def plain():
    return making.clip(making.across(SCENE, 10, size=(240, 240)), sound=True)


def test_the_child_gives_up_files_network_and_programs():
    held = protection()
    assert "no files, no network, no other programs" in held or len(held) < 3


def test_a_clip_is_told_and_its_first_picture_shown():
    words = {"location": "+51.5000-000.1000/", "make": "CANARY", "comment": "CANARY"}
    probed = opened(making.clip(making.across(SCENE, 5), words=words, kind="mov")).probe()
    assert (probed.width, probed.height, probed.sound) == (320, 240, False)
    assert probed.removed == ("camera", "place", "words")
    assert probed.poster.startswith(b"\xff\xd8")
    assert b"CANARY" not in probed.poster + probed.thumb


def test_a_face_is_followed_while_the_camera_goes_over_it(plain):
    found, seconds, preview = looked(plain)
    assert seconds == pytest.approx(0.9)
    longest = max(found, key=lambda one: one.track.ends - one.track.starts)
    first, last = longest.track.points[0].box, longest.track.points[-1].box
    assert abs(first.x - last.x) > 0.05
    assert longest.strip.startswith(b"\xff\xd8")
    assert making.streams_of(preview) == ["video", "audio"]


def test_a_face_that_moves_is_covered_in_every_frame():
    """A white square goes through a dark room; its way says where."""
    data = making.clip([making.room(number) for number in range(20)])
    way = [Point(n * 100, Box((20 + n * 10) / 320, 100 / 240, 30 / 320, 40 / 240)) for n in (0, 19)]
    frames = making.frames_of(covered(data, [Track(tuple(way))]))
    assert len(frames) == 20
    assert max(frame.max() for frame in frames) < 140  # no white is left in any of them
    assert min(np.abs(frame.astype(int) - (84, 98, 112)).max(2).min() for frame in frames) < 12


def test_a_copy_has_no_words_and_sound_only_on_wish():
    words = {"location": "+51.5000-000.1000/", "comment": "CANARY", "title": "CANARY"}
    data = making.clip(making.across(SCENE, 6), sound=True, words=words)
    silent = covered(data, [])
    assert making.streams_of(silent) == ["video"]
    assert making.streams_of(covered(data, [], sound=True)) == ["video", "audio"]
    for telling in (b"CANARY", b"51.5", b"Lavf", b"x264"):
        assert telling not in silent


def test_a_moment_is_shown_as_it_is_seen(plain):
    at, still = opened(plain).still(500)
    assert at == 500
    assert still.startswith(b"\xff\xd8")


def test_a_clip_on_its_side_is_turned_upright():
    data = making.turned(making.clip(making.across(SCENE, 3)))
    probed = opened(data).probe()
    assert (probed.width, probed.height) == (240, 320)
    assert making.frames_of(covered(data, []))[0].shape == (320, 240, 3)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 400, "not-a-clip"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "not-a-clip"),
        (b"RIFF\0\0\0\0AVI LIST" + b"\0" * 200, "not-a-clip"),
    ],
)
def test_what_is_no_clip_is_refused(data, code):
    assert refused(data) == code


def test_a_clip_that_was_cut_off_is_refused(plain):
    assert refused(plain[: len(plain) // 2]) in ("not-a-clip", "damaged")


def test_a_clip_that_breaks_off_further_on_is_refused_when_it_is_looked_through():
    data = making.broken(making.clip(making.across(SCENE, 40)))
    with pytest.raises(Unreadable) as why:
        looked(data)
    assert why.value.code == "damaged"


def test_other_kinds_of_pictures_are_refused():
    assert refused(making.clip(making.across(SCENE, 3), codec="mpeg4")) == "not-a-clip"


def test_a_clip_that_is_or_says_that_it_is_huge_is_refused(plain):
    wide = Image.new("RGB", (limits.MAX_SIDES[0] + 64, 64))
    assert refused(making.clip([wide])) == "too-many-pixels"
    assert refused(making.that_claims(plain, width=10_000, height=10_000)) == "not-a-clip"


def test_a_clip_that_says_that_it_is_long_is_refused(plain):
    assert refused(making.that_claims(plain, seconds=7200)) == "too-long"


def test_a_clip_that_says_that_it_is_shorter_than_it_is_is_refused():
    """Its index would not hold what it then gives."""
    data = making.that_claims(making.clip(making.across(SCENE, 60)), seconds=0.1)
    with pytest.raises(Unreadable) as why:
        covered(data, [])
    assert why.value.code == "damaged"


def test_too_many_bytes_are_refused_before_anything_is_read():
    def read(start, length):
        raise AssertionError("nothing may be read")

    with pytest.raises(Unreadable) as why:
        Clip(limits.MAX_BYTES + 1, read).probe()
    assert why.value.code == "too-large"


def test_a_picture_is_not_taken_for_a_clip(plain):
    assert limits.looks_like_a_clip(plain[:16])
    for start in (b"\xff\xd8\xff\xe0", b"\0\0\0\x18ftypheic\0\0\0\0", b"\x89PNG\r\n\x1a\n", b""):
        assert not limits.looks_like_a_clip(start)


def test_what_is_said_before_an_upload_is_what_holds():
    assert str(limits.MAX_BYTES // 1024**2) in limits.SAID_BEFORE
    assert f"{limits.MAX_SECONDS // 60} minutes" in limits.SAID_BEFORE
