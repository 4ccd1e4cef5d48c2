"""What may be typed in about parents and other contacts."""

from django import forms

from belisha.people.models import Parent, Relation
from belisha.people.rules import LANGUAGES


class ParentForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(
        label="Language",
        choices=[("", "Not known"), *LANGUAGES],
        required=False,
        help_text="Letters and mail come in it.",
    )

    class Meta:
        model = Parent
        fields = ["first_name", "last_name", "email", "phone", "language"]
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}


class RelationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Relation
        fields = ["kind", "parental_responsibility", "no_contact"]
        labels = {
            "kind": "What are they to the child?",
            "parental_responsibility": "Has parental responsibility",
            "no_contact": "An order forbids contact",
        }
        help_texts = {
            "kind": "Mother, father, carer, grandmother…",
            "parental_responsibility": "We ask for their yes or no. Any no counts.",
            "no_contact": "By a court. They see nothing of the child; their yes does not count.",
        }
