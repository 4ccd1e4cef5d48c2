"""What may be typed in about visitors, at the door and by staff, and about challenges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from belisha.events.actions.keeping import FEWEST, MOST
from belisha.events.models import Challenge, DoorTablet, Visitor
from belisha.people.glass import GlassField

PLAIN = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


def _words(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs=dict(PLAIN)),
    )


class VisitForm(forms.Form):
    """Who came, from where, and whom they see. A name may be in any script."""

    name = _words(_("Your name"))
    firm = _words(_("From which firm or place?"), required=False)
    sees = _words(_("Whom do you come to see?"), help_text=_("Or what for, such as the boiler."))


class SignInForm(VisitForm):
    """A visitor signs in. Whoever takes pictures for the school signs for it."""

    accepts = forms.BooleanField(
        label=_("I will do so."),
        error_messages={"required": _("Tick this to come in, or talk to the office.")},
    )
    takes_pictures = forms.BooleanField(
        label=_("I come to take pictures or to film, and the school knows."), required=False
    )
    signature = GlassField(label=_("Your signature, if you take pictures"), required=False)
    # The words as they stood on the page: what somebody accepts is what they read.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rule: str) -> None:
        super().__init__(data, initial={"shown": rule})
        self.rule = rule

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        unsigned = typed.get("takes_pictures") and not typed.get("signature")
        if unsigned and "signature" not in self.errors:
            self.add_error("signature", _("Sign here, since you take pictures."))
        if "\n".join(typed.get("shown", "").splitlines()) != self.rule:
            self.add_error("accepts", _("The words have changed. Read them again."))
            data: Any = self.data
            self.data = data.copy()
            self.data.update({"shown": self.rule})  # type: ignore[attr-defined]
        return typed


class SignOutForm(forms.Form):
    """The code of the badge, or one's own name: the page tells nobody who is there."""

    who = forms.CharField(
        label=_("The code on your badge, or your whole name"),
        max_length=200,
        widget=forms.TextInput(attrs=dict(PLAIN)),
        error_messages={"required": _("Type the code on your badge, or your name.")},
    )


class CorrectForm(VisitForm):
    """The same, put right by the office."""

    def __init__(self, data: Any = None, *, visitor: Visitor) -> None:
        initial = {name: getattr(visitor, name) for name in ("name", "firm", "sees")}
        super().__init__(data, initial=initial)
        for name, label in (("name", "Name"), ("firm", "From"), ("sees", "Comes to see")):
            self.fields[name].label = label


class TabletForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a tablet stands."""

    class Meta:
        model = DoorTablet
        fields = ("name",)
        help_texts = {"name": "Such as Front door."}


class ChallengeForm(forms.Form):
    """Where, what, and by which button how it ended; the rest if anybody has the time."""

    place = forms.ChoiceField(
        label="Where?",
        choices=Challenge.Place.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say where."},
    )
    what = forms.ChoiceField(
        label="What did they do?",
        choices=Challenge.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what they did."},
    )
    visitor = SafeModelChoiceField(
        label="Which visitor?",
        queryset=Visitor.objects.none(),
        required=False,
        empty_label="Somebody else, or I do not know",
    )
    words = forms.CharField(
        label="More words",
        max_length=500,
        required=False,
        help_text="Name no child.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    done = forms.ChoiceField(
        choices=Challenge.Done.choices,
        widget=forms.HiddenInput,
        error_messages={"required": "Tap how it ended."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visitor: Any = self.fields["visitor"]
        visitor.queryset = Visitor.objects.inside().order_by("name")


class PeriodForm(forms.Form):
    """How many months one kind of record is kept."""

    months = forms.IntegerField(
        label="Months",
        min_value=FEWEST,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
