"""What may be typed in about concerns and complaints: by families, and by the school."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from belisha.complaints.actions.receiving import Told
from belisha.complaints.elsewhere import WAYS
from belisha.complaints.models import Closing, Complaint, Offer
from belisha.complaints.rules import Outcome, Stage, Status, Targets
from belisha.complaints.wording import REPLY, SUBJECTS
from belisha.incidents.sending import FileForm
from belisha.people.models import Parent, Pupil, Relation, Staff, User
from belisha.people.rules import GOVERNORS

LONG, SHORT = 8000, 2000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: Any, help_text: Any = "", *, rows: int = 5, most: int = SHORT, **more: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=DAY)


class ConcernForm(forms.Form):
    """What a family tells the school. Who signed in is known, and chooses among their children."""

    subject = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("Nobody it is about will read it."),
        choices=[(one.value, words) for one, words in SUBJECTS.items()],
        widget=forms.RadioSelect,
    )
    who = forms.CharField(label=_("Is it about a person? Who?"), max_length=200, required=False)
    words = _text(_("What happened?"), _("In your own words, in any language."), rows=7, most=LONG)
    wishes = _text(_("What would put it right?"), rows=3, required=False)
    child = forms.ModelChoiceField(
        Pupil.objects.none(), label=_("Which child?"), required=False, empty_label=_("No child")
    )
    child_called = forms.CharField(label=_("Your child’s name"), max_length=210, required=False)
    class_called = forms.CharField(label=_("Your child’s class"), max_length=100, required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=210, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We write there when there is news. The mail never says what it is about."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your telephone"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    formal = forms.BooleanField(
        label=_("I have talked to the school already. Make this a formal complaint."),
        required=False,
    )

    def __init__(self, *args: Any, parent: Parent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        if parent is None:
            del self.fields["child"]
            return
        for name in ("name", "email", "phone", "child_called", "class_called"):
            del self.fields[name]
        ties = Relation.objects.filter(parent=parent).open_here()
        child: Any = self.fields["child"]
        child.queryset = Pupil.objects.filter(pk__in=ties.values("pupil"))

    @property
    def told(self) -> Told:
        typed = dict(self.cleaned_data)
        formal, child = typed.pop("formal"), typed.pop("child", None)
        if self.parent:
            typed |= {
                "name": str(self.parent),
                "email": self.parent.email,
                "phone": self.parent.phone,
            }
        return Told(typed, formal, self.parent, child)


class WriteDownForm(ConcernForm):
    """What came in another way, as the school writes it down for the family."""

    how = forms.ChoiceField(
        label="How did it come?",
        choices=[one for one in Complaint.How.choices if one[0] != Complaint.How.FORM],
        widget=forms.RadioSelect,
    )
    received_on = _day("When did it come?", "The days count from here.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["how", "received_on"])
        self.fields["words"].help_text = "In the family’s words. Say so where they are yours."
        self.fields["email"].help_text = "If the lists have this address, they can sign in to it."

    @property
    def told(self) -> Told:
        told = super().told
        told.details.pop("received_on")
        email = told.details["email"]
        known = Parent.objects.filter(email__iexact=email, erased_at=None, merged_into=None)
        parents = list(known[:2]) if email else []
        return Told(told.details, told.formal, parents[0] if len(parents) == 1 else None)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("We showed it to you when you wrote to us."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class LostForm(forms.Form):
    email = forms.EmailField(
        label=_("Your email address"), help_text=_("The one that you gave us then.")
    )


class AttachForm(FileForm):
    """A picture, a PDF or a film that goes with a concern."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen_at"]


class FamilyWordsForm(forms.Form):
    words = _text(_("Write to us"), most=LONG)


class FamilyWhyForm(forms.Form):
    words = _text(_("Why?"), _("What was not right about our answer?"))


class TakeBackForm(forms.Form):
    words = _text(_("Why?"), rows=3, required=False)


class RegisterForm(forms.Form):
    """What the register shows."""

    q = forms.CharField(label="Name", required=False, max_length=100)
    stage = forms.ChoiceField(label="Stage", required=False)
    status = forms.ChoiceField(label="How it stands", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("stage", Stage), ("status", Status)):
            field: Any = self.fields[name]
            field.choices = [("", "Any"), *((one.value, one.label) for one in kind)]


class WordsForm(forms.Form):
    words = _text("Your words", "The family reads them.", most=LONG)


class NoteForm(forms.Form):
    words = _text(
        "Note", "The family does not see it here. If they ask for a copy, they may.", most=LONG
    )


class ExtendForm(forms.Form):
    until = _day("We answer by")
    why = _text("Why do we need longer?", "The family reads this.")


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=[(one.value, one.label) for one in Outcome],
        widget=forms.RadioSelect,
    )
    reasons = _text("Reasons", "The family reads them.", rows=7, most=LONG)
    put_right = _text("What we do now", "What is put right, by when.", rows=3, required=False)


class WhyForm(forms.Form):
    words = _text("Why?", rows=3)


class MistakeForm(forms.Form):
    why = forms.CharField(label="What is wrong?", max_length=300)


class GiveForm(forms.Form):
    to = forms.ModelChoiceField(Staff.objects.none(), label="To whom?")
    why = forms.CharField(label="Why?", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = Staff.objects.current().exclude(roles=None)


class AboutForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Whom is it about?",
        help_text="For them it is gone from every page at once.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = Staff.objects.current()


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Complaint.objects.none(), label="The same as")

    def __init__(self, *args: Any, complaint: Complaint, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        seen = Complaint.objects.visible_to(user, timezone.localdate()).open()
        into.queryset = seen.exclude(pk=complaint.pk)
        into.label_from_instance = lambda one: (
            f"{one.name}, {one.received_on:%-d %B %Y}: {one.words[:60]}"
        )


class ElsewhereForm(forms.Form):
    way = forms.ChoiceField(
        label="What is it?",
        choices=[(one.key, one.title) for one in WAYS],
        widget=forms.RadioSelect,
    )
    words = _text("More for the family", rows=3, required=False)


class CloseForm(forms.Form):
    why = forms.ChoiceField(
        label="Why is it closed?",
        choices=[
            (one.value, one.label)
            for one in (Closing.Why.CONTENT, Closing.Why.TIME, Closing.Why.WITHDRAWN)
        ],
        widget=forms.RadioSelect,
    )
    words = _text("What was said", "Such as who rang, and when.", rows=3)


class PanelForm(forms.Form):
    """Three people: governors of ours, and people from elsewhere by name."""

    members = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Governors who sit",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = _text("People from elsewhere", "One name to a line.", rows=2, required=False)
    day = _day("The panel meets on")
    clock = forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="Where", max_length=200)
    papers_by = _day("Everyone has the papers by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = Staff.objects.current().filter(roles__role__in=GOVERNORS).distinct()

    @staticmethod
    def call(typed: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the panel is called with it."""
        here = timezone.get_current_timezone()
        return {
            "members": list(typed["members"]),
            "others": [
                " ".join(line.split()) for line in typed["others"].splitlines() if line.strip()
            ],
            "meets_at": _moment(typed["day"], typed["clock"], here),
            "place": typed["place"],
            "papers_by": typed["papers_by"],
        }


def _moment(day: date, clock: time, zone: Any) -> datetime:
    return datetime.combine(day, clock, zone)


class PapersForm(forms.Form):
    on = _day("Everyone was given the papers on")


class LimitForm(forms.Form):
    """How contact is limited, proposed by one and confirmed by another."""

    limit = _text("What is limited, and how can they still reach us?", rows=3)
    reasons = _text("Reasons", "What happened, and how often.", most=4000)
    tried = _text("What was tried before", most=4000)
    review_on = _day("We look at it again on", "Within half a year.")


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post with a complaint in it, and the reply that showed the way."""

    class Meta:
        model = Offer
        fields = ("where", "seen", "seen_on", "reply", "offered_on")
        labels = {
            "where": "Where is the post?",
            "seen": "What is the complaint in it?",
            "seen_on": "Seen on",
            "reply": "Your reply",
            "offered_on": "You replied on",
        }
        help_texts = {
            "where": "Its address, or the group and the day.",
            "seen": "In your words. Copy no names.",
            "reply": "Ready to use. Post it there, or send it to the person.",
        }
        widgets = {
            "seen": forms.Textarea(attrs={"rows": 3}),
            "reply": forms.Textarea(attrs={"rows": 5}),
            "seen_on": DAY,
            "offered_on": DAY,
        }

    def __init__(self, *args: Any, link: str, **kwargs: Any) -> None:
        today = timezone.localdate()
        first = {"reply": REPLY % {"link": link}, "seen_on": today, "offered_on": today}
        super().__init__(*args, **kwargs)
        self.initial = first


def _number(label: str, help_text: str = "School days", most: int = 60) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=most)


class TargetsForm(forms.Form):
    """The school's own times."""

    acknowledge = _number("We say that it arrived within")
    concern = _number("We answer a concern within")
    one = _number("We answer stage 1 within")
    two = _number("We answer stage 2 within")
    panel = _number("The panel answers within")
    go_on = _number("The family can take it further within")
    keep_years = _number("After it closed we keep it for", "Years", 10)

    @property
    def targets(self) -> Targets:
        return Targets(**self.cleaned_data)
