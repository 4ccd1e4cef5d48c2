"""What may be typed in about purposes."""

from django import forms

from belisha.policy.models import Purpose


class PurposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A purpose in the school's own words."""

    substance = forms.ChoiceField(
        label="Does this change who sees the pictures?",
        choices=[("no", "No"), ("yes", "Yes: no yes from before counts, until we ask again")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this changes who sees the pictures."},
        help_text="If you are not sure, choose yes. A no from before counts in any case.",
    )

    def clean_substance(self) -> bool:
        return bool(self.cleaned_data["substance"] == "yes")

    class Meta:
        model = Purpose
        fields = ("name", "audience", "basis", "in_use")
        labels = {
            "audience": "Who will see the pictures",
            "in_use": "We use pictures for this, and ask families about it",
        }
        help_texts = {
            "audience": "Families read these words when they answer. Answers that they gave before "
            "keep the old words.",
            "basis": "A no always stops a picture, whatever the basis.",
        }
