"""What may be typed in about purposes."""

from django import forms

from belisha.policy.models import Purpose


class PurposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A purpose in the school's own words."""

    class Meta:
        model = Purpose
        fields = ("name", "audience", "basis", "in_use")
        labels = {
            "audience": "Who will see the pictures",
            "in_use": "We use pictures for this, and ask families about it",
        }
        help_texts = {
            "audience": "Families read these words when they answer. Answers that they gave before "
            "keep the old words. If more people will see the pictures, ask the families again.",
            "basis": "A no always stops a picture, whatever the basis.",
        }
