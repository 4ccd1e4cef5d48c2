"""What the pages that ask something have in common."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

T = TypeVar("T")
asks = require_http_methods(["GET", "POST"])


class Back(NamedTuple):
    """Where a page was reached from: the words of the link, and the address."""

    label: str
    url: str


def posted(request: HttpRequest) -> Any:
    """What a form is to be filled with: what was sent, even if nothing was ticked."""
    return request.POST if request.method == "POST" else None


def done(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], T],
    said: str = "Saved.",
) -> T | None:
    """Do what was asked, if it was sent and makes sense; say so, and return what came of it.

    None when the page is to be shown (again): why stands in the form then.
    """
    if not form.is_valid():
        return None
    try:
        result = act(form.cleaned_data)
    except ValidationError as reason:
        form.add_error(None, reason)
        return None
    messages.success(request, said)
    return result


def ask(
    request: HttpRequest, form: forms.BaseForm, *, title: str, act: str, back: Back, lede: str = ""
) -> HttpResponse:
    """A page with one form; `act` stands on the button."""
    shown = {"form": form, "title": title, "act": act, "back": back, "lede": lede}
    return render(request, "people/form.html", shown, status=422 if form.errors else 200)


def erasing(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    name: str,
    words: str,
    back: str,
    said: str = "Erased.",
) -> HttpResponse | None:
    """Ask for the name before something that cannot be undone; None when it is done."""
    error = ""
    if request.method == "POST":
        typed = " ".join(request.POST.get("name", "").split())
        error = "" if typed.casefold() == name.casefold() else f"Type {name} as it stands here."
        if not error:
            try:
                act()
            except ValidationError as reason:
                error = " ".join(reason.messages)
            else:
                messages.success(request, said)
                return None
    shown = {
        "title": f"Erase {name}?",
        "words": words,
        "act": "Erase",
        "back_url": back,
        "typed_name": name,
        "error": error,
        "danger": True,
    }
    return render(request, "ui/confirm.html", shown, status=422 if error else 200)
