"""Invitations: how staff come to a password that nobody else has ever known."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope

from belisha.audit.actions import record
from belisha.people.actions.limits import forget_full
from belisha.people.actions.mail import post
from belisha.people.models import Invitation, School, Staff, User
from belisha.people.sessions import end_sessions

INVITATION_LASTS = timedelta(days=7)
FORGOTTEN_LASTS = timedelta(hours=1)
# No vowels, so that no word comes of it; no l, which looks like 1 and I.
_LETTERS = "bcdfghjkmnpqrstvwxz"


def invite(
    staff: Staff, *, by: User | None, at: datetime, lasts: timedelta = INVITATION_LASTS
) -> str:
    """Make the code of an invitation and return it, once; earlier ones of the person stop.

    Twenty letters in four groups, easy to copy from paper: 84 bits.
    """
    return _make(staff.school, staff, by=by, at=at, lasts=lasts)


def _make(
    school: School, staff: Staff | None, *, by: User | None, at: datetime, lasts: timedelta
) -> str:
    Invitation.objects.filter(staff=staff, spent_at=None).delete()
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    Invitation.objects.create(
        school=school,
        staff=staff,
        hash=code_hash(code),
        made_at=at,
        made_by=by,
        use_by=at + lasts,
    )
    return code


def post_invitation(staff: Staff, link: str, *, at: datetime) -> None:
    """Mail the link to whom it is for."""
    post(
        staff.school,
        to=staff.email,
        subject=f"Your way in to Belisha at {staff.school.name}",
        body=(
            f"{staff.school.name} has made a way in for you.\n\n"
            f"Open this link and choose your password:\n\n{link}\n\n"
            "It works once, and for seven days. It is for you alone.\n"
            "You did not expect this? Tell the school office.\n"
        ),
        kind="invitation",
        at=at,
        about=staff,
        lasts=INVITATION_LASTS,
    )


@transaction.atomic
def forgotten(school: School, email: str, *, at: datetime, address: Callable[[str], str]) -> None:
    """Mail a link to choose a new password to somebody on the staff, and to all others that there
    is none for them.

    The same rows, the same work and one mail, whatever the address is: only who reads its mail
    learns whether the school knows it. The old password works until a new one is chosen, or
    anybody could shut anybody out.
    """
    forget_full(at)
    staff: Staff | None = (
        Staff.objects.filter(left_on=None, user__email__iexact=email, user__is_active=True)
        .select_related("user")
        .first()
    )
    link = address(_make(school, staff, by=None, at=at, lasts=FORGOTTEN_LASTS))
    record("password.forgotten", staff or school, by=None, at=at)
    post(
        school,
        to=email,
        subject="Choose a new password",
        body=(
            f"Somebody asked for a new password for you at {school.name}.\n\n"
            f"Was it you? Open this link and choose one:\n\n{link}\n\n"
            "It works once, and for an hour. You need your second step too.\n"
            "It was not you? Do nothing. Your password stays as it is.\n"
        )
        if staff
        else (
            f"Somebody typed this address to get a new password at {school.name}.\n\n"
            "Nobody signs in with it and a password, so there is none to choose.\n"
            "Are you a parent, carer or guest? You need no password: we mail you a code.\n"
            "Do you work with the school? Ask the office which address it has for you.\n\n"
            "It was not you? Do nothing.\n"
        ),
        kind="forgotten-password",
        at=at,
        about=staff,
        lasts=FORGOTTEN_LASTS,
    )


def invited(code: str, *, at: datetime) -> Invitation | None:
    """The invitation that a code opens, or None when it is wrong, spent or too old."""
    found: Invitation | None = (
        Invitation.objects.filter(
            hash=code_hash(code),
            spent_at=None,
            use_by__gt=at,
            staff__left_on=None,
            staff__user__is_active=True,
        )
        .select_related("staff__user")
        .first()
    )
    return found


@transaction.atomic
def accept(invitation: Invitation, password: str, *, at: datetime) -> User | None:
    """Spend the invitation and set the password; None when it was spent in between."""
    with scope(school=invitation.school):
        spent = Invitation.objects.filter(pk=invitation.pk, spent_at=None).update(spent_at=at)
        staff = invitation.staff
        user: User | None = staff.user if staff else None
        if not spent or staff is None or user is None:
            return None
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        record("invitation.accepted", staff, by=user.pk, at=at)
        return user


def code_hash(typed: str) -> str:
    """How a code is kept: without dashes and case, hashed."""
    plain = "".join(mark for mark in typed.lower() if mark.isalnum())
    return hashlib.sha256(f"belisha.invitation:{plain}".encode()).hexdigest()
