"""Pictures for one place: chosen, worded, put before the head, published, dropped (B.ii, P.vi)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.lib.verdict import Outcome
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos.access import can_handle, can_publish
from belisha.photos.actions import copies, covering
from belisha.photos.models import (
    Album,
    Photo,
    PictureRequest,
    Place,
    Publication,
    SafeCopy,
    Selection,
)
from belisha.photos.publishing import needs_head
from belisha.photos.showing import (
    Placed,
    digest_for,
    kind_of_request,
    mark_of,
    placed,
    with_all,
)
from belisha.photos.sights import sight_of
from belisha.policy.actions.approvals import ask_head, withdraw_request
from belisha.policy.models import HeadRequest

MOST = 60  # pictures that a head can be asked to look at in one request


class NotYet(ValidationError):
    """Something stands in the way; each message says what, and what to do."""


@dataclass(frozen=True)
class Worded:
    """The words beside one picture, by people who see it and for those who do not."""

    caption: str
    alt: str


@transaction.atomic
def choose(
    album: Album,
    place: Place,
    photos: Iterable[Photo],
    *,
    title: str,
    by: User,
    at: datetime,
    from_on: date,
    until_on: date | None = None,
    words: str = "",
) -> Selection:
    """Begin a set of pictures of an album for a place. Without a last day, as long as usual there.

    Raises `ValidationError` for days that make no sense, and without a picture.
    """
    require(can_handle(by, album))
    _require_open(place)
    until = until_on or from_on + timedelta(days=place.stays)
    _require_days(from_on, until)
    selection: Selection = Selection.objects.create(
        school=album.school,
        album=album,
        place=place,
        title=title.strip(),
        words=words.strip(),
        from_on=from_on,
        until_on=until,
        made_at=at,
        made_by=by,
    )
    _put_in(selection, photos)
    record("selection.made", selection, by=by.pk, at=at, place=place.pk)
    return selection


@transaction.atomic
def take_out(publication: Publication, *, by: User, at: datetime) -> None:
    """Take a picture out of a draft."""
    draft = _draft(publication.selection, by)
    Publication.objects.filter(pk=publication.pk, selection=draft).delete()
    _changed(draft, by, at)


@transaction.atomic
def write(
    selection: Selection,
    pictures: Mapping[int, Worded],
    *,
    title: str,
    words: str,
    from_on: date,
    until_on: date,
    looked: bool,
    by: User,
    at: datetime,
) -> None:
    """Write the words and the days. `pictures` go by the id of the publication; `looked`: whoever
    writes has looked at words that may say too much."""
    draft = _draft(selection, by)
    _require_days(from_on, until_on)
    draft.title, draft.words = title.strip(), words.strip()
    draft.from_on, draft.until_on = from_on, until_on
    for row in Publication.objects.filter(selection=draft, pk__in=pictures):
        said = pictures[row.pk]
        row.caption, row.alt = said.caption.strip(), said.alt.strip()
        row.save(update_fields=["caption", "alt"])
    _changed(draft, by, at, looked=looked)


@transaction.atomic
def ask(
    selection: Selection,
    *,
    by: User,
    at: datetime,
    on: date,
    why: str = "",
    needed_by: date | None = None,
) -> HeadRequest:
    """Make the copies as they would go, and put them before the head with their words.

    Raises `NotYet` with everything that stands in the way; then nothing is asked.
    """
    draft = _prepared(selection, by, at, on)
    clause = needs_head(draft.place.what)
    if not clause:
        raise NotYet("Pictures for this place need no yes of the head.")
    rows = Publication.objects.filter(selection=draft).order_by("position", "id")
    marks = list(rows.values_list("mark", flat=True))
    clips = rows.exclude(photo__seconds=None).count()
    return ask_head(
        kind_of_request(draft),
        draft.ref,
        digest=digest_for(draft, marks),
        title=f"{_counted(len(marks) - clips, clips)} for {draft.place.name}",
        words=f"{draft.title}. {draft.words}".strip(),
        clause=clause,
        by=by,
        at=at,
        why=why,
        needed_by=needed_by,
    )


@transaction.atomic
def publish(selection: Selection, *, by: User, at: datetime, on: date) -> list[Placed]:
    """Publish a set: those of its pictures that may go. Return those that may not, and why.

    The pupils in it are held first, as a withdrawal holds them: a no that came first keeps its
    picture out of this, and one that comes after finds the picture published and closes it.
    Raises `NotYet` when nothing may go.
    """
    require(can_publish(by, selection))
    _held(selection)
    if not needs_head(selection.place.what):
        _prepared(selection, by, at, on)
    row = _standing(selection)
    found = all_placed(row, on=on)
    if not any(one.right for one in found):
        raise NotYet(sorted({one.why for one in found}))
    row.published_at, row.published_by = at, by
    row.save(update_fields=["published_at", "published_by"])
    left_out = [one for one in found if not one.right]
    record("selection.published", row, by=by.pk, at=at, place=row.place_id, left_out=len(left_out))
    return left_out


@transaction.atomic
def drop(selection: Selection, *, by: User, at: datetime) -> None:
    """Give a draft up. A request that waits is taken back with it, by whoever asked."""
    draft = _draft(selection, by)
    draft.dropped_at, draft.dropped_by = at, by
    draft.save(update_fields=["dropped_at", "dropped_by"])
    _withdraw(draft, by, at)
    record("selection.dropped", draft, by=by.pk, at=at)


def all_placed(selection: Selection, *, on: date) -> list[Placed]:
    """Every picture of a set as it stands on a day, or on its first day where that is to come."""
    rows = with_all(Publication.objects.filter(selection=selection)).order_by("position", "id")
    return placed(list(rows), on=on, ahead=True)


def _prepared(selection: Selection, by: User, at: datetime, on: date) -> Selection:
    """The draft with a new copy of each picture, and a mark of what is shown. Raises `NotYet`."""
    _held(selection)
    draft = _draft(selection, by)
    _require_open(draft.place)
    rows = list(draft.pictures.select_related("photo__album__school").order_by("position", "id"))
    wrong = [
        said for number, row in enumerate(rows, 1) for said in _copied(row, number, by, at, on)
    ]
    if not rows:
        wrong.append("Choose a picture first.")
    if on > draft.until_on:
        wrong.append("The last day is past. Choose a later one.")
    if wrong:
        raise NotYet(wrong)
    if wrong := list(dict.fromkeys(_in_the_way(draft, all_placed(draft, on=on)))):
        raise NotYet(wrong)
    return draft


def _in_the_way(draft: Selection, found: list[Placed]) -> Iterator[str]:
    """Words that say too much, and what else no yes of the head would mend."""
    for number, one in enumerate(found, 1):
        for finding in one.findings:
            if finding.never or not draft.looked_at:
                yield f"“{finding.words}”: {finding.why}. {finding.remedy}."
        if one.verdict.outcome is Outcome.NO and not one.findings:
            yield f"Picture {number}: {one.why}. {one.verdict.remedy or 'Take it out'}."


def _copied(row: Publication, number: int, by: User, at: datetime, on: date) -> Sequence[str]:
    """Make the copy of one picture anew; return what stands in the way."""
    if row.photo is None:
        return [f"Picture {number} was removed. Take it out."]
    if not (row.caption or row.alt):
        return [f"Picture {number}: say what it shows."]
    asked = None
    if row.place.purpose.each_picture:
        until = row.selection.until_on
        open_now = PictureRequest.objects.open(on).filter(photo=row.photo, until__gte=until)
        asked = open_now.filter(purpose=row.place.purpose).first()
        if asked is None:
            return [f"Picture {number}: ask the families about it first, until its last day there."]
    if row.photo.is_clip:
        return _clip_copied(row, number, asked)
    try:
        row.copy = copies.make(row.photo, row.place.purpose, by=by, at=at, on=on, request=asked)
    except copies.NotNow as no:
        reasons = "; ".join(reason.text for reason in no.decision.verdict.reasons)
        return [f"Picture {number}: {reasons}. {no.decision.verdict.remedy or 'Take it out'}."]
    _marked(row)
    return []


def _clip_copied(row: Publication, number: int, asked: PictureRequest | None) -> Sequence[str]:
    """Take the newest copy of a clip for this use: on the clip's own page it was said whether the
    sound stays, and it takes long to cover."""
    copies_of_it = SafeCopy.objects.filter(photo=row.photo, purpose=row.place.purpose)
    row.copy = copies_of_it.filter(request=asked).order_by("-made_at", "-id").first()
    covered = covering.covered(sight_of(row.copy)) if row.copy else None
    if covered is None:
        return [f"Picture {number} is a clip. Make its copy for this use on its own page first."]
    if covered.made_at is None:
        return [f"Picture {number} is a clip, and its copy is not ready. Look at it, then go on."]
    _marked(row)
    return []


def _marked(row: Publication) -> None:
    """Keep the copy of a picture, and a mark of what is shown of it."""
    row.mark = mark_of(row)
    row.save(update_fields=["copy", "mark"])


def _held(selection: Selection) -> None:
    """Hold the pupils and the pictures of a set, in the order in which all others do."""
    photos = Publication.objects.filter(selection=selection, photo__isnull=False)
    copies.held(list(photos.values_list("photo_id", flat=True)))


def _standing(selection: Selection) -> Selection:
    """The set, held, while it is neither published nor dropped. Raises `ValidationError`."""
    rows = Selection.objects.select_for_update(of=("self",)).select_related("place__purpose")
    row: Selection = rows.get(pk=selection.pk)
    if row.dropped_at:
        raise NotYet("This was given up.")
    if row.published_at:
        raise NotYet("This is published already.")
    return row


def _draft(selection: Selection, by: User) -> Selection:
    require(can_publish(by, selection))
    return _standing(selection)


def _changed(draft: Selection, by: User, at: datetime, *, looked: bool = False) -> None:
    """What is changed has no yes any more, and nobody has looked at its words but the writer."""
    Publication.objects.filter(selection=draft).update(mark="")
    draft.looked_at, draft.looked_by = (at, by) if looked else (None, None)
    draft.save()
    _withdraw(draft, by, at)
    record("selection.changed", draft, by=by.pk, at=at)


def _withdraw(draft: Selection, by: User, at: datetime) -> None:
    """Take back the request of the one who changes it; that of somebody else is superseded."""
    waiting = HeadRequest.objects.about(kind_of_request(draft), draft.ref).open()
    for request in waiting.filter(asked_by=by):
        withdraw_request(request, by=by, at=at)


def _put_in(selection: Selection, photos: Iterable[Photo]) -> None:
    chosen = [photo for photo in photos if photo.album_id == selection.album_id]
    if not chosen:
        raise ValidationError("Choose at least one picture.")
    if len(chosen) > MOST:
        raise ValidationError(f"{MOST} pictures at most. Make a second set of the others.")
    Publication.objects.bulk_create(
        Publication(school=selection.school, selection=selection, photo=photo, position=position)
        for position, photo in enumerate(chosen, start=1)
    )


def _require_open(place: Place) -> None:
    if place.closed_at:
        raise ValidationError("This place is closed. Choose another.")


def _require_days(first: date, last: date) -> None:
    if last < first:
        raise ValidationError("The last day comes before the first.")


def _counted(pictures: int, clips: int) -> str:
    some = [(pictures, "picture"), (clips, "clip")]
    return " and ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in some if n)
