"""What is to go from the web in the demonstration: the author refused, the group is asked next."""

from datetime import datetime, timedelta

from belisha.incidents.actions import removal
from belisha.incidents.models import Case
from belisha.incidents.removal.ladder import Answer, Rung
from belisha.people.models import User


def a_group_is_to_go(case: Case, *, by: User, at: datetime) -> None:
    post = removal.add_post(
        case,
        {
            "thing": "group",
            "service": "whatsapp",
            "where": "A group of year 6, “Zebras only”",
            "author": "Whoever calls themselves Stripe",
            "words": "Nobody sits with the new one.",
            "posted": "On Sunday, after lunch, at home",
            "harms": ["bullying"],
        },
        by=by,
        at=at,
    )
    step = removal.take_step(
        post, Rung.AUTHOR, to="By telephone, with his father", words="Please.", by=by, at=at
    )
    removal.answer_step(
        step, Answer.REFUSED, words="He says that it is a joke.", by=by, at=at + timedelta(hours=2)
    )
