"""Shares: pictures shown to families or in school until a day, and to guests (clause P.iii)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import can_invite_guests, require
from belisha.people.models import GuestPass, User
from belisha.photos.access import can_end_share, can_share
from belisha.photos.actions import covering
from belisha.photos.models import Album, GuestLook, Photo, Share, SharedPicture
from belisha.photos.rules import Viewers
from belisha.policy.models import Purpose


class NotShared(ValueError):
    """It cannot be shared so; the text says why, in plain words."""


@transaction.atomic
def share(
    album: Album,
    photos: Collection[Photo],
    *,
    viewers: Viewers,
    purpose: Purpose,
    title: str,
    from_on: date,
    until_on: date,
    by: User,
    at: datetime,
) -> Share:
    """Show pictures of an album from one day to another. Who sees which is asked at each look.

    Raises `NotShared`; then nothing is shown.
    """
    require(can_share(by, album))
    _require_purpose(viewers, purpose)
    row: Share = Share.objects.create(
        school=album.school,
        album=album,
        viewers=viewers.value,
        purpose=purpose,
        title=title,
        from_on=from_on,
        until_on=until_on,
        shared_at=at,
        shared_by=by,
    )
    _put(row, photos, at)
    _record("share.made", row, by, at, viewers=row.viewers, purpose=purpose.key)
    return row


@transaction.atomic
def change(
    share: Share,
    photos: Collection[Photo],
    *,
    title: str,
    from_on: date,
    until_on: date,
    by: User,
    at: datetime,
) -> None:
    """Show these pictures instead, under this title, between these days. Raises `NotShared`."""
    row = _locked(share, by)
    row.title, row.from_on, row.until_on = title, from_on, until_on
    row.save(update_fields=["title", "from_on", "until_on"])
    _put(row, photos, at)
    _record("share.changed", row, by, at, until=until_on.isoformat())


@transaction.atomic
def end(share: Share, *, by: User, at: datetime) -> None:
    """Nobody sees it from this moment on."""
    row = _locked(share, by)
    if row.ended_at:
        return
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    _keep_up(row, at)
    _record("share.ended", row, by, at)


@transaction.atomic
def resume(share: Share, *, by: User, at: datetime) -> None:
    """Show it again, until its last day."""
    row = _locked(share, by)
    if row.ended_at is None:
        return
    row.ended_at = row.ended_by = None
    row.save(update_fields=["ended_at", "ended_by"])
    _keep_up(row, at)
    _record("share.resumed", row, by, at)


def _put(share: Share, photos: Collection[Photo], at: datetime) -> None:
    """Leave these pictures and no others on it."""
    here = [photo for photo in photos if photo.album_id == share.album_id]
    chosen = {photo.pk for photo in here}
    if not chosen:
        raise NotShared("Choose at least one picture.")
    there = SharedPicture.objects.filter(share=share)
    there.exclude(photo__in=chosen).delete()
    new = chosen - set(there.values_list("photo", flat=True))
    SharedPicture.objects.bulk_create(
        SharedPicture(school=share.school, share=share, photo_id=pk) for pk in sorted(new)
    )
    _keep_up(share, at)


def _keep_up(share: Share, at: datetime) -> None:
    """Have its clips covered for everyone who may see them now, and for nobody else.

    On other days the job does so.
    """
    clips = Photo.objects.clips().filter(pk__in=share.pictures.values("photo"))
    for clip in clips.order_by("pk"):  # in which all who hold several of them do
        covering.keep_up(clip, at=at, on=timezone.localdate(at))
        covering.try_again(clip)


@transaction.atomic
def let_guest_look(
    share: Share, guest: GuestPass, *, until_on: date, by: User, at: datetime
) -> GuestLook:
    """Let a guest look at what is shown in school, until the end of a day. Raises `NotShared`."""
    require(can_invite_guests(by))
    if share.who is not Viewers.SCHOOL:
        raise NotShared("Guests look only at what is shown in school.")
    try:
        with transaction.atomic():
            row: GuestLook = GuestLook.objects.create(
                school=share.school,
                guest=guest,
                share=share,
                until_on=until_on,
                given_at=at,
                given_by=by,
            )
    except IntegrityError as twice:
        raise NotShared("They may look at it already.") from twice
    _record("share.guest-let", share, by, at, guest=guest.pk, until=until_on.isoformat())
    return row


@transaction.atomic
def end_guest_look(look: GuestLook, *, by: User, at: datetime) -> None:
    """The guest sees it no more."""
    require(can_invite_guests(by))
    row: GuestLook = GuestLook.objects.select_for_update().get(pk=look.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
        _record("share.guest-ended", row.share, by, at, guest=row.guest_id)


@transaction.atomic
def note_look(share: Share, *, by: User, at: datetime) -> None:
    """Keep that a guest or a governor looked at an album that is shown in school."""
    _record("share.looked", share, by, at)


def _require_purpose(viewers: Viewers, purpose: Purpose) -> None:
    if purpose.key not in viewers.purposes or not purpose.in_use:
        raise NotShared("Pictures are not shown there for this purpose.")


def _locked(share: Share, by: User) -> Share:
    require(can_end_share(by, share))
    row: Share = Share.objects.select_for_update().select_related("album").get(pk=share.pk)
    return row


def _record(verb: str, share: Share, by: User, at: datetime, **facts: str | int) -> None:
    record(verb, share, by=by.pk, at=at, album=share.album_id, **facts)
