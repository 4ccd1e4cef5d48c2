"""Roles and ages, as the policy names them."""

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
