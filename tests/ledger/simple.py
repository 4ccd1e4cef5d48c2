"""What must hold of consent, told as plainly as Python can: dicts, lists and no database.

It is written from the policy and not from the program, so that both can be wrong only apart. Ids
are those of the rows, so that the two can be laid side by side.
"""

from dataclasses import dataclass, field, replace
from datetime import date

YES, NO, TAKEN_BACK = "given", "refused", "withdrawn"


@dataclass
class Child:
    here: bool = True
    protected: bool = False


@dataclass
class Tie:
    responsible: bool
    order: bool
    ended: bool = False


@dataclass
class Said:
    """One answer. `turn` tells which of one day was written down last."""

    id: int
    child: int
    person: int
    purpose: str
    word: str
    day: date
    turn: int
    until: date | None
    how: str
    aside: bool = False


@dataclass
class Picture:
    faces: dict[int, tuple[str, int | None]] = field(default_factory=dict)  # who, which child
    all_boxed: bool = False
    kept_back: bool = False
    kept_back_on: date | None = None  # or let be used again


@dataclass
class Copy:
    purpose: str
    hides: frozenset[int]  # faces


@dataclass
class Simple:
    """A school in plain Python."""

    today: date
    each_picture: frozenset[str]  # purposes for which a general yes is never enough
    in_use: set[str]
    children: dict[int, Child] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    picture: Picture = field(default_factory=Picture)
    copies: dict[int, Copy] = field(default_factory=dict)

    # --- answers -----------------------------------------------------------------------------

    def may_say(self, child, person, word, day, until):
        tie = self.ties.get((child, person))
        if tie is None or tie.ended or not tie.responsible or day > self.today:
            return False
        return word != YES or not (tie.order or (until and until < day))

    def before(self, child, person, purpose, day):
        """What this person had said by the end of a day."""
        earlier = [
            one
            for one in self.said
            if (one.child, one.person, one.purpose) == (child, person, purpose)
            and one.day <= day
            and not one.aside
        ]
        return max(earlier, key=lambda one: (one.day, one.turn), default=None)

    def say(self, child, person, purpose, word, day, until, how):
        """Write it down, unless it says again what was said that day; return the entry."""
        last = self.before(child, person, purpose, day)
        until = until if word == YES else None
        again = last and (last.word == YES, last.day, last.until, last.how) == (
            word == YES,
            day,
            until,
            how,
        )
        if again:
            return last, False
        if word != YES:
            word = TAKEN_BACK if last and last.word in (YES, TAKEN_BACK) else NO
        entry = Said(0, child, person, purpose, word, day, len(self.said), until, how)
        self.said.append(entry)
        return entry, True

    def voices(self, child, purpose):
        """What each person who answers for a child says now, in one word."""
        hidden = self.children[child].protected
        for (whose, person), tie in self.ties.items():
            if whose != child or tie.ended or not tie.responsible:
                continue
            entries = [
                one
                for one in self.said
                if (one.child, one.person, one.purpose) == (child, person, purpose)
                and not (hidden and one.word == YES)
            ]
            if not entries:
                continue
            counts = [one for one in entries if not one.aside]
            if not counts:
                yield "invalidated"
                continue
            last = max(counts, key=lambda one: (one.day, one.turn))
            if last.word != YES:
                yield last.word
            elif not tie.order:
                yield "expired" if last.until and last.until < self.today else YES

    def fact(self, child, purpose):
        words = set(self.voices(child, purpose))
        if words & {NO, TAKEN_BACK}:
            if self.children[child].protected:
                return NO
            if YES in words:
                return "conflict"
            return NO if NO in words else TAKEN_BACK
        order = (YES, "expired", "invalidated")
        return next((word for word in order if word in words), "none")

    def may_be_shown(self, child, purpose):
        """The short form of all that, which must agree: nobody says no, and somebody says yes."""
        words = set(self.voices(child, purpose))
        return words >= {YES} and not words & {NO, TAKEN_BACK}

    # --- pictures ----------------------------------------------------------------------------

    def hides(self, purpose):
        """The faces that a copy for this purpose must hide; None when there may be no copy."""
        picture = self.picture
        unsettled = any(who == "unsettled" for who, _ in picture.faces.values())
        if picture.kept_back or unsettled or not picture.all_boxed or purpose not in self.in_use:
            return None
        return frozenset(
            face
            for face, (who, child) in picture.faces.items()
            if who == "unknown"
            or (
                who == "pupil"
                and (purpose in self.each_picture or not self.may_be_shown(child, purpose))
            )
        )

    def still_right(self, copy):
        hides = self.hides(copy.purpose)
        return hides is not None and hides <= copy.hides

    # --- people ------------------------------------------------------------------------------

    def forget_child(self, child):
        """Erase a child; whoever has no other child here goes too."""
        family = {person for whose, person in self.ties if whose == child}
        self.ties = {pair: tie for pair, tie in self.ties.items() if pair[0] != child}
        self.people -= family - {person for _, person in self.ties}
        self.children[child] = Child(here=False)

    def forget_person(self, person):
        self.ties = {pair: tie for pair, tie in self.ties.items() if pair[1] != person}
        self.people.discard(person)

    def merge(self, keep, other):
        for child in self.children:
            theirs = self.ties.pop((child, other), None)
            mine = self.ties.get((child, keep))
            if theirs is None:
                continue
            if mine is None:
                self.ties[child, keep] = theirs
                continue
            here = [tie for tie in (mine, theirs) if not tie.ended] or [mine, theirs]
            self.ties[child, keep] = Tie(
                responsible=any(tie.responsible for tie in here),
                order=mine.order or theirs.order,
                ended=mine.ended and theirs.ended,
            )
        self.people.discard(other)
        self.said = [replace(one, person=keep) if one.person == other else one for one in self.said]
