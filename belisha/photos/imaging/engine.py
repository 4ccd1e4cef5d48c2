"""Pictures opened in a process of their own, for the web, the worker and the command line.

    with Engine() as engine, engine.opened(data, faces=True) as picture:
        copy = picture.copy([face.box for face in picture.faces])

One child serves one picture at a time and threads wait their turn. A child that dies, or that
takes longer than it may, costs its own picture only: the next one gets a new child.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from . import wire
from .box import Box, Face
from .unreadable import Unreadable, page_too_hard, too_hard, weigh, weigh_paper

log = logging.getLogger(__name__)

SECONDS = 20.0
SECONDS_TO_START = 60.0
Ask = Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]
_ROOT = Path(__file__).parents[3]
# All that the child is told: no secret of ours, and no threads that would not survive a fork.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "VIPS_CONCURRENCY": "1",
    "VIPS_WARNING": "0",
}


class EngineFailed(RuntimeError):
    """The child does not even start: something is wrong with the installation."""


@dataclass(frozen=True)
class Ingested:
    """What is kept of a new photograph; `view` and `thumb` are JPEGs of 1600 and 320 pixels."""

    width: int
    height: int
    taken_at: datetime | None
    removed: tuple[str, ...]
    view: bytes
    thumb: bytes


class Opened:
    """A picture that the child holds decoded, until the `with` block ends."""

    def __init__(self, ask: Ask, head: dict[str, Any]) -> None:
        self._ask = ask
        self.width = int(head["width"])
        self.height = int(head["height"])
        self.taken_at = datetime.fromisoformat(head["taken_at"]) if head["taken_at"] else None
        self.removed = tuple(str(kind) for kind in head["removed"])
        self.faces = _faces(head["faces"])

    def renditions(self) -> tuple[bytes, bytes]:
        """The view and the thumb, two JPEGs of at most 1600 and 320 pixels a side."""
        head, body = self._ask({"do": "renditions"})
        return body[: head["view"]], body[head["view"] :]

    def copy(self, hide: Iterable[Box], longest: int | None = None) -> bytes:
        """A JPEG with the head around each of these faces covered; full size, or no longer than
        `longest` pixels."""
        boxes = [[box.x, box.y, box.w, box.h] for box in hide]
        return self._ask({"do": "copy", "hide": boxes, "longest": longest})[1]


class Engine:
    """Every method may raise Unreadable, and EngineFailed when no child can be started."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds` is the longest that the child may take for one answer."""
        self._seconds = seconds
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The engine may be used again; it would start another."""
        with self._turn:
            self._stop()

    @contextlib.contextmanager
    def opened(
        self, data: bytes, *, faces: bool = False, page: int | None = None
    ) -> Iterator[Opened]:
        """Decode once, and then ask for as much as is wanted; faces are found only when asked.

        `page` is that of a PDF, counted from 1; it is null for a picture.
        """
        (weigh_paper if page else weigh)(len(data))
        with self._turn:
            fault = page_too_hard if page else too_hard
            ask = functools.partial(self._ask, self._ready(), fault=fault)
            head, _ = ask({"do": "open", "faces": faces, "page": page}, data)
            try:
                yield Opened(ask, head)
            finally:
                with contextlib.suppress(Unreadable):
                    ask({"do": "close"})

    def pages(self, data: bytes) -> int:
        """How many pages a PDF has."""
        weigh_paper(len(data))
        with self._turn:
            head, _ = self._ask(self._ready(), {"do": "pages"}, data, fault=page_too_hard)
        return int(head["pages"])

    def ingest(self, data: bytes, page: int | None = None) -> Ingested:
        with self.opened(data, page=page) as picture:
            return Ingested(
                picture.width,
                picture.height,
                picture.taken_at,
                picture.removed,
                *picture.renditions(),
            )

    def faces(self, data: bytes) -> list[Face]:
        with self.opened(data, faces=True) as picture:
            return picture.faces

    def safe_copy(
        self,
        data: bytes,
        hide: Iterable[Box],
        longest: int | None = None,
        page: int | None = None,
    ) -> bytes:
        with self.opened(data, page=page) as picture:
            return picture.copy(hide, longest)

    def protection(self) -> tuple[str, ...]:
        """What holds a child back on this machine, in words for `belisha doctor`."""
        with self._turn:
            head, _ = self._ask(self._ready(), {"do": "protection"})
        return ("a process of its own", f"at most {self._seconds:g} seconds", *head["held"])

    def _ask(
        self,
        child: subprocess.Popen[bytes],
        head: dict[str, Any],
        body: bytes = b"",
        *,
        fault: Callable[[], Unreadable] = too_hard,
    ) -> tuple[dict[str, Any], bytes]:
        """One question and its answer. Whatever goes wrong in between ends the child, so that
        an answer can never be taken for that to another question."""
        try:
            with deadline(child, self._seconds):
                wire.send(pipe(child.stdin), head, body)
                answer, bytes_back = wire.receive(pipe(child.stdout))
            if "broken" in answer:
                log.error("A fault of ours in the child that opens pictures:\n%s", answer["broken"])
                raise EOFError
        except (OSError, EOFError, ValueError):
            self._stop()
            raise fault() from None
        except BaseException:
            self._stop()
            raise
        if "refused" in answer:
            raise Unreadable(str(answer["refused"]), str(answer["sentence"]))
        return answer, bytes_back

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is not None:
            self._stop()  # it died while nobody asked it anything
        return self._child or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            child = launched()
        except (OSError, EOFError, ValueError) as error:
            raise EngineFailed("The process that opens pictures did not start.") from error
        self._child = child
        self._end = weakref.finalize(self, end, child)
        return child

    def _stop(self) -> None:
        if self._child:
            self._end()
            self._child = None


def launched(module: str = "belisha.photos.imaging.child") -> subprocess.Popen[bytes]:
    """A child that has said that it is ready, with nothing of ours in its environment."""
    child = subprocess.Popen(  # noqa: S603 - a module of ours
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env=_ENVIRONMENT | {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"},
        start_new_session=True,
    )
    try:
        with deadline(child, SECONDS_TO_START):
            wire.receive(pipe(child.stdout))
    except BaseException:
        end(child)
        raise
    return child


@contextlib.contextmanager
def deadline(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, _kill, [child])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child and, where it forks, the fork that holds the picture."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def end(child: subprocess.Popen[bytes]) -> None:
    _kill(child)
    child.wait()
    for stream in (child.stdin, child.stdout):
        with contextlib.suppress(OSError):
            pipe(stream).close()


def pipe(stream: Any) -> BinaryIO:
    assert stream is not None
    return stream  # type: ignore[no-any-return]


def _faces(rows: list[list[float]]) -> list[Face]:
    return [Face(Box(x, y, w, h), score, bool(sure)) for x, y, w, h, score, sure in rows]
