"""Finding the case of a page, or nothing that tells it from one that does not exist; and what the
pages have in common on which somebody does something in a case."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from belisha.incidents.access import case_for
from belisha.incidents.models import Case
from belisha.people.access import SignedIn
from belisha.people.acting import ask, done


def case_of(request: SignedIn, ref: str) -> Case:
    """The case of this address, for whoever works on it. Raises `Http404` for everybody else."""
    case = case_for(request.user, ref, timezone.now())
    if case is None:
        raise Http404
    return case


def act_in(
    request: SignedIn,
    case: Case,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    button: str = "Write it down",
    said: str = "Written down.",
    words: str = "",
    part: str = "",
    after: str = "",
) -> HttpResponse:
    """One form about a case. It leads back to the case, at a `part` of its page; or, when it is
    done, on to `after`."""
    url = reverse("case", args=[case.ref]) + part
    if done(request, form, lambda: act() or True, said):
        return redirect(after or url)
    return ask(request, form, title=title, act=button, back=url, above=case.reference, words=words)
