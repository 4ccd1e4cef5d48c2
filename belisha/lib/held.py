"""What is held on one person, as each area says it in `held.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from belisha.lib.moments import moment

Fact = tuple[str, str]


@dataclass(frozen=True)
class Held:
    """One thing that is held: what it is, what it says, and since when.

    `picture` is the ref of the picture where the thing is one, so that it can be shown itself.
    """

    title: str
    facts: tuple[Fact, ...]
    on: date | None = None
    picture: str = ""


def stated(**facts: object) -> tuple[Fact, ...]:
    """Facts in words; what says nothing is left out. `taken_on=day` becomes "Taken on"."""
    return tuple((_label(name), said) for name, value in facts.items() if (said := _said(value)))


def told(rows: Iterator[Held]) -> list[Held]:
    """The oldest first; what has no day comes before."""
    return sorted(rows, key=lambda held: (held.on or date.min, held.title))


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return "" if value is None else str(value).strip()
