"""What may be sent as a list of people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 50 << 20


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list of (name, bytes)."""

    widget = SeveralFiles(attrs={"accept": ".csv,.txt,.zip"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data]
        clean = [super(FilesField, self).clean(file, initial) for file in files]
        if sum(file.size for file in clean) > MOST_BYTES:
            raise forms.ValidationError("These files are larger than 50 MB together.")
        return [(file.name, file.read()) for file in clean]


class RosterForm(forms.Form):
    """The lists that another system exported, or our own, filled in."""

    lists = FilesField(
        label="The files",
        help_text="One or several CSV files, or a ZIP of them.",
        error_messages={"required": "Choose the files first.", "empty": "This file is empty."},
    )
