"""What may be typed in about albums and boxes."""

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from belisha.people.access import sees_whole_school
from belisha.people.models import SchoolClass, User
from belisha.photos.imaging.box import Box
from belisha.photos.models import Album


class AlbumForm(forms.ModelForm):  # type: ignore[type-arg]
    """An album of one occasion. Teachers choose among their own classes and the whole school."""

    class Meta:
        model = Album
        fields = ("title", "school_class", "event", "taken_on", "device")
        field_classes = {"school_class": SafeModelChoiceField}
        widgets = {"taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "title": "Such as Bridge day, Robins.",
            "device": "Such as Robins iPad 3.",
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


class BoxForm(forms.Form):
    """A box in fractions of the upright picture."""

    x = forms.FloatField(min_value=-1, max_value=1)
    y = forms.FloatField(min_value=-1, max_value=1)
    w = forms.FloatField(min_value=0, max_value=2)
    h = forms.FloatField(min_value=0, max_value=2)

    @property
    def box(self) -> Box:
        return Box(**{side: self.cleaned_data[side] for side in "xywh"})


class PartForm(forms.Form):
    """One part of a file that arrives in parts."""

    upload = forms.RegexField(r"^[0-9a-f]{32}$")
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0)
    offset = forms.IntegerField(min_value=0)
    part = forms.FileField(allow_empty_file=True)
