"""What may be typed in about archives, and about the requests of persons."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from belisha.people.models import Parent, Pupil, Staff, User
from belisha.rights.models import Item, Request
from belisha.rights.rules import Asked, Choice, Ground, Progress


class ArchiveForm(forms.Form):
    """Why everything is taken along."""

    why = forms.CharField(
        label="What is it for?",
        max_length=200,
        help_text="Such as: moving to another server. It is kept in the record of archives.",
    )


def _text(label: Any, help_text: Any = "", *, rows: int = 4, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=4000, widget=area, **more)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RequestForm(forms.Form):
    """What somebody asked, as it is written down for them: about a child, a parent or staff."""

    kind = forms.ChoiceField(
        label="What do they ask for?",
        choices=[(one.value, one.label) for one in Asked],
        widget=forms.RadioSelect,
    )
    pupil = forms.ModelChoiceField(Pupil.objects.none(), label="About a child", required=False)
    parent = forms.ModelChoiceField(Parent.objects.none(), label="Or a parent", required=False)
    staff = forms.ModelChoiceField(Staff.objects.none(), label="Or staff", required=False)
    asked_by = forms.CharField(label="Who asks?", max_length=210)
    email = forms.EmailField(
        label="Their email address", help_text="We tell them there when it takes longer.",
        required=False,
    )  # fmt: skip
    how = forms.ChoiceField(label="How did it come?", choices=Request.How.choices[1:])
    received_on = _day("When did it come?")
    words = _text("In their words", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields
        people["pupil"].queryset = Pupil.objects.filter(erased_at=None)
        people["parent"].queryset = Parent.objects.filter(erased_at=None, merged_into=None)
        people["staff"].queryset = Staff.objects.all()

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        named = [one for key in ("pupil", "parent", "staff") if (one := typed.get(key))]
        if len(named) != 1:
            raise forms.ValidationError("Choose one person whom it is about.")
        if typed.get("kind") == Asked.FILE and not typed.get("pupil"):
            raise forms.ValidationError("A file for the next school is about a child.")
        return typed

    @property
    def told(self) -> tuple[Asked, Any, dict[str, Any]]:
        typed = dict(self.cleaned_data)
        people = [typed.pop(key) for key in ("pupil", "parent", "staff")]
        return Asked(typed.pop("kind")), next(filter(None, people)), typed


class RegisterForm(forms.Form):
    """What the register shows."""

    q = forms.CharField(label="Name", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Asked for",
        choices=[("", "Any"), *((one.value, one.label) for one in Asked)],
        required=False,
    )
    state = forms.ChoiceField(
        label="How it stands",
        choices=[("", "Any"), *((one.value, one.label) for one in Progress)],
        required=False,
    )


class MyDataForm(forms.Form):
    """What a signed-in parent asks."""

    child = forms.ModelChoiceField(
        Pupil.objects.none(), label=_("About whom?"), required=False, empty_label=_("About me")
    )
    words = _text(_("Is there something you look for?"), _("You need not say why."), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        child: Any = self.fields["child"]
        child.queryset = Pupil.objects.visible_to(user) if user.parent else Pupil.objects.none()


class IdentityForm(forms.Form):
    how = forms.CharField(
        label="How do you know who asks, and that they may?",
        help_text="Such as: known to the office. Keep no copy of a passport.",
        max_length=200,
    )


class WhyForm(forms.Form):
    why = _text("Why?", "The person reads this.")


class DoneForm(forms.Form):
    why = _text("What was put right, and where?")


class WordsForm(forms.Form):
    words = _text("In the person’s own words")


class CaseForm(forms.Form):
    """Whether somebody may have their part of a case."""

    release = forms.ChoiceField(
        label="What do you decide?",
        choices=[("yes", "Release it"), ("no", "Hold it back")],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label="If you hold it back: why?",
        choices=[("", "–"), *((one.value, one.label) for one in Ground)],
        required=False,
    )
    why = _text(
        "Say more", "The person never reads it. The Commissioner or a court may.", required=False
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("release") == "no":
            for name in ("ground", "why"):
                if not typed.get(name):
                    self.add_error(name, "Say why it is held back.")
        return typed


class PartGivenForm(forms.Form):
    how = forms.CharField(
        label="How did you give it to them?", help_text="Such as: by hand.", max_length=200
    )


class GiveForm(forms.Form):
    to = forms.CharField(label="To whom?", max_length=210)
    how = forms.CharField(
        label="How?", help_text="Such as: by hand, on a stick with a password.", max_length=200
    )
    on = _day("When?")


class ArrivedForm(forms.Form):
    received_by = forms.CharField(label="Who has received it?", max_length=210)
    on = _day("When?")


class SureForm(forms.Form):
    sure = forms.BooleanField(label="I have read what goes and what stays. It cannot be undone.")


KEEP_PICTURE = "Give it, all others covered"


class ReviewForm(forms.Form):
    """For each thing whether it leaves, and why not or why with all names.

    `rest` is the button that gives all on which nothing was said, but for pictures in which a face
    may have been missed: `not_boxed` are their refs.
    """

    rest = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, items: Iterable[Item], not_boxed: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.not_boxed = list(items), not_boxed
        for item in self.items:
            self.fields[f"choice-{item.pk}"] = forms.ChoiceField(
                label=f"What to do: {item}",
                choices=[("", "Not decided yet"), *self._choices(item)],
                required=False,
                initial=item.choice,
            )
            self.fields[f"why-{item.pk}"] = forms.CharField(
                label=f"Why: {item}", max_length=300, required=False, initial=item.why
            )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for item in self.items:
            choice = typed.get(f"choice-{item.pk}")
            if choice and Choice(choice).needs_why and not typed.get(f"why-{item.pk}"):
                self.add_error(f"why-{item.pk}", "Say why.")
        return typed

    def _choices(self, item: Item) -> list[tuple[str, str]]:
        if not item.picture:
            return [(one.value, one.label) for one in Choice]
        keep = [] if item.picture in self.not_boxed else [(Choice.KEEP.value, KEEP_PICTURE)]
        return [*keep, (Choice.HIDE.value, Choice.HIDE.label)]

    @property
    def said(self) -> dict[int, tuple[str, str]]:
        return {item.pk: self._said(item) for item in self.items}

    def _said(self, item: Item) -> tuple[str, str]:
        choice, why = (self.cleaned_data[f"{name}-{item.pk}"] for name in ("choice", "why"))
        if not choice and self.cleaned_data["rest"] and item.picture not in self.not_boxed:
            choice = Choice.KEEP.value
        return choice, why

    def fields_of(self, item: Item) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"choice-{item.pk}"], self[f"why-{item.pk}"]
