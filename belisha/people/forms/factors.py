"""What is typed in to show who one is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
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

from belisha.people.models import User


@contextmanager
def read_with_care() -> Iterator[None]:
    """Refuse what no browser sends as any wrong passkey; allauth would stop with an error."""
    try:
        yield
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class _Shown:
    """A passkey that is shown. Put before one of allauth's forms."""

    def clean_credential(self) -> Any:
        with read_with_care():
            return super().clean_credential()  # type: ignore[misc]


class PasskeyAsSecondStep(_Shown, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After the password."""


class PasskeyAlone(_Shown, LoginWebAuthnForm):  # type: ignore[misc]
    """In place of the password."""


class PasskeyAgain(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """By whoever is signed in."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
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


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name"), max_length=100)


def code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    code = code_field(_("The six figures that the app shows"))


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """After the password."""

    code = code_field(_("The code of your app, or a recovery code"))


class AgainForm(ReauthenticateForm):  # type: ignore[misc]
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
        forget_tries = check_rate_limit(self.user)
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        forget_tries()
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
