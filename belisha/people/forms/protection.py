"""What the safeguarding lead writes down."""

from django import forms


class WhyForm(forms.Form):
    why = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only the safeguarding lead can read this.",
    )
