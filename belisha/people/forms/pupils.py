"""What may be typed in about a child."""

from typing import Any

from django import forms

from belisha.people.forms.fields import year_field
from belisha.people.models import Pupil, SchoolClass


class PupilForm(forms.ModelForm):  # type: ignore[type-arg]
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Class", required=False, empty_label="No class"
    )
    year_group = year_field()

    class Meta:
        model = Pupil
        fields = ["first_name", "last_name", "known_as", "school_class", "year_group", "key"]
        labels = {"known_as": "Known as", "key": "Pupil number"}
        help_texts = {
            "known_as": "What everyone calls the child, if it is not the first name.",
            "key": "As in your school's own system. Lists that you bring in find the child by it.",
        }

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["school_class"].queryset = (  # type: ignore[attr-defined]
            SchoolClass.objects.current()
        )
        self.fields["year_group"].help_text = "Left empty, it is the year group of the class."
