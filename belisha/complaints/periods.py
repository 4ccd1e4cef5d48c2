"""How long concerns and complaints are kept."""

from collections.abc import Iterator
from datetime import datetime

from belisha.complaints.actions.passing import over
from belisha.complaints.models import targets_now
from belisha.lib.periods import Keeping
from belisha.people.models import User


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    """Counted are those about no person: nobody learns here that there is another."""
    due = over(at).for_everyone().count()
    years = f"{targets_now().keep_years} years"
    yield Keeping("Concerns and complaints", years, "Since they were closed.", due, clause="D.ii")
