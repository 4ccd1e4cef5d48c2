"""What may be typed in about a case: by whoever tells us, and by whoever works on it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from belisha.incidents.actions.routing import seats_of
from belisha.incidents.actions.telling import Named
from belisha.incidents.models import Case, CaseQuerySet, Outside
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.sending import SeenForm, Tiles
from belisha.people.models import Parent, Pupil, Staff, User

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int, most: int = 5000) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class PupilField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of pupils, by the name by which all staff know them, and their class."""

    def label_from_instance(self, obj: Pupil) -> str:
        return f"{obj.short_name}, {obj.school_class}" if obj.school_class else obj.short_name


class _Telling(forms.Form):
    """What everyone is asked who tells us of something: four questions, two of them to tick."""

    kind = forms.ChoiceField(label=_("What is it about?"), widget=Tiles)
    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write what you saw and heard. Use the person’s own words if you can."),
        max_length=5000,
        widget=_area(5),
    )
    about = forms.ChoiceField(label=_("Who did it?"))
    who = forms.CharField(
        label=_("Their name, or how you would describe them"), max_length=500, required=False
    )
    where = forms.CharField(label=_("Where?"), max_length=200, required=False)
    when = forms.CharField(label=_("When?"), max_length=200, required=False)
    forbidden_place = forms.BooleanField(
        label=_("It was in a toilet, or where people change"), required=False
    )
    harm = forms.BooleanField(label=_("Somebody was threatened, or may be harmed"), required=False)
    way = Way.STAFF
    KINDS: tuple[tuple[str, Any], ...] = ()
    ABOUT: tuple[tuple[str, Any], ...] = (
        (About.NOBODY, _("I do not know, or nobody")),
        (About.PUPIL, _("A pupil")),
        (About.STAFF, _("Somebody who works at the school")),
        (About.HEAD, _("The head teacher")),
        (About.CHAIR, _("The chair of governors")),
        (About.ADULT, _("A parent, or another grown-up")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        about: Any = self.fields["about"]
        kind.choices, about.choices = self.KINDS, self.ABOUT

    @property
    def details(self) -> dict[str, Any]:
        """The fields of the case."""
        names = {field.name for field in Case._meta.fields}
        typed = {name: value for name, value in self.cleaned_data.items() if name in names}
        return {"way": self.way, **typed}

    @property
    def named(self) -> list[Named]:
        """Who is part of it besides whoever tells."""
        name = self.cleaned_data.get("your_name", "")
        return [Named(Part.REPORTER, words=name)] if name else []


class FamilyForm(_Telling):
    """A parent or a visitor tells us, without an account."""

    PICTURE = "picture"
    way = Way.FAMILY
    KINDS = (
        (Kind.POST, _("A post or a message")),
        (Kind.ACCOUNT, _("An account or a group")),
        (PICTURE, _("A picture that should not be")),
        (Kind.BULLYING, _("Bullying online")),
        (Kind.ALLEGATION, _("How an adult behaved")),
        (Kind.OTHER, _("Something else")),
    )
    your_name = forms.CharField(
        label=_("Your name"),
        help_text=_("Leave this empty, and we do not ask who you are."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    @property
    def details(self) -> dict[str, Any]:
        """A picture is one of a forbidden place only where somebody says so (P.viii)."""
        typed = super().details
        if typed["kind"] == self.PICTURE:
            typed["kind"] = Kind.PLACE if typed["forbidden_place"] else Kind.POST
        return typed


class PupilForm(_Telling):
    """A pupil tells us, in the words of a child."""

    way = Way.PUPIL
    KINDS = (
        (Kind.BULLYING, _("Somebody is unkind online")),
        (Kind.POST, _("Something I saw online")),
        (Kind.PLACE, _("A phone or a camera")),
        (Kind.ALLEGATION, _("A grown-up")),
        (Kind.OTHER, _("Something else")),
    )
    ABOUT = (
        (About.NOBODY, _("I do not know")),
        (About.PUPIL, _("A child at our school")),
        (About.STAFF, _("A grown-up who works here")),
        (About.HEAD, _("The head teacher")),
        (About.ADULT, _("Another grown-up")),
    )
    your_name = forms.CharField(
        label=_("What is your name?"),
        help_text=_("You do not have to say."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "what": _("What happened?"),
            "who": _("What are they called?"),
            "forbidden_place": _("It was in the toilets or where we change"),
            "harm": _("I am scared, or somebody may get hurt"),
        }
        for name, label in words.items():
            self.fields[name].label = label
        self.fields["what"].help_text = _("Tell us in your own words. You are not in trouble.")


class StaffForm(_Telling):
    """Somebody on the staff tells us, or writes down what they were told."""

    KINDS = (("", "Choose"), *((one.value, one.label) for one in Kind))
    kind = forms.ChoiceField(label="What is it?")
    about = forms.ChoiceField(label="Whom is it about?")
    staff = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Which member of staff or governor is it about?",
        required=False,
        empty_label="None, or not known",
    )
    pupil = PupilField(
        Pupil.objects.none(), label="Which pupil?", required=False, empty_label="None"
    )
    happened_on = forms.DateField(label="On which day?", required=False, widget=_DAY)
    seen = forms.CharField(
        label="What was seen, if it was a post or a picture",
        required=False,
        max_length=5000,
        widget=_area(3),
    )
    told = forms.ChoiceField(
        label="How do you know?",
        choices=[
            (Way.STAFF, "I saw it myself"),
            (Way.SPOKEN, "I was told"),
            (Way.PHONE, "By telephone"),
            (Way.PAPER, "On paper or by mail"),
        ],
    )
    your_name = forms.CharField(
        label="Who told you", max_length=200, required=False, help_text="If it was not you."
    )
    came_from = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    came_from_ref = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff: Any = self.fields["staff"]
        pupil: Any = self.fields["pupil"]
        staff.queryset = Staff.objects.current()
        pupil.queryset = Pupil.objects.visible_to(user).current().select_related("school_class")
        self.fields["what"].help_text = "What you saw and heard, not what you think of it."
        self.order_fields(
            (
                *("kind", "what", "about", "staff", "pupil", "who", "forbidden_place", "harm"),
                *("where", "when", "happened_on", "seen", "told", "your_name"),
            )
        )

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return day

    @property
    def details(self) -> dict[str, Any]:
        typed = super().details | {"way": self.cleaned_data["told"]}
        if self.cleaned_data["staff"] and typed["about"] not in (About.HEAD, About.CHAIR):
            typed["about"] = About.STAFF
        return typed

    @property
    def named(self) -> list[Named]:
        typed, some = self.cleaned_data, super().named
        if typed["staff"]:
            some.append(Named(Part.SUBJECT, staff=typed["staff"]))
        if typed["pupil"]:
            part = Part.SUBJECT if typed["about"] == About.PUPIL else Part.HARMED
            some.append(Named(part, pupil=typed["pupil"]))
        return some


class CodeForm(forms.Form):
    """The code that whoever told us was given."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Twelve letters and numbers, such as BCDF-GHJK-2345."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class MoreForm(forms.Form):
    """Whoever told us says more, or answers."""

    words = forms.CharField(
        label=_("What else do you want to say?"), max_length=5000, widget=_area(4)
    )


class LinkForm(SeenForm):
    """An address, with what was seen there."""

    url = forms.URLField(label=_("A web address"), max_length=1000, assume_scheme="https")
    field_order = ("url", "words", "seen_at", "shows")


class PartForm(forms.Form):
    """One part of a file, as static/js/upload.js sends it."""

    upload = forms.RegexField(r"^[0-9a-f]{32}$")
    offset = forms.IntegerField(min_value=0)
    size = forms.IntegerField(min_value=1)
    name = forms.CharField(max_length=255)
    part = forms.FileField(allow_empty_file=True)


class NoteForm(forms.Form):
    words = forms.CharField(label="What happened", max_length=5000, widget=_area(5))
    shared = forms.BooleanField(label="Whoever told us may read this too", required=False)


class CorrectForm(forms.Form):
    """What was told stays; what is right stands beside it."""

    of = forms.ChoiceField(
        label="What is corrected",
        choices=[
            (one, one)
            for one in ("What happened", "Where", "When", "Who", "What was seen", "A note")
        ],
    )
    words = forms.CharField(label="What is right", max_length=3000, widget=_area(4))


class KindForm(forms.Form):
    kind = forms.ChoiceField(label="What kind of case is it?", choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.value, one.label) for one in Kind]


class PartyForm(forms.Form):
    """Somebody who is part of a case."""

    part = forms.ChoiceField(label="What are they to it?")
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label="Staff or governor", required=False, empty_label="None"
    )
    pupil = PupilField(Pupil.objects.none(), label="Pupil", required=False, empty_label="None")
    parent = forms.ModelChoiceField(
        Parent.objects.none(), label="Parent", required=False, empty_label="None"
    )
    words = forms.CharField(label="Or describe them", max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["part"].choices = [(one.value, one.label) for one in Part]
        fields["staff"].queryset = Staff.objects.current()
        fields["pupil"].queryset = (
            Pupil.objects.visible_to(user).current().select_related("school_class")
        )
        fields["parent"].queryset = Parent.objects.visible_to(user).filter(erased_at=None)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        some = [typed.get(name) for name in ("staff", "pupil", "parent", "words")]
        if sum(bool(one) for one in some) != 1:
            raise ValidationError("Choose one person, or describe one.")
        return typed

    @property
    def named(self) -> Named:
        typed = dict(self.cleaned_data)
        return Named(Part(typed.pop("part")), **typed)


class CaseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of cases, by what they are and when they were told, beside the reference."""

    def label_from_instance(self, obj: Case) -> str:
        day = timezone.localdate(obj.reported_at)
        words = Truncator(obj.what).words(8)
        return f"{obj.get_kind_display()}, {day:%-d %B %Y}, {obj.reference}: {words}"


class HandlerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of staff and governors, each with the offices by which they could work on a case."""

    def label_from_instance(self, obj: Staff) -> str:
        seats = ", ".join(sorted(one.label.lower() for one in seats_of(obj)))
        return f"{obj} ({seats})" if seats else str(obj)


class HandOverForm(forms.Form):
    to = HandlerField(
        Staff.objects.none(),
        label="Who goes on with it?",
        help_text="The head or a senior leader follows it up; the chair, if it is about the head.",
    )
    why = forms.CharField(label="Why", max_length=500, required=False)
    stays = forms.BooleanField(label="I go on working on it too", required=False, initial=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = (
            Staff.objects.current()
            .exclude(user=None)
            .exclude(pk=user.staff.pk if user.staff else 0)
            .prefetch_related("roles")
        )


class WhyForm(forms.Form):
    why = forms.CharField(label="Why", max_length=500, widget=_area(3, 500))


class QuestionForm(forms.Form):
    words = forms.CharField(
        label="Your question",
        help_text="They read it when they come back with their code. Name nobody.",
        max_length=2000,
        widget=_area(4, 2000),
    )


class ToldForm(forms.Form):
    who = forms.CharField(label="Who must be told", max_length=200)
    why = forms.CharField(label="Why they must know", max_length=300, required=False)


class SettleForm(forms.Form):
    was_told = forms.ChoiceField(
        label="Were they told?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Tiles,
    )
    how = forms.CharField(
        label="How and when, or why not",
        help_text="Such as: By telephone on Friday at 3pm, and by letter.",
        max_length=500,
        widget=_area(3, 500),
    )


class TieForm(forms.Form):
    """Another case that the person sees."""

    other = CaseField(Case.objects.none(), label="Which case?")
    why = forms.CharField(label="How they belong together", max_length=200, required=False)

    def __init__(self, *args: Any, cases: CaseQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.queryset = cases


class FilterForm(forms.Form):
    """Which of one's own cases are shown."""

    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "All"), *((one.value, one.label) for one in Kind)],
    )
    state = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "All"), ("open", "Open"), ("closed", "Closed"), ("urgent", "Urgent")],
    )
    words = forms.CharField(label="Words or reference", required=False, max_length=100)


class OfficerForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Outside
        fields = ("name", "email", "phone")


class InterestForm(forms.Form):
    """Whom somebody is close to, so that no case of theirs comes to them."""

    other_staff = forms.ModelChoiceField(
        Staff.objects.none(), label="A member of staff or governor", required=False
    )
    pupil = PupilField(Pupil.objects.none(), label="A pupil", required=False)
    parent = forms.ModelChoiceField(Parent.objects.none(), label="A parent", required=False)
    why = forms.CharField(label="How you are close", max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["other_staff"].queryset = Staff.objects.current().exclude(user=user)
        fields["pupil"].queryset = (
            Pupil.objects.visible_to(user).current().select_related("school_class")
        )
        fields["parent"].queryset = Parent.objects.visible_to(user).filter(erased_at=None)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if sum(bool(typed.get(name)) for name in ("other_staff", "pupil", "parent")) != 1:
            raise ValidationError("Choose one person.")
        return typed
