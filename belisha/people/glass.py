"""Signing with a finger on the screen, or by one's typed name where that cannot be.

What is kept is the line itself as path data of SVG, in a box of 600 by 200, or the word ``typed``:
then the name that the form asks for beside it is the signature.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TYPED = "typed"
LONGEST = 40_000  # letters of a line
FEWEST_POINTS = 8  # less is a slip of the finger
# Each stroke goes from one point to others; every number lies in the box or close to it.
LINE = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+")


class GlassInput(forms.Widget):
    """A pane to sign on, and a box to tick instead. Without a script the box alone is there."""

    template_name = "ui/glass.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return data.get(name) or (TYPED if data.get(f"{name}_typed") else "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_typed" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_typed" if id_ else ""


class GlassField(forms.CharField):
    """A signature. Raises `ValidationError` for none, a slip, or anything that is no line."""

    widget = GlassInput
    default_error_messages = {"required": _("Sign here, or tick that your typed name signs.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **({"label": _("Signature")} | options))

    def clean(self, value: Any) -> str:
        line: str = super().clean(value)
        if line in ("", TYPED):
            return line
        if not LINE.fullmatch(line) or line.count("L") + line.count("M") < FEWEST_POINTS:
            raise ValidationError(_("This is too little for a signature. Sign again."))
        return line
