"""What changed between two versions, clause by clause and word by word. Pure."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from belisha.policy.outline import Item, Outline, addresses
from belisha.policy.rules import Change

ALIKE = 0.6  # the share of words that two clauses have in common, to be one clause put differently


class What(StrEnum):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"  # the same words, with another number or in another place


@dataclass(frozen=True)
class Compared:
    """One clause of two versions. `old` and `new` are as printed; one of them is None when it is
    new or gone. `words` are the pieces of the text in order; `moved`: its number, section or place
    differs, whatever became of the words.
    """

    what: What
    old: Item | None
    new: Item | None
    address: str  # in the newer version, in the older for what is gone
    words: tuple[tuple[Change, str], ...]
    moved: bool = False

    @property
    def item(self) -> Item:
        item = self.new or self.old
        assert item is not None
        return item


def compare(old: Outline, new: Outline) -> list[Compared]:
    """Lay two versions beside each other, in the order of the newer one.

    A clause is known again by its address and words, by its words alone, by its address while most
    of the words are the same, by likeness, and at last by its address. What is gone stands after
    what stood before it.
    """
    olds, news = addresses(old.items), addresses(new.items)
    pairs = _pairs(old.items, new.items, olds, news)
    elsewhere = _out_of_order(pairs)
    # Another number or heading says already that it moved; the rest should keep their order.
    kept = {here: there for here, there in pairs.items() if _label(new, here) == _label(old, there)}
    moved = _out_of_order(kept)
    taken = set(pairs.values())
    gone_after: defaultdict[int, list[Compared]] = defaultdict(list)
    to_new = {there: here for here, there in pairs.items()}
    last = -1
    for place, item in enumerate(old.items):
        if place in taken:
            last = to_new[place] if to_new[place] not in elsewhere else last
        else:
            words = ((Change.GONE, item.text),)
            gone_after[last].append(Compared(What.GONE, item, None, olds[place], words))
    compared = list(gone_after[-1])
    for place, item in enumerate(new.items):
        before = old.items[pairs[place]] if place in pairs else None
        compared.append(_compared(before, item, news[place], place in moved))
        compared += gone_after[place]
    return compared


def words_between(old: str, new: str) -> tuple[tuple[Change, str], ...]:
    """The words of two texts in one row: the same, then gone, then new, each with its space."""
    before, after = (re.findall(r"\S+\s+", f"{text} ") for text in (old, new))
    bare, bare_after = ([word.strip() for word in words] for words in (before, after))
    pieces: list[tuple[Change, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, bare, bare_after, False).get_opcodes():
        if what == "equal":
            pieces.append((Change.SAME, "".join(after[j1:j2])))
            continue
        if i2 > i1:
            pieces.append((Change.GONE, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append((Change.NEW, "".join(after[j1:j2])))
    return tuple(pieces)


def counted(compared: Sequence[Compared]) -> dict[str, int]:
    """How many clauses are new, changed, gone and moved, by those words."""
    counts = Counter(one.what.value for one in compared)
    return {what.value: counts[what.value] for what in What}


def changes_words(compared: Sequence[Compared]) -> bool:
    """Whether any clause says something else; new numbers alone are a small change."""
    return any(one.what in (What.NEW, What.GONE, What.CHANGED) for one in compared)


def _compared(old: Item | None, new: Item, address: str, out_of_order: bool) -> Compared:
    if old is None:
        return Compared(What.NEW, None, new, address, ((Change.NEW, new.text),))
    moved = out_of_order or (old.number, old.heading) != (new.number, new.heading)
    words = words_between(old.text, new.text)
    if any(change is not Change.SAME for change, _ in words):
        return Compared(What.CHANGED, old, new, address, words, moved)
    return Compared(What.MOVED if moved else What.SAME, old, new, address, words, moved)


def _pairs(
    old: Sequence[Item], new: Sequence[Item], olds: Sequence[str], news: Sequence[str]
) -> dict[int, int]:
    """Which clause of the newer version was which of the older: place by place."""
    at = {address: place for place, address in enumerate(olds)}
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(old):
        by_text[_bare(item.text)].append(place)
    old_words, new_words = (
        [Counter(_bare(one.text).split()) for one in side] for side in (old, new)
    )
    pairs: dict[int, int] = {}

    def by_address() -> Iterator[tuple[int, int]]:
        return ((place, at[address]) for place, address in enumerate(news) if address in at)

    def free() -> tuple[list[int], list[int]]:
        there = set(pairs.values())
        return (
            [place for place in range(len(new)) if place not in pairs],
            [place for place in range(len(old)) if place not in there],
        )

    pairs |= {here: there for here, there in by_address() if _same(new[here], old[there])}
    for here in free()[0]:
        taken = set(pairs.values())
        there = next((one for one in by_text[_bare(new[here].text)] if one not in taken), None)
        if there is not None:
            pairs[here] = there
    left = set(free()[1])
    for here, there in by_address():
        if (
            here not in pairs
            and there in left
            and _likeness(new_words[here], old_words[there]) >= ALIKE
        ):
            pairs[here] = there
            left.discard(there)
    here_left, there_left = free()
    likest = sorted(
        (
            (-alike, here, there)
            for here in here_left
            for there in there_left
            if (alike := _likeness(new_words[here], old_words[there])) >= ALIKE
        ),
    )
    for _, here, there in likest:
        if here not in pairs and there not in pairs.values():
            pairs[here] = there
    left = set(free()[1])
    for here, there in by_address():
        # A paragraph is only counted in its section, so its place says nothing of what it is.
        if here not in pairs and there in left and new[here].number:
            pairs[here] = there
    return pairs


def _label(side: Outline, place: int) -> tuple[str, str]:
    return side.items[place].number, side.items[place].heading


def _same(one: Item, other: Item) -> bool:
    return _bare(one.text) == _bare(other.text)


def _bare(text: str) -> str:
    return " ".join(text.split())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 to 1 (Dice's coefficient of the two bags of words)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _out_of_order(pairs: dict[int, int]) -> frozenset[int]:
    """Which of the newer clauses stand elsewhere: all but the longest row that kept its order."""
    places = sorted(pairs)
    tails: list[int] = []  # the smallest end of a row of each length
    ends: list[int] = []  # whose end that is, as an index into `places`
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, pairs[place])
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(pairs[place])
            ends.append(index)
        else:
            tails[length], ends[length] = pairs[place], index
    kept = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(places[index])
        index = before[index]
    return frozenset(places) - kept
