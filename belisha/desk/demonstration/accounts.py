"""The accounts of the demonstration school: two in use, one to renew, one that waits, one found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from belisha.channels.actions import accounts as acts
from belisha.channels.actions import found
from belisha.channels.actions.accounts import People
from belisha.channels.models import Account
from belisha.channels.rules import RunBy
from belisha.channels.standing import entry_of
from belisha.people.models import User
from belisha.policy.actions.approvals import answer

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

AT_OFFICE = "office@kerbside.example"
YEAR = timedelta(days=345)  # ago, so that the yes is to be renewed soon


def load_accounts(made: Made) -> None:
    """Through the real acts: written down, seen by other eyes, asked for, answered."""
    staff, at = made.staff, made.at
    toucan, puffin = made.user_of("Mrs Toucan"), made.user_of("Miss Puffin")
    both = People([staff["Mrs Toucan"], staff["Mr Stopline"]])
    begun = at - timedelta(days=60)
    news = _details("facebook", "@kerbsideprimary", "News and dates for families.")
    _approved(made, news, both, toucan, begun)
    of_class = _details(
        "class-dojo",
        "Robins",
        "Families of the Robins see what was done that day.",
        audience=Account.Audience.FAMILIES,
        run_by=RunBy.CLASS,
        school_class=made.classes["Robins"],
        public=False,
    )
    people = People([staff["Miss Puffin"], staff["Mrs Toucan"]], (), [staff["Mrs Halfbarrier"]])
    _approved(made, of_class, people, puffin, begun)
    films = _details("youtube", "Kerbside films", "Films of concerts.")
    _approved(made, films, both, toucan, at - YEAR)
    _association(made)
    found.record_found(
        details={
            "service": "whatsapp",
            "other_service": "",
            "name": "Owls class group",
            "url": "",
            "seen": "It shows our badge. Two families asked whether we run it.",
            "seen_on": made.today - timedelta(days=2),
            "told_by": "family",
        },
        by=made.user_of("Mr Tactile"),
        at=at - timedelta(days=1),
    )


def _approved(made: Made, details: dict[str, Any], people: People, by: User, at: datetime) -> None:
    account = acts.write_down(details=details, people=people, owned=True, by=by, at=at)
    acts.see_factor(account, by=made.user_of("Mr Greenman"), at=at)
    asked = acts.ask(account, by=by, at=at)
    digest = entry_of(account, at.date()).digest
    answer(asked, yes=True, digest=digest, by=made.user_of("Mrs Zebrahart"), at=at)


def _association(made: Made) -> None:
    """The parents' association has asked, and the head has not answered."""
    by, at = made.user_of("Mrs Crossguard"), made.at
    account = acts.write_down(
        details=_details(
            "facebook",
            "Friends of Kerbside",
            "Telling families of fairs and cake sales.",
            run_by=RunBy.ASSOCIATION,
            comments=Account.Comments.MODERATED,
        ),
        people=People([made.staff["Mrs Crossguard"]], ["Cleo Backstreet"]),
        owned=True,
        by=by,
        at=at,
    )
    acts.see_factor(account, by=made.user_of("Mrs Toucan"), at=at)
    acts.ask(account, by=by, at=at, why="The winter fair is on 12 December.")


def _details(service: str, name: str, purpose: str, **more: Any) -> dict[str, Any]:
    return {
        "service": service,
        "other_service": "",
        "name": name,
        "url": "",
        "purpose": purpose,
        "audience": Account.Audience.PUBLIC,
        "pupils_from": None,
        "comments": Account.Comments.OFF,
        "run_by": RunBy.SCHOOL,
        "school_class": None,
        "recovery": AT_OFFICE,
        "review_every": 12,
        "public": True,
    } | more
