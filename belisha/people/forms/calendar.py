"""What may be typed in about the school's calendar."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from belisha.people.bank_holidays import Nation
from belisha.people.calendar import Days, Mark
from belisha.people.models import SchoolHours
from belisha.people.term_dates import LONGEST_NAME

MOST_BYTES = 2 << 20
MOST_DAYS = 300  # entries of one file
_NO_DAY = "Write the day like 01/09/2026."
_BREAKS = 3


def _day_input(**attributes: str) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attributes})


class DaysForm(forms.Form):
    """A term or closed days; `cleaned_data["days"]` is what they are."""

    mark = forms.ChoiceField(
        label="What is it?", choices=[(mark.value, mark.label) for mark in Mark]
    )
    first_day = forms.DateField(
        label="First day", widget=_day_input(), error_messages={"invalid": _NO_DAY}
    )
    last_day = forms.DateField(
        label="Last day",
        required=False,
        widget=_day_input(),
        help_text="Leave it empty for one day.",
        error_messages={"invalid": _NO_DAY},
    )
    name = forms.CharField(
        label="What is it called?",
        required=False,
        max_length=LONGEST_NAME,
        help_text="Such as Autumn term. Families can read it.",
    )
    ends = forms.TimeField(
        label="When do children go home?",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Only for days that end early.",
        error_messages={"invalid": "Write the time like 12:30."},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        first: date | None = typed.get("first_day")
        last: date | None = typed.get("last_day") or first
        if first and last and "mark" in typed and "last_day" not in self.errors:
            if last < first:
                self.add_error("last_day", "The last day comes before the first.")
            mark = Mark(typed["mark"])
            ends = typed.get("ends") if mark is Mark.EARLY else None
            if mark is Mark.EARLY and not ends and "ends" not in self.errors:
                self.add_error("ends", "Say when children go home.")
            typed["days"] = Days(mark, first, last, typed.get("name", ""), ends)
        return typed


class FoundDaysForm(DaysForm):
    """One entry of a file, in a row of a table, to be taken over or not."""

    keep = forms.BooleanField(label="Take over", required=False)
    field_order = ("keep", "mark", "first_day", "last_day", "name", "ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


FoundDays = forms.formset_factory(
    FoundDaysForm, extra=0, max_num=MOST_DAYS, absolute_max=MOST_DAYS, validate_max=True
)


class DatesFileForm(forms.Form):
    """A file with term dates."""

    file = forms.FileField(
        label="The file",
        help_text="A sheet (CSV) or a calendar (ICS), such as your local authority gives out.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.ics,text/calendar"}),
        error_messages={"required": "Choose the file first.", "empty": "This file is empty."},
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError("This file is larger than 2 MB.")
        return file


class HoursForm(forms.Form):
    """From when to when the school teaches; `cleaned_data["breaks"]` are pairs of times."""

    nation = forms.ChoiceField(
        label="Whose bank holidays?", choices=[(nation.value, nation.label) for nation in Nation]
    )

    def __init__(self, data: Any = None, *, hours: SchoolHours | None, usual: SchoolHours) -> None:
        shown = hours or usual
        initial: dict[str, Any] = {"nation": shown.nation}
        super().__init__(data, initial=initial)
        self._add("starts", "The first lesson begins at", shown.starts)
        self._add("ends", "The last lesson ends at", shown.ends)
        breaks = [*shown.breaks, *[("", "")] * _BREAKS][:_BREAKS]
        for number, (starts, ends) in enumerate(breaks, start=1):
            self._add(f"break_{number}", f"Break {number} begins at", starts, required=False)
            self._add(f"break_{number}_ends", f"Break {number} ends at", ends, required=False)

    def _add(self, name: str, label: str, value: time | str, *, required: bool = True) -> None:
        self.fields[name] = forms.TimeField(
            label=label,
            required=required,
            initial=value,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={"invalid": "Write the time like 12:30."},
        )

    def clean_nation(self) -> Nation:
        return Nation(self.cleaned_data["nation"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "School ends before it begins.")
        breaks = []
        for number in range(1, _BREAKS + 1):
            first = typed.pop(f"break_{number}", None)
            last = typed.pop(f"break_{number}_ends", None)
            if bool(first) != bool(last):
                self.add_error(f"break_{number}_ends", "Write both times, or neither.")
            elif first and last and starts and ends:
                if not starts <= first < last <= ends:
                    self.add_error(f"break_{number}_ends", "A break lies within school hours.")
                breaks.append((first, last))
        breaks.sort()
        if any(one[1] > other[0] for one, other in pairwise(breaks)):
            self.add_error(None, "Two breaks cannot be at the same time.")
        typed["breaks"] = breaks
        return typed
