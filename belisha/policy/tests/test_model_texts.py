"""The model policies: complete, readable by a strict reader, and nobody else's words."""

import os
import re
from pathlib import Path

import pytest

from belisha.policy.controls import CONTROLS
from belisha.policy.model_texts import MODEL_KEYS, clause_text, model_outline, parse
from belisha.policy.outline import addresses

SEED = Path(os.environ.get("BELISHA_SEED", Path(__file__).parents[4] / "shared" / "seed"))
GOOD = "# T\n\ncommitment: We care.\n\n## B. Staff\n\nWords before.\n\nB.ii A clause.\n"


def test_every_control_stands_in_the_model_policy_once_at_its_address_and_nothing_else_does():
    outline = model_outline("social-media")
    placed = zip(addresses(outline.items), outline.items, strict=True)
    assert [address for address, item in placed if item.number] == list(CONTROLS)
    assert all(clause_text(id_) for id_ in CONTROLS)


@pytest.mark.parametrize("key", MODEL_KEYS)
def test_each_model_policy_is_whole(key):
    outline = model_outline(key)
    clauses = [item for item in outline.items if item.number]
    assert 25 <= len(clauses) <= 60
    assert not [address for address in addresses(outline.items) if "~" in address]
    assert [item.text for item in outline.items if not item.text.endswith((".", "?"))] == []
    assert [item.text for item in outline.items if "[" in item.text or "TODO" in item.text] == []
    assert outline.front["commitment"].startswith("Keeping children safe comes first")


@pytest.mark.parametrize("key", MODEL_KEYS)
def test_the_sentences_are_ones_that_a_governor_can_follow(key):
    text = " ".join(item.text for item in model_outline(key).items)
    lengths = [len(sentence.split()) for sentence in re.split(r"(?<=[.:;?])\s+", text)]
    assert max(lengths) <= 42
    assert sum(lengths) / len(lengths) <= 19


@pytest.mark.parametrize("key", ["online-safety", "anti-bullying"])
def test_the_policies_of_sanctions_have_a_ladder(key):
    steps = [item for item in model_outline(key).items if item.text.startswith("Step ")]
    assert [item.text.split(":")[0] for item in steps] == [f"Step {n}" for n in range(1, 6)]
    assert {item.heading for item in steps} == {"7. The ladder of sanctions"}


@pytest.mark.skipif(not SEED.exists(), reason="the policy that the model was drawn from is absent")
@pytest.mark.parametrize("key", MODEL_KEYS)
def test_no_run_of_six_words_is_taken_from_the_seed(key):
    theirs = {run for path in SEED.glob("*.txt") for run in runs_of(path.read_text())}
    outline = model_outline(key)
    ours = "\n".join([outline.title, *(f"{item.heading} {item.text}" for item in outline.items)])
    assert sorted(theirs & runs_of(ours)) == []


def runs_of(text):
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {" ".join(words[start : start + 6]) for start in range(len(words) - 5)}


def test_a_text_of_the_shape_is_read():
    outline = parse(GOOD)
    assert (outline.title, outline.front) == ("T", {"commitment": "We care."})
    assert [(item.number, item.heading, item.text) for item in outline.items] == [
        ("", "B. Staff", "Words before."),
        ("B.ii", "B. Staff", "A clause."),
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("B.ii", "C.ii"), 9),
        (("Words before.", "B.ii Twice."), 9),
        (("Words before.", "- a bullet"), 7),
        (("## B.", "##B."), 5),
        (("\n\nB.ii", "\nB.ii"), 8),
        (("commitment", "author"), 3),
        (("# T", "T"), 1),
    ],
)
def test_a_text_of_another_shape_is_refused_with_its_line(change, line):
    with pytest.raises(ValueError, match=f"Line {line}:"):
        parse(GOOD.replace(*change))


@pytest.mark.parametrize(
    "text", ["", "# T\n\ncommitment: We care.\n", "# T\n\n## B. S\n\nB.i X.\n"]
)
def test_a_text_that_is_not_whole_is_refused(text):
    with pytest.raises(ValueError, match="missing"):
        parse(text)


def test_there_is_no_other_model():
    with pytest.raises(KeyError):
        model_outline("../secrets")
    with pytest.raises(KeyError):
        clause_text("Z.1")
