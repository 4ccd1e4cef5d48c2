"""What may be typed in about a device: taken, received, tried, given back, put right."""

from typing import Any

from django import forms
from django.utils import timezone

from belisha.devices.confiscations.stands import family_to_contact
from belisha.devices.models import Confiscation, ContactTry, Exemption, Matter, Returned, Stored
from belisha.devices.models.confiscations import During, Kind, Power, State, WayHome, Where
from belisha.people.calendar import Hour
from belisha.people.glass import GlassField
from belisha.people.models import Parent, Pupil, Staff
from belisha.policy.sanctions import NOTHING, Step

USUALLY_DURING = {
    Hour.BEFORE: During.AROUND,
    Hour.LESSON: During.LESSON,
    Hour.BREAK: During.BREAK,
    Hour.AFTER: During.EVENT,
    Hour.CLOSED: During.EVENT,
}


def _moment(label: str, help_text: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": "Write a day and a time, such as 20/11/2026 14:30."},
    )


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def _buttons(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect
    )


class TakeForm(forms.Form):
    """A device is taken. Short enough for a minute on a phone, in a corridor."""

    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices)
    description = forms.CharField(
        label="What does it look like?",
        max_length=120,
        help_text="Such as: black, in a red case. Write no name of a child.",
    )
    power = _buttons("How is it now?", Power.choices)
    not_unlocked = forms.BooleanField(label="Nobody unlocked it", required=False)
    not_searched = forms.BooleanField(label="Nobody looked through it", required=False)
    where = forms.ChoiceField(label="Where was it?", choices=[("", "Choose"), *Where.choices])
    way_home = _buttons("How does the child get home without it?", WayHome.choices)
    despite = _words(
        "Whom did you ask in the office, and what did they say?",
        "Only if you take what this child may have.",
        required=False,
    )
    during = forms.ChoiceField(label="When in the day?", choices=During.choices)
    seized_at = _moment("When exactly?")
    condition = forms.CharField(
        label="Its condition",
        max_length=200,
        required=False,
        help_text="Such as: the screen is cracked.",
    )
    why = _words("Anything else?", "What happened, in a few words.", required=False)
    opened_why = _words(
        "Only if it was unlocked or searched: why, and by whom?",
        "The head reads it.",
        required=False,
    )

    AT_ONCE = (
        *("kind", "description", "power", "not_unlocked", "not_searched", "where", "way_home"),
    )
    MORE = ("during", "seized_at", "condition", "why", "opened_why")

    def __init__(self, *args: Any, exempt: bool, hour: Hour, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": Kind.PHONE, "during": USUALLY_DURING[hour]}
        super().__init__(*args, **kwargs)
        if not exempt:
            del self.fields["despite"]

    @property
    def at_once(self) -> list[forms.BoundField]:
        """What is always asked; the question about an exemption where there is one."""
        asked = ("despite",) if "despite" in self.fields else ()
        return [self[name] for name in (*asked, *self.AT_ONCE)]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def more_is_wrong(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        typed.setdefault("despite", "")
        return typed


class CorrectForm(forms.Form):
    words = _words(
        "What is right?",
        "Such as: it was blue, not black. What was written first stays to be read.",
    )


class UndoForm(forms.Form):
    how = _buttons("What happened?", Confiscation.Undone.choices)
    why = _words("Why?")


class WhyForm(forms.Form):
    why = _words("Why?")


class ReceiveForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a device lies in the office, and whether it is as it was described."""

    fits = _buttons(
        "Does it look as it was described?",
        [("yes", "Yes"), ("no", "No, something is different")],
    )
    difference = _words("What is different?", "The head reads it.", required=False)

    class Meta:
        model = Stored
        fields = ("envelope", "shelf")
        help_texts = {"shelf": "Such as: the locked cupboard, top shelf."}

    @property
    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "fits": self.cleaned_data["fits"] == "yes"}


def _of_family(pupil: Pupil, label: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """Those of the family with whom the school may speak about the child."""
    ties = family_to_contact(pupil)
    field = forms.ModelChoiceField(Parent.objects.filter(pk__in=ties.values("parent")), label=label)
    field.empty_label = "Choose"
    return field


class TryForm(forms.Form):
    """One try to reach a parent."""

    how = _buttons("How?", ContactTry.How.choices)
    reached = _buttons("Did you reach them?", [("yes", "Yes"), ("no", "No")])
    agreed = _words(
        "What did you agree?", "Such as: the mother comes at 15:30. Ask about the way home.",
        required=False,
    )  # fmt: skip
    tried_at = _moment("When?")

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _of_family(pupil, "Whom?")
        self.order_fields(["parent"])

    @property
    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "reached": self.cleaned_data["reached"] == "yes"}


class WriteForm(forms.Form):
    """To whom a mail or a letter goes."""

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _of_family(pupil, "To whom?")


class KeepForm(forms.Form):
    """Asking the head to let a device stay."""

    until = _day("Until the end of which school day?")
    why = _words("Why does it stay?", "Such as: nobody could be reached until 15:30.")


class CollectForm(forms.Form):
    """An adult collects the device and signs for it."""

    adult = forms.CharField(
        label="Or another adult whom that parent named",
        max_length=120,
        required=False,
        help_text="Write their name. The parent above told you that they may have it.",
    )
    identity = _buttons("How do you know who they are?", Returned.Identity.choices)
    same_condition = _buttons("Is it as it was when it was taken?", [("yes", "Yes"), ("no", "No")])
    words = _words("What is not as it was, or anything else?", required=False)
    signature = GlassField(label="They sign that they have it")

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _of_family(pupil, "Who collects it?")
        self.order_fields(["parent"])

    @property
    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "same_condition": self.cleaned_data["same_condition"] == "yes"}


class HandBackForm(forms.Form):
    """The child has it again, because somebody decided so."""

    decided_by = forms.ModelChoiceField(Staff.objects.none(), label="Who decided it?")
    words = _words("Why?", "Such as: it is the first time, and the child needs it to get home.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decided_by"]
        field.queryset, field.empty_label = Staff.objects.current(), "Choose"


class PassOnForm(HandBackForm):
    """It went to somebody who is not the family, or nobody knows where it is."""

    how = _buttons(
        "What became of it?",
        [
            choice
            for choice in Returned.How.choices
            if choice[0] not in (Returned.How.COLLECTED, Returned.How.PUPIL)
        ],
    )
    reference = forms.CharField(
        label="Who has it now, and their reference",
        max_length=120,
        required=False,
        help_text="Such as: PC Invented, crime number 12/345.",
    )
    field_order = ("how", "reference", "decided_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What happened?"
        self.fields["words"].help_text = ""


class SanctionForm(forms.Form):
    """What follows by the ladder. The step that it suggests is not chosen for anyone."""

    chosen = _buttons("What follows?", [])
    why = _words(
        "Why?", "Only if you choose another step than the ladder suggests.", required=False
    )

    def __init__(self, *args: Any, steps: tuple[Step, ...], usual: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        names = [
            (one.title, f"{one.title} (suggested)" if one == usual else one.title) for one in steps
        ]
        field.choices = [*names, (NOTHING, NOTHING)]


class MatterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something is wrong with a device: the head is told."""

    class Meta:
        model = Matter
        fields = ("kind", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class OutcomeForm(forms.Form):
    outcome = _words("What was done about it?")


class ExemptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A device that a pupil may have. Why is asked nowhere."""

    class Meta:
        model = Exemption
        fields = ("kind", "named", "says", "until")
        help_texts = {
            "named": "Only for another device.",
            "says": "Such as: it stays switched on in the bag. Write no reason and no illness.",
            "until": "A year at most. Then somebody looks at it again.",
        }
        widgets = {"until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class FindForm(forms.Form):
    """Looking through the register."""

    child = forms.CharField(label="Child", required=False, max_length=100)
    state = forms.ChoiceField(
        label="How it stands", required=False, choices=[("", "All"), *State.choices]
    )
