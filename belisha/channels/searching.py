"""Finding accounts by their name or service, ours and those that are not."""

from django.urls import reverse

from belisha.channels.models import Account, FoundAccount
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Accounts whose name or service begins so, of those that this person may see."""
    ours = [
        Found(one.name, one.service_name, reverse("account", args=[one.ref]))
        for one in Account.objects.visible_to(user)
        if fits(typed, one.name, one.service_name)
    ]
    others = [
        Found(
            one.name,
            f"{one.service_name}, perhaps not ours",
            reverse("found_account", args=[one.ref]),
        )
        for one in FoundAccount.objects.visible_to(user)
        if fits(typed, one.name, one.service_name)
    ]
    return [*ours, *others][:MOST]
