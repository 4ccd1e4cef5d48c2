"""What the pages have in common on which somebody does something."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

T = TypeVar("T")
asks = require_http_methods(["GET", "POST"])


def posted(request: HttpRequest) -> Any:
    """What a form is to be filled with: what was sent, even if nothing was ticked."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, form: forms.BaseForm, act: Callable[[], T], said: str) -> T | None:
    """Do what was asked, if it was sent and makes sense; say so, and return what came of it.

    None when the page is to be shown (again): why stands in the form then.
    """
    if not form.is_valid():
        return None
    try:
        result = act()
    except ValidationError as reason:
        form.add_error(None, reason)
        return None
    messages.success(request, said)
    return result


def acted(request: HttpRequest, act: Callable[[], object], url: str, said: str) -> HttpResponse:
    """Do it and say so, or say why not; go on there in either case."""
    try:
        act()
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, said)
    return redirect(url)


def ask(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    act: str,
    back: str,
    above: str,
    words: str = "",
) -> HttpResponse:
    """A page with one form; `act` stands on the button, `back` is the address of the page `above`.

    `words` say before the form what it is for.
    """
    context = {"form": form, "title": title, "act": act, "back": back, "above": above}
    status = 422 if form.errors else 200
    return render(request, "ui/form.html", context | {"words": words}, status=status)


def confirm(
    request: HttpRequest, *, title: str, words: str, act: str, back: str, danger: bool = False
) -> HttpResponse:
    """A page before something that changes much."""
    context = {"title": title, "words": words, "act": act, "back_url": back, "danger": danger}
    return render(request, "ui/confirm.html", context)
