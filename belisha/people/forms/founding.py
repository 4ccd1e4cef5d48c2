"""The school itself."""

from django import forms

from belisha.people.models import School


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = School
        fields = ["name", "phone"]
        labels = {"name": "Name of the school", "phone": "Telephone of the school"}
        help_texts = {"phone": "At the foot of every page, for people worried about a child."}
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}
