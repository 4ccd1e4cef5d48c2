"""What may be typed in about archives."""

from django import forms


class ArchiveForm(forms.Form):
    """Why everything is taken along."""

    why = forms.CharField(
        label="What is it for?",
        max_length=200,
        help_text="Such as: moving to another server. It is kept in the record of archives.",
    )
