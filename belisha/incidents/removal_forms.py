"""What may be typed in about posts that are to go, and about heavy means."""

from typing import Any

from django import forms

from belisha.channels.directory import services
from belisha.incidents.models import Case, Evidence, Measure, Post
from belisha.incidents.removal.catalogue import Harm
from belisha.incidents.removal.ladder import Answer


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that is to go from the web."""

    service = forms.ChoiceField(label="On which service?", required=False)
    url = forms.URLField(label="Address", required=False, max_length=1000, assume_scheme="https")
    harms = forms.MultipleChoiceField(
        label="What is wrong with it?",
        choices=[(one.value, one.label) for one in Harm],
        widget=forms.CheckboxSelectMultiple,
    )
    seen_at = forms.SplitDateTimeField(
        label="When did somebody see it?",
        required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "Day"},
            time_attrs={"type": "time", "aria-label": "Time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )

    class Meta:
        model = Post
        fields = (
            *("thing", "service", "where", "url", "harms", "words"),
            *("author", "runs_it", "posted", "seen_at"),
        )
        widgets = {"words": _area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, one.name) for one in services()]
        service: Any = self.fields["service"]
        service.choices = [("", "Another one"), *known]
        self.fields["posted"].help_text = "It does not matter when or where. Write what you know."
        self.fields["where"].help_text = "Such as the name of the group or page."

    def _post_clean(self) -> None:
        """The row is made by the action."""


class StepForm(forms.Form):
    """A step that was taken. The letter stands ready, and may be changed."""

    words = forms.CharField(
        label="What was sent",
        help_text="Copy this, change what you like, and send it. Then write down that you did.",
        max_length=5000,
        widget=_area(12),
    )
    to = forms.CharField(label="To whom, and how?", max_length=200)
    number = forms.CharField(
        label="Number of the report, if there is one", max_length=100, required=False
    )
    proof = forms.ModelChoiceField(
        Evidence.objects.none(), label="Proof", required=False, empty_label="None yet"
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proof: Any = self.fields["proof"]
        proof.queryset = Evidence.objects.filter(case=case)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="What came of it?",
        choices=[(one.value, one.label) for one in Answer],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="In words", max_length=2000, required=False, widget=_area(3))


class WordsForm(forms.Form):
    words = forms.CharField(label="In words", max_length=2000, widget=_area(3))


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]
    """A heavy means that is thought of."""

    class Meta:
        model = Measure
        fields = ("deed", "sort", "threat_to_life", "offered_on", "why_not", "why")
        widgets = {
            "deed": forms.RadioSelect,
            "sort": forms.RadioSelect,
            "why": _area(4),
            "offered_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("deed", "sort"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
        self.fields["threat_to_life"].help_text = "Then ring 999 now, and write it down afterwards."
        self.fields["offered_on"].help_text = "Anybody may complain. Say that first."

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("offered_on") or typed.get("why_not") or typed.get("threat_to_life")):
            self.add_error("offered_on", "Say when it was offered, or why it was not.")
        return typed

    def _post_clean(self) -> None:
        """The row is made by the action."""


class ReadForm(forms.Form):
    agrees = forms.ChoiceField(
        label="Should it be done?",
        choices=[("yes", "Yes"), ("no", "No, something lighter is enough")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Why?", max_length=2000, widget=_area(3))


class WrongForm(forms.Form):
    words = forms.CharField(
        label="What is right?",
        help_text="Leave it empty if you do not know.",
        max_length=500,
        required=False,
    )
