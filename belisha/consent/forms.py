"""What may be typed in about answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from belisha.consent.access import classes_seen_by, pupils_seen_by
from belisha.consent.models import Answer, How, Sheet
from belisha.consent.register import Sort
from belisha.consent.rules import Fact, Kind
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, User
from belisha.policy.models import Purpose

_FACTS = [("", "Any answer"), *((fact.value, fact.label) for fact in Fact)]
_LEAVE = "leave"
_ANSWERS = [(Kind.GIVEN.value, "Yes"), (Kind.REFUSED.value, "No"), (_LEAVE, "Leave")]
_TOLD = [How.PAPER, How.PHONE, How.IN_PERSON]
_EACH = " They are asked again for each picture; a no here stops them all."
_NO_DAY = "Write the day like 01/09/2026."
_LARGEST_LIST = 5 << 20


class RegisterForm(forms.Form):
    """Which part of the register to show."""

    words = forms.CharField(label="Name", required=False, max_length=60)
    state = forms.ChoiceField(label="Answer", required=False, choices=_FACTS)
    sort = forms.ChoiceField(
        label="In the order of", required=False, choices=[(sort.value, sort.label) for sort in Sort]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = pupils_seen_by(user).values("school_class")
        self.fields["school_class"] = forms.ModelChoiceField(
            SchoolClass.objects.current().filter(id__in=classes),
            label="Class",
            required=False,
            empty_label="All classes",
        )
        self.fields["purpose"] = forms.ModelChoiceField(
            Purpose.objects.in_use(),
            label="Purpose",
            required=False,
            empty_label="All purposes",
            to_field_name="key",
        )
        self.order_fields(["words", "school_class", "purpose", "state", "sort"])


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class _ParentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Who answers for a child, with a word about those whose yes cannot count."""

    def __init__(self, pupil: Pupil) -> None:
        relations = Relation.objects.responsible().filter(pupil=pupil)
        self.barred = set(relations.filter(no_contact=True).values_list("parent_id", flat=True))
        super().__init__(
            Parent.objects.filter(id__in=relations.values("parent_id")),
            label="Who answered?",
            error_messages={"required": "Say who answered."},
            widget=forms.RadioSelect,
            empty_label=None,
        )

    def label_from_instance(self, parent: Model) -> str:
        note = " (an order forbids contact: only a no counts)" if parent.pk in self.barred else ""
        return f"{parent}{note}"


class AnswersForm(forms.Form):
    """What one person said about one child, for several purposes at once. Nothing is pre-ticked."""

    how = forms.ChoiceField(
        label="How?",
        error_messages={"required": "Say how the answer came."},
        choices=[(how.value, how.label.capitalize()) for how in _TOLD],
        widget=forms.RadioSelect,
    )
    happened_on = forms.DateField(
        label="On which day?",
        widget=DayInput(),
        help_text="The day on the form, or of the call.",
        error_messages={"required": "Say which day it was.", "invalid": _NO_DAY},
    )
    expires_on = forms.DateField(
        label="Last day of a yes",
        widget=DayInput(),
        required=False,
        error_messages={"invalid": _NO_DAY},
        help_text="Leave this empty unless the family said that their yes ends.",
    )

    def __init__(
        self, *args: Any, pupil: Pupil, purposes: Iterable[Purpose], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _ParentField(pupil)
        self.purposes = {f"to-{purpose.key}": purpose for purpose in purposes}
        for name, purpose in self.purposes.items():
            self.fields[name] = forms.ChoiceField(
                label=purpose.name,
                help_text=f"{purpose.audience}{_EACH if purpose.each_picture else ''}",
                choices=_ANSWERS,
                widget=forms.RadioSelect,
                required=False,
            )

        self.order_fields(["parent"])

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.purposes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self._ticked() and not any(name in self.errors for name in self.purposes):
            raise forms.ValidationError("Choose yes or no for at least one purpose.")
        return said

    def _ticked(self) -> dict[str, str]:
        said = {name: self.cleaned_data.get(name) for name in self.purposes}
        return {name: kind for name, kind in said.items() if kind and kind != _LEAVE}

    def drafts(self) -> list[Answer]:
        """The answers as drafts for `record_answers`."""
        shared = {name: self.cleaned_data[name] for name in ("parent", "how", "happened_on")}
        return [
            Answer(
                purpose=self.purposes[name],
                kind=kind,
                expires_on=self.cleaned_data["expires_on"],
                **shared,
            )
            for name, kind in self._ticked().items()
        ]


class SheetForm(forms.Form):
    """An event, and the classes that come to it, of those whose answers the person may see."""

    title = forms.CharField(
        label="Event",
        max_length=80,
        help_text="Such as Sports day. Name no child here.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(label="Date", widget=DayInput(), error_messages={"invalid": _NO_DAY})
    classes = forms.ModelMultipleChoiceField(
        SchoolClass.objects.none(),
        label="Which classes come?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="You can add single children afterwards.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        sheet: Sheet | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        if sheet:
            chosen = list(sheet.classes.values_list("school_class", flat=True))
            initial = {"title": sheet.title, "on": sheet.on, "classes": chosen}
        super().__init__(data, initial=initial)
        self.fields["classes"].queryset = classes_seen_by(user)  # type: ignore[attr-defined]


class SetAsideForm(forms.Form):
    """Why an answer is taken out of the count."""

    why = forms.CharField(
        label="Why?",
        error_messages={"required": "Say why the answer is set aside."},
        max_length=200,
        help_text="Such as: written down for the wrong child.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerFileForm(forms.Form):
    """A list of answers."""

    file = forms.FileField(
        label="The list",
        error_messages={"required": "Choose the list first.", "empty": "This file is empty."},
        help_text="A CSV file with the columns pupil, parent, purpose, answer, on and expires.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > _LARGEST_LIST:
            raise forms.ValidationError("This file is larger than 5 MB. Send it in parts.")
        return file
