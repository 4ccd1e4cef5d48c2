"""What may be typed in while a case is worked on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from belisha.incidents.actions.bundles import For
from belisha.incidents.actions.needs import Typed
from belisha.incidents.forms import CaseField
from belisha.incidents.models import Case, Party, Reply
from belisha.incidents.removal.ladder import DAYS
from belisha.incidents.rules import Kind
from belisha.incidents.working import keeping
from belisha.incidents.working.closing import ForStaff, Outcome
from belisha.incidents.working.kinds import KINDS, Form, Need, Question, Sheet
from belisha.people.models import Staff
from belisha.policy.controls import CONTROLS
from belisha.policy.controls import Kind as ClauseKind
from belisha.policy.models import ladder_of
from belisha.policy.sanctions import BULLYING


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SheetForm(forms.Form):
    """A sheet of questions. Nothing must be answered; what was answered stands there."""

    def __init__(
        self, *args: Any, sheet: Sheet, replies: dict[tuple[str, str], Reply], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for question in sheet.questions:
            there = replies.get((sheet.key, question.key))
            self.fields[question.key] = _field_of(question, there.value if there else "")
            if question.reasons:
                self.fields[f"{question.key}-why"] = forms.CharField(
                    label=f"Why? ({question.asks})",
                    required=False,
                    max_length=2000,
                    widget=_area(2),
                    initial=there.why if there else "",
                )

    @property
    def typed(self) -> dict[str, Typed]:
        said = self.cleaned_data
        return {
            one.key: Typed(_as_text(said[one.key]), (said.get(f"{one.key}-why") or "").strip())
            for one in self.sheet.questions
        }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for one in self.sheet.questions:
            if one.reasons and typed.get(one.key) and not typed.get(f"{one.key}-why"):
                self.add_error(f"{one.key}-why", "Say why. An answer counts with its reasons.")
        return typed


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _field_of(question: Question, initial: str) -> forms.Field:
    clause = f"Clause {question.clause}. " if question.clause else ""
    said: dict[str, Any] = {
        "label": question.asks,
        "help_text": f"{clause}{question.help}".strip(),
        "required": False,
        "initial": initial,
    }
    if question.form is Form.DAY:
        return forms.DateField(widget=_day(), **said)
    if question.form is Form.WORDS:
        return forms.CharField(max_length=2000, widget=_area(2), **said)
    choices = [*question.choices, ("", "Not answered")]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)


class TaskForm(forms.Form):
    what = forms.CharField(label="What is to be done?", max_length=300)
    days = forms.IntegerField(
        label="Within how many working days?",
        required=False,
        min_value=0,
        max_value=60,
        help_text="Working days of the local authority. Leave it empty if it can wait.",
    )
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label="Who does it?", required=False, empty_label="Any of us"
    )

    def __init__(self, *args: Any, staff: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["staff"]
        choice.queryset = staff


class FinishForm(forms.Form):
    needed = forms.ChoiceField(
        label="Was it done?",
        choices=[("yes", "Yes"), ("no", "No, it is not needed")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What came of it, or why is it not needed?", max_length=2000, widget=_area(3)
    )


class BreachedForm(forms.Form):
    clauses = forms.MultipleChoiceField(
        label="Which clauses were breached?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Their text is that of the policy on the day when it happened.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["clauses"]
        field.choices = [
            (one.id, f"{one.id}: {one.short}")
            for one in CONTROLS.values()
            if one.kind is not ClauseKind.RIGHT and not one.id.startswith("G.")
        ]


class _PartyForm(forms.Form):
    """Choosing somebody who is part of the case."""

    party = forms.ModelChoiceField(Party.objects.none(), label="Who?", empty_label=None)

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["party"]
        choice.queryset = parties


class SanctionForm(_PartyForm):
    step = forms.CharField(label="Which sanction?", max_length=80)
    why = forms.CharField(label="Why this one?", max_length=1000, widget=_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = " · ".join(one.title for one in ladder_of(BULLYING))
        self.fields[
            "step"
        ].help_text = (
            f"Your ladder, from the first on: {steps}. A person who knows the child decides."
        )


class WhyForm(forms.Form):
    why = forms.CharField(label="Why?", max_length=1000, widget=_area(3))


class SupportForm(_PartyForm):
    words = forms.CharField(
        label="What helps?",
        max_length=2000,
        widget=_area(3),
        help_text="What they asked for, who looks after it, who at home knows.",
    )
    ask_again_on = forms.DateField(label="Ask again on", required=False, widget=_day())


class OutcomeForm(_PartyForm):
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=[(one.value, one.label) for one in ForStaff],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="What was decided, and why?", max_length=5000, widget=_area(4))
    readers = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Who else may read this?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="You may. Nobody else does, also of those who work on the case.",
    )

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["readers"]
        choice.queryset = staff


class FollowUpForm(forms.Form):
    words = forms.CharField(
        label="What was done to follow it up?",
        max_length=5000,
        widget=_area(5),
        help_text="Whom you met, what was agreed, how it is now for whoever was harmed.",
    )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    words = forms.CharField(label="In your own words", max_length=5000, widget=_area(4))
    learnt = forms.CharField(
        label="What have we learnt?",
        max_length=5000,
        widget=_area(3),
        help_text="What do we do differently? Write “nothing new” if that is so.",
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = {Outcome.MERGED} | ({Outcome.MINOR} if KINDS[kind].serious else set())
        field: Any = self.fields["outcome"]
        field.choices = [(one.value, one.label) for one in Outcome if one not in left_out]


class JoinForm(forms.Form):
    into = CaseField(Case.objects.none(), label="Which case does it go on in?")

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["into"]
        choice.queryset = cases


class BundleForm(forms.Form):
    to = forms.ChoiceField(
        label="For whom?",
        choices=[(one.value, one.label) for one in For],
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(label="What for?", max_length=500, widget=_area(2))
    redacted = forms.ChoiceField(
        label="Whole, or redacted?",
        choices=[("yes", "Redacted: letters stand for names"), ("no", "Whole, with all names")],
        widget=forms.RadioSelect,
        initial="yes",
        help_text="Redacted, only covered copies of pictures and pages are shown. "
        "Read it before you send it.",
    )
    notes = forms.BooleanField(
        label="With the private notes of those who work on it", required=False
    )


class KeepForm(forms.Form):
    until = forms.DateField(label="Keep it until", widget=_day())
    why = forms.CharField(label="Why?", max_length=500, widget=_area(2))


class PeriodsForm(forms.Form):
    """Within which time things are done, and how long cases are kept."""

    def __init__(self, *args: Any, said: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, need in clocks().items():
            self.fields[f"clock.{key}"] = forms.IntegerField(
                label=f"{need.what}, in a serious case" if need.clock else need.what,
                help_text="Working days of the local authority.",
                min_value=0,
                max_value=60,
                initial=said.get(f"clock.{key}", need.days),
            )
        for kind in Kind:
            self._add_years(kind, f"{kind.label}: kept", keeping.years_of(said, kind))
        for outcome in ForStaff:
            label = f"Outcome for staff, {outcome.label.lower()}: kept"
            self._add_years(outcome, label, keeping.years_of(said, outcome))

    def _add_years(self, key: Kind | ForStaff, label: str, years: int) -> None:
        self.fields[f"keep.{key.value}"] = forms.IntegerField(
            label=label,
            help_text="Years after it was closed.",
            min_value=keeping.FEWEST,
            max_value=keeping.MOST,
            initial=years,
        )


def clocks() -> dict[str, Need]:
    """Every need and every step of the ladder that has a clock, by the key of its time; of two with
    one key the first."""
    found: dict[str, Need] = {}
    for working in KINDS.values():
        some = [*working.needs]
        for sheet in working.sheets:
            for question in sheet.questions:
                some += [need for needs in question.needs.values() for need in needs]
        for need in some:
            if need.days is not None:
                found.setdefault(need.clock or need.key, need)
    for rung, days in DAYS.items():
        found[f"remove.{rung}"] = Need("", f"An answer, after: {rung.label.lower()}", days=days)
    return found
