"""What all pages have in common where somebody sends us a file, or opens one: here and above."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from belisha.incidents.actions.files import TOO_BIG, most_bytes, refuse_too_big
from belisha.lib.sealing import BrokenSeal
from belisha.people.acting import posted
from belisha.people.models import User
from belisha.photos.store import Missing

FULL = (OSError, OperationalError)
_TIME = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class Tiles(forms.RadioSelect):
    """Choices as large as a thumb."""

    template_name = "incidents/tiles.html"


class GateForm(forms.Form):
    """Asked before any file can be chosen."""

    shows = forms.ChoiceField(
        label=_("Does it show a child undressed, or partly undressed?"),
        choices=[("no", _("No")), ("yes", _("Yes")), ("unsure", _("I am not sure"))],
        widget=Tiles,
    )


class SeenForm(forms.Form):
    """What is seen in what was sent, and when it was seen."""

    shows = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What does it show?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
    )
    seen_at = forms.DateTimeField(label=_("When did you see it?"), required=False, widget=_TIME)

    def clean_shows(self) -> str:
        """Nothing is taken unless somebody said that it shows no child undressed."""
        if self.cleaned_data["shows"] != "no":
            raise ValidationError(_("Say first what it shows."))
        return "no"

    def clean_seen_at(self) -> datetime | None:
        seen: datetime | None = self.cleaned_data["seen_at"]
        if seen and seen > timezone.now():
            raise ValidationError(_("This is still to come."))
        return seen


class FileForm(SeenForm):
    """A screenshot, a PDF or a film."""

    file = forms.FileField(
        label=_("A picture, PDF or film"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,video/*"}),
    )
    field_order = ("file", "words", "seen_at", "shows")

    def __init__(self, *args: Any, by: User | None, **kwargs: Any) -> None:
        """`by` is null for whoever has no account, and may send less."""
        super().__init__(*args, **kwargs)
        self.by = by
        # The script says it before the file is sent (static/js/upload.js).
        self.fields["file"].widget.attrs |= {"data-most": most_bytes(by), "data-too-big": TOO_BIG}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        refuse_too_big(file.size, self.by)  # before it is read
        return file


def gate(
    request: HttpRequest, *, back: str, is_shut: bool, tell: Callable[[], object]
) -> HttpResponse | None:
    """First the question whether it shows a child undressed: its page, or None after a no.

    `tell` is done when somebody says yes or is not sure; `is_shut` says that somebody did before.
    """
    said = request.POST.get("shows") or request.GET.get("shows")
    page: dict[str, object] = {"back": back}
    if said in ("yes", "unsure") or is_shut:
        if said and request.method == "POST":
            tell()
        return render(request, "incidents/do_not_send.html", page)
    if said != "no" or request.POST.get("step") == "gate":
        form = GateForm(posted(request))
        if form.is_valid():
            return redirect(f"{request.path}?shows=no")
        status = 422 if form.errors else 200
        return render(request, "incidents/gate.html", page | {"form": form}, status=status)
    return None


def read(reading: Callable[[], bytes]) -> bytes:
    """The bytes of a file; one that is gone or was changed does not exist."""
    try:
        return reading()
    except (Missing, BrokenSeal, ValidationError) as error:
        raise Http404 from error


def as_attachment(data: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that no browser opens in our place: saved, sandboxed, of the type that it is."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
