"""How prints stand: which of them must come down, and why. Asked each time, kept nowhere."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from belisha.photos.asking import check
from belisha.photos.models import Print, PrintedPicture
from belisha.photos.shared import has_left

MOST_PRINTS = 100  # that are asked about at once


@dataclass(frozen=True)
class Printed:
    """A print on a day. `wrong` are the numbers of pictures on it that may not be shown now;
    `lost` how many are gone from Belisha, so that nothing is known of them."""

    sheet: Print
    over: bool
    wrong: tuple[int, ...] = ()
    lost: int = 0

    @property
    def comes_down(self) -> bool:
        return self.sheet.down_at is None and (self.over or bool(self.wrong) or self.lost > 0)

    @property
    def why(self) -> str:
        """In plain words; no child is named."""
        if self.wrong:
            pictures = "1 picture" if len(self.wrong) == 1 else f"{len(self.wrong)} pictures"
            return f"{pictures} on it may not be shown any more."
        if self.lost:
            return "Its pictures were removed from Belisha."
        return f"Its last day was {self.sheet.until_on:%-d %B %Y}." if self.over else ""

    @property
    def light(self) -> str:
        if self.sheet.down_at:
            return "quiet"
        return "no" if self.comes_down else "yes"

    @property
    def words(self) -> str:
        if self.sheet.down_at:
            return "Down"
        return "Take it down" if self.comes_down else "Up"


def printed(sheets: Sequence[Print], *, on: date) -> list[Printed]:
    """Ask about prints, in the same order: a constant number of queries."""
    up = [sheet for sheet in sheets if sheet.down_at is None]
    on_them = PrintedPicture.objects.filter(sheet__in=up).select_related("copy")
    pictures: dict[int, list[PrintedPicture]] = defaultdict(list)
    wrong: dict[int, list[int]] = defaultdict(list)
    rows = list(on_them)
    for one, said in zip(rows, check([one.copy for one in rows], on=on), strict=True):
        pictures[one.sheet_id].append(one)
        if not said.right or any(has_left(face, on) for face in said.shown):
            wrong[one.sheet_id].append(one.number)
    return [
        Printed(
            sheet,
            sheet.is_over(on),
            tuple(wrong[sheet.pk]),
            sheet.count - len(pictures[sheet.pk]) if sheet.down_at is None else 0,
        )
        for sheet in sheets
    ]
