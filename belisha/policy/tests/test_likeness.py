"""Suggesting bindings: how often the right control is among those suggested."""

import os
import re
from pathlib import Path

import pytest

from belisha.policy.controls import CONTROLS
from belisha.policy.likeness import MOST, controls_of, suggest, words
from belisha.policy.model_texts import MODEL_KEYS, clause_text, model_outline
from belisha.policy.outline import Item, addresses
from belisha.policy.telling import ALIKE, TELLING
from belisha.policy.tests.other_policies import BYWAY, FARSIDE, items_of

SEED = Path(os.environ.get("BELISHA_SEED", Path(__file__).parents[4] / "shared" / "seed"))
# The right answers for the policy from which the model was drawn, by address: its clauses that are
# numbered there, and its paragraphs and bullets in the order of their section.
OF_THE_SEED = {
    "A.p1": ["A.1"],
    "A.p2": ["A.2"],
    "A.p3": ["A.3"],
    "A.p4": ["A.4"],
    "A.p5": ["A.5"],
    "B.p1": ["B.0"],
    **{f"B.{number}": [f"B.{number}"] for number in "i ii iii iv v vi vii viii".split()},
    "B.p2": ["B.ix", "B.x", "B.xi"],
    "C.p1": ["C.1"],
    "D.p1": ["D.0"],
    **{f"D.{number}": [f"D.{number}"] for number in "i ii iii iv".split()},
    "D.p2": ["D.v"],
    "D.p3": ["D.vi"],
    "D.p4": ["D.vii"],
    "D.p5": ["D.viii", "D.ix"],
    "E.p1": ["E.0"],
    "E.i": ["E.i"],
    "E.ii": ["E.ii"],
    "E.iii": ["E.iii"],
    "E.p3": ["E.iv"],
    "s6.p1": ["P.0"],
    **{f"s6.{number}": [f"P.{number}"] for number in "i ii iii iv v vi vii viii ix".split()},
}


def seed_items():
    """The clauses of the seed, read by the shape of that one file."""
    items, heading, section, started = [], "", "", False
    for line in (SEED / "coopers-lane-social-media-policy-2021.txt").read_text().splitlines():
        line = line.strip().replace("*", "")
        if not line or "\t" in line or line in ("Procedures", "Guidelines are issued to staff:"):
            continue
        bullet = line.startswith("- ")
        text = line.removeprefix("- ")
        if found := re.match(r"([A-E])\. |The Use of Digital Photography", text):
            if not bullet:
                heading, section, started = text, found[1] or "", True
        elif started and text[0].islower() and not re.match(r"[ivx]+\. ", text):
            last = items.pop()
            items.append(Item(last.number, heading, f"{last.text} {text}", section))
        elif started:
            found = re.match(r"([ivx]+)\. (.*)", text)
            number, text = found.groups() if found else ("", text)
            items.append(Item(number, heading, text, section))
    return items


def recall(found, right, at):
    """Which share of the right controls is among the first `at` of what was found.

    A clause that holds several controls may have as many more before it.
    """
    hits = [
        control in controls_of(suggestions)[: at + len(controls) - 1]
        for suggestions, controls in zip(found, right, strict=True)
        for control in controls
    ]
    return sum(hits) / len(hits), len(hits)


def said(name, found, right):
    """Words about how well it went, and recall among three."""
    (first, many), (third, _) = recall(found, right, 1), recall(found, right, 3)
    none = [suggestions for suggestions, controls in zip(found, right, strict=True) if not controls]
    quiet = f", nothing for {sum(not one for one in none)} of {len(none)} others" if none else ""
    share = f"recall@1 {first:.2f}, recall@3 {third:.2f} of {many}"
    return f"bindings suggested for {name}: {share}{quiet}", third


@pytest.mark.skipif(not SEED.exists(), reason="the policy that the model was drawn from is absent")
def test_the_clauses_of_the_seed_find_their_controls(figure):
    items = seed_items()
    placed = dict(zip(addresses(items), items, strict=True))
    assert placed.keys() >= OF_THE_SEED.keys()
    found = suggest([placed[address] for address in OF_THE_SEED])
    words_said, third = said("the seed", found, list(OF_THE_SEED.values()))
    figure(words_said)
    assert third >= 0.9


@pytest.mark.parametrize(("name", "lines"), [("Farside", FARSIDE), ("Byway", BYWAY)])
def test_the_clauses_of_other_policies_find_their_controls(name, lines, figure):
    found = suggest(items_of(lines))
    words_said, third = said(name, found, [controls for *_, controls in lines])
    figure(words_said)
    assert third >= 0.9


@pytest.mark.parametrize(("name", "lines"), [("Farside", FARSIDE), ("Byway", BYWAY)])
def test_what_is_like_none_gets_none(name, lines):
    found = suggest(items_of(lines))
    others = {text: one for one, (*_, text, right) in zip(found, lines, strict=True) if not right}
    assert [text for text, suggestions in others.items() if suggestions] == []


def test_each_clause_of_the_model_finds_itself_first():
    found = suggest([Item("", "", clause_text(id_)) for id_ in CONTROLS])
    assert [controls_of(suggestions)[0] for suggestions in found] == list(CONTROLS)


def test_suggestions_are_few_and_the_best_comes_first():
    for key in MODEL_KEYS:
        for suggestions in suggest(model_outline(key).items):
            assert len(suggestions) <= MOST
            scores = [one.score for one in suggestions]
            assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["", "…", "12.30", "The and of", "Ελληνικά κείμενα"])
def test_a_text_without_words_gets_nothing(text):
    assert suggest([Item("", "", text)]) == [[]]


def test_words_that_mean_the_same_are_the_same():
    assert words("Photographs of children") == words("pictures of a pupil")
    assert words("Headteacher’s permission") == words("the head’s consent")


def test_every_control_has_words_that_tell_it_and_no_word_stands_for_two():
    assert TELLING.keys() == CONTROLS.keys()
    assert all(words(phrase) for phrases in TELLING.values() for phrase in phrases)
    others = [other for group in ALIKE.values() for other in group]
    assert len(others) == len(set(others))
