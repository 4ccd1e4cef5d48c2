"""Clips opened in a process of their own, one for each act, for the web and the worker.

The process has no file: it asks for the bytes that it wants to read and hands over what it makes
in pieces, so that neither side ever holds a whole clip. A process that dies, says nothing for a
while or takes longer than it may costs its own act only.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from subprocess import Popen
from typing import Any

from belisha.photos.imaging import wire
from belisha.photos.imaging.engine import EngineFailed, end, launched, pipe
from belisha.photos.imaging.unreadable import Unreadable

from . import limits
from .track import Track, rows_of, track_of

log = logging.getLogger(__name__)

CHILD = "belisha.photos.imaging.film.child"
SILENT = 60.0  # seconds without a word, after which a child is given up
QUICK = 30.0  # seconds for what a person waits for
PIECE = 1 << 20
MOST = 800 << 20  # bytes that one child may hand over
LONG = 4 * 3600.0  # seconds for all of the longest clip

Read = Callable[[int, int], bytes]  # of the clip: from which byte, how many
Put = Callable[[int, bytes, bool], None]  # number of the piece, its bytes, whether it is the last
Tell = Callable[[float], None]  # how far it is, from 0 to 1


@dataclass(frozen=True)
class Probed:
    """What a clip is. `poster` and `thumb` are JPEGs of its first picture."""

    width: int  # pixels, upright
    height: int
    seconds: float
    sound: bool
    taken_at: datetime | None
    removed: tuple[str, ...]  # kinds of metadata in the file
    poster: bytes
    thumb: bytes


@dataclass(frozen=True)
class Found:
    """One face through the clip, and a strip of its first, best and last picture (JPEG)."""

    track: Track
    strip: bytes


@dataclass(frozen=True)
class Clip:
    """A clip to be read: how large it is in bytes, and who reads them.

    Every method may raise Unreadable, and EngineFailed when no child can be started.
    """

    size: int
    read: Read

    def probe(self) -> Probed:
        """Open it and look at its first picture; whether all can be decoded `look` finds out."""
        limits.weigh_clip(self.size)
        head, body = self._act({"do": "probe"}, seconds=QUICK)
        taken_at = head["taken_at"]
        return Probed(
            int(head["width"]),
            int(head["height"]),
            float(head["seconds"]),
            bool(head["sound"]),
            datetime.fromisoformat(taken_at) if taken_at else None,
            tuple(str(kind) for kind in head["removed"]),
            poster=body[head["thumb"] :],
            thumb=body[: head["thumb"]],
        )

    def look(self, put: Put, tell: Tell) -> tuple[list[Found], float]:
        """The faces in every frame, in the order in which they come, and how many seconds there
        really are. What is put is a small film that any browser plays."""
        head, body = self._act({"do": "look"}, put=put, tell=tell)
        rows = json.loads(body[: head["tracks"]])
        found, at = [], head["tracks"]
        for row in rows:
            strip = body[at : at + row["still"]]
            at += len(strip)
            way = track_of(row["points"])
            found.append(Found(Track(way.points, float(row["score"]), bool(row["sure"])), strip))
        return found, head["last"] / 1000

    def cover(
        self, tracks: Sequence[Track], *, sound: bool, put: Put, tell: Tell
    ) -> tuple[int, bytes]:
        """A copy in which the heads of these tracks are covered: its size in bytes, and its first
        picture (JPEG), in which they are covered too."""
        rows = [rows_of(track) for track in tracks]
        asked = {"do": "cover", "sound": sound}
        head, first = self._act(asked, put=put, tell=tell, tracks=json.dumps(rows).encode())
        return int(head["size"]), first

    def still(self, at: int) -> tuple[int, bytes]:
        """The picture (JPEG) that is seen at a time, and since when it is, in milliseconds."""
        head, body = self._act({"do": "still", "at": at}, seconds=QUICK)
        return int(head["at"]), body

    def _act(
        self,
        asked: dict[str, Any],
        *,
        put: Put | None = None,
        tell: Tell | None = None,
        tracks: bytes = b"",
        seconds: float = LONG,
    ) -> tuple[dict[str, Any], bytes]:
        room = MOST
        with _child() as child, _watched(child, seconds) as heard:
            try:
                wire.send(pipe(child.stdin), asked | {"size": self.size})
                while True:
                    head, body = wire.receive(pipe(child.stdout))
                    heard()
                    if "want" in head:
                        start, length = head["want"]
                        length = min(max(0, int(length)), PIECE)
                        wire.send(pipe(child.stdin), {}, self.read(max(0, int(start)), length))
                    elif "want_tracks" in head:
                        wire.send(pipe(child.stdin), {}, tracks)
                    elif "piece" in head and put and (room := room - len(body)) > 0:
                        put(int(head["piece"]), body, bool(head["last"]))
                    elif "share" in head and tell:
                        tell(float(head["share"]))
                    elif "refused" in head:
                        raise Unreadable(str(head["refused"]), str(head["sentence"]))
                    elif "done" in head:
                        return head, body
                    else:
                        raise ValueError(head.get("broken", "The child said what it may not."))
            except (BrokenPipeError, EOFError, KeyError, TypeError, ValueError) as error:
                if not isinstance(error, BrokenPipeError | EOFError):
                    log.error("A fault of ours in the child that opens clips:\n%s", error)
                raise limits.clip_too_hard() from None


def protection() -> tuple[str, ...]:
    """What holds the child back on this machine, in words for `belisha doctor`."""
    with _child() as child:
        wire.send(pipe(child.stdin), {"do": "protection", "size": 0})
        return tuple(wire.receive(pipe(child.stdout))[0]["held"])


@contextlib.contextmanager
def _child() -> Iterator[Popen[bytes]]:
    try:
        child = launched(CHILD)
    except (OSError, EOFError, ValueError) as error:
        raise EngineFailed("The process that opens clips did not start.") from error
    try:
        yield child
    finally:
        end(child)


@contextlib.contextmanager
def _watched(child: Popen[bytes], seconds: float) -> Iterator[Callable[[], None]]:
    """Kill a child that says nothing for a while, or goes on for longer than it may."""
    over, spoke, stop = time.monotonic() + seconds, time.monotonic(), threading.Event()

    def heard() -> None:
        nonlocal spoke
        spoke = time.monotonic()

    def watch() -> None:
        while not stop.wait(0.25):
            if time.monotonic() > min(over, spoke + SILENT):
                child.kill()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield heard
    finally:
        stop.set()
        watcher.join()
