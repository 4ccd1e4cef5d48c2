"""Roles, ages and names, as the policy and the school see them."""

import unicodedata
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the school. One person may have several."""

    HEAD = "head"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    OFFICE = "office"
    TEACHER = "teacher"
    OTHER_STAFF = "other-staff"
    GOVERNOR = "governor"
    PARENT = "parent"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


STAFF = frozenset({Role.HEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE, Role.TEACHER, Role.OTHER_STAFF})
SEES_WHOLE_SCHOOL = frozenset({Role.HEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE})
# Whoever hands out these people's passwords could enter as them, so the head alone does.
GUARDED = frozenset({Role.HEAD, Role.SAFEGUARDING_LEAD})
ROLES_GIVEN = tuple(role for role in Role if role is not Role.PARENT)


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


def alphabetical(name: str) -> list[str]:
    """Where a name stands in a list: Élodie after Ed, on any database."""
    return _plain_words(name)


def _plain_words(*texts: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", " ".join(texts)).casefold().replace("-", " ")
    return "".join(mark for mark in letters if mark.isalnum() or mark.isspace()).split()
