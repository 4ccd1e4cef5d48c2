"""How long accounts are remembered."""

from collections.abc import Iterator
from datetime import datetime

from belisha.channels.actions.forgetting import over
from belisha.channels.rules import CLOSED_KEPT, FOUND_KEPT
from belisha.lib.periods import Keeping
from belisha.people.models import User


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    found, ours = (rows.count() for rows in over(at))
    years = (f"{period.days // 365} years" for period in (FOUND_KEPT, CLOSED_KEPT))
    since = "Since nobody followed it up any more."
    yield Keeping("Accounts that are not ours", next(years), since, found, clause="D.iv")
    yield Keeping("The school’s accounts", next(years), "Since closed.", ours, clause="C.1")
