"""What may be typed in about campaigns."""

from datetime import date
from typing import Any

from django import forms

from belisha.consent.campaigns.whom import Whom
from belisha.consent.forms import DayInput
from belisha.consent.models import Reach
from belisha.people.models import SchoolClass

_NO_DAY = "Write the day like 01/09/2026."


class EndForm(forms.Form):
    """Until when a campaign runs, and how often it reminds."""

    answer_by = forms.DateField(
        label="Answer by",
        widget=DayInput(),
        error_messages={"required": "Say until when.", "invalid": _NO_DAY},
    )
    remind_after = forms.IntegerField(
        label="Remind every so many days",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Only those who have not answered. Leave it empty for no reminders.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day < self.today:
            raise forms.ValidationError("This day is past.")
        return day


class CampaignForm(EndForm):
    """Whom to ask, in which words, until when."""

    title = forms.CharField(
        label="What is it about?",
        max_length=80,
        help_text="Such as “Pictures this school year”. It stands in the subject of the mail.",
        error_messages={"required": "Say what it is about."},
    )
    whom = forms.ChoiceField(
        label="Whom do you ask?",
        choices=Whom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whom you ask."},
    )
    classes = forms.ModelMultipleChoiceField(
        SchoolClass.objects.none(),
        label="Which classes?",
        help_text="Only if you ask the families of some classes.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label="Your words to the families",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They stand in each mail as you type them. Name no child and no parent.",
    )
    since = forms.DateField(
        label="Ask again whoever answered before",
        required=False,
        widget=DayInput(),
        help_text="For the yearly refresh, such as 1 September. Old answers count until new ones "
        "come. Leave it empty to ask only those whose answers are missing.",
        error_messages={"invalid": _NO_DAY},
    )
    on_paper = forms.ChoiceField(
        label="Families without an email address get",
        choices=[(Reach.LETTER.value, "A printed letter"), (Reach.HAND.value, "A slip by hand")],
        widget=forms.RadioSelect,
        initial=Reach.LETTER.value,
    )

    def __init__(self, *args: Any, today: date, usual_end: date, **kwargs: Any) -> None:
        usual = {"answer_by": usual_end, "remind_after": 5}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, today=today, **kwargs)
        classes = SchoolClass.objects.current()
        self.fields["classes"].queryset = classes  # type: ignore[attr-defined]
        self.order_fields(["title", "whom", "classes", "text", "answer_by", "remind_after"])

    def clean_whom(self) -> Whom:
        return Whom(self.cleaned_data["whom"])

    def clean_on_paper(self) -> Reach:
        return Reach(self.cleaned_data["on_paper"])

    def clean_since(self) -> date | None:
        day: date | None = self.cleaned_data["since"]
        if day and day > self.today:
            raise forms.ValidationError("This day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("whom") is Whom.CLASSES and not typed.get("classes"):
            self.add_error("classes", "Tick at least one class.")
        return typed


class LettersForm(forms.Form):
    """Who gets a printed letter."""

    who = forms.ChoiceField(
        label="Who gets a letter?",
        choices=[
            ("unreached", "Those whom mail does not reach"),
            ("silent", "Everyone who has not answered"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who gets a letter."},
    )
