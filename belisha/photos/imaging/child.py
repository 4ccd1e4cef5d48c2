"""The process that opens strangers' pictures: `python -m belisha.photos.imaging.child`.

It knows no database, no key and no setting; it speaks with the engine over its own pipes.
On Linux it is a template that never looks at a picture: it forks for each one, the fork
confines itself, serves that picture and dies, so no picture can harm the next. Elsewhere
one process serves picture after picture.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import Any, BinaryIO

from . import wire
from .box import Box
from .confinement import confine
from .cover import covered
from .reading import Picture, read
from .rendering import THUMB, VIEW, jpeg, scaled
from .unreadable import Unreadable

FORKS = sys.platform == "linux"
COPY_QUALITY = 90


def main() -> None:
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library may speak into our pipe
    wire.send(outgoing, {"ready": True})
    while True:
        try:
            opening, data = wire.receive(incoming)
        except EOFError:
            return
        if opening.get("faces"):
            from . import faces

            faces.prepare()
        if _is_paper(opening):
            from . import pages  # noqa: F401 - while files can still be opened
        if FORKS:
            _in_a_fork(opening, data, incoming, outgoing)
        else:
            serve(opening, data, (), incoming, outgoing)


def _is_paper(opening: dict[str, Any]) -> bool:
    return opening["do"] == "pages" or bool(opening.get("page"))


def _in_a_fork(
    opening: dict[str, Any], data: bytes, incoming: BinaryIO, outgoing: BinaryIO
) -> None:
    fork = os.fork()
    if fork == 0:
        os.dup2(1, 2)
        serve(opening, data, confine(), incoming, outgoing)
        os._exit(0)
    _, status = os.waitpid(fork, 0)
    if status:
        os._exit(1)  # half a message may stand in the pipe: the engine starts a new template


def serve(
    opening: dict[str, Any],
    data: bytes,
    held: tuple[str, ...],
    incoming: BinaryIO,
    outgoing: BinaryIO,
) -> None:
    """One picture from its opening to its closing."""
    try:
        if opening["do"] == "protection":
            wire.send(outgoing, {"held": held})
            return
        if _is_paper(opening):
            from . import pages

            if opening["do"] == "pages":
                wire.send(outgoing, {"pages": pages.count(data)})
                return
            data = pages.drawn(data, opening["page"])
        picture = read(data)
        wire.send(outgoing, _opened(picture, faces=opening["faces"]))
        while (asked := wire.receive(incoming)[0])["do"] != "close":
            wire.send(outgoing, *_answer(picture, asked))
        wire.send(outgoing, {})
    except Unreadable as refusal:
        wire.send(outgoing, {"refused": refusal.code, "sentence": refusal.sentence})
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the engine is gone
    except MemoryError:
        os._exit(1)  # the engine takes it for a crash, which is how other libraries end here
    except Exception:
        wire.send(outgoing, {"broken": traceback.format_exc()})


def _opened(picture: Picture, *, faces: bool) -> dict[str, Any]:
    found = []
    if faces:
        from .faces import find_faces

        found = find_faces(picture.pixels)
    return {
        "width": picture.width,
        "height": picture.height,
        "taken_at": picture.taken_at.isoformat() if picture.taken_at else None,
        "removed": picture.removed,
        "faces": [[f.box.x, f.box.y, f.box.w, f.box.h, f.score, f.sure] for f in found],
    }


def _answer(picture: Picture, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if asked["do"] == "renditions":
        large = scaled(picture.pixels, VIEW)
        view = jpeg(large)
        return {"view": len(view)}, view + jpeg(scaled(large, THUMB))
    pixels = covered(picture.pixels, [Box(*box) for box in asked["hide"]])
    if asked["longest"]:
        pixels = scaled(pixels, asked["longest"])
    return {}, jpeg(pixels, quality=COPY_QUALITY)


if __name__ == "__main__":
    # Whoever asked may be gone by the time that we could answer.
    with contextlib.suppress(BrokenPipeError):
        main()
