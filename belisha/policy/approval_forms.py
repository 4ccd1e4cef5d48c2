"""What may be typed in when the head is asked, and when the head answers."""

from datetime import datetime
from typing import Any

from django import forms

from belisha.policy.controls import CONTROLS
from belisha.policy.document_forms import day_field
from belisha.policy.exceptions import EXCEPTABLE
from belisha.policy.models import HeadRequest, Stage
from belisha.policy.replies import clause_shown, own_clauses

LONGEST = 2000


def _words(label: str, *, hint: str = "", required: bool = True, empty: str = "") -> forms.Field:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": empty},
    )


class AskForm(forms.Form):
    """An exception that somebody asks for."""

    clause = forms.ChoiceField(label="From which rule?")
    title = forms.CharField(
        label="What, in a few words?",
        max_length=160,
        help_text="Such as: my own phone at the swimming gala. Name no child here.",
    )
    words = _words("What exactly would be done, and by whom?")
    why = _words("Why?", empty="Say why it is needed.")
    wanted_until = day_field("Until the end of which day?", empty="Say which day is the last one.")
    needed_by = day_field(
        "By when do you need the answer?", required=False, hint="Leave this empty if it can wait."
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_clauses(at)
        self.fields["clause"].choices = [  # type: ignore[attr-defined]
            ("", "Choose the rule"),
            *((one, f"{clause_shown(one, own)} {CONTROLS[one].short}") for one in EXCEPTABLE),
        ]


class YesForm(forms.Form):
    """A yes, as it is shown to whoever says it."""

    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    conditions = _words(
        "On what condition?", required=False, hint="Who asked reads this, and says that they did."
    )
    until = day_field("Until the end of which day?", required=False)


class NoForm(forms.Form):
    """A no and its reason."""

    reason = _words("Why not?", empty="Say why not, so that they know what to do.")


class WhyForm(forms.Form):
    """Why a yes is taken back."""

    why = _words("Why?", empty="Say why, so that they know what to do.")


class ListForm(forms.Form):
    """Which requests to show."""

    stage = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "Anything"), *((stage.value, stage.label) for stage in Stage)],
    )
    kind = forms.ChoiceField(
        label="What it is", required=False, choices=[("", "Anything"), *HeadRequest.Kind.choices]
    )
    q = forms.CharField(label="Words", required=False, max_length=100)
