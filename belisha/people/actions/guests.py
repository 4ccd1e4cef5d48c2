"""Guests: people from outside who look at named pages until a date."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import can_invite_guests, pages_for_guests, require
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import forget_user
from belisha.people.actions.families import Answer, whose
from belisha.people.actions.mail import post
from belisha.people.models import GuestPass, School, User


@transaction.atomic
def invite(
    school: School,
    *,
    name: str,
    email: str,
    pages: Collection[str],
    last_day: date,
    link: str,
    by: User,
    at: datetime,
) -> GuestPass:
    """Let someone look at these pages until the end of a day, and write to them.

    `link` is the address of the page where they sign in.
    """
    require(can_invite_guests(by))
    if whose(email, at=at).answer is Answer.WORKS_HERE:
        raise ValidationError({"email": "They work with the school, and have a way in as staff."})
    if GuestPass.objects.live(at).filter(email__iexact=email).exists():
        raise ValidationError({"email": "They are a guest already. Change what they may see."})
    row: GuestPass = GuestPass.objects.create(
        school=school,
        name=name,
        email=email,
        pages=_known(pages),
        until=_end_of(last_day),
        invited_at=at,
        invited_by=by,
    )
    _record(row, "guest.invited", by=by, at=at)
    words = ", ".join(pages_for_guests()[page] for page in row.pages)
    post(
        school,
        to=email,
        subject=f"You are a guest of {school}",
        body=f"{school} lets you look at: {words}.\n\n"
        f"Until the end of {last_day:%-d %B %Y} you can sign in with this address:\n\n{link}\n\n"
        "You type the address, and a code comes to it. The school sees what you look at.\n",
        kind="invitation",
        at=at,
        about=row,
    )
    return row


@transaction.atomic
def change(
    guest: GuestPass, *, name: str, pages: Collection[str], last_day: date, by: User, at: datetime
) -> GuestPass:
    """Change what they may look at, or until when; it counts at once. An ended pass stays so."""
    require(can_invite_guests(by))
    row = _locked(guest)
    amend(row, name=name, pages=_known(pages), until=_end_of(last_day))
    _record(row, "guest.changed", by=by, at=at)
    return row


@transaction.atomic
def end(guest: GuestPass, *, by: User, at: datetime) -> GuestPass:
    """They see nothing any more from now on."""
    require(can_invite_guests(by))
    row = _locked(guest)
    amend(row, ended_at=row.ended_at or at)
    _record(row, "guest.ended", by=by, at=at)
    return row


@transaction.atomic
def resume(guest: GuestPass, *, by: User, at: datetime) -> GuestPass:
    """Take back the end of a pass whose last day has not come."""
    require(can_invite_guests(by))
    row = _locked(guest)
    others = GuestPass.objects.live(at).filter(email__iexact=row.email).exclude(pk=row.pk)
    if others.exists():
        raise ValidationError("They have another pass by now.")
    amend(row, ended_at=None)
    _record(row, "guest.resumed", by=by, at=at)
    return row


@transaction.atomic
def erase(guest: GuestPass, *, by: User, at: datetime) -> None:
    """Forget a guest whose pass is over; it cannot be undone. Their looks stay, unnamed."""
    require(can_invite_guests(by))
    row = _locked(guest)
    if row.ended_at is None and row.until > at:
        raise ValidationError("Their pass is still good. End it first.")
    _record(row, "guest.erased", by=by, at=at)
    user = row.user
    row.delete()
    forget_user(user, by=by)


def _locked(guest: GuestPass) -> GuestPass:
    row: GuestPass = GuestPass.objects.select_for_update().get(pk=guest.pk)
    return row


def _known(pages: Collection[str]) -> list[str]:
    return sorted(set(pages) & set(pages_for_guests()))


def _end_of(day: date) -> datetime:
    """The first moment after a day of the school."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _record(row: GuestPass, verb: str, *, by: User, at: datetime) -> None:
    pages, until = list(row.pages), row.until.isoformat()
    record(verb, row, by=by.pk, at=at, pages=pages, until=until)
