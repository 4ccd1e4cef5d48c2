"""Second factors: one's own, and those that somebody has lost."""

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import SignedIn, can_manage_staff, require
from belisha.people.models import Staff, User
from belisha.people.sessions import end_sessions


@transaction.atomic
def added(request: SignedIn, kind: str, *, at: datetime) -> None:
    """A second factor is set up, and so was shown. All other sessions of the person end."""
    record_authentication(request, request.user, "mfa", type=kind)
    _changed(request, "factor.added", kind, at=at)


@transaction.atomic
def removed(request: SignedIn, kind: str, *, at: datetime) -> None:
    """One's own factor is gone. All other sessions of the person end."""
    _changed(request, "factor.removed", kind, at=at)


def _changed(request: SignedIn, verb: str, kind: str, *, at: datetime) -> None:
    user = request.user
    end_sessions(user, but=request.session.session_key)
    record(verb, user, by=user.pk, at=at, kind=kind)


@transaction.atomic
def reset(staff: Staff, *, by: User, at: datetime) -> None:
    """Take away every factor of somebody who has lost theirs, and sign them out everywhere.

    They set up a new one when they next come in. Whoever does it has seen them in person.
    """
    require(can_manage_staff(by, staff))
    require(staff.user not in (None, by))
    take_away(staff.user)
    record("factors.reset", staff, by=by.pk, at=at)


def take_away(user: User | None) -> None:
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
