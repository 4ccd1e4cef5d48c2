"""Year groups of schools in England, from the words that systems use for them."""

import re

NURSERY, RECEPTION = -1, 0

_NURSERY = {"n", "n1", "n2", "nursery", "fs1", "f1", "pk", "prek", "pr", "preschool", "-1"}
_RECEPTION = {"r", "rec", "reception", "yr", "yearr", "fs2", "f2", "k", "kg", "kindergarten", "tk"}
_NUMBERED = re.compile(r"(?:year|yr|y|grade)?0*(\d{1,2})(?:\.0)?", re.ASCII)


def year_group(text: str) -> int | None:
    """-1 nursery, 0 reception, 1 to 13 a school year; None when the word is not known.

    Reads `Year 3`, `Y3`, `3`, `03` and, from a spreadsheet, `3.0`; the letter codes are those of
    the Common Education Data Standards (which OneRoster uses) and of schools in England.
    """
    word = re.sub(r"[\s_]+", "", text).casefold()
    if word in _NURSERY:
        return NURSERY
    if word in _RECEPTION:
        return RECEPTION
    found = _NUMBERED.fullmatch(word)
    return int(found[1]) if found and int(found[1]) <= 13 else None


def key_stage(year: int) -> str:
    """The key stage of a year group: Education Act 2002, section 82; EYFS before it."""
    for last, stage in ((RECEPTION, "EYFS"), (2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4")):
        if year <= last:
            return stage
    return "KS5"
