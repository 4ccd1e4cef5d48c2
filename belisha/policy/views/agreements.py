"""Pages about the texts of the agreements: reading, drafting, issuing, comparing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import SignedIn, open_to, open_to_staff
from belisha.people.acting import done
from belisha.people.rules import Role
from belisha.policy.access import can_write_agreements
from belisha.policy.actions import agreements as acts
from belisha.policy.forms import AgreementForm, CompareForm
from belisha.policy.models import Agreement, current_agreements, draft_of
from belisha.policy.rules import Audience, differences, number_in


@open_to_staff
@require_GET
def texts(request: SignedIn) -> HttpResponse:
    current = current_agreements()
    rows = [
        {"audience": audience, "current": current.get(audience), "draft": draft_of(audience)}
        for audience in Audience
    ]
    can_write = can_write_agreements(request.user)
    return render(request, "policy/texts.html", {"rows": rows, "can_write": can_write})


@open_to_staff
@require_GET
def text(request: SignedIn, audience: str) -> HttpResponse:
    """One version: the one asked for, else the one in force, else the draft."""
    whose = _audience(audience)
    current, draft = current_agreements().get(whose), draft_of(whose)
    versions = Agreement.objects.issued().filter(audience=whose).select_related("issued_by")
    number = request.GET.get("version", "")
    if number == "draft":
        chosen = draft
    elif number:
        chosen = versions.filter(number=number_in(number)).first()
    else:
        chosen = current or draft
    if chosen is None:
        raise Http404
    context = {
        "audience": whose,
        "agreement": chosen,
        "current": current,
        "draft": draft,
        "versions": versions,
        "can_write": can_write_agreements(request.user),
    }
    return render(request, "policy/text.html", context)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def change_text(request: SignedIn, audience: str) -> HttpResponse:
    whose = _audience(audience)
    current, draft = current_agreements().get(whose), draft_of(whose)
    form = AgreementForm(request.POST or None, before=current, initial=_typed(draft or current))
    if done(
        request,
        form,
        lambda: acts.draft(whose, **form.words, by=request.user, at=timezone.now()),
        "The draft is kept. It counts when you issue it.",
    ):
        return redirect(f"{reverse('agreement_text', args=[whose])}?version=draft")
    context = {"audience": whose, "form": form, "current": current}
    status = 422 if form.errors else 200
    return render(request, "policy/text_change.html", context, status=status)


@open_to(Role.HEAD)
@require_POST
def issue_text(request: SignedIn, audience: str) -> HttpResponse:
    try:
        row = acts.issue(_audience(audience), by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        again = "Everybody is asked to sign it." if row.asks_anew else "What was signed counts."
        messages.success(request, f"“{row.title}” is issued. {again}")
    return redirect("agreement_texts")


@open_to(Role.HEAD)
@require_POST
def discard_text(request: SignedIn, audience: str) -> HttpResponse:
    acts.discard(_audience(audience), by=request.user, at=timezone.now())
    messages.success(request, "The draft is gone.")
    return redirect("agreement_texts")


@open_to_staff
@require_GET
def compare_texts(request: SignedIn, audience: str) -> HttpResponse:
    """Two versions line by line: those asked for, else the last two."""
    whose = _audience(audience)
    versions = {one.number: one for one in Agreement.objects.filter(audience=whose)}
    numbers = sorted(versions)
    if not numbers:
        raise Http404
    form = CompareForm(request.GET or None, numbers=numbers)
    old, new = numbers[-2] if len(numbers) > 1 else numbers[-1], numbers[-1]
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    pair = versions[old], versions[new]
    context = {
        "audience": whose,
        "form": CompareForm(initial={"old": old, "new": new}, numbers=numbers),
        "old": pair[0],
        "new": pair[1],
        "changes": differences(*((one.title, *one.lines) for one in pair)),
    }
    return render(request, "policy/compare.html", context)


def _audience(audience: str) -> Audience:
    try:
        return Audience(audience)
    except ValueError as error:
        raise Http404 from error


def _typed(agreement: Agreement | None) -> dict[str, Any]:
    assert agreement is not None  # a school has at least the shipped draft
    typed = {"title": agreement.title, "text": agreement.text}
    if not agreement.issued_at:  # what was said of the draft the last time
        typed["size"] = "substance" if agreement.asks_anew else "small"
    return typed
