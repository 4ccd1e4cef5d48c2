"""What may be typed in about the school's documents."""

import json
from typing import Any

from django import forms

from belisha.people.models import Staff
from belisha.policy.actions.imports import MOST_BYTES
from belisha.policy.controls import CONTROLS
from belisha.policy.models import Clause, Document, Version
from belisha.policy.outline import LONGEST, Item, section_in

_NO_DAY = "Write the day like 01/09/2026."
SIZES = [
    ("substance", "It changes what we do: everybody reads it again"),
    ("small", "It only reads better: nobody reads it again"),
]


def day_field(label: str, *, required: bool = True, hint: str = "", empty: str = "") -> forms.Field:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": empty, "invalid": _NO_DAY},
    )


class AddDocumentForm(forms.Form):
    """A document that the school has besides those of the list."""

    title = forms.CharField(label="What is it called?", max_length=LONGEST["title"])
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Document.Kind.choices,
        initial=Document.Kind.POLICY.value,
        widget=forms.RadioSelect,
        help_text="Guidance from outside is read here, and not written here.",
    )


class DocumentForm(forms.Form):
    """What a document is called on the list, and who reviews it."""

    title = forms.CharField(label="Title on the list", max_length=LONGEST["title"])
    reviewer = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Who reviews it",
        required=False,
        empty_label="The head",
        help_text="This person is reminded 60, 30 and 7 days before the review is due.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = Staff.objects.current()  # type: ignore[attr-defined]


class SizeForm(forms.Form):
    """Whether a version changes the substance."""

    size = forms.ChoiceField(
        label="What kind of change is it?",
        choices=SIZES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what kind of change it is."},
        help_text="If you are not sure, choose the first. You can change it until it is issued.",
    )

    @property
    def substance(self) -> bool:
        return bool(self.cleaned_data["size"] == "substance")


class FrontForm(forms.ModelForm):  # type: ignore[type-arg]
    """What stands before the text (G.1, G.2)."""

    review_on = day_field(
        "When is the next review due?", required=False, hint="Most schools review it each year."
    )
    read_at = forms.URLField(
        label="Where can it be read?",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="The address of the page, such as that of the department.",
    )

    class Meta:
        model = Version
        fields = (
            "title",
            "author",
            "checker",
            "review_on",
            "commitment",
            "what_changed",
            "read_at",
        )
        labels = {
            "author": "Who wrote it?",
            "checker": "Who checked it?",
            "commitment": "Our safeguarding commitment",
            "what_changed": "What changed, in a few words",
        }
        help_texts = {
            "commitment": "It stands on every page that parents see.",
            "what_changed": "Those who must read it again see this first.",
        }
        widgets = {
            "commitment": forms.Textarea(attrs={"rows": 4}),
            "what_changed": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, *args: Any, document: Document, before: Version | None = None, **kwargs: Any
    ) -> None:
        self.before = before
        kwargs.setdefault("initial", {})
        if before:
            kwargs["initial"] = {name: getattr(before, name) for name in self.Meta.fields}
        super().__init__(*args, **kwargs)
        guidance = document.kind == Document.Kind.GUIDANCE
        hidden = ("author", "checker", "commitment") if guidance else ("read_at",)
        for name in hidden if document.is_main else {*hidden, "commitment"}:
            del self.fields[name]

    @property
    def front(self) -> dict[str, Any]:
        """As `actions.documents.change_front` takes it."""
        return {name: self.cleaned_data[name] for name in self.fields}

    @property
    def changed_front(self) -> dict[str, Any]:
        """What differs from before."""
        typed = self.front
        return {name: typed[name] for name in typed if typed[name] != getattr(self.before, name)}


class ClauseForm(forms.Form):
    """One clause of a draft."""

    number = forms.CharField(
        label="Number",
        required=False,
        max_length=LONGEST["number"],
        help_text="As it is printed, such as ii, 1.1 or (a). A paragraph has none.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label="Text",
        max_length=LONGEST["text"],
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write what the clause says."},
    )
    heading = forms.ChoiceField(label="Section", required=False)
    new_heading = forms.CharField(
        label="Or a new section",
        required=False,
        max_length=LONGEST["heading"],
        help_text="With its number, such as F. Visitors.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    level = forms.TypedChoiceField(
        label="How far is it set in?",
        coerce=int,
        choices=[(0, "Not at all"), (1, "Once"), (2, "Twice"), (3, "Three times")],
    )
    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, headings: dict[str, str], **kwargs: Any) -> None:
        """`headings` maps each heading of the draft to the number of its section."""
        super().__init__(*args, **kwargs)
        self.headings = headings
        self.fields["heading"].choices = [  # type: ignore[attr-defined]
            (heading, heading or "Without a heading") for heading in headings or {"": ""}
        ]

    @staticmethod
    def typed(clause: Clause) -> dict[str, Any]:
        item = clause.item
        return {
            "number": item.number,
            "text": item.text,
            "heading": item.heading,
            "level": min(item.level, 3),
            "seen": [item.number, item.heading, item.text, item.section, item.level],
        }

    def show_as_seen(self, seen: list[Any]) -> None:
        """What the other wrote has been shown with the error, so saving again is meant."""
        self.data = {**self.data.dict(), "seen": json.dumps(seen)}  # type: ignore[attr-defined]

    @property
    def item(self) -> Item:
        typed = self.cleaned_data
        new = " ".join(typed["new_heading"].split())
        heading = new or typed["heading"]
        section = section_in(new) if new else self.headings.get(heading, "")
        text = typed["text"].replace("\r\n", "\n").strip()
        return Item(typed["number"].strip(), heading, text, section, typed["level"])

    @property
    def item_seen(self) -> Item | None:
        """The clause as it was when the page was opened, unless the page cannot say."""
        seen = self.cleaned_data.get("seen")
        return Item(*seen) if isinstance(seen, list) and len(seen) == 5 else None


class HeadingForm(forms.Form):
    heading = forms.CharField(
        label="Heading",
        max_length=LONGEST["heading"],
        required=False,
        help_text="With its number, such as B. Staff.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class GovernorsForm(forms.Form):
    """That the governors approved, as the minutes say."""

    name = forms.CharField(
        label="Who approved it for the governors?",
        max_length=200,
        help_text="Such as: Dr Pegasus, chair of governors.",
        error_messages={"required": "Say who approved it."},
    )
    on = day_field("On which day?", empty="Say on which day.")
    minute = forms.CharField(
        label="Minute of the meeting",
        max_length=100,
        required=False,
        help_text="Such as: full governing board, item 7.",
    )


class CompareForm(forms.Form):
    """Which two versions to lay beside each other."""

    old = forms.ChoiceField(label="From version")
    new = forms.ChoiceField(label="To version")

    def __init__(self, *args: Any, labels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].choices = labels  # type: ignore[attr-defined]


class BindForm(forms.Form):
    """What keeps one clause."""

    control = forms.ChoiceField(
        label="Belisha keeps it",
        required=False,
        choices=[("", "Choose"), *((one.id, f"{one.id} {one.short}") for one in CONTROLS.values())],
        help_text="Its live state then stands beside the clause.",
    )
    kept_by = forms.CharField(
        label="Or people keep it: who?",
        required=False,
        max_length=200,
        help_text="Such as: the site manager.",
    )
    proof = forms.CharField(
        label="How is it proven?",
        required=False,
        max_length=300,
        help_text="Such as: a walk each term, written in the book at the gate.",
    )


class PolicyFileForm(forms.Form):
    """A document that the school has."""

    file = forms.FileField(
        label="The file",
        help_text="Word, OpenDocument, PDF, a web page, Markdown or plain text, up to 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.odt,.pdf,.html,.htm,.md,.txt"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 20 MB.")
        return file


class ForParentsForm(forms.Form):
    """What parents read about each clause; empty: nothing."""

    def __init__(self, *args: Any, clauses: list[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for clause in clauses:
            self.fields[f"clause-{clause.pk}"] = forms.CharField(
                label=f"What parents read about {clause.number or 'this paragraph'}",
                required=False,
                max_length=300,
                initial=clause.for_parents,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def words(self) -> dict[int, str]:
        """By the clause's id."""
        typed = self.cleaned_data
        return {int(name.removeprefix("clause-")): words for name, words in typed.items()}
