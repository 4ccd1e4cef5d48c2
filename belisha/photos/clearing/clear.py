"""One photograph at a time: read, find faces, settle them by the tags, decide, write the copy."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from belisha.photos.clearing.lists import Lists, Tag
from belisha.photos.clearing.settling import settled
from belisha.photos.clearing.writing import what_the_disk_said, write
from belisha.photos.imaging.engine import Engine
from belisha.photos.imaging.unreadable import Unreadable, weigh
from belisha.photos.rules import Decision, FaceAnswer, FaceFacts, PictureFacts, Who, decide
from belisha.policy.rules import PurposeTerms


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

    A photo is called by its name, or by its path where two have the same name. Raises
    `EngineFailed` when no picture at all can be opened on this machine.
    """
    same_name: dict[str, set[str]] = defaultdict(set)
    for photo in photos:
        same_name[photo.name].add(os.path.realpath(photo))
    for number, photo in enumerate(photos, start=1):
        result = Cleared(photo.name if len(same_name[photo.name]) == 1 else str(photo))
        copy = job.out / f"{number:04}.jpg"
        try:
            # A copy of an earlier run must not stand in for one that is refused now.
            copy.unlink(missing_ok=True)
            _clear(photo, result, job, engine, copy)
        except Unreadable as error:
            result.error, result.verdict = error.sentence, "refused"
        except OSError as error:
            result.error, result.verdict = what_the_disk_said(error), "refused"
        yield result


def _clear(photo: Path, result: Cleared, job: Job, engine: Engine, copy: Path) -> None:
    data = _read(photo, result)
    with engine.opened(data, faces=True) as picture:
        result.width, result.height = picture.width, picture.height
        result.taken_at = picture.taken_at.isoformat() if picture.taken_at else None
        result.removed = list(picture.removed)
        faces = settled([face.box for face in picture.faces], job.lists.tags_of(photo))
        decision = _decide(faces, job)
        result.faces = list(map(_face, faces, decision.faces))
        result.verdict = decision.light.value
        hide = [face.box for id, face in enumerate(faces) if id in decision.hidden_ids]
        write(copy, picture.copy(hide))
        result.out = copy.name


def _read(photo: Path, result: Cleared) -> bytes:
    if photo.exists() and not photo.is_file():
        raise IsADirectoryError  # or a device, which might never end
    with photo.open("rb") as file:
        result.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        weigh(file.tell())
        file.seek(0)
        return file.read()


def _decide(faces: list[Tag], job: Job) -> Decision:
    """Ask the same rule as the pages. Nobody looks here: what is not tagged counts as unknown."""
    known = [
        FaceFacts(
            id,
            face.who,
            job.lists.children[face.pupil].short_name,
            job.lists.fact(face.pupil, job.purpose.key, job.on),
        )
        if face.who is Who.PUPIL
        else FaceFacts(id, face.who)
        for id, face in enumerate(faces)
    ]
    facts = PictureFacts(known, looked_for_faces=True, all_boxed_by_a_person=True)
    return decide(facts, job.purpose)


def _face(face: Tag, answer: FaceAnswer) -> dict[str, Any]:
    box, reason = face.box, answer.reason
    return {
        "box": [round(side, 5) for side in (box.x, box.y, box.w, box.h)],
        "who": face.pupil or face.who.value,
        "hidden": answer.hidden,
        "reasons": [{"clause": str(reason.clause), "text": reason.text}],
    }
