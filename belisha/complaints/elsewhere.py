"""What is no complaint to the school, because the law or the school has another way for it. Data.

Each way has words for the family. `route` names a page of ours, if there is one. Checked against
Best practice guidance for school complaints procedures (Department for Education), which lists
what such a procedure does not cover; a school outside England asks its local authority.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """One subject that goes elsewhere. `first` marks what must not wait."""

    key: str
    title: str | Promise
    words: str | Promise
    route: str = ""
    first: bool = False


WAYS = (
    Way(
        "child-at-risk",
        _("A child is being hurt, or may be"),
        _("Do not wait. Tell the safeguarding lead today, or ring your council. In danger: 999."),
        "tell",
        first=True,
    ),
    Way(
        "allegation",
        _("Someone at the school harmed a child"),
        _("Tell the head. Is it about the head? Tell the chair of governors, or your council."),
        "tell",
        first=True,
    ),
    Way(
        "admissions",
        _("A place at this school"),
        _("You can appeal. Your council, or the school office, tells you how."),
    ),
    Way(
        "exclusion",
        _("A suspension, or a child sent away for good"),
        _("The letter about it tells you how to ask the governors to look again."),
    ),
    Way(
        "special-needs",
        _("An assessment of special needs, or a plan for them"),
        _("Your council decides this. Its letter tells you how to appeal."),
    ),
    Way(
        "staff",
        _("You work here, and it is about your work"),
        _("Use the grievance policy for staff. Ask the office, or your union."),
    ),
    Way(
        "data",
        _("What the school knows about you or your child"),
        _("You can ask for a copy, or for a change. Write to the school office."),
    ),
)
BY_KEY = {way.key: way for way in WAYS}
