"""What the pages that ask something have in common."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from belisha.people import acting
from belisha.people.acting import asks, posted

T = TypeVar("T")


__all__ = ["Back", "ask", "asks", "done", "erasing", "posted"]


class Back(NamedTuple):
    """Where a page was reached from: the words of the link, and the address."""

    label: str
    url: str


def done(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], T],
    said: str = "Saved.",
) -> T | None:
    """`acting.done` with an act that takes what was typed."""
    return acting.done(request, form, lambda: act(form.cleaned_data), said)


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
