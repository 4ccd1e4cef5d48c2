"""A post with a complaint in it: the school shows the way to be heard, and keeps that it did."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.complaints.access import can_offer, can_strike
from belisha.complaints.models import Offer
from belisha.complaints.rules import day_of
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import User


@transaction.atomic
def offer(
    *, where: str, seen: str, seen_on: date, reply: str, offered_on: date, by: User, at: datetime
) -> Offer:
    """Keep that the way of complaints was offered about a post: where, in which words, and when."""
    require(can_offer(by))
    if max(seen_on, offered_on) > day_of(at):
        raise ValidationError("This day is still to come.")
    if offered_on < seen_on:
        raise ValidationError("It was seen before it was answered. Look at the days.")
    row: Offer = Offer.objects.create(
        school_id=by.school_id,
        where=where,
        seen=seen,
        seen_on=seen_on,
        reply=reply,
        offered_on=offered_on,
        at=at,
        by=by,
    )
    record("complaint.offered", row, by=by.pk, at=at)
    return row


@transaction.atomic
def strike(offer: Offer, why: str, *, by: User, at: datetime) -> None:
    """Strike out what was written down by mistake; it stays to be read, and counts no more."""
    require(can_strike(by, offer))
    row: Offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if row.struck_at:
        raise ValidationError("This was struck out already.")
    amend(row, struck_at=at, struck_by=by, struck_why=why)
    record("complaint.offer-struck", row, by=by.pk, at=at)


def offered(where: str, *, on: date) -> Offer | None:
    """The first offer about what was seen at an address or place, by that day; None without one,
    or if it was struck out. Asks within the scope of a school."""
    by_then = Offer.objects.standing().filter(where__iexact=where.strip(), offered_on__lte=on)
    found: Offer | None = by_then.order_by("offered_on", "id").first()
    return found
