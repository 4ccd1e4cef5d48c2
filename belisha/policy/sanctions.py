"""The ladder of sanctions (A.5, E.0): what the policy does at a first breach, at a second, and on.

Pure: no query and no clock. A ladder belongs to one of the school's policies, by its key. It
suggests a step; a person decides, and writes why where they depart from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NOTHING = "No sanction"
MOST_STEPS = 10
LONGEST_TITLE, LONGEST_WORDS = 80, 300


@dataclass(frozen=True)
class Step:
    """One step: its name, and what is done."""

    title: str
    words: str = ""


@dataclass(frozen=True)
class Shipped:
    """A ladder as it comes with Belisha: what it is about, and its steps from the first on."""

    about: str
    steps: tuple[Step, ...]


PHONES = "mobile-phones"
LADDERS = {
    PHONES: Shipped(
        "Phones and other devices of pupils",
        (
            Step("Words with the pupil", "Somebody whom the pupil trusts talks it through."),
            Step("Contact home", "A parent hears of it the same day, and agrees what helps."),
            Step("Collected by a parent", "A parent collects the device and signs for it."),
            Step("Meeting with the family", "The class teacher and a leader meet the family."),
            Step(
                "Phone handed in each morning",
                "The phone is handed in at the office each morning, for as long as was agreed.",
            ),
        ),
    )
}


def suggested(steps: Sequence[Step], earlier: int) -> Step:
    """The step after so many earlier breaches in this school year; the last one stays the last."""
    return steps[min(max(earlier, 0), len(steps) - 1)]


def steps_in(text: str) -> tuple[Step, ...]:
    """The steps of a text: one to a line, what is done after a colon."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip(" :\t"))
    return tuple(Step(title.strip(), words.strip()) for title, _, words in lines)


def text_of(steps: Sequence[Step]) -> str:
    """The same the other way round."""
    return "\n".join(f"{one.title}: {one.words}" if one.words else one.title for one in steps)


def why_no_ladder(steps: Sequence[Step]) -> str:
    """Why these steps make no ladder, for the person who typed them; or nothing."""
    if not steps:
        return "Write at least one step."
    if len(steps) > MOST_STEPS:
        return f"These are {len(steps)} steps. More than {MOST_STEPS} are not remembered."
    if not all(one.title for one in steps):
        return "Begin each line with the name of the step."
    if len({one.title.casefold() for one in steps}) < len(steps):
        return "Two steps have the same name."
    if any(len(one.title) > LONGEST_TITLE or len(one.words) > LONGEST_WORDS for one in steps):
        return (
            f"Name a step in {LONGEST_TITLE} letters, and say it in {LONGEST_WORDS}. "
            "Put a colon after the name."
        )
    return ""
