"""Which control a clause of a school's own document may be kept by: suggested, never decided.

Words are compared with those of the model policy, by how seldom they are (TF-IDF and cosine), and
with a few telling words for each control, which schools use and our text may not. Nothing is
learnt. A clause that is like none gets none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from belisha.policy.controls import CONTROLS
from belisha.policy.model_texts import clause_text
from belisha.policy.outline import Item
from belisha.policy.telling import ALIKE, TELLING

MOST = 5  # suggestions for one clause
LEAST = 0.22  # likeness; below it chance alone explains the common words
A_TELLING_WORD = 0.3
TELLING_COUNTED = 2  # words that tell, for one control
OF_HEADING = 0.25  # the weight of the words of the heading, beside those of the clause

_SILENT = frozenset(
    """a about above after all also am an and any are as at be because been before being both but by
    can could did do does doing down during each else every few for from further had has have having
    he her here him his how i if in into is it its itself may me might more most must my no nor not
    of off on once one only or other our out over own same shall she should so some such than that
    the their them then there these they this those through to too under until up us was we were
    what when where whether which while who whom why will with would you your
    school academy trust policy need use social""".split()
)


@dataclass(frozen=True)
class Suggestion:
    """A control that may keep a clause. `score` is between 0 and about 1; more is more like."""

    control: str
    score: float


def suggest(items: Sequence[Item]) -> list[list[Suggestion]]:
    """For each item up to `MOST` controls, best first; an empty list where nothing is like it."""
    return [_suggest(item) for item in items]


def _suggest(item: Item) -> list[Suggestion]:
    """A paragraph of several sentences may hold several clauses: each counts by its best one."""
    sentences = re.split(r"(?<=[.;:!?])\s+", item.text)
    heading = words(item.heading)
    best: dict[str, float] = {}
    for text in {item.text, *sentences}:
        for control, score in _scores(words(text), heading).items():
            best[control] = max(score, best.get(control, 0))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    return [Suggestion(control, round(score, 3)) for control, score in ranked[:MOST]]


def _scores(text: Sequence[str], heading: Sequence[str]) -> dict[str, float]:
    known = _known()
    bag = Counter(text)
    asked = _weighed(dict(bag) | {w: OF_HEADING for w in heading if w not in bag})
    found = {}
    for control, weights in known.weights.items():
        score = sum(weight * weights.get(word, 0) for word, weight in asked.items())
        tells = sum(phrase <= bag.keys() for phrase in known.telling[control])
        score += A_TELLING_WORD * min(tells, TELLING_COUNTED)
        if score >= LEAST:
            found[control] = score
    return found


def words(text: str) -> list[str]:
    """The words that count of a text, each cut to its stem: ``Photographs`` is ``pictur``."""
    plain = text.lower().replace("’", "'").replace("'s", "").replace("-", "")
    found = (word for word in re.findall(r"[a-z]+", plain) if word not in _SILENT)
    stems = (_stem(word) for word in found)
    return [ALIKE_STEMS.get(stem, stem) for stem in stems if len(stem) > 1]


def _stem(word: str) -> str:
    """A crude stem, the same for what we compare: plural, -ing, -ed, -ly and a last e go."""
    for end in ("ies", "ing", "ed", "es", "s", "ly"):
        if word.endswith(end) and len(word) - len(end) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(end) + ("y" if end == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


ALIKE_STEMS = {_stem(other): _stem(word) for word, others in ALIKE.items() for other in others}


@dataclass(frozen=True)
class _Known:
    """What we compare with: how seldom each word is, each control's words, and what tells it."""

    seldom: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    telling: Mapping[str, Sequence[frozenset[str]]]


@cache
def _known() -> _Known:
    bags = {
        id_: Counter(words(f"{clause_text(id_)} {control.short} {control.short}"))
        for id_, control in CONTROLS.items()
    }
    among = Counter(word for bag in bags.values() for word in bag)
    seldom = {word: log(1 + len(bags) / many) for word, many in among.items()}
    return _Known(
        seldom,
        {id_: _scaled(bag, seldom) for id_, bag in bags.items()},
        {id_: [frozenset(words(phrase)) for phrase in TELLING[id_]] for id_ in CONTROLS},
    )


def _weighed(bag: Mapping[str, float]) -> dict[str, float]:
    return _scaled(bag, _known().seldom)


def _scaled(bag: Mapping[str, float], seldom: Mapping[str, float]) -> dict[str, float]:
    """Weights of length one. A word that none of our clauses has counts as the most seldom."""
    most = max(seldom.values())
    weights = {
        word: (1 + log(many) if many > 1 else many) * seldom.get(word, most)
        for word, many in bag.items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1
    return {word: weight / length for word, weight in weights.items()}


def controls_of(suggestions: Iterable[Suggestion]) -> list[str]:
    """The ids alone, best first."""
    return [one.control for one in suggestions]
