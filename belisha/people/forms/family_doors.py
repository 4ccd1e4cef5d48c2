"""What parents and guests type to come in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An email address, as people type it on a phone."""

    email = forms.EmailField(
        label=_("Your email address"),
        error_messages={
            "required": _("Type your email address."),
            "invalid": _("This is not an email address yet. It looks like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> Any:
        return self.cleaned_data["email"].lower()


class CodeForm(forms.Form):
    """The code of a mail: eight letters and digits, with or without what stands between them."""

    code = forms.CharField(
        label=_("The code"),
        max_length=40,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "mono",
            }
        ),
    )


class LetterForm(CodeForm):
    """The code of a printed letter."""

    code = forms.CharField(
        label=_("The code on your letter"),
        help_text=_("12 letters and digits. It works once."),
        max_length=60,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "mono",
            }
        ),
    )
