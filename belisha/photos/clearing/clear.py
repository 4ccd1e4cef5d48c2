"""One photograph at a time: read, find faces, settle them by the tags, decide, write the copy."""

import errno
import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from belisha.photos.clearing.lists import Lists, Tag
from belisha.photos.imaging.engine import Engine, Opened
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.rules import Decision, FaceAnswer, FaceFacts, PictureFacts, Who, decide
from belisha.policy.rules import PurposeTerms

SAME_FACE = 0.15  # intersection over union from which a tag and a found box are one face


@dataclass(frozen=True)
class Job:
    """What is to be done with every photograph."""

    lists: Lists
    purpose: PurposeTerms
    out: Path
    on: date


@dataclass
class Cleared:
    """What became of one photograph: a line of the report."""

    photo: str
    sha256: str | None = None
    taken_at: str | None = None
    width: int | None = None
    height: int | None = None
    faces: list[dict[str, Any]] = field(default_factory=list)
    verdict: str = "refused"
    out: str | None = None
    removed: list[str] = field(default_factory=list)
    error: str | None = None


def clear(photos: Sequence[Path], job: Job, engine: Engine) -> Iterator[Cleared]:
    """Clear photographs for one purpose, in their order; a failure costs its own photo only.

    A photo is called by its name, or by its path where two have the same name.
    """
    names = Counter(photo.name for photo in photos)
    for number, photo in enumerate(photos, start=1):
        result = Cleared(photo.name if names[photo.name] == 1 else str(photo))
        try:
            _clear(photo, result, job, engine, f"{number:04}.jpg")
        except Unreadable as error:
            result.error = error.sentence
        except OSError as error:
            result.error = _what_the_disk_said(error)
        if result.error:
            result.verdict, result.out = "refused", None
            # A copy of an earlier run must not stand in for one that was refused.
            (job.out / f"{number:04}.jpg").unlink(missing_ok=True)
        yield result


def _clear(photo: Path, result: Cleared, job: Job, engine: Engine, name: str) -> None:
    data = photo.read_bytes()
    result.sha256 = hashlib.sha256(data).hexdigest()
    with engine.opened(data, faces=True) as picture:
        result.width, result.height = picture.width, picture.height
        result.taken_at = picture.taken_at.isoformat() if picture.taken_at else None
        result.removed = list(picture.removed)
        tags = settled(picture, job.lists.tags_of(photo))
        decision = _decide(tags, job)
        result.faces = list(map(_face, tags, decision.faces))
        result.verdict = decision.light.value
        hide = [tag.box for id, tag in enumerate(tags) if id in decision.hidden_ids]
        _write(job.out / name, picture.copy(hide))
        result.out = name


def settled(picture: Opened, tags: list[Tag]) -> list[Tag]:
    """Join found faces and tags, best overlap first, one to one. What no tag settles is unknown.

    A face that was both found and tagged takes the box that holds both, so that a cover is never
    smaller than either; "not a face" is said of the found box alone.
    """
    found = [face.box for face in picture.faces]
    pairs = sorted(
        (
            (tag.box.overlap(box), i, j)
            for i, tag in enumerate(tags)
            for j, box in enumerate(found)
            if tag.box.contains(box.centre) or box.contains(tag.box.centre)
        ),
        reverse=True,
    )
    joined: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap >= SAME_FACE and i not in joined and j not in joined.values():
            joined[i] = j
    result = [
        Tag(tag.box.union(found[joined[i]]) if i in joined else tag.box, tag.who, tag.pupil)
        for i, tag in enumerate(tags)
    ]
    rest = [box for j, box in enumerate(found) if j not in joined.values()]
    return result + [Tag(box, Who.UNKNOWN) for box in rest]


def _decide(tags: list[Tag], job: Job) -> Decision:
    """Ask the same rule as the pages. Nobody looks here: what is not tagged counts as unknown."""
    faces = [
        FaceFacts(
            id,
            tag.who,
            job.lists.children[tag.pupil].short_name,
            job.lists.fact(tag.pupil, job.purpose.key, job.on),
        )
        if tag.who is Who.PUPIL
        else FaceFacts(id, tag.who)
        for id, tag in enumerate(tags)
    ]
    facts = PictureFacts(faces, looked_for_faces=True, all_boxed_by_a_person=True)
    return decide(facts, job.purpose)


def _face(tag: Tag, answer: FaceAnswer) -> dict[str, Any]:
    box, reason = tag.box, answer.reason
    return {
        "box": [round(side, 5) for side in (box.x, box.y, box.w, box.h)],
        "who": tag.pupil or tag.who.value,
        "hidden": answer.hidden,
        "reasons": [{"clause": str(reason.clause), "text": reason.text}],
    }


def _write(path: Path, data: bytes) -> None:
    """Write beside the folder and move in, so that there is never half a file in it."""
    parent = path.parent.parent
    beside = os.access(parent, os.W_OK) and parent.stat().st_dev == path.parent.stat().st_dev
    handle, draft = tempfile.mkstemp(prefix=".belisha-", dir=parent if beside else path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _what_the_disk_said(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full. Make room and start again; this photo was not written."
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, IsADirectoryError):
        return "This is a folder, not a photo."
    if isinstance(error, PermissionError):
        return "This file may not be read or the copy not be written. Check who owns it."
    return "The disk did not let this photo be read or its copy be written."
