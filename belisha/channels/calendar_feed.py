"""Days of this area that stand in somebody's own calendar. What an account is called stays here."""

from collections.abc import Iterator
from datetime import date

from belisha.channels.access import ASSOCIATION, KEEPERS
from belisha.channels.models import Account
from belisha.channels.rules import RunBy
from belisha.channels.standing import entries
from belisha.lib.ical import Event
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """When the head's yes to an account is to be renewed: for the keepers of all, and whoever
    looks after that one."""
    for one in entries(Account.objects.visible_to(user).current(), on):
        mine = any(person.staff and person.staff == user.staff for person in one.administrators)
        theirs = user.has_role(ASSOCIATION) and one.account.run_by == RunBy.ASSOCIATION
        if one.due_on and (mine or theirs or user.has_role(*KEEPERS)):
            uid = f"account-{one.account.pk}"
            yield Event(uid, "Renew an account of the school", one.due_on, one.due_on)
