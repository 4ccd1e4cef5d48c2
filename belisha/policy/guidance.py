"""The guidance from outside that is shipped, and who reads what of it, until the school says.

Addresses and editions are data with the day on which somebody looked; the head types the edition
that stands on the cover. Sources of the parts: the statutory guidance says itself that leaders read
it, that staff who work directly with children read part one at least, with annex B, and that the
school chooses between part one and its condensed form, annex A, for those who do not.
"""

from dataclasses import dataclass
from datetime import date

from belisha.people.rules import LEADERS, SAFEGUARDING, STAFF, Role
from belisha.policy.duties import Recurrence

CHECKED_ON = date(2026, 11, 24)


@dataclass(frozen=True)
class Guidance:
    """A document from outside: its key, title, where it is read, and the clause that asks for it.

    `edition` is the last that was known when the address was checked.
    """

    key: str
    title: str
    edition: str
    read_at: str
    clause: str


GUIDANCE = {
    one.key: one
    for one in (
        Guidance(
            "safeguarding",
            "Keeping children safe in education",
            "1 September 2025",
            "https://www.gov.uk/government/publications/keeping-children-safe-in-education--2",
            "B.viii",
        ),
        Guidance(
            "safer-working",
            "Guidance for safer working practice",
            "February 2022",
            "https://saferrecruitmentconsortium.org/",
            "B.vii",
        ),
        Guidance(
            "teachers-standards",
            "Teachers’ Standards",
            "July 2011, as updated in December 2021",
            "https://www.gov.uk/government/publications/teachers-standards",
            "B.iv",
        ),
    )
}


@dataclass(frozen=True)
class ShippedDuty:
    """Who reads which part of a document within how many days; an empty part is all of it."""

    roles: frozenset[Role]
    part: str = ""
    days: int = 14
    recurrence: Recurrence = Recurrence.VERSION


SHIPPED_DUTIES = {
    "social-media": (ShippedDuty(STAFF),),
    "safeguarding": (
        ShippedDuty(LEADERS | SAFEGUARDING, days=28),
        ShippedDuty(frozenset({Role.TEACHER, Role.OTHER_STAFF}), "Part one and annex B"),
        ShippedDuty(frozenset({Role.OFFICE}), "Annex A, the condensed part one"),
    ),
    "safer-working": (ShippedDuty(STAFF, days=28, recurrence=Recurrence.YEARLY),),
    "teachers-standards": (
        ShippedDuty(
            LEADERS | {Role.TEACHER}, "Part two: personal and professional conduct", days=28
        ),
    ),
}
