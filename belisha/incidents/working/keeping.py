"""How long cases are kept after they were closed. Pure.

No single law sets these periods. They are where a school begins, after the general practice of
English schools; the school's own schedule counts, and a person decides about each case.
"""

from collections.abc import Mapping
from datetime import date

from belisha.incidents.rules import Kind
from belisha.incidents.working.closing import ForStaff

YEARS: dict[Kind, int] = {
    Kind.BREACH: 6,
    Kind.ALLEGATION: 10,
    Kind.CONCERN: 6,
    Kind.ACCOUNT: 3,
    Kind.POST: 3,
    Kind.BULLYING: 15,
    Kind.PLACE: 15,
    Kind.DEVICE: 3,
    Kind.REMINDER: 1,
    Kind.VISITOR: 3,
    Kind.OTHER: 3,
}
FOR_STAFF: dict[ForStaff, int] = {
    ForStaff.NONE: 1,
    ForStaff.ADVICE: 1,
    ForStaff.TRAINING: 2,
    ForStaff.DISCIPLINARY: 6,
}
FEWEST, MOST = 1, 80


def years_of(said: Mapping[str, int], key: Kind | ForStaff) -> int:
    """How many years something is kept: as the school said, or as usual."""
    usual = FOR_STAFF[key] if isinstance(key, ForStaff) else YEARS[key]
    return said.get(f"keep.{key.value}", usual)


def until(closed_on: date, years: int) -> date:
    """The last day on which it is kept."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:  # 29 February
        return date(closed_on.year + years, 2, 28)
