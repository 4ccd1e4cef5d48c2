"""How long cases are kept, without a word on whether there are any."""

from collections.abc import Iterator
from datetime import datetime

from belisha.incidents.models import periods as said_periods
from belisha.incidents.working.keeping import YEARS, years_of
from belisha.lib.periods import Keeping
from belisha.people.models import User


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    said = said_periods()
    since = "Since it was closed. Who works on it decides."
    for kind in YEARS:
        years = years_of(said, kind)
        period = f"{years} year{'' if years == 1 else 's'}"
        yield Keeping(f"Cases: {kind.label}", period, since, None, by_hand=True, clause="B.ix")
