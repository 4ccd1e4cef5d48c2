"""What may be typed in about albums, boxes, and what families are asked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField

from belisha.consent.models import How
from belisha.devices.standing import camera_held_by, cameras_to_choose
from belisha.events.models import Event, EventQuerySet
from belisha.people.access import sees_whole_school
from belisha.people.models import SchoolClass, User
from belisha.photos.actions.answering import TOLD
from belisha.photos.asking import Asked
from belisha.photos.imaging.box import Box
from belisha.photos.models import Album

FORTNIGHT = timedelta(days=14)


class EventField(SafeModelChoiceField):  # type: ignore[misc] # django-scopes has no types
    """Events, each with its day."""

    def label_from_instance(self, event: Event) -> str:
        return f"{event}, {timezone.localtime(event.starts_at):%-d %B}"


class AlbumForm(forms.ModelForm):  # type: ignore[type-arg]
    """An album of one occasion. Teachers choose among their own classes and the whole school."""

    class Meta:
        model = Album
        fields = (
            *("title", "school_class", "event", "taken_on"),
            *("of_event", "from_device", "device"),
        )
        field_classes = {
            "school_class": SafeModelChoiceField,
            "of_event": EventField,
            "from_device": SafeModelChoiceField,
        }
        widgets = {"taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "title": "Such as Bridge day, Robins.",
            "from_device": "So that we can say when its memory is to be wiped.",
            "device": "Only if it is not in the list.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = SchoolClass.objects.current()
        if not sees_whole_school(user):
            classes = classes.filter(teachers=user.staff)
        field = self.fields["school_class"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = classes
        field.empty_label = "The whole school"
        device = self.fields["from_device"]
        assert isinstance(device, forms.ModelChoiceField)
        device.queryset = cameras_to_choose(self.instance.from_device)
        device.empty_label = "None of these"
        if self.instance._state.adding:
            if not sees_whole_school(user) and len(classes) == 1:
                self.initial["school_class"] = classes[0]
            self.initial["from_device"] = camera_held_by(user.staff)
        events = self.fields["of_event"]
        assert isinstance(events, forms.ModelChoiceField)
        events.queryset = self._events()
        events.empty_label = "None of these"
        if not events.queryset:
            del self.fields["of_event"]

    def _events(self) -> EventQuerySet:
        """Those of the day on which the pictures were taken, and of the fortnight before it."""
        typed = self.data.get("taken_on") or self.initial.get("taken_on")
        try:
            day = typed if isinstance(typed, date) else date.fromisoformat(typed or "")
        except ValueError:
            day = timezone.localdate()
        found: EventQuerySet = Event.objects.current().around(day, FORTNIGHT)
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        event, day = typed.get("of_event"), typed.get("taken_on")
        if event and day and not event.is_on(day):
            when = f"{timezone.localtime(event.starts_at):%-d %B %Y}"
            self.add_error("of_event", f"This event was on {when}. Change the one or the other.")
        return typed


class AskFamiliesForm(forms.Form):
    """One use of one picture, in words for parents, and its last day."""

    use = forms.CharField(
        label="What is it for?",
        max_length=200,
        help_text="Such as Prospectus 2027, printed, and the advert in the local paper. "
        "Name no child: every family reads the same words.",
    )
    until = forms.DateField(
        label="Until when?",
        help_text="The last day of this use. After it, no yes counts.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PaperAnswerForm(forms.Form):
    """What someone said of one picture on paper or in person."""

    who = forms.TypedChoiceField(
        label="Who answered?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who answered."},
    )
    answer = forms.ChoiceField(
        label="What did they say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what they answered."},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[(one.value, one.label.capitalize()) for one in TOLD],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it came."},
    )
    happened_on = forms.DateField(
        label="On which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say which day it was.",
            "invalid": "Write the day like 01/09/2026.",
        },
    )

    def __init__(self, *args: Any, people: Sequence[Asked], settled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.relation.pk: one.relation for one in people}
        who: Any = self.fields["who"]
        who.choices = [
            (pk, f"{tie.parent}, for {tie.pupil.short_name}") for pk, tie in self.people.items()
        ]
        said: Any = self.fields["answer"]
        # Nobody can say yes to what may still change.
        said.choices = [*([("yes", "Yes")] if settled else []), ("no", "No")]

    @property
    def said(self) -> dict[str, Any]:
        """As `answering.answer_on_paper` takes it."""
        typed = self.cleaned_data
        tie = self.people[typed["who"]]
        return {
            "pupil": tie.pupil,
            "parent": tie.parent,
            "yes": typed["answer"] == "yes",
            "how": How(typed["how"]),
            "happened_on": typed["happened_on"],
        }


class WhyForm(forms.Form):
    """Why an answer is taken out of the count."""

    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Such as: written down for the wrong parent.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why the answer is set aside."},
    )


class BoxForm(forms.Form):
    """A box in fractions of the upright picture."""

    x = forms.FloatField(min_value=-1, max_value=1)
    y = forms.FloatField(min_value=-1, max_value=1)
    w = forms.FloatField(min_value=0, max_value=2)
    h = forms.FloatField(min_value=0, max_value=2)

    @property
    def box(self) -> Box:
        return Box(**{side: self.cleaned_data[side] for side in "xywh"})


class TimesForm(forms.Form):
    """From when to when a face is in a clip, in seconds."""

    begins = forms.FloatField(min_value=0)
    ends = forms.FloatField(min_value=0)

    @property
    def between(self) -> tuple[int, int]:
        """The same in milliseconds."""
        said = self.cleaned_data
        return round(said["begins"] * 1000), round(said["ends"] * 1000)


class PartForm(forms.Form):
    """One part of a file that arrives in parts."""

    upload = forms.RegexField(r"^[0-9a-f]{32}$")
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0)
    offset = forms.IntegerField(min_value=0)
    part = forms.FileField(allow_empty_file=True)
