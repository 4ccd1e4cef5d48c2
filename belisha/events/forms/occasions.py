"""What may be typed in about events and their spoken reminder."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField, SafeModelMultipleChoiceField

from belisha.events.models import Event
from belisha.people.models import SchoolClass, Staff
from belisha.people.rules import STAFF

DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
TIME: dict[str, Any] = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
FIELDS = ("title", "place", "kind", "comes", "filming", "speaker", "reminder", "notice")
OUR_WORDS = "Empty: our words. You see them on the event's page."


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """An event: when and where, who comes, who takes pictures, and the words about that."""

    on = forms.DateField(label="On which day?", **DAY)
    begins = forms.TimeField(label="From", **TIME)
    until = forms.TimeField(label="Until", **TIME)
    last_on = forms.DateField(
        label="Last day", help_text="Only if it ends on another day.", required=False, **DAY
    )
    classes = SafeModelMultipleChoiceField(
        label="Which classes?",
        help_text="Whose families come, or whose children go. None of them means all.",
        queryset=SchoolClass.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("title", "place", "kind", "on", "begins", "until", "last_on", "comes", "classes")

    class Meta:
        model = Event
        fields = FIELDS
        field_classes = {"speaker": SafeModelChoiceField}
        labels = {
            "title": "What is it?",
            "place": "Where?",
            "kind": "What kind?",
            "comes": "Who may come?",
            "filming": "Who may take pictures and film?",
            "speaker": "Who says the reminder aloud?",
            "reminder": "What is said aloud",
            "notice": "What parents read before it",
        }
        help_texts = {
            "title": "Such as Sports day. Families read it, so name no child.",
            "reminder": OUR_WORDS,
            "notice": OUR_WORDS,
        }
        widgets = {
            "reminder": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "notice": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["classes"]
        chosen.queryset = SchoolClass.objects.current()
        speaker: Any = self.fields["speaker"]
        speaker.queryset = Staff.objects.current().filter(roles__role__in=STAFF).distinct()
        speaker.empty_label = "Nobody yet"

    @property
    def said(self) -> dict[str, Any]:
        """As `actions.occasions` takes it."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in FIELDS},
            "starts_at": _moment(typed["on"], typed["begins"]),
            "ends_at": _moment(typed["last_on"] or typed["on"], typed["until"]),
            "classes": list(typed["classes"]),
        }


def typed_of(event: Event, *, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """What the form of an event is filled with, at these times."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {
        **{name: getattr(event, name) for name in FIELDS if name != "speaker"},
        "speaker": event.speaker_id,
        "classes": [one.school_class_id for one in event.classes.all()],
        "on": starts.date(),
        "begins": starts.time(),
        "until": ends.time(),
        "last_on": ends.date() if ends.date() != starts.date() else None,
    }


def _moment(on: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, clock))


class NoteForm(forms.Form):
    """Something to remember of the moment, where there is anything."""

    note = forms.CharField(
        label="Anything to note?",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ToldLaterForm(forms.Form):
    """That it was said, told when the event was over."""

    said_at = forms.TimeField(label="When was it said?", **TIME)
    note = forms.CharField(
        label="Who said it, and who heard it?",
        max_length=300,
        help_text="The head reads this, and accepts it or not.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def moment(self, event: Event) -> datetime:
        """That time of the event's last day: of a longer one the day on which it began."""
        return _moment(timezone.localdate(event.starts_at), self.cleaned_data["said_at"])


class WhyForm(forms.Form):
    """Why something does not count."""

    why = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why."},
    )


class FollowUpForm(forms.Form):
    """What was done about something that went wrong."""

    words = forms.CharField(
        label="What was done?",
        max_length=2000,
        help_text="Such as: we wrote to the families, and agreed who speaks next time.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done."},
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words.split()) < 3:
            raise ValidationError("Say it in a sentence, so that a governor can follow it.")
        return words
