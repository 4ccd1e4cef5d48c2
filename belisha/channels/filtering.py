"""The list for the school's filter: the directory without what the head has approved (A.2)."""

from datetime import date, datetime

from belisha.channels.blocklists import Group, stopped
from belisha.channels.directory import known
from belisha.channels.models import Account, ListMade
from belisha.channels.standing import entries


def approved_for(group: Group, on: date) -> frozenset[str]:
    """Services with an account that may be used on a day: for pupils, accounts that pupils use."""
    accounts = Account.objects.current()
    if group is Group.PUPILS:
        accounts = accounts.filter(audience=Account.Audience.PUPILS)
    return frozenset(
        one.account.service for one in entries(accounts, on) if one.account.service and one.may_use
    )


def domains_for(group: Group, on: date) -> list[str]:
    """What a group may not reach on a day. Raises `WrongEntry` for a wrong file of the school's."""
    return stopped(known(), group, approved=approved_for(group, on))


def list_made_at(on: date) -> datetime | None:
    """When a list for pupils was last made, by the end of a day."""
    made = ListMade.objects.filter(group=Group.PUPILS, at__date__lte=on).order_by("-at").first()
    return made.at if made else None
