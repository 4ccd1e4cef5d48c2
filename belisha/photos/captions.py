"""Words beside a picture: do they name a child, or say where one can be found? Pure.

No full name stands beside a face, and no address, telephone number or habit that leads to a child.
What is certain is a no; what only may say too much waits until a person has looked at it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """Some words, why they should not stand there, and what to do.

    `never`: no person can let them pass.
    """

    words: str
    why: str
    remedy: str
    never: bool = False


@dataclass(frozen=True)
class Child:
    """A child's names: as in the register, and as everyone calls them."""

    first: str
    last: str
    known_as: str = ""


@dataclass(frozen=True)
class _Spot:
    """One word of a text: as it is written, and plainly."""

    written: str
    plain: str
    capital: bool
    opens: bool  # it begins a sentence, so that its capital says nothing


@dataclass
class Names:
    """The names of a school's children, looked up by word; made once for many texts."""

    firsts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lasts: dict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    classes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, children: Iterable[Child], classes: Iterable[str] = ()) -> "Names":
        names = cls(classes=frozenset(" ".join(_plain(one)) for one in classes))
        for child in children:
            last = _plain(child.last)
            for called in {child.first, child.known_as}:
                first = _plain(called)
                if first and last:
                    names.firsts[first[0]].add(" ".join(last))
                    names.lasts[last[0]].add(last)
        return names


_TITLES = frozenset("mr mrs miss ms mx dr sir dame lord lady rev reverend professor".split())
_CHANGE = "Take it out"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{1,3}|0)[\d\s()-]{8,}\d")
_STREET = re.compile(
    r"\b\d+[a-z]?,?\s+(?:[\w’'-]+\s+){1,3}"
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|place|"
    r"gardens|grove|hill|mews|row|square|walk|park)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.])@\w{2,}")
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HABIT = re.compile(
    rf"\b(?:(?:every|each)\s+(?:{_DAY}|week|day|morning|afternoon|evening|weekend)|{_DAY}s"
    r"|(?:lives?|living)\s+(?:in|at|on|near|next|opposite|by)"
    r"|walks?\s+(?:home|to\s+school)|on\s+(?:the|his|her|their)\s+way\s+home"
    r"|(?:swims?|trains?|plays|dances|practises|boxes|sings|goes)\s+(?:\w+\s+){0,3}(?:at|with|for)"
    r"|after[\s-]school(?:\s+club)?|breakfast\s+club)\b",
    re.IGNORECASE,
)
_FOUND = (
    (_EMAIL, "an email address", True),
    (_PHONE, "it looks like a telephone number", True),
    (_POSTCODE, "it looks like a postcode", True),
    (_STREET, "it looks like an address", True),
    (_HANDLE, "it leads to somebody’s account", False),
    (_HABIT, "it may say where a child can be found", False),
)


def findings(text: str, names: Names, *, beside: Names | None = None) -> list[Finding]:
    """What should not stand in words beside a picture, each thing once, the certain first.

    `names` are of all children of the school, and `beside` of those who are seen in the picture:
    of these no surname may stand there either.
    """
    spots = list(_spots(text))
    found = [*_names(spots, names, beside or Names()), *_places(text)]
    once = {one.words.casefold(): one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: not one.never)


def _places(text: str) -> Iterator[Finding]:
    for pattern, why, never in _FOUND:
        for match in pattern.finditer(text):
            remedy = _CHANGE if never else "Take it out, or say that you have looked at it"
            yield Finding(match[0].strip(), why, remedy, never)


def _names(spots: list[_Spot], names: Names, beside: Names) -> Iterator[Finding]:
    for at, spot in enumerate(spots):
        surname = next(_last_names(spots, at, names), ())
        if full := _full_name(spots, at, names):
            yield Finding(full, "a child’s full name", "Write the first name alone", True)
        elif surname and spot.capital and not _is_grown_up(spots, at):
            if next(_last_names(spots, at, beside), ()):
                why = "the surname of a child in the picture"
                yield Finding(_written(spots, at, len(surname)), why, _CHANGE, True)
            elif not spot.opens and not _follows_name(spots, at):
                why = "it may be a child’s surname"
                remedy = "Take it out, or say that you have looked at it"
                yield Finding(_written(spots, at, len(surname)), why, remedy)
        if spot.plain in names.firsts and spot.capital:
            yield from _beside_a_first_name(spots, at, names)


def _full_name(spots: list[_Spot], at: int, names: Names) -> str:
    """A first name with the surname of a child called so, next to it or a word between them."""
    for last in _last_names(spots, at, names):
        near = [*range(max(0, at - 2), at), *range(at + len(last), at + len(last) + 1)]
        for other in near:
            if other < len(spots) and " ".join(last) in names.firsts.get(spots[other].plain, ()):
                first, end = min(other, at), max(other + 1, at + len(last))
                return " ".join(one.written for one in spots[first:end])
    return ""


def _last_names(spots: list[_Spot], at: int, names: Names) -> Iterator[tuple[str, ...]]:
    """The surnames that begin at a word, the longest first."""
    here = names.lasts.get(spots[at].plain, ())
    for last in sorted(here, key=len, reverse=True):
        if tuple(one.plain for one in spots[at : at + len(last)]) == last:
            yield last


def _is_grown_up(spots: list[_Spot], at: int) -> bool:
    return any(one.plain in _TITLES for one in spots[max(0, at - 2) : at])


def _follows_name(spots: list[_Spot], at: int) -> bool:
    """Whether the word before is a capital that is no first name here: somebody else's name."""
    return at > 0 and spots[at - 1].capital and not spots[at - 1].opens


def _beside_a_first_name(spots: list[_Spot], at: int, names: Names) -> Iterator[Finding]:
    following = spots[at + 1] if at + 1 < len(spots) else None
    lasts = names.firsts[spots[at].plain]
    remedy = "Write the first name alone, or say that you have looked at it"
    initial = following and len(following.plain) == 1 and following.capital
    if following and initial and any(last.startswith(following.plain) for last in lasts):
        why = "a first name with the letter of a surname"
        yield Finding(_written(spots, at, 2), why, remedy)
    text = f" {' '.join(one.plain for one in spots)} "
    named = next((one for one in names.classes if one and f" {one} " in text), "")
    if named and spots[at].plain != named:
        yield Finding(spots[at].written, f"a first name with the class {named.title()}", remedy)


def _written(spots: list[_Spot], at: int, count: int) -> str:
    return " ".join(one.written for one in spots[at : at + count])


# A word in any script: its letters with the signs that belong to them.
_WORD = re.compile(r"[^\W\d_][^\s\d_.,;:!?()\[\]“”\"/–—-]*")


def _spots(text: str) -> Iterator[_Spot]:
    opens, end = True, 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        opens = opens or bool(re.search(r"[.!?:\n]", between))
        written = match[0].rstrip("’'")
        yield _Spot(written, _bare(written), written[0].isupper(), opens)
        opens, end = False, match.end()


def _plain(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(_bare(match[0]) for match in _WORD.finditer(text))


def _bare(word: str) -> str:
    """A word without accents, apostrophes, the case of letters, and the s of whose it is."""
    whole = re.sub("[’']s$", "", word.casefold())
    parts = unicodedata.normalize("NFKD", whole)
    return "".join(mark for mark in parts if not unicodedata.combining(mark) and mark not in "’'")
