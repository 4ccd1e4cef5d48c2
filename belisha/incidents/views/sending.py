"""What all have in common who send us a file, or open one that was sent."""

from collections.abc import Callable
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from belisha.incidents.forms import GateForm
from belisha.lib.sealing import BrokenSeal
from belisha.people.acting import posted
from belisha.photos.store import Missing

FULL = (OSError, OperationalError)


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
