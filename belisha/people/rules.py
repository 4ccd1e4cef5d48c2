"""Roles, ages and names, as the policy and the school see them."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the school. One person may have several."""

    HEAD = "head"
    SENIOR_LEADER = "senior-leader"  # a deputy, or whoever the head names to stand in
    SAFEGUARDING_LEAD = "safeguarding-lead"
    DEPUTY_SAFEGUARDING_LEAD = "deputy-safeguarding-lead"
    OFFICE = "office"
    TEACHER = "teacher"
    OTHER_STAFF = "other-staff"
    CHAIR = "chair-of-governors"
    GOVERNOR = "governor"
    PARENTS_ASSOCIATION = "parents-association"
    PARENT = "parent"
    GUEST = "guest"  # an inspector, say: named pages until a date

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


SAFEGUARDING = frozenset({Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD})
LEADERS = frozenset({Role.HEAD, Role.SENIOR_LEADER})
SEES_WHOLE_SCHOOL = LEADERS | SAFEGUARDING | {Role.OFFICE}
STAFF = SEES_WHOLE_SCHOOL | {Role.TEACHER, Role.OTHER_STAFF}
GOVERNORS = frozenset({Role.CHAIR, Role.GOVERNOR})
# Whoever hands out these people's ways in could enter as them, so the head alone does.
GUARDED = LEADERS | SAFEGUARDING
# A guest's pass and a parent's children make their roles; all others are given by the head.
ROLES_GIVEN = tuple(role for role in Role if role not in (Role.PARENT, Role.GUEST))

# What parents may read in, each by its own name. The school's own language comes first.
LANGUAGES = (
    ("en-gb", "English"),
    ("cy", "Cymraeg"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("ur", "اردو"),
    ("bn", "বাংলা"),
    ("ar", "العربية"),
)


def key_stage(year_group: int | None) -> str:
    """Return the key stage of an English year group: nursery is -1, Reception 0, then 1 to 6.

    Source: the National Curriculum in England, framework document.
    """
    if year_group is None:
        return ""
    if year_group <= 0:
        return "Early years"
    for last, stage in ((2, 1), (6, 2), (9, 3), (11, 4)):
        if year_group <= last:
            return f"Key stage {stage}"
    return "Key stage 5"


def year_name(year_group: int | None) -> str:
    """Return what a school calls a year group."""
    if year_group is None:
        return ""
    return {-1: "Nursery", 0: "Reception"}.get(year_group, f"Year {year_group}")


def fits(typed: str, *names: str) -> bool:
    """Whether each word typed begins a word of the names, in any order.

    Letter case, accents, hyphens and apostrophes do not matter, since few people type them.
    """
    known = _plain_words(*names)
    return all(any(word.startswith(part) for word in known) for part in _plain_words(typed))


def reaches(typed: str, *, email: str, phone: str) -> bool:
    """Whether what was typed begins the email address, or stands in the telephone number.

    Four digits are needed, so that a short number does not find half the school; how a number is
    spaced, and whether it begins with +44 or 0, does not matter.
    """
    words = typed.strip().casefold()
    if "@" in words:
        return bool(email) and email.casefold().startswith(words)
    if any(mark.isalpha() for mark in words):
        return False
    digits = _digits(words)
    return len(digits) >= FEWEST_DIGITS and digits in _digits(phone)


FEWEST_DIGITS = 4


def _digits(text: str) -> str:
    digits = "".join(mark for mark in text if mark.isdecimal())
    abroad = text.strip().startswith(("+44", "0044"))
    return "0" + digits.removeprefix("00").removeprefix("44") if abroad else digits


def told_apart(names: Sequence[tuple[str, str]]) -> list[str]:
    """Name people by first name and initial, and by more of a last name where two look alike.

    `names` are pairs of first and last name. Who is called the same in full stays so.
    """
    return [_apart(first.strip(), last.strip(), names) for first, last in names]


def _apart(first: str, last: str, names: Sequence[tuple[str, str]]) -> str:
    mine = last.casefold()
    others = {
        other.strip().casefold()
        for called, other in names
        if called.strip().casefold() == first.casefold()
    } - {mine}
    enough = (
        length
        for length in range(1, len(last))
        if not any(other.startswith(last[:length].casefold()) for other in others)
    )
    return f"{first} {last[: next(enough, len(last))]}".strip()


def alphabetical(name: str) -> list[str]:
    """Where a name stands in a list: Élodie after Ed, on any database."""
    return _plain_words(name)


def _plain_words(*texts: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", " ".join(texts)).casefold().replace("-", " ")
    return "".join(mark for mark in letters if mark.isalnum() or mark.isspace()).split()
