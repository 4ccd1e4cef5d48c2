"""Erasing what is kept long enough."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from belisha.audit.actions import record
from belisha.channels.models import Account, Closing, FoundAccount
from belisha.channels.rules import CLOSED_KEPT, FOUND_KEPT


@transaction.atomic
def erase_old(at: datetime) -> int:
    """Erase found accounts whose follow-up ended three years ago, and accounts that were closed
    six years ago with the people who ran them; return how many."""
    old = [row for rows in over(at) for row in rows]
    for row in old:
        record("account.erased", row, by=None, at=at)
        row.delete()
    return len(old)


def over(at: datetime) -> tuple[QuerySet[FoundAccount], QuerySet[Account]]:
    """Found accounts, and accounts of ours, that are kept no longer."""
    closed = Closing.objects.open().filter(account=OuterRef("pk"), at__lt=at - CLOSED_KEPT)
    return (
        FoundAccount.objects.filter(closed_at__lt=at - FOUND_KEPT),
        Account.objects.filter(Exists(closed)),
    )
