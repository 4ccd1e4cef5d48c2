"""Whether an account may be used, and what the head is shown who decides about it (C.1)."""

from datetime import date

from django.urls import reverse

from belisha.channels.models import Account
from belisha.channels.rules import AGE_IN_RECEPTION, too_young
from belisha.channels.standing import CLAUSE, Entry, entry_of
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import User
from belisha.policy.approvals import Shown
from belisha.policy.models import HeadRequest


def may_use(account: Account, on: date) -> Verdict:
    """Say whether an account may be used on a day: for publishing, for lists, for the public page.

    Yes only while the head's yes to the account as it is stands and was renewed in time, nobody
    who looks after it has left without handing it over, and it is not closed. Seven queries; for
    many accounts ask `channels.standing.entries`.
    """
    return entry_of(account, on).may_use


def about_age(account: Account) -> list[Verdict]:
    """What the directory says of the age of pupils who use an account, if they are too young."""
    service, year = account.listed, account.pupils_from
    if account.audience != Account.Audience.PUPILS or service is None or year is None:
        return []
    if not too_young(service.minimum_age, year):
        return []
    age = year + AGE_IN_RECEPTION
    ground = f"{service.name} asks for {service.minimum_age} years. These pupils can be {age}."
    return [Verdict(Outcome.ASK, (Reason(CLAUSE, ground),), "Choose another service or audience")]


def shown(request: HeadRequest, user: User, on: date) -> Shown | None:
    """The account of a request as it is today, for the page on which the head decides."""
    account = Account.objects.filter(ref=request.about).first()
    if account is None:
        return None
    entry = entry_of(account, on)
    return Shown(
        digest=entry.digest,
        template="channels/_asked.html",
        context={"entry": entry, "account": account, "service": account.listed},
        url=reverse("account", args=[account.ref]),
        rules=about_age(account),
        refuses=_refuses(entry),
    )


def _refuses(entry: Entry) -> str:
    if entry.closed:
        return "This account was closed."
    return " ".join(entry.missing)
