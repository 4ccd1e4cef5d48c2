"""What must hold of pictures at places, told as plainly: who may be seen where, and until when."""

from dataclasses import dataclass, field
from datetime import date

from tests.ledger.simple import Copy, Picture, Simple


@dataclass
class Spot:
    """A place. In one that is ours a picture is gone at once; elsewhere it must be taken down."""

    purpose: str
    ours: bool
    asks_head: bool
    closed: bool = False


@dataclass
class Sheet:
    """One picture for one place, and what was said and done about it."""

    spot: int
    first: date
    last: date
    copy: Copy | None = None
    asked: str = ""  # waits, yes, no, over
    until: date | None = None  # of the head's yes
    published: bool = False
    off: bool = False  # taken off before its last day
    left: bool = False
    down: bool = False
    gone: bool = False  # the picture was deleted here


@dataclass
class SimpleWithPlaces(Simple):
    """The school, and where its picture is."""

    spots: dict[int, Spot] = field(default_factory=dict)
    sheets: dict[int, Sheet] = field(default_factory=dict)

    def copy_for(self, sheet):
        """The copy that may be made for a place now, or None: also where it shows who has left."""
        hides = self.hides(self.spots[sheet.spot].purpose)
        if hides is None:
            return None
        copy = Copy(self.spots[sheet.spot].purpose, hides)
        return None if self.shows_who_left(copy) else copy

    def shows_who_left(self, copy):
        return any(
            who == "pupil" and not self.children[child].here
            for face, (who, child) in self.picture.faces.items()
            if face not in copy.hides
        )

    def may_be_asked(self, sheet):
        spot = self.spots[sheet.spot]
        ready = not (sheet.published or spot.closed) and self.today <= sheet.last
        return ready and self.copy_for(sheet) is not None

    def head_agrees(self, sheet):
        if not self.spots[sheet.spot].asks_head:
            return True
        return sheet.asked == "yes" and (sheet.until is None or self.today <= sheet.until)

    def may_be_there(self, sheet, *, ahead=False):
        """Whether the picture may be at its place today; `ahead`: once its first day has come."""
        return (
            not (self.spots[sheet.spot].closed or sheet.off or sheet.gone)
            and sheet.copy is not None
            and self.still_right(sheet.copy)
            and not self.shows_who_left(sheet.copy)
            and self.head_agrees(sheet)
            and (ahead or sheet.first <= self.today)
            and self.today <= sheet.last
        )

    def delete_picture(self):
        """What was meant to be shown never is; what was shown is seen no more."""
        self.picture, self.copies = Picture(), {}
        self.sheets = {pk: sheet for pk, sheet in self.sheets.items() if sheet.published}
        for sheet in self.sheets.values():
            sheet.gone = True

    def is_seen(self, sheet):
        """Whether anybody in the world sees it at a place of ours."""
        return self.spots[sheet.spot].ours and sheet.published and self.may_be_there(sheet)

    def must_come_down(self, sheet):
        return sheet.left and not sheet.down and not self.may_be_there(sheet, ahead=True)
