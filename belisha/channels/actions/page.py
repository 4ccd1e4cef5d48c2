"""Whether the school shows its accounts to the world, and which stand there."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.channels.access import can_show_page
from belisha.channels.models import Account, OurAccounts
from belisha.channels.rules import Stage
from belisha.channels.standing import Entry, entries
from belisha.people.access import require
from belisha.people.models import User
from belisha.policy.models import HeadAnswer, HeadRequest


@transaction.atomic
def show_page(shown: bool, *, by: User, at: datetime) -> OurAccounts:
    """Show the public page of our accounts, or show it no more."""
    require(can_show_page(by))
    row: OurAccounts = OurAccounts.objects.create(school_id=by.school_id, shown=shown, at=at, by=by)
    record("accounts.page_shown", row, by=by.pk, at=at, shown=shown)
    return row


def page_is_shown() -> bool:
    """As the school chose; until then, as soon as the head has agreed to one that is public."""
    if chosen := OurAccounts.objects.first():
        return bool(chosen.shown)
    public = Account.objects.current().filter(public=True).values_list("ref", flat=True)
    asked = HeadRequest.objects.filter(kind=HeadRequest.Kind.ACCOUNT, about__in=list(public))
    return bool(HeadAnswer.objects.filter(request__in=asked, yes=True).exists())


def on_page(on: date) -> list[Entry]:
    """The accounts that stand on the public page: the head agreed to them, and they are open.

    One that was changed or is late with its renewal is ours still. Were it left out, families
    would take it for a false one.
    """
    public = entries(Account.objects.current().filter(public=True), on)
    return [one for one in public if one.ours and one.stage is not Stage.REFUSED]
