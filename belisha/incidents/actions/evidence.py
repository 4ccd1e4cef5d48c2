"""Evidence: taken in, hashed and sealed; opened; covered in a copy for a bundle.

The file itself never changes and is never read by a program of ours as it came, but in the child
process that reads pictures. Nothing of a picture that may show a child undressed is ever taken.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from belisha.incidents.access import can_handle, may_be_given
from belisha.incidents.actions.files import look_at, refuse_too_big, whole
from belisha.incidents.actions.needs import look_again
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import give, tell_by_mail
from belisha.incidents.models import (
    Arrival,
    ArrivalPart,
    Case,
    Evidence,
    Handler,
    Happening,
    WorkingCopy,
)
from belisha.incidents.rules import COVERABLE, MOST_FILES, PDF
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.engine import engine
from belisha.photos.imaging.box import Box, face_of
from belisha.photos.imaging.unreadable import Unreadable

ARRIVES_WITHIN = timedelta(hours=24)
What = Happening.What


def add_file(
    case: Case,
    data: bytes,
    *,
    name: str,
    shows: str = "",
    seen_at: datetime | None = None,
    by: User | None,
    at: datetime,
) -> Evidence:
    """Keep a file as it came, with its SHA-256 of this moment. The same file is kept once.

    `by` is null for whoever told us, who came by their code. Raises `ValidationError` with a plain
    sentence for what is not taken, and `OSError` when the disk is full; then nothing is kept.
    """
    _check(case, len(data), by=by, at=at)
    looked = look_at(data, by)
    twin: Evidence | None = Evidence.objects.filter(case=case, sha256=looked.sha256).first()
    if twin:
        return twin
    file = store.keep(data, school=case.school, at=at)
    with transaction.atomic():
        file.save(force_insert=True)
        evidence: Evidence = Evidence.objects.create(
            school_id=case.school_id,
            case=case,
            file=file,
            name=name[:200],
            media_type=looked.media_type,
            size=looked.size,
            sha256=looked.sha256,
            shows=shows,
            seen_at=seen_at,
            at=at,
            by=by,
        )
        facts: dict[str, Any] = {"sha256": looked.sha256, "size": looked.size}
        write(case, What.EVIDENCE, evidence.name, by=by, at=at, **facts)
    return evidence


@transaction.atomic
def add_link(
    case: Case,
    url: str,
    *,
    shows: str,
    seen_at: datetime | None,
    by: User | None,
    at: datetime,
) -> Evidence:
    """Keep an address, with what was seen there and when. Nothing is fetched from it."""
    _check(case, 0, by=by, at=at)
    evidence: Evidence = Evidence.objects.create(
        school_id=case.school_id, case=case, url=url, shows=shows, seen_at=seen_at, at=at, by=by
    )
    write(case, What.EVIDENCE, f"{url}\n{shows}".strip(), by=by, at=at)
    return evidence


def _check(case: Case, size: int, *, by: User | None, at: datetime) -> None:
    if by:
        require(can_handle(by, case, at))
    elif case.undressed:
        raise ValidationError(_("We take no file about this. Tell the safeguarding lead."))
    elif not case.is_open:
        raise ValidationError(_("We have finished this. Tell us anew."))
    elif Evidence.objects.filter(case=case, by=None).count() >= MOST_FILES:
        raise ValidationError(_("That is enough for now. Bring us the rest."))
    refuse_too_big(size, by)


@transaction.atomic
def may_show_undressed(case: Case, *, by: User | None, at: datetime) -> None:
    """Somebody says that a picture may show a child undressed: no file is taken, and the
    safeguarding lead is told at once, also where they work on the case already."""
    row: Case = Case.objects.select_for_update().get(pk=case.pk)
    if row.undressed:
        return
    row.undressed = True
    row.save(update_fields=["undressed"])
    words = "A picture may show a child undressed. No file was taken."
    write(row, What.TOLD, words, by=by, at=at)
    for handler in Handler.objects.current().filter(case=row).select_related("staff__user"):
        if may_be_given(handler.staff, row) and (by is None or handler.staff != by.staff):
            tell_by_mail(row, handler.staff, at)
    give(row, at)
    look_again(row, by=None, at=at)


def received(case: Case, token: str) -> int:
    """How many bytes of a file have arrived."""
    arrival = Arrival.objects.filter(case=case, token=token).first()
    return arrival.received if arrival else 0


def receive(
    case: Case,
    part: bytes,
    *,
    token: str,
    name: str,
    size: int,
    offset: int,
    by: User | None,
    at: datetime,
) -> Evidence | int:
    """Keep one part of a file; with the last one, keep it as evidence.

    Returns how many bytes have arrived so far, or what was kept. A part that does not follow what
    is there changes nothing. Raises as `add_file` does.
    """
    if offset == 0 and len(part) == size:
        return add_file(case, part, name=name, by=by, at=at)
    _check(case, size, by=by, at=at)
    with transaction.atomic():
        started, _new = Arrival.objects.get_or_create(
            school_id=case.school_id,
            case=case,
            token=token,
            defaults={"name": name[:200], "size": size, "started_at": at, "by": by},
        )
        arrival: Arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=started.pk)
        if offset != arrival.received or arrival.received + len(part) > arrival.size:
            return int(arrival.received)
        if part:
            file = store.keep(part, school=case.school, at=at)
            file.save(force_insert=True)
            ArrivalPart.objects.create(
                school_id=case.school_id, arrival=arrival, offset=offset, file=file
            )
            arrival.received += len(part)
            arrival.save()
    if arrival.received < arrival.size:
        return arrival.received
    data = b"".join(store.fetch(one.file) for one in arrival.parts.select_related("file__school"))
    try:
        return add_file(case, data, name=arrival.name, by=by, at=at)
    finally:
        forget_arrivals([arrival])


@transaction.atomic
def forget_arrivals(arrivals: Iterable[Arrival]) -> None:
    """Remove files that never arrived whole, or did."""
    parts = ArrivalPart.objects.filter(arrival__in=list(arrivals))
    files = [one.file for one in parts.select_related("file")]
    parts.delete()
    store.forget(files)
    Arrival.objects.filter(pk__in=[one.pk for one in arrivals]).delete()


def opened(evidence: Evidence, *, by: User, at: datetime) -> bytes:
    """The file as it came; that somebody opened it stands in the case's record.

    Raises `ValidationError` when it is not the file that was received.
    """
    require(can_handle(by, evidence.case, at))
    assert evidence.file  # a link has none, and no page to open it
    data = whole(evidence.file, evidence.sha256)
    with transaction.atomic():
        write(evidence.case, What.LOOKED, evidence.name, by=by, at=at, evidence=evidence.pk)
    return data


def can_be_covered(evidence: Evidence) -> bool:
    return evidence.media_type in COVERABLE


def pages_of(evidence: Evidence, *, by: User, at: datetime) -> int:
    """How many pages there are to cover; one of a picture.

    Raises `ValidationError` with a plain sentence when a PDF does not open.
    """
    require(can_handle(by, evidence.case, at))
    if evidence.media_type != PDF:
        return 1
    if covered := evidence.copies.first():
        return int(covered.pages)
    assert evidence.file
    try:
        return engine().pages(whole(evidence.file, evidence.sha256))
    except Unreadable as error:
        raise ValidationError(error.sentence) from error


def view_of(evidence: Evidence, *, page: int = 1, by: User, at: datetime) -> bytes:
    """A JPEG of a picture or a page, rebuilt from its pixels, upon which boxes are drawn.

    Raises `ValidationError` when it cannot be read.
    """
    data = opened(evidence, by=by, at=at)
    try:
        return engine().ingest(data, _page_in(evidence, page)).view
    except Unreadable as error:
        raise ValidationError(error.sentence) from error


def _page_in(evidence: Evidence, page: int) -> int | None:
    return page if evidence.media_type == PDF else None


def cover(
    evidence: Evidence, boxes: Iterable[Box], *, page: int = 1, by: User, at: datetime
) -> WorkingCopy:
    """Make a copy in which these boxes are solid, for a bundle. The evidence stays as it is.

    No boxes: somebody looked, and nothing has to be covered. Raises `ValidationError` when the
    picture or the page cannot be read.
    """
    some = list(boxes)
    pages = pages_of(evidence, by=by, at=at)
    if not 1 <= page <= pages:
        raise ValidationError("There is no such page.")
    data = opened(evidence, by=by, at=at)
    hide = [face_of(one) for one in some]
    try:
        copy = engine().safe_copy(data, hide, page=_page_in(evidence, page))
    except Unreadable as error:
        raise ValidationError(error.sentence) from error
    file = store.keep(copy, school=evidence.case.school, at=at)
    with transaction.atomic():
        file.save(force_insert=True)
        made: WorkingCopy = WorkingCopy.objects.create(
            school_id=evidence.school_id,
            evidence=evidence,
            file=file,
            boxes=[[one.x, one.y, one.w, one.h] for one in some],
            page=page,
            pages=pages,
            at=at,
            by=by,
        )
        which = f"page {page} of {evidence.name}" if pages > 1 else evidence.name
        parts = "1 part" if len(some) == 1 else f"{len(some)} parts"
        words = (
            f"A copy of {which}. {f'{parts} covered.' if some else 'Nothing had to be covered.'}"
        )
        write(evidence.case, What.EVIDENCE, words, by=by, at=at, evidence=evidence.pk)
    return made


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"


def copied(copy: WorkingCopy, *, by: User, at: datetime) -> bytes:
    """A working copy; that somebody opened it stands in the case's record."""
    case = copy.evidence.case
    require(can_handle(by, case, at))
    data = store.fetch(copy.file)
    with transaction.atomic():
        words = f"A copy of {copy.evidence.name}"
        write(case, What.LOOKED, words, by=by, at=at, evidence=copy.evidence_id)
    return data
