"""The ladder of sanctions (A.5, E.0): what the policy does at a first breach, at a second, and on.

Pure: no query and no clock. A ladder belongs to one of the school's policies, by its key. It
suggests a step; a person decides, and writes why where they depart from it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTHING = "No sanction"
MOST_STEPS = 10
MOST_DAYS = 5
LONGEST_TITLE, LONGEST_WORDS = 80, 300


@dataclass(frozen=True)
class Step:
    """One step: its name, what is done, and for how many school days more a device is kept.

    With no days it goes home at the end of the day. The head agrees to each day beyond that.
    """

    title: str
    words: str = ""
    days: int = 0


@dataclass(frozen=True)
class Shipped:
    """A ladder as it comes with Belisha: what it is about, and its steps from the first on."""

    about: str
    steps: tuple[Step, ...]


PHONES, BULLYING = "mobile-phones", "anti-bullying"
LADDERS = {
    PHONES: Shipped(
        "Phones and other devices of pupils",
        (
            Step("Words with the pupil", "Somebody whom the pupil trusts talks it through."),
            Step("Contact home", "A parent hears of it the same day, and agrees what helps."),
            Step("Collected by a parent", "A parent collects the device and signs for it.", 1),
            Step("Meeting with the family", "The class teacher and a leader meet the family."),
            Step(
                "Phone handed in each morning",
                "The phone is handed in at the office each morning, for as long as was agreed.",
            ),
        ),
    ),
    BULLYING: Shipped(
        "Bullying, online too",
        (
            Step("Words with the pupil", "Somebody whom the pupil trusts talks it through."),
            Step("Putting it right", "The pupil does something for whoever was hurt."),
            Step("Contact home", "A parent hears of it the same day, and agrees what helps."),
            Step("Meeting with the family", "The head, the family and the pupil agree in writing."),
            Step("Suspension", "The head alone decides it, and in writing."),
        ),
    ),
}


def suggested(steps: Sequence[Step], earlier: int) -> Step:
    """The step after so many earlier breaches in this school year; the last one stays the last."""
    return steps[min(max(earlier, 0), len(steps) - 1)]


# "Collected by a parent (2 days): A parent signs for it."
_LINE = re.compile(
    r"\s*(?P<title>[^:]*?)\s*(?:\((?P<days>\d{1,2}) days?\)\s*)?(?::(?P<words>.*))?", re.I
)


def steps_in(text: str) -> tuple[Step, ...]:
    """The steps of a text: one to a line, its days in brackets, what is done after a colon."""
    lines = [_LINE.fullmatch(line) for line in text.splitlines() if line.strip(" :\t")]
    return tuple(
        Step(line["title"], (line["words"] or "").strip(), int(line["days"] or 0))
        for line in lines
        if line
    )


def text_of(steps: Sequence[Step]) -> str:
    """The same the other way round."""
    return "\n".join(_line_of(one) for one in steps)


def _line_of(step: Step) -> str:
    days = f" ({step.days} day{'' if step.days == 1 else 's'})" if step.days else ""
    return f"{step.title}{days}" + (f": {step.words}" if step.words else "")


def alike(chosen: Iterable[str]) -> list[tuple[str, int]]:
    """What was decided in like cases, the most usual first."""
    return Counter(chosen).most_common()


def why_no_ladder(steps: Sequence[Step]) -> str:
    """Why these steps make no ladder, for the person who typed them; or nothing."""
    if not steps:
        return "Write at least one step."
    if len(steps) > MOST_STEPS:
        return f"These are {len(steps)} steps. More than {MOST_STEPS} are not remembered."
    if not all(one.title for one in steps):
        return "Begin each line with the name of the step."
    names = {one.title.casefold() for one in steps}
    if len(names) < len(steps) or NOTHING.casefold() in names:
        return "Two steps have the same name."
    if any(one.days > MOST_DAYS for one in steps):
        return f"A device is kept for {MOST_DAYS} school days at most."
    if any(len(one.title) > LONGEST_TITLE or len(one.words) > LONGEST_WORDS for one in steps):
        return (
            f"Name a step in {LONGEST_TITLE} letters, and say it in {LONGEST_WORDS}. "
            "Put a colon after the name."
        )
    return ""
