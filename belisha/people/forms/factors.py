"""What is typed in to show who one is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from belisha.people.actions import limits
from belisha.people.forms.tries import counted, here, of_password, of_step
from belisha.people.models import User


@contextmanager
def read_with_care() -> Iterator[None]:
    """Refuse what no browser sends as any wrong passkey; allauth would stop with an error."""
    try:
        yield
    except (KeyError, AttributeError, TypeError, ValueError, ValidationError) as error:
        raise does_not_fit() from error


def does_not_fit() -> ValidationError:
    return ValidationError(_("That did not work. Try again, or use another way."))


class _Shown:
    """A passkey that is shown. Put before one of allauth's forms."""

    user: User | None

    def clean_credential(self) -> Any:
        alone = (limits.PASSKEY_FROM_NETWORK, here())
        with counted(*(of_step(self.user) if self.user else (alone,))), read_with_care():
            return self.looked_at()

    def looked_at(self) -> Any:
        return super().clean_credential()  # type: ignore[misc] # allauth has no types


class _Typed:
    """A code that is typed. Put before one of allauth's forms."""

    user: User

    def clean_code(self) -> str:
        with counted(*of_step(self.user)):
            code: str = super().clean_code()  # type: ignore[misc] # allauth has no types
        return code


class PasskeyAsSecondStep(_Shown, AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """After the password."""


class PasskeyAlone(_Shown, LoginWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """In place of the password, or of a mailed code."""

    def looked_at(self) -> Any:
        """One of somebody who may not come in, as under an order, is like any wrong one."""
        passkey = super().looked_at()
        user = passkey.user
        with scope(school=user.school):
            if not (user.is_active and user.belongs):
                raise does_not_fit()
        return passkey


class PasskeyAgain(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """By whoever is signed in."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A new passkey: always one that signs in by itself, with a finger, a face or a PIN."""

    passwordless = None
    name = forms.CharField(
        label=_("What shall it be called?"),
        required=False,
        max_length=100,
        help_text=_("So that you know it in the list, such as My telephone."),
    )

    def clean(self) -> dict[str, Any]:
        with read_with_care():
            told: dict[str, Any] = super().clean()
            if credential := told.get("credential"):
                made = auth.parse_registration_response(credential)
                if not made.response.attestation_object.auth_data.is_user_verified():
                    raise get_adapter().validation_error("incorrect_code")
        return told


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc] # allauth has no types
    name = forms.CharField(label=_("Name"), max_length=100)


def code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AppForm(ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code of a new app."""

    code = code_field(_("The six figures that the app shows"))


class SecondStepForm(_Typed, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """After the password."""

    code = code_field(_("The code of your app, or a recovery code"))


class AgainForm(_Typed, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """Password and code once more; each only where the person has it."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = code_field(_("The code of your app, or a recovery code"))
    field_order = ["password", "code"]

    def __init__(self, *args: Any, user: User, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.asks_code = asks_code
        if not asks_code:
            del self.fields["code"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        with counted(*of_password(self.user.email, here())):
            if not self.user.check_password(password):
                raise ValidationError(_("This is not your password."))
        return password

    def clean_code(self) -> str:
        """A code is spent only when the password was right, so that a slip costs none."""
        if "password" not in self.cleaned_data:
            return ""
        code: str = super().clean_code()
        return code

    def save(self) -> None:
        if self.asks_code:
            super().save()
