"""How the clauses stand that this area keeps: C.1 and D.iv."""

from collections.abc import Callable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from belisha.channels.filtering import list_made_at
from belisha.channels.models import Account, FoundAccount
from belisha.channels.rules import Stage
from belisha.channels.standing import entries
from belisha.lib.state import Standing, State, share
from belisha.policy.awareness import school_year


def approved(on: date) -> State:
    """C.1: each account that was ever agreed to and is open may be used on this day.

    One of which that is not so is used without the head's yes, for all that anybody knows.
    """
    ours = [one for one in entries(Account.objects.current(), on) if one.ours]
    kept = [one for one in ours if one.may_use]
    words = (
        "accounts in use have the head’s yes" if len(ours) != 1 else "account has the head’s yes"
    )
    last = max((timezone.localdate(one.answered.at) for one in kept if one.answered), default=None)
    state = share(len(kept), len(ours), words, route="accounts", proven_on=last)
    if len(kept) < len(ours):
        return State(Standing.BROKEN, words, state.figure, "accounts", last)
    nag = sum(one.stage in (Stage.DUE, Stage.DORMANT) for one in ours)
    if nag:
        words = f"{words}; {nag} to renew or to look at"
        return State(Standing.ATTENTION, words, state.figure, "accounts", last)
    return state


def not_ours(on: date) -> State:
    """D.iv: whatever seems to be the school's and is not was looked at and followed up."""
    told = FoundAccount.objects.filter(recorded_at__date__lte=on)
    open_ones = told.open()
    last = told.aggregate(last=Max("closed_at"))["last"]
    proven = timezone.localdate(last) if last else None
    if bad := open_ones.filter(ours=False).count():
        words = f"{bad} not ours, and not followed up to the end"
        return State(Standing.BROKEN, words, route="found_accounts", proven_on=proven)
    if waiting := open_ones.count():
        words = f"{waiting} found, and the head has not decided"
        return State(Standing.ATTENTION, words, route="found_accounts", proven_on=proven)
    if not told.exists():
        words = "Nobody has told of an account that seems to be ours"
        return State(Standing.NOT_IN_USE, words, route="found_accounts")
    words = "Every account that was found is followed up"
    return State(Standing.KEPT, words, route="found_accounts", proven_on=proven)


def blocked(on: date) -> State:
    """A.2: the filter's list was made anew in this school year."""
    made = list_made_at(on)
    words = "The list for our filter"
    if made is None:
        return State(Standing.NOT_IN_USE, f"{words} was never made", route="blocklists")
    day = timezone.localdate(made)
    if school_year(day) < school_year(on):
        words = f"{words} is from last school year"
        return State(Standing.ATTENTION, words, route="blocklists", proven_on=day)
    words = f"{words} was made on {day:%-d %B %Y}"
    return State(Standing.KEPT, words, route="blocklists", proven_on=day)


STATES: dict[str, Callable[[date], State]] = {"A.2": blocked, "C.1": approved, "D.iv": not_ours}
