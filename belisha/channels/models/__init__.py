"""Accounts of the school on services of others, and accounts that are not the school's."""

from belisha.channels.models.accounts import (
    Account,
    AccountPerson,
    AccountQuerySet,
    Closing,
    HandOver,
    OurAccounts,
    Seen,
)
from belisha.channels.models.found import FoundAccount, FoundAccountQuerySet, FoundStep
from belisha.channels.models.lists import ListMade

__all__ = [
    "Account",
    "AccountPerson",
    "AccountQuerySet",
    "Closing",
    "FoundAccount",
    "FoundAccountQuerySet",
    "FoundStep",
    "HandOver",
    "ListMade",
    "OurAccounts",
    "Seen",
]
