"""What is typed in to get a password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from belisha.people.forms.tries import counted, here, of_password
from belisha.people.models import User

PASSWORD_HINT = _("15 letters or more. Four words that do not belong together are good.")


class ChoosePasswordForm(forms.Form):
    password = forms.CharField(
        label=_("A password"),
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> Any:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=_("Your email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class SignInForm(AllauthLoginForm):  # type: ignore[misc] # allauth has no types
    """Nothing stands in the boxes before something is typed: it looks like an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """The old one is asked for: an open session must not be a place to guess it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": "The password that you have now",
            "password1": "The new one",
            "password2": "The new one once more",
        }
        for name, label in labels.items():
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = PASSWORD_HINT

    def clean_oldpassword(self) -> str:
        with counted(*of_password(self.user.email, here())):
            old: str = super().clean_oldpassword()
        return old
