"""How long one kind of record is kept, as each area says it in `periods.py`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keeping:
    """One kind: what it is, for how long, since when, and how many would go today.

    `due` is None where a count would tell that something is there which not everyone may know.
    `by_hand`: a person deletes it; else it goes by itself. `route` names the page where the period
    is set; without one it is fixed. `clause` is the clause that it serves, if any.
    """

    kind: str
    period: str
    since: str
    due: int | None
    by_hand: bool = False
    route: str = ""
    clause: str = ""
