"""Ways in: who can sign in, and a demonstration's addresses that sign people in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core import signing
from django.core.exceptions import ValidationError

from belisha.people.models import (
    CalendarAddress,
    Choices,
    GuestPass,
    Mail,
    Parent,
    School,
    Staff,
    User,
)
from belisha.people.sessions import end_sessions

_DOOR = "belisha.demonstration"


def add_user(school: School, *, email: str, name: str, password: str | None) -> User:
    """Make someone who can sign in; without a password only a demonstration's address lets them."""
    user = User(school=school, email=email.lower(), name=name)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def rename_user(user: User, *, email: str, name: str) -> None:
    """Keep the sign-in in step with the list of people."""
    if not email:
        raise ValidationError({"email": "They sign in with their email address. Leave it here."})
    refuse_taken(email, but=user)
    if user.email != email.lower():
        EmailAddress.objects.filter(user=user).delete()
    user.email, user.name = email.lower(), name
    user.save(update_fields=["email", "name"])


def refuse_taken(email: str, *, but: User | None = None) -> None:
    """Raise `ValidationError` when somebody else signs in with this address."""
    others = User.objects.filter(email__iexact=email)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise ValidationError({"email": "Somebody else signs in with this email address."})


def take_keys(user: User) -> None:
    """Take away password, passkeys and app of somebody, and end their sessions.

    A key that was made behind one door must not open another: as staff, whoever was let in by a
    mailbox alone; as parent, whoever worked here. An account at the school's provider stays.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


def close_door(user: User | None, *, by: User) -> None:
    """End every session now and let nobody in, unless the person is still staff, parent or guest.

    Who still is one of these is signed out everywhere all the same.
    """
    end_sessions(user, by=by)
    if user is None or _still_belongs(user):
        return
    user.is_active = False
    user.save(update_fields=["is_active"])


def forget_user(user: User | None, *, by: User) -> None:
    """Blank who signed in, unless the person is still something here. The number stays."""
    if user is None or _still_belongs(user):
        return
    close_door(user, by=by)
    Mail.objects.filter(about=f"user:{user.pk}").delete()
    for kind in (EmailAddress, Authenticator, SocialAccount, UserSession, Choices, CalendarAddress):
        kind.objects.filter(user=user).delete()
    user.name, user.email = "Erased", f"{user.pk}@erased.invalid"
    user.save(update_fields=["name", "email"])


def _still_belongs(user: User) -> bool:
    tied = (
        Staff.objects.filter(left_on=None),
        Parent.objects.filter(erased_at=None),
        GuestPass.objects.all(),
    )
    return any(rows.filter(user=user).exists() for rows in tied)


def demonstration_pass(user: User) -> str:
    """Return what signs this person in, in a demonstration only. Raises `ValueError` elsewhere."""
    if not user.school.demonstration:
        raise ValueError("Only a demonstration has such addresses.")
    return signing.dumps(user.pk, salt=_DOOR)


def bearer_of(demonstration_pass: str) -> User | None:
    """Return whom a pass signs in, or None when it is wrong or the school is a real one."""
    try:
        pk = signing.loads(demonstration_pass, salt=_DOOR)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, school__demonstration=True, is_active=True).first()
