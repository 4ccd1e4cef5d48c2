"""What may be typed in about answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from belisha.consent.access import pupils_seen_by
from belisha.consent.models import Answer, How
from belisha.consent.rules import Fact, Kind, why_not_recorded
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, User
from belisha.policy.models import Purpose

_FACTS = [("", "Any answer"), *((fact.value, fact.label) for fact in Fact)]
_ANSWERS = [(Kind.GIVEN.value, "Yes"), (Kind.REFUSED.value, "No"), ("", "Leave as it is")]
_TOLD = [How.PAPER, How.PHONE, How.IN_PERSON]
_LARGEST_LIST = 5 << 20


class RegisterForm(forms.Form):
    """Which part of the register to show."""

    words = forms.CharField(label="Name", required=False, max_length=60)
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none, label="Class", required=False, empty_label="All classes"
    )
    purpose = forms.ModelChoiceField(
        Purpose.objects.none,
        label="Purpose",
        required=False,
        empty_label="All purposes",
        to_field_name="key",
    )
    state = forms.ChoiceField(label="Answer", required=False, choices=_FACTS)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = pupils_seen_by(user).values("school_class")
        self.fields["school_class"].queryset = SchoolClass.objects.current().filter(id__in=classes)
        self.fields["purpose"].queryset = Purpose.objects.in_use()


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class AnswersForm(forms.Form):
    """What one person said about one child, for several purposes at once. Nothing is pre-ticked."""

    parent = forms.ModelChoiceField(
        Parent.objects.none, label="Who answered?", widget=forms.RadioSelect, empty_label=None
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[(how.value, how.label.capitalize()) for how in _TOLD],
        widget=forms.RadioSelect,
    )
    happened_on = forms.DateField(
        label="On which day?", widget=DayInput(), help_text="The day on the form, or of the call."
    )
    expires_on = forms.DateField(
        label="Last day of a yes",
        widget=DayInput(),
        required=False,
        help_text="Leave this empty unless the family said that their yes ends.",
    )

    def __init__(
        self, *args: Any, pupil: Pupil, purposes: Iterable[Purpose], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.relations = {
            relation.parent_id: relation
            for relation in Relation.objects.responsible()
            .filter(pupil=pupil)
            .select_related("parent")
        }
        parent = self.fields["parent"]
        parent.queryset = Parent.objects.filter(id__in=self.relations)
        parent.label_from_instance = self._name_of
        self.purposes = {f"to-{purpose.key}": purpose for purpose in purposes}
        for name, purpose in self.purposes.items():
            self.fields[name] = forms.ChoiceField(
                label=purpose.name,
                help_text=purpose.audience,
                choices=_ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                initial=None,
            )

    def _name_of(self, parent: Parent) -> str:
        barred = self.relations[parent.pk].no_contact
        return f"{parent}{' (an order forbids contact: only a no counts)' if barred else ''}"

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.purposes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        ticked = {name: said[name] for name in self.purposes if said.get(name)}
        if not ticked and not any(name in self.errors for name in self.purposes):
            raise forms.ValidationError("Choose yes or no for at least one purpose.")
        if said.get("parent") and said.get("happened_on"):
            self._refuse(said, {Kind(kind) for kind in ticked.values()})
        return said

    def _refuse(self, said: dict[str, Any], kinds: set[Kind]) -> None:
        relation = self.relations[said["parent"].pk]
        for kind in sorted(kinds):
            why_not = why_not_recorded(
                kind,
                on=said["happened_on"],
                expires_on=said.get("expires_on") if kind is Kind.GIVEN else None,
                today=self.today,
                responsible=True,
                no_contact=relation.no_contact,
            )
            if why_not:
                raise forms.ValidationError(why_not)

    def drafts(self) -> list[Answer]:
        """The answers as drafts for `record_answers`."""
        shared = {name: self.cleaned_data[name] for name in ("parent", "how", "happened_on")}
        return [
            Answer(
                purpose=purpose,
                kind=self.cleaned_data[name],
                expires_on=self.cleaned_data["expires_on"],
                **shared,
            )
            for name, purpose in self.purposes.items()
            if self.cleaned_data[name]
        ]


class SetAsideForm(forms.Form):
    """Why an answer is taken out of the count."""

    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Such as: written down for the wrong child.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerFileForm(forms.Form):
    """A list of answers."""

    file = forms.FileField(
        label="The list",
        help_text="A CSV file with the columns pupil, parent, purpose, answer, on and, if you like, "
        "expires.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > _LARGEST_LIST:
            raise forms.ValidationError("This file is larger than 5 MB. Send it in parts.")
        return file
