"""How django-allauth behaves here."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from belisha.lib.sealing import seal, unseal
from belisha.people.access import is_fresh
from belisha.people.actions import limits
from belisha.people.forms.tries import of_password
from belisha.people.models import Staff, User


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: the school knows its people."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email address and password do not fit together."),
        "too_many_login_attempts": _("That was too many tries. Wait a few minutes."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("Type the password that you have now."),
        "rate_limited": _("That was too many tries. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """The second step is asked of staff alone: a parent's mailed code is one already."""
        return ["belisha.people.stages.SecondStep"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(context.request, at=timezone.now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look at a password, if one more may be tried. Only wrong ones count in the end.

        Exact over processes; allauth's own count, in the cache, is off (settings).
        """
        at, network = timezone.now(), limits.network_of(request)
        tries = of_password(str(credentials.get("email", "")), network)
        if limits.take_each(tries, at=at):
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            limits.give_each_back(tries, at=at)
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that asks; one for all that come by a socket without addresses."""
        return super().get_client_ip(request) if request.META.get("REMOTE_ADDR") else "::"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, in our words, with their secrets sealed by the key outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not fit. Wait for the next code, and try again."),
        "cannot_delete_authenticator": _("Set up another second step first. You need one."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return f"Belisha, {context.request.school.name}"

    def _get_user_identifier(self, user: User) -> str:
        """What a device calls the passkey: the address, or the name of whoever has none."""
        return user.address or user.name

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), _key(), b"second factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), _key(), b"second factor").decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever is on the staff keeps one factor at least."""
        user = authenticator.user
        if not Staff.objects.current().filter(user=user).exists():
            return True
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        mine = Authenticator.objects.filter(user=user, type__in=kinds)
        return bool(mine.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"{_('Passkey')} {count + 1}" if count else str(_("Passkey"))


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The school's provider: nobody signs up there, and no address alone lets anybody in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def _key() -> bytes:
    return hmac.new(settings.PICTURES_KEY, b"belisha second factors", hashlib.sha256).digest()
