"""Accounts that are perhaps not ours: found, decided, followed up (D.iv)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.channels.access import can_decide_found, can_follow_up
from belisha.channels.actions import found as acts
from belisha.channels.forms import DecideForm, FoundForm, StepForm
from belisha.channels.models import FoundAccount
from belisha.people.access import SignedIn, open_to_staff, require
from belisha.people.acting import ask, asks, done, posted

PAGE = 50


@open_to_staff
@require_GET
def found_accounts(request: SignedIn) -> HttpResponse:
    rows = FoundAccount.objects.visible_to(request.user)
    page = Paginator(rows.order_by("closed_at", "-recorded_at", "-id"), PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "open": rows.open().count()}
    return render(request, "channels/found_accounts.html", context)


@open_to_staff
@asks
def add_found(request: SignedIn) -> HttpResponse:
    form = FoundForm(posted(request), initial={"seen_on": timezone.localdate()})
    if made := done(
        request,
        form,
        lambda: acts.record_found(details=form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down. The head is told.",
    ):
        return redirect("found_account", made.ref)
    return ask(
        request,
        form,
        title="An account that is not ours",
        act="Write it down",
        back=reverse("found_accounts"),
        above="Not ours",
        words="Something looks like the school’s, and may not be. Do not write there yourself.",
    )


@open_to_staff
@require_GET
def found_account(request: SignedIn, ref: str) -> HttpResponse:
    row, user = _found(request, ref), request.user
    context = {
        "found": row,
        "service": row.listed,
        "matches": acts.matches(row),
        "steps": row.steps.select_related("by"),
        "can_decide": can_decide_found(user, timezone.localdate()),
        "can_follow_up": can_follow_up(user),
    }
    return render(request, "channels/found_account.html", context)


@open_to_staff
@asks
def decide(request: SignedIn, ref: str) -> HttpResponse:
    row = _found(request, ref)
    require(can_decide_found(request.user, timezone.localdate()))
    form = DecideForm(posted(request), initial={"seen": "" if row.ours is None else row.ours})
    if done(
        request,
        form,
        lambda: acts.decide(row, **form.decision, by=request.user, at=timezone.now()),
        "Decided.",
    ):
        return redirect("found_account", ref)
    return ask(
        request,
        form,
        title=f"Is {row} ours?",
        act="Decide",
        back=reverse("found_account", args=[ref]),
        above=str(row),
    )


@open_to_staff
@asks
def follow_up(request: SignedIn, ref: str) -> HttpResponse:
    row = _found(request, ref)
    require(can_follow_up(request.user))
    form = StepForm(posted(request))
    if done(
        request,
        form,
        lambda: acts.follow_up(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down.",
    ):
        return redirect("found_account", ref)
    return ask(
        request,
        form,
        title=f"What was done about {row}",
        act="Write it down",
        back=reverse("found_account", args=[ref]),
        above=str(row),
    )


def _found(request: SignedIn, ref: str) -> FoundAccount:
    known = FoundAccount.objects.visible_to(request.user)
    row: FoundAccount = get_object_or_404(
        known.select_related("recorded_by", "decided_by"), ref=ref
    )
    return row
