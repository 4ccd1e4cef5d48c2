"""Second factors: one's own, and those that somebody has lost."""

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.people.access import SignedIn, can_manage_staff, require
from belisha.people.actions.mail import paragraphs, post, ring
from belisha.people.models import Staff, User
from belisha.people.sessions import end_sessions


@transaction.atomic
def added(request: SignedIn, kind: str, *, at: datetime) -> None:
    """A factor is set up, and so was shown. All other sessions of the person end.

    A mail tells them, in case it was not they.
    """
    user = request.user
    record_authentication(request, user, "mfa", type=kind)
    _changed(request, "factor.added", kind, at=at)
    if user.address:
        post(
            user.school,
            to=user.address,
            subject=_("Signing in to %(school)s") % {"school": user.school},
            body=paragraphs(
                _("You can sign in at %(school)s in a new way now.") % {"school": user.school},
                _("Was this not you? Then tell us today."),
                ring(user.school),
            ),
            kind="factor-added",
            at=at,
            language=translation.get_language() or "en-gb",
            about=user.parent or user,
        )


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
