"""What may be typed in about devices: what they are, out and in, wiped, lost, counted."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django_scopes.forms import SafeModelChoiceField, SafeModelMultipleChoiceField

from belisha.devices.models import (
    Condition,
    Device,
    Loan,
    Loss,
    Memory,
    Plan,
    borrowing_staff,
)
from belisha.events.models import Event, EventQuerySet
from belisha.people.glass import TYPED, GlassField
from belisha.people.models import SchoolClass, Staff, StaffQuerySet
from belisha.people.rules import fits


def _staff(label: str, among: StaffQuerySet, *, required: bool = True, hint: str = "") -> Any:
    return SafeModelChoiceField(
        queryset=among,
        label=label,
        required=required,
        help_text=hint,
        empty_label="Choose a name" if required else "Nobody",
        error_messages={"required": "Choose who it is."},
    )


def _day(label: str, *, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _moment(label: str, *, required: bool = False, hint: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Say a day and a time."},
    )


def _words(label: str, *, required: bool = True, hint: str = "", longest: int = 200) -> Any:
    return forms.CharField(label=label, required=required, max_length=longest, help_text=hint)


class DeviceForm(forms.ModelForm):  # type: ignore[type-arg]
    """One device in the register."""

    people = SafeModelMultipleChoiceField(
        queryset=Staff.objects.none(),
        label="Which people?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for named people.",
    )

    class Meta:
        model = Device
        fields = (
            *("name", "kind", "lives_in", "users", "school_class", "people", "condition"),
            *("takes_pictures", "serial"),
        )
        field_classes = {"school_class": SafeModelChoiceField}
        labels = {
            "name": "Name on its label",
            "kind": "What is it?",
            "lives_in": "Where is it kept?",
            "users": "Who may use it?",
            "school_class": "Which class?",
            "condition": "How is it?",
        }
        help_texts = {
            "name": "Such as Robins camera.",
            "lives_in": "A place that is locked, such as Cupboard in the office.",
            "school_class": "Only for the staff of one class.",
        }
        widgets = {"users": forms.RadioSelect, "condition": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["school_class"].queryset = SchoolClass.objects.current()
        fields["school_class"].empty_label = "No class"
        fields["people"].queryset = borrowing_staff()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("users") == Device.Users.CLASS and not typed.get("school_class"):
            self.add_error("school_class", "Choose the class.")
        if typed.get("users") == Device.Users.NAMED and not typed.get("people"):
            self.add_error("people", "Tick whoever may use it.")
        return typed


class RegisterForm(forms.Form):
    """Which devices to show."""

    q = forms.CharField(label="Words", required=False, max_length=100)
    shown = forms.ChoiceField(
        label="How they stand",
        required=False,
        choices=[
            ("", "In use"),
            ("out", "Out"),
            ("late", "Late"),
            ("wipe", "To be wiped"),
            ("lost", "Lost"),
            ("retired", "Not in use any more"),
        ],
    )


class _SignedForm(forms.Form):
    """A form that a person signs whose name stands in the field `who`."""

    who = "holder"
    signed = GlassField(label="Sign here")
    typed_name = _words(
        "Your name, if you do not draw", required=False, hint="Tick the box above it, too."
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        person, name = typed.get(self.who), typed.pop("typed_name", "")
        if person and typed.get("signed") == TYPED and not _same(person, name):
            self.add_error("typed_name", f"Type your name as it stands above: {person}.")
        return typed


def _same(person: Staff, name: str) -> bool:
    return bool(name.strip()) and person.name.casefold() == " ".join(name.split()).casefold()


class SignOutForm(_SignedForm):
    """Who takes a device, for what, and until when."""

    holder = _staff("Who takes it?", Staff.objects.none())
    plan = SafeModelChoiceField(
        queryset=Plan.objects.none(),
        label="Does it leave the school?",
        required=False,
        empty_label="No, it stays in school",
    )
    purpose = _words("What for?", required=False)
    due_at = _moment("When does it come back?", hint="Empty: when school ends, or the visit does.")
    field_order = ("holder", "plan", "purpose", "due_at", "signed", "typed_name")

    def __init__(self, *args: Any, device: Device, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["holder"].queryset = device.borrowers
        fields["plan"].queryset = plans
        if not plans:
            del self.fields["plan"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        plan, holder = typed.setdefault("plan", None), typed.get("holder")
        if plan and holder and plan.holder_id != holder.pk:
            raise ValidationError({"plan": f"The head agreed that {plan.holder} takes it."})
        return typed


class SignInForm(_SignedForm):
    """Who brings a device back, how it is, and what is on it."""

    who = "brought_by"
    brought_by = _staff("Who brings it?", Staff.objects.none())
    memory = forms.ChoiceField(
        label="What is on it?",
        choices=[(one.value, one.label) for one in (Memory.WIPED, Memory.UNUSED, Memory.FULL)],
        widget=forms.RadioSelect,
    )
    condition = forms.ChoiceField(
        label="How is it?", choices=Condition.choices, widget=forms.RadioSelect
    )
    field_order = ("brought_by", "memory", "condition", "signed", "typed_name")

    def __init__(self, *args: Any, loan: Loan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        holder_first = Case(When(pk=loan.holder_id, then=0), default=1)
        fields["brought_by"].queryset = borrowing_staff().order_by(holder_first, "name", "id")
        if not loan.device.takes_pictures:
            del self.fields["memory"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        typed.setdefault("memory", Memory.NOT_ASKED)
        return typed


class DueForm(forms.Form):
    """When a device comes back after all."""

    due_at = _moment("When does it come back?", required=True)


class WipeForm(forms.Form):
    """That a memory was wiped, and who saw it."""

    wiped = forms.IntegerField(label="How many pictures were deleted?", min_value=0, required=False)
    why = _words("Why are they more or fewer?", required=False, longest=300)
    wiper = _staff("Who wiped it?", Staff.objects.none())
    witness = _staff(
        "Who else looked?", Staff.objects.none(), required=False, hint="Somebody else signs below."
    )
    signed = GlassField(label="Whoever looked signs here", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["wiper"].queryset = fields["witness"].queryset = borrowing_staff()


class LostForm(forms.Form):
    """What is known of a lost device. Whoever reports it is not asked who is to blame."""

    held = forms.ChoiceField(
        label="Are pictures on it?", choices=Loss.Held.choices, widget=forms.RadioSelect
    )
    last_seen = _words("When and where was it last seen?", required=False)


class FoundForm(forms.Form):
    where = _words("Where was it?", required=False)


class FollowUpForm(forms.Form):
    words = forms.CharField(
        label="What was done?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Such as whom you told, and what you locked or wiped from afar.",
    )


class RetireForm(forms.Form):
    """What became of a device that is no longer used."""

    became = _words("What became of it?", hint="Such as given to a recycler.", required=False)
    wiped = forms.BooleanField(label="Everything on it was wiped for good", required=False)


class PlanForm(forms.Form):
    """A visit to which a device is taken."""

    device = SafeModelChoiceField(
        queryset=Device.objects.none(), label="Which device?", empty_label="Choose one"
    )
    holder = _staff("Who takes it?", Staff.objects.none())
    visit = SafeModelChoiceField(
        queryset=Event.objects.none(),
        label="Which visit?",
        required=False,
        empty_label="Another one, named below",
    )
    title = _words("What is the visit?", required=False, longest=120)
    place = _words("Where does it go?", required=False, longest=120)
    leaves_on = _day("It leaves the school on")
    back_on = _day("It is back on")
    purpose = _words("What is it for?", hint="Such as pictures of our walk, for the class page.")

    def __init__(self, *args: Any, visits: EventQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["device"].queryset = Device.objects.in_use()
        fields["holder"].queryset = borrowing_staff()
        fields["visit"].queryset = visits
        if not visits:
            del self.fields["visit"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        typed.setdefault("visit", None)
        first, last = typed.get("leaves_on"), typed.get("back_on")
        if first and last and last < first:
            self.add_error("back_on", "This is before it leaves.")
        return typed


class TickForm(forms.Form):
    """What was found of one device in a stock check."""

    device = SafeModelChoiceField(queryset=Device.objects.none())
    seen = forms.ChoiceField(choices=[("yes", "There"), ("no", "Not there")])
    condition = forms.ChoiceField(choices=Condition.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["device"]
        field.queryset = Device.objects.in_use()


class LoansForm(forms.Form):
    """Which loans to show."""

    q = forms.CharField(label="Device or person", required=False, max_length=100)
    first = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def found(self) -> list[Loan]:
        """The loans of these days and words, the newest first."""
        asked = self.cleaned_data if self.is_valid() else {}
        loans = Loan.objects.select_related("device", "holder", "brought_by", "plan__visit")
        first: date | None = asked.get("first")
        last: date | None = asked.get("last")
        if first:
            loans = loans.filter(out_at__date__gte=first)
        if last:
            loans = loans.filter(out_at__date__lte=last)
        typed = asked.get("q", "")
        return [one for one in loans if not typed or fits(typed, one.device.name, one.who)]
