"""What may be typed in about classes."""

from typing import Any

from django import forms

from belisha.people.forms.fields import year_field
from belisha.people.models import Pupil, SchoolClass, Staff


class ClassForm(forms.Form):
    name = forms.CharField(label="Name of the class", max_length=60)
    year_group = year_field()
    teachers = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Who teaches it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Teachers see the full names of the children in their own classes.",
    )

    def __init__(self, data: Any = None, *, school_class: SchoolClass | None = None) -> None:
        staff = Staff.objects.current()
        initial = {}
        if school_class:
            initial = {
                "name": school_class.name,
                "year_group": school_class.year_group,
                "teachers": staff.filter(classes=school_class),
            }
        super().__init__(data, initial=initial)
        self.fields["teachers"].queryset = staff  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Which children of a class move, and where to."""

    to = forms.ModelChoiceField(SchoolClass.objects.none(), label="Move to", empty_label="Choose")
    pupils = forms.ModelMultipleChoiceField(
        Pupil.objects.none(), label="Who moves?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, school_class: SchoolClass) -> None:
        super().__init__(data)
        others = SchoolClass.objects.current().exclude(pk=school_class.pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.fields["pupils"].queryset = (  # type: ignore[attr-defined]
            Pupil.objects.current().filter(school_class=school_class)
        )
