"""What waits for someone about accounts: to finish, to hand over, to renew; what was found."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from belisha.channels.access import (
    ASSOCIATION,
    KEEPERS,
    can_decide_found,
    can_follow_up,
)
from belisha.channels.models import Account, FoundAccount
from belisha.channels.rules import DECIDE_WITHIN, FOLLOW_UP_WITHIN, RunBy, Stage
from belisha.channels.standing import Entry, entries
from belisha.lib.task import Task
from belisha.people.models import User


def todo(user: User, on: date) -> Iterator[Task]:
    """For whoever looks after an account, or asked for it, and for those who keep them all."""
    for one in entries(Account.objects.visible_to(user).current(), on):
        if _concerns(user, one):
            yield from _of_account(one)
    yield from _found(user, on)


def _concerns(user: User, one: Entry) -> bool:
    """A draft is the affair of those who make it; of all else the keepers know too."""
    account = one.account
    theirs = user.has_role(ASSOCIATION) and account.run_by == RunBy.ASSOCIATION
    mine = any(person.staff and person.staff == user.staff for person in one.people)
    if theirs or mine or account.made_by_id == user.pk:
        return True
    return one.stage is not Stage.DRAFT and user.has_role(*KEEPERS)


def _of_account(one: Entry) -> Iterator[Task]:
    url, name = reverse("account", args=[one.account.ref]), one.account.name
    for person in one.people:
        due = min((begun.due_on for begun in person.handing_over), default=None)
        if person.is_gone and one.ours:
            due = due or (person.staff and person.staff.left_on) or one.on
        if due:
            left = "has left" if person.is_gone else "hands over"
            yield Task(
                f"Hand over {name}: {person} {left}",
                "Change the keys, and say who takes over.",
                reverse("account-hand-over", args=[person.pk]),
                "Hand it over",
                "key",
                due,
            )
    if told := _TOLD.get(one.stage):
        title, words, act, icon = told
        needs = " ".join(one.missing) if one.stage in _INCOMPLETE else ""
        due = one.due_on if one.stage in (Stage.DUE, Stage.OVERDUE) else None
        yield Task(title.format(name), needs or words, url, act, icon, due)


_INCOMPLETE = (Stage.DRAFT, Stage.CHANGED, Stage.DUE, Stage.OVERDUE)
_TOLD = {
    Stage.DRAFT: (
        "Finish the application for {}",
        "Everything is there. Ask the head.",
        "Go on",
        "share",
    ),
    Stage.CHANGED: (
        "Ask the head again about {}",
        "It was changed since the head agreed.",
        "Look at it",
        "share",
    ),
    Stage.REFUSED: (
        "The head said no to {}",
        "Change it and ask again, or close it.",
        "See why",
        "share",
    ),
    Stage.DUE: ("Renew {}", "The head is asked for another yes.", "Renew it", "clock"),
    Stage.OVERDUE: (
        "Renew {}",
        "It was not renewed in time, so nothing is posted there.",
        "Renew it",
        "clock",
    ),
    Stage.DORMANT: (
        "Is {} still used?",
        "Nobody has said so for half a year. Say that it is, or close it.",
        "Look at it",
        "share",
    ),
}


def _found(user: User, on: date) -> Iterator[Task]:
    """What was found waits for the head's word; then for those who follow it up."""
    decides, follows = can_decide_found(user, on), can_follow_up(user)
    for found in FoundAccount.objects.open() if decides or follows else ():
        url = reverse("found_account", args=[found.ref])
        if found.decided_at is None and decides:
            yield Task(
                f"Is {found.name} on {found.service_name} ours?",
                "Somebody found it, and it is perhaps not ours. Say what is done.",
                url,
                "Decide",
                "flag",
                timezone.localdate(found.recorded_at) + DECIDE_WITHIN,
            )
        elif found.decided_at and follows:
            yield Task(
                f"Follow up {found.name} on {found.service_name}",
                "It is not ours. Write down what was done, until nothing more is to do.",
                url,
                "Follow it up",
                "flag",
                timezone.localdate(found.decided_at) + FOLLOW_UP_WITHIN,
            )
