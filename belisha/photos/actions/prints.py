"""Prints: sheets of safe copies, their record, and that they came down again (clause P.ii)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from belisha.audit.actions import record
from belisha.lib.sealing import BrokenSeal
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos.access import can_handle, can_keep_print
from belisha.photos.actions import copies
from belisha.photos.asking import Checked, check
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Album, Photo, Print, PrintedPicture, SafeCopy
from belisha.photos.printing import Frame, sheet_of
from belisha.photos.rules import Layout, Who, may_be_named
from belisha.photos.shared import has_left
from belisha.photos.store import Missing
from belisha.policy.models import Purpose

UNREADABLE = (Unreadable, Missing, BrokenSeal, ObjectDoesNotExist)


class NothingToPrint(ValueError):
    """It cannot be printed so; the text says why, in plain words."""


@dataclass(frozen=True)
class Draft:
    """What somebody wants on paper. `until_on` is the last day on which it hangs."""

    title: str
    purpose: Purpose
    layout: Layout
    until_on: date
    where: str = ""
    with_names: bool = False


def make(
    album: Album,
    numbered: Sequence[tuple[int, Photo]],
    draft: Draft,
    *,
    by: User,
    at: datetime,
    on: date,
) -> Print:
    """Note a print of these pictures of an album, each with its number in it.

    Whatever may not be shown for the purpose at this moment is left out. Raises `NothingToPrint`.
    """
    require(can_handle(by, album))
    if draft.until_on < on:
        raise NothingToPrint("This day is over. Choose a day to come.")
    if len(numbered) > draft.layout.most:
        raise NothingToPrint(f"Choose {draft.layout.most} pictures at most for this layout.")
    with transaction.atomic():
        made = [
            (number, copy)
            for number, photo in numbered
            if (copy := _copy(photo, draft.purpose, by, at, on))
        ]
        if not made:
            raise NothingToPrint("None of these pictures may be shown. Choose others.")
        sheet: Print = Print.objects.create(
            school=album.school,
            album=album,
            title=draft.title,
            purpose=draft.purpose,
            layout=draft.layout.value,
            with_names=draft.with_names and may_be_named(draft.purpose.terms),
            where=draft.where,
            until_on=draft.until_on,
            count=len(made),
            made_at=at,
            made_by=by,
        )
        PrintedPicture.objects.bulk_create(
            PrintedPicture(school=album.school, sheet=sheet, copy=copy, number=number)
            for number, copy in made
        )
        _record("print.made", sheet, by, at, purpose=draft.purpose.key, pictures=len(made))
    return sheet


def _copy(photo: Photo, purpose: Purpose, by: User, at: datetime, on: date) -> SafeCopy | None:
    try:
        return copies.make(photo, purpose, by=by, at=at, on=on)
    except copies.NotNow:
        return None


def give(sheet: Print, *, by: User, at: datetime, on: date) -> bytes:
    """Set a print as PDF, each picture decided at this moment. Raises `NothingToPrint`.

    Pictures that may not be shown any more, or cannot be read, are not on it.
    """
    require(can_keep_print(by, sheet) and sheet.album is not None)
    pictures = list(sheet.pictures.select_related("copy__photo__album", "copy__purpose"))
    drawn = {one.pk: data for one in pictures if (data := _drawn(one, by, at, on))}
    # All are asked once more, after the last of them was drawn.
    asked = check([one.copy for one in pictures], on=on)
    frames = [
        _frame(one, drawn[one.pk], said, sheet)
        for one, said in zip(pictures, asked, strict=True)
        if one.pk in drawn and said.right and not any(has_left(face, on) for face in said.shown)
    ]
    if not frames:
        raise NothingToPrint("None of its pictures may be shown any more.")
    with transaction.atomic():
        _record("print.given", sheet, by, at, pictures=len(frames))
    return sheet_of(
        frames,
        Layout(sheet.layout),
        title=sheet.title,
        school=sheet.school.name,
        mark=_mark(sheet),
    )


def _drawn(one: PrintedPicture, by: User, at: datetime, on: date) -> bytes | None:
    longest = Layout(one.sheet.layout).longest
    try:
        return copies.give(one.copy, by=by, at=at, on=on, longest=longest)
    except (copies.NotNow, *UNREADABLE):
        return None


def _frame(one: PrintedPicture, data: bytes, said: Checked, sheet: Print) -> Frame:
    names = ", ".join(first_names(said)) if sheet.with_names else ""
    photo = one.copy.photo
    alt = f"Picture {one.number} of {sheet.title}" + (f": {names}" if names else "")
    return Frame(data, photo.width, photo.height, one.number, alt, names)


def first_names(said: Checked) -> list[str]:
    """The first names of the children whom a copy shows, from left to right."""
    children = [face for face in said.shown if face.who == Who.PUPIL and face.pupil]
    return [
        face.pupil.known_as or face.pupil.first_name
        for face in sorted(children, key=lambda face: face.x)
        if face.pupil
    ]


def _mark(sheet: Print) -> str:
    """What stands at the foot of each page, so that whoever finds one knows what it is."""
    taken = f"{sheet.album.taken_on:%-d %B %Y}" if sheet.album else ""
    until = f"For {_lower(sheet.purpose.name)} until {sheet.until_on:%-d %B %Y}"
    return " · ".join(filter(None, [sheet.title, taken, until, f"Sheet {sheet.ref[:8]}"]))


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


@transaction.atomic
def change(sheet: Print, *, where: str, until_on: date, by: User, at: datetime) -> None:
    """Say where it hangs, and until when."""
    row = _locked(sheet, by)
    row.where, row.until_on = where, until_on
    row.save(update_fields=["where", "until_on"])
    _record("print.changed", row, by, at, until=until_on.isoformat())


@transaction.atomic
def take_down(sheet: Print, *, by: User, at: datetime) -> None:
    """Say that it hangs no more: it is shredded."""
    row = _locked(sheet, by)
    if row.down_at:
        return
    row.down_at, row.down_by = at, by
    row.save(update_fields=["down_at", "down_by"])
    _record("print.taken-down", row, by, at)


@transaction.atomic
def put_back(sheet: Print, *, by: User, at: datetime) -> None:
    """It hangs after all."""
    row = _locked(sheet, by)
    if row.down_at is None:
        return
    row.down_at = row.down_by = None
    row.save(update_fields=["down_at", "down_by"])
    _record("print.up-after-all", row, by, at)


def _locked(sheet: Print, by: User) -> Print:
    require(can_keep_print(by, sheet))
    row: Print = Print.objects.select_for_update().get(pk=sheet.pk)
    return row


def _record(verb: str, sheet: Print, by: User, at: datetime, **facts: str | int) -> None:
    record(verb, sheet, by=by.pk, at=at, album=sheet.album_id, **facts)
