"""How long visits, challenges and events are kept."""

from collections.abc import Iterator
from datetime import datetime

from belisha.events.actions.keeping import over
from belisha.events.models import months_kept
from belisha.events.rules import Keeps
from belisha.lib.periods import Keeping
from belisha.people.models import User

WORDS = {
    Keeps.VISITS: ("Visits", "Since they came in.", "P.v"),
    Keeps.CHALLENGES: ("Visitors asked about a phone or camera", "Since that day.", "P.v"),
    Keeps.EVENTS: ("Events, and what was said there", "Since their end.", "P.iv"),
}


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    months, old = months_kept(), over(at)
    for keeps, (kind, since, clause) in WORDS.items():
        period, due = f"{months[keeps]} months", old[keeps].count()
        yield Keeping(kind, period, since, due, route="visitors_kept", clause=clause)
