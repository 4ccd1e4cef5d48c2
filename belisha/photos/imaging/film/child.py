"""The process that opens strangers' clips: `python -m belisha.photos.imaging.film.child`.

One process for one act on one clip. It has no file of its own: it asks the engine for the bytes
that it wants to read, and hands over what it makes in pieces.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

import av
import av.logging

from belisha.photos.imaging import faces, wire
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.confinement import confine
from belisha.photos.imaging.reading import Pixels
from belisha.photos.imaging.rendering import THUMB, jpeg, scaled
from belisha.photos.imaging.unreadable import Unreadable

from . import limits
from .looking import Looker
from .reading import Film, Frame
from .track import rows_of, track_of
from .writing import Writer, in_step

COMPUTING = 3 * 3600  # seconds for the longest clip in the largest size
PREVIEW, COPY, STILL = 1280, 1920, 1280
TELL_EVERY = 1.0  # seconds
_READ = 1 << 20


class Talk:
    """The two pipes to the engine."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        self._told = time.monotonic()

    def say(self, head: dict[str, Any], body: bytes = b"") -> None:
        wire.send(self._outgoing, head, body)

    def ask(self, head: dict[str, Any]) -> bytes:
        self.say(head)
        return wire.receive(self._incoming)[1]

    def put(self, number: int, data: bytes, last: bool) -> None:
        self.say({"piece": number, "last": last}, data)

    def tell(self, share: float) -> None:
        """How far it is: also the sign that this process is alive."""
        if time.monotonic() - self._told >= TELL_EVERY:
            self._told = time.monotonic()
            self.say({"share": max(0.0, min(share, 1.0))})


class Source:
    """The clip as a file whose bytes are with the engine."""

    def __init__(self, talk: Talk, size: int) -> None:
        self._talk, self._size = talk, size
        self._at, self._start, self._block = 0, 0, b""

    def read(self, length: int) -> bytes:
        if not self._start <= self._at < self._start + len(self._block):
            self._start = self._at // _READ * _READ
            wanted = min(_READ, self._size - self._start)
            block = self._talk.ask({"want": [self._start, wanted]}) if wanted > 0 else b""
            self._block = block
        begin = self._at - self._start
        data = self._block[begin : begin + length]
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, (0, self._at, self._size)[whence] + offset)
        return self._at

    def tell(self) -> int:
        return self._at


def probe(talk: Talk, asked: dict[str, Any]) -> None:
    """What the clip is, and its first picture."""
    film = Film(Source(talk, asked["size"]))
    first = next(film.frames(), None)
    if first is None:
        raise limits.damaged()
    width, height = first.size()
    removed, taken_at = film.said()
    poster = scaled(first.pixels(STILL), STILL)
    thumb = jpeg(scaled(poster, THUMB))
    told = {
        "width": width,
        "height": height,
        "seconds": film.seconds(),
        "sound": film.sound is not None,
        "taken_at": taken_at.isoformat() if taken_at else None,
        "removed": removed,
        "thumb": len(thumb),
    }
    talk.say(told | {"done": True}, thumb + jpeg(poster))


def look(talk: Talk, asked: dict[str, Any]) -> None:
    """Every face in every frame, and a preview that any browser plays."""
    film, looker = Film(Source(talk, asked["size"])), Looker()
    last = 0

    def looked() -> Iterator[Frame]:
        nonlocal last
        for frame in film.frames():
            looker.look(frame)
            last = frame.at
            talk.tell(frame.at / 1000 / max(film.seconds(), 0.001))
            yield frame

    size, _ = _written(
        talk,
        film,
        looked(),
        lambda _: (),
        longest=PREVIEW,
        sound=asked["size"],
        preset="ultrafast",
    )
    found = looker.found()
    tracks = [
        {
            "points": [[at, *(round(n, 4) for n in box)] for at, *box in rows_of(track)],
            "score": track.score,
            "sure": track.sure,
            "still": len(still),
        }
        for track, still in found
    ]
    text = json.dumps(tracks).encode()
    stills = b"".join(still for _, still in found)
    told = {"tracks": len(text), "last": last, "size": size}
    talk.say(told | {"done": True}, text + stills)


def cover(talk: Talk, asked: dict[str, Any]) -> None:
    """A copy in which these tracks are covered, and its first picture."""
    film = Film(Source(talk, asked["size"]))
    rows = json.loads(talk.ask({"want_tracks": True}))
    tracks = [track_of(row) for row in rows]

    def covers(frame: Frame) -> list[Box]:
        talk.tell(frame.at / 1000 / max(film.seconds(), 0.001))
        return [box for track in tracks if (box := track.cover_at(frame.at))]

    sound = asked["size"] if asked["sound"] else 0
    size, first = _written(talk, film, film.frames(), covers, longest=COPY, sound=sound)
    talk.say({"done": True, "size": size}, jpeg(scaled(first, STILL)))


def still(talk: Talk, asked: dict[str, Any]) -> None:
    """The picture at a time, and at which time it really is."""
    film = Film(Source(talk, asked["size"]))
    shown = None
    for frame in film.frames(after=asked["at"]):
        if shown is None or frame.at <= asked["at"]:
            shown = frame
        if frame.at >= asked["at"]:
            break
    if shown is None:
        raise limits.damaged()
    talk.say({"done": True, "at": shown.at}, jpeg(shown.pixels(STILL)))


def _written(
    talk: Talk,
    film: Film,
    frames: Iterator[Frame],
    covers: Callable[[Frame], Iterable[Box]],
    *,
    longest: int,
    sound: int,
    preset: str = "superfast",
) -> tuple[int, Pixels]:
    """Write the frames, each covered as it must be; return the size of what was written, and its
    first picture.

    `sound` is the size of the clip whose sound is wanted: a reader of its own reads it, beside that
    of the pictures. 0 leaves the sound out.
    """
    first = next(frames, None)
    if first is None:
        raise limits.damaged()
    other = Film(Source(talk, sound)) if sound and film.sound else None
    writer = Writer(
        talk.put,
        first.size(),
        longest=longest,
        most=film.promised(),
        sound=other is not None,
        preset=preset,
    )
    heard = other.heard() if other else iter(())
    for frame in in_step(chain([first], frames), heard, writer):
        writer.picture(frame, covers(frame))
    return writer.finish(), writer.poster()


def prepare() -> None:
    """Import now what the library would import when it first needs it: later no file opens."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if module.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(module.name)


ACTS = {"probe": probe, "look": look, "cover": cover, "still": still}


def main() -> None:
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library may speak into our pipe
    os.dup2(1, 2)
    av.logging.set_level(av.logging.PANIC)
    prepare()
    talk = Talk(incoming, outgoing)
    talk.say({"ready": True})
    asked, _ = wire.receive(incoming)
    if asked["do"] == "look":
        faces.prepare()
    held = confine(seconds=COMPUTING)
    try:
        if asked["do"] == "protection":
            talk.say({"done": True, "held": held})
        else:
            ACTS[asked["do"]](talk, asked)
    except Unreadable as refusal:
        talk.say({"refused": refusal.code, "sentence": refusal.sentence})
    except (MemoryError, av.MemoryError):
        os._exit(1)  # the engine takes it for a crash, which is how other libraries end here
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the engine is gone
    except Exception:
        talk.say({"broken": traceback.format_exc()})
    os._exit(0)


if __name__ == "__main__":
    # Whoever asked may be gone by the time that we could answer.
    with contextlib.suppress(BrokenPipeError):
        main()
