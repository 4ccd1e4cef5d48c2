"""Who reads what of the shipped documents, until the school says otherwise.

Sources of the parts: the statutory guidance says itself that leaders read
it, that staff who work directly with children read part one at least, with annex B, and that the
school chooses between part one and its condensed form, annex A, for those who do not.
"""

from dataclasses import dataclass

from belisha.people.rules import LEADERS, SAFEGUARDING, STAFF, Role
from belisha.policy.duties import Recurrence
from belisha.policy.outside import OUTSIDE

GUIDANCE = {one.key: one for one in OUTSIDE}


@dataclass(frozen=True)
class ShippedDuty:
    """Who reads which sections of a document within how many days; without sections all of it."""

    roles: frozenset[Role]
    part: str = ""
    sections: tuple[str, ...] = ()
    days: int = 14
    recurrence: Recurrence = Recurrence.VERSION


SHIPPED_DUTIES = {
    "social-media": (ShippedDuty(STAFF),),
    "safeguarding": (
        ShippedDuty(LEADERS | SAFEGUARDING, days=28),
        ShippedDuty(
            frozenset({Role.TEACHER, Role.OTHER_STAFF}),
            "Part one and annex B",
            ("Part one", "Annex B"),
        ),
        ShippedDuty(frozenset({Role.OFFICE}), "Annex A, the condensed part one", ("Annex A",)),
    ),
    "safer-working": (ShippedDuty(STAFF, days=28, recurrence=Recurrence.YEARLY),),
    "teachers-standards": (
        ShippedDuty(
            LEADERS | {Role.TEACHER},
            "Part two: personal and professional conduct",
            ("Part two",),
            days=28,
        ),
    ),
}
