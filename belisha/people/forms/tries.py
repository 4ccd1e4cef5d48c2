"""Secrets that are typed into forms: each wrong one is a try that counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.utils import timezone

from belisha.people.actions import limits
from belisha.people.actions.limits import Try
from belisha.people.models import User


@contextmanager
def counted(*tries: Try) -> Iterator[None]:
    """Look at a secret, if one more may be tried. Only one that is refused counts in the end.

    Raises `ValidationError` where too many were wrong, before the secret is looked at.
    """
    at = timezone.now()
    if limits.take_each(tries, at=at):
        raise get_adapter().validation_error("too_many_login_attempts")
    yield
    limits.give_each_back(tries, at=at)


def of_password(email: str, network: str) -> tuple[Try, ...]:
    """What a password costs that is tried for this address from this network."""
    address = email.lower()
    return (
        (limits.PASSWORD_FROM_HERE, f"{address} {network}"),
        (limits.PASSWORD_FOR_ADDRESS, address),
        (limits.PASSWORD_FROM_NETWORK, network),
    )


def of_step(user: User) -> tuple[Try, ...]:
    """What a code or a passkey costs that this person shows as their second step."""
    return (
        (limits.STEP_FROM_HERE, f"{user.pk} {here()}"),
        (limits.STEP_OF_ONE, str(user.pk)),
    )


def here() -> str:
    """The network from which this request comes."""
    return limits.network_of(context.request)
