"""What may be typed in about purposes, agreements, readings, and how parents are told."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from belisha.people.models import Parent, Pupil, Relation, SchoolClass, Staff
from belisha.people.rules import Role
from belisha.policy.access import READERS
from belisha.policy.awareness import Channel
from belisha.policy.duties import MOST_CHOICES, Recurrence, why_no_question
from belisha.policy.models import (
    Agreement,
    AwarenessStep,
    Declaration,
    DeclarationNote,
    Document,
    How,
    HowRead,
    Purpose,
    ReadingDuty,
)
from belisha.policy.readings import Reading
from belisha.policy.rules import lines_of, why_not_written
from belisha.policy.signing import Child

_NO_DAY = "Write the day like 01/09/2026."
_WHOLE_ADDRESS = "Write the whole address, with https:// before it."


class PurposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A purpose in the school's own words."""

    substance = forms.ChoiceField(
        label="Does this change who sees the pictures?",
        choices=[("no", "No"), ("yes", "Yes: no yes from before counts, until we ask again")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this changes who sees the pictures."},
        help_text="If you are not sure, choose yes. A no from before counts in any case.",
    )

    def clean_substance(self) -> bool:
        return bool(self.cleaned_data["substance"] == "yes")

    class Meta:
        model = Purpose
        fields = ("name", "audience", "basis", "in_use")
        labels = {
            "audience": "Who will see the pictures",
            "in_use": "We use pictures for this, and ask families about it",
        }
        help_texts = {
            "audience": "Families read these words when they answer. Answers that they gave before "
            "keep the old words.",
            "basis": "A no always stops a picture, whatever the basis.",
        }


class AgreementForm(forms.Form):
    """The next version of an agreement."""

    title = forms.CharField(label="Title", max_length=100)
    text = forms.CharField(
        label="Promises",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One to a line. Use words that a child of this age can read.",
        max_length=5000,
    )

    def __init__(self, *args: Any, before: Agreement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before:
            self.fields["size"] = forms.ChoiceField(
                label="What kind of change is it?",
                widget=forms.RadioSelect,
                choices=[
                    ("substance", "It asks for something new: everybody signs again"),
                    ("small", "It only reads better: what was signed still counts"),
                ],
                error_messages={"required": "Say what kind of change it is."},
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors and (why_not := why_not_written(typed["title"], typed["text"])):
            raise forms.ValidationError(why_not)
        return typed

    @property
    def words(self) -> dict[str, Any]:
        """As `actions.agreements.draft` takes them."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "text": "\n".join(lines_of(typed["text"])),
            "small_change": typed.get("size") == "small",
        }


class ListForm(forms.Form):
    """Which part of the lists to show."""

    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Class", required=False, empty_label="All classes"
    )
    missing = forms.ChoiceField(
        label="Who is missing",
        required=False,
        choices=[
            ("", "Anyone"),
            ("children", "Children"),
            ("parents", "Parents"),
        ],
    )

    def __init__(self, *args: Any, classes: list[SchoolClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = SchoolClass.objects.filter(id__in=[one.pk for one in classes])
        self.fields["school_class"].queryset = listed  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """Which two versions to lay side by side."""

    old = forms.TypedChoiceField(label="From version", coerce=int)
    new = forms.TypedChoiceField(label="To version", coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]


class _DayField(forms.DateField):
    def __init__(self, label: str, empty: str) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": empty, "invalid": _NO_DAY},
        )


class ReadingForm(forms.Form):
    """Who was there when the agreement was read, and on which day."""

    on = _DayField("On which day?", "Say which day it was.")
    present = forms.ModelMultipleChoiceField(
        Pupil.objects.none(),
        label="Who was there?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Take the tick off those who were absent. They stay on the list.",
        error_messages={
            "required": "Tick those who were there.",
            "invalid_choice": "The class has changed since you opened the page. Look again.",
        },
    )

    def __init__(
        self, *args: Any, school_class: SchoolClass, missing: list[Child], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        present: Any = self.fields["present"]
        # Whoever signed in the meantime is not listed, and does no harm.
        present.queryset = Pupil.objects.current().filter(school_class=school_class)
        present.choices = [(child.pupil.pk, str(child.pupil)) for child in missing]


class FamiliesForm(forms.Form):
    """Which parents to show."""

    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Class", required=False, empty_label="All classes"
    )
    missing = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[("", "Everyone"), ("yes", "Who has not read it")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = SchoolClass.objects.current()  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """How and on which day something reached the school."""

    how = forms.ChoiceField(
        label="How?",
        choices=[(How.PAPER.value, "On paper"), (How.IN_PERSON.value, "In person")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it came."},
    )
    on = _DayField("On which day?", "Say which day it was.")


class PaperForm(ToldForm):
    """A counter-signature that reached the school on paper or in person."""

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signers = Relation.objects.open().responsible().filter(pupil=pupil)
        self.fields["parent"] = forms.ModelChoiceField(
            Parent.objects.filter(id__in=signers.values("parent_id")),
            label="Who signed?",
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"required": "Say who signed."},
        )
        self.order_fields(["parent"])


class SetAsideForm(forms.Form):
    """Why signatures are taken out of the count."""

    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Such as: written down for the wrong class.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why."},
    )


# Readings, reviews and declarations


class DutyForm(forms.Form):
    """Who must read what part of a document, by when, how often."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label="Document",
        empty_label=None,
        error_messages={"required": "Say which document."},
    )
    roles = forms.MultipleChoiceField(
        label="Who must read it?",
        choices=[(role.value, role.label) for role in Role if role in READERS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say who must read it."},
    )
    part = forms.CharField(
        label="Which part?",
        max_length=120,
        required=False,
        help_text="Such as: Part one and annex B. Leave it empty for all of it.",
    )
    sections = forms.CharField(
        label="Sections of the text",
        max_length=120,
        required=False,
        help_text="With commas between them, such as: B, E. Only these are shown.",
    )
    days = forms.IntegerField(
        label="Days to read it",
        min_value=1,
        max_value=200,
        initial=14,
        help_text="Counted from its issue, or from the first day of whoever joins later.",
    )
    recurrence = forms.ChoiceField(
        label="How often?",
        choices=[(one.value, one.label.capitalize()) for one in Recurrence],
        widget=forms.RadioSelect,
        initial=Recurrence.VERSION,
    )

    def __init__(self, *args: Any, duty: ReadingDuty | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if duty:
            del self.fields["document"]
            self.initial = {
                "roles": duty.roles,
                "part": duty.part,
                "sections": ", ".join(duty.sections),
                "days": duty.days,
                "recurrence": duty.recurrence,
            }
        else:
            documents: Any = self.fields["document"]
            documents.queryset = Document.objects.filter(ended_at=None)

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]

    def clean_sections(self) -> list[str]:
        typed = self.cleaned_data["sections"].split(",")
        return [section.strip(" .") for section in typed if section.strip(" .")]

    def clean_recurrence(self) -> Recurrence:
        return Recurrence(self.cleaned_data["recurrence"])


class EditionForm(forms.Form):
    """The edition of a guidance from outside that counts from now on."""

    edition = forms.CharField(
        label="Edition",
        max_length=80,
        help_text="As it stands on the cover.",
        error_messages={"required": "Write the edition."},
    )
    read_at = forms.URLField(
        label="Where it can be read",
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Write an address that begins with https://"},
    )
    what_changed = forms.CharField(
        label="What changed?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staff read this first.",
    )
    small_change = forms.BooleanField(
        label="A small edit: those who read the last edition need not read it again",
        required=False,
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["what_changed"], self.fields["small_change"]


class QuestionForm(forms.Form):
    """One question on what changed; left empty, it is not asked."""

    text = forms.CharField(label="Question", max_length=300, required=False)
    choices = forms.CharField(
        label="Answers to choose from",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One to a line.",
    )
    answer = forms.IntegerField(
        label="Which line is right?", min_value=1, max_value=MOST_CHOICES, required=False
    )
    why = forms.CharField(
        label="Why?",
        max_length=500,
        required=False,
        help_text="Shown to whoever chooses another answer.",
    )
    address = forms.ChoiceField(label="About which clause?", required=False)

    def __init__(self, *args: Any, addresses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if addresses:
            self.fields["address"].choices = [("", "None"), *addresses]  # type: ignore[attr-defined]
        else:
            del self.fields["address"]

    def clean_choices(self) -> tuple[str, ...]:
        return lines_of(self.cleaned_data["choices"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        written = any(typed.get(name) for name in ("text", "choices", "answer"))
        if written and not self.errors:
            words = typed["text"], typed["choices"], typed["answer"] or 0
            if why_not := why_no_question(*words):
                raise forms.ValidationError(why_not)
        return typed


class OnPaperForm(forms.Form):
    """A reading that the office writes down."""

    duty = forms.ModelChoiceField(
        ReadingDuty.objects.none(),
        label="What was read?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Say what was read."},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[(one.value, one.label.capitalize()) for one in HowRead if one != HowRead.WEB],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it was read."},
    )
    on = _DayField("On which day?", "Say which day it was.")

    def __init__(self, *args: Any, readings: list[Reading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting: Any = self.fields["duty"]
        waiting.queryset = ReadingDuty.objects.filter(pk__in=[one.duty.pk for one in readings])
        waiting.choices = [(one.duty.pk, one.what) for one in readings]


class ReadersForm(forms.Form):
    """Which part of the lists of readers to show, and as on which day."""

    document = forms.ModelChoiceField(
        Document.objects.none(), label="Document", required=False, empty_label="All documents"
    )
    department = forms.ChoiceField(label="Department", required=False)
    who = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[("", "Who has not read it"), ("everyone", "Everyone")],
    )
    on = forms.DateField(
        label="As on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, departments: list[str], documents: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed: Any = self.fields["document"]
        listed.queryset = Document.objects.filter(pk__in=documents)
        named = [("", "All departments"), *((one, one) for one in departments)]
        self.fields["department"].choices = named  # type: ignore[attr-defined]


class DeclarationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Two taps: what happened, and to tell the head. The rest is if one likes."""

    kind = forms.ChoiceField(
        label="What happened?",
        choices=Declaration.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what happened."},
    )
    happened_on = _DayField("When was it?", "Say when it was.")

    class Meta:
        model = Declaration
        fields = ("kind", "happened_on", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"words": "Write no child’s name here if initials will do."}


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the receiver notes."""

    class Meta:
        model = DeclarationNote
        fields = ("note",)
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "note": "The person sees that you have received it, and when. They do not see this."
        }


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is planned: the way, the day, and the words."""

    planned_on = _DayField("Planned for", "Say which day it is planned for.")

    class Meta:
        model = AwarenessStep
        fields = ("channel", "name", "planned_on", "text")
        labels = {
            "channel": "Which way?",
            "name": "What do you call it?",
            "text": "The words to use",
        }
        help_texts = {
            "name": "Such as: autumn letter, welcome evening.",
            "text": "Families will read or hear these. Keep sentences short.",
        }
        error_messages = {"channel": {"required": "Say which way it is."}}
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class DoneForm(forms.Form):
    """That it was done: when, by whom, and how that can be seen."""

    done_on = _DayField("On which day?", "Say which day it was.")
    done_by = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Who did it?",
        empty_label=None,
        error_messages={"required": "Say who did it."},
    )
    evidence = forms.CharField(
        label="How can that be seen?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: newsletter 12, page 2; sent to all families by email.",
    )
    link = forms.URLField(
        label="Address where it can be seen",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(["https", "http"], message=_WHOLE_ADDRESS)],
        error_messages={"invalid": _WHOLE_ADDRESS},
    )

    def __init__(self, *args: Any, step: AwarenessStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Staff.objects.current()
        if step.done_by_id:  # who did it may have left since
            here = here | Staff.objects.filter(pk=step.done_by_id)
        self.fields["done_by"].queryset = here  # type: ignore[attr-defined]


class EvidenceFileForm(forms.Form):
    """A file that shows that a step was done."""

    file = forms.FileField(
        label="A file that shows it",
        help_text="A PDF, JPEG or PNG, up to 10 MB. No picture of a child whose family said no.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )


class WhyForm(forms.Form):
    """Why a step is not to happen."""

    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Governors read this. Such as: we have no social feed.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why."},
    )
