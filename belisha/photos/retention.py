"""How long pictures are kept. Pure: no query, no clock.

No law sets these periods for pictures of primary pupils. The school's own retention schedule does;
the figures here are where a school begins, after the general practice of English primary schools,
and a person may change each of them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class Keeps(StrEnum):
    """What has a period of its own."""

    ALBUM = "album"
    KEPT_BACK = "kept-back"
    LEAVERS = "leavers"
    ENDED = "ended"
    BACKUPS = "backups"
    BY_HAND = "by-hand"  # no period: somebody removed it

    @property
    def has_period(self) -> bool:
        return self is not Keeps.BY_HAND

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def words(self) -> str:
        """From when the days count, and what becomes of it then."""
        return _WORDS[self][1]

    @property
    def days(self) -> int:
        """Where a school begins."""
        return _WORDS[self][2]


_YEAR = 365
_WORDS = {
    Keeps.ALBUM: ("Albums", "From the day of the pictures.", 3 * _YEAR),
    Keeps.KEPT_BACK: (
        "Pictures that are not used",
        "From the day on which somebody said not to use them.",
        30,
    ),
    Keeps.LEAVERS: (
        "Pictures of leavers alone",
        "From the day on which the last child in them left.",
        _YEAR,
    ),
    Keeps.ENDED: (
        "Records of prints and shown albums",
        "From their last day. No picture goes with them.",
        _YEAR,
    ),
    Keeps.BY_HAND: ("Removed by hand", "", 0),
    Keeps.BACKUPS: ("Backups", "How long your provider or office keeps each backup.", 35),
}
FEWEST_DAYS, MOST_DAYS = 1, 25 * _YEAR


def in_days(said: Mapping[str, int], kind: Keeps) -> int:
    """How many days something is kept: as the school said, or as schools usually do."""
    return said.get(kind, kind.days)


def before(on: date, days: int) -> date:
    """What is of this day or earlier is over."""
    return on - timedelta(days=days + 1)


def spoken(days: int) -> str:
    """A number of days in words: whole years as years."""
    years, rest = divmod(days, _YEAR)
    if years and not rest:
        return f"{years} year{'' if years == 1 else 's'}"
    return f"{days} day{'' if days == 1 else 's'}"
