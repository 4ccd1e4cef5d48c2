"""The register of accounts; one account; asked for, changed, renewed, closed (C.1)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.channels.access import (
    APPLY,
    SEE_ACCOUNTS,
    can_apply,
    can_look_after,
    can_record_found,
    can_say_used,
    can_see_factor,
    can_show_page,
)
from belisha.channels.actions import accounts as acts
from belisha.channels.actions.page import page_is_shown, show_page
from belisha.channels.approvals import about_age
from belisha.channels.forms import AccountForm, CloseForm, PeopleForm, RegisterForm, WhyForm
from belisha.channels.models import Account, HandOver
from belisha.channels.rules import Stage
from belisha.channels.standing import Entry, entries, entry_of
from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.rules import Role, fits


def register_of(request: SignedIn) -> list[Entry]:
    """The accounts that this person may see, those that need something first, as filtered."""
    on, query = timezone.localdate(), request.GET
    known = entries(Account.objects.visible_to(request.user), on)
    typed, stage = query.get("q", "").strip()[:100], query.get("stage", "")
    found = [
        one
        for one in known
        if (not typed or fits(typed, one.account.name, one.account.service_name))
        and (not stage or one.stage == stage)
    ]
    order = list(Stage)
    return sorted(found, key=lambda one: (order.index(one.stage), one.account.service_name))


@open_to(*SEE_ACCOUNTS)
@require_GET
def accounts(request: SignedIn) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    stages = [(one.value, one.label) for one in Stage]
    context = {
        "entries": register_of(request),
        "form": RegisterForm(request.GET, stages=stages),
        "filtered": any(request.GET.get(name) for name in ("q", "stage")),
        "query": request.GET.urlencode(),
        "today": on,
        "can_apply": can_apply(user),
        "can_record_found": can_record_found(user),
        "can_show_page": can_show_page(user),
        "page_is_shown": page_is_shown(),
    }
    return render(request, "channels/accounts.html", context)


@open_to(*SEE_ACCOUNTS)
@require_GET
def account(request: SignedIn, ref: str) -> HttpResponse:
    row, user = account_of(request, ref), request.user
    entry = entry_of(row, timezone.localdate())
    context = {
        "account": row,
        "entry": entry,
        "service": row.listed,
        "age": about_age(row),
        "looks_after": can_look_after(user, row),
        "sees_factor": can_see_factor(user, row),
        "says_used": can_say_used(user, row),
        "handed_over": HandOver.objects.filter(person__account=row)
        .exclude(done_at=None)
        .select_related("person__staff", "taken_by__staff", "done_by"),
        "why_form": WhyForm(),
    }
    return render(request, "channels/account.html", context)


@open_to(*APPLY)
@asks
def apply(request: SignedIn) -> HttpResponse:
    """Write an account down. It can be kept half done: what is missing stands on its page."""
    user = request.user
    first = {name: request.GET.get(name, "") for name in ("service", "name", "url")}
    form = AccountForm(posted(request), user=user, initial=first)
    people = PeopleForm(posted(request), user=user)
    if made := _done(
        request,
        form,
        people,
        lambda: acts.write_down(
            details=form.details,
            people=people.people,
            owned=form.is_owned,
            by=user,
            at=timezone.now(),
        ),
        "Written down. The head is not asked yet.",
    ):
        return redirect("account", made.ref)
    return _form(request, "Apply for an account", form, reverse("accounts"), people=people)


@open_to(*APPLY)
@asks
def change(request: SignedIn, ref: str) -> HttpResponse:
    row = _looked_after(request, ref)
    form = AccountForm(posted(request), instance=row, user=request.user)
    if done(
        request,
        form,
        lambda: acts.change(
            row,
            details=form.details,
            owned=form.is_owned,
            by=request.user,
            at=timezone.now(),
        ),
        "Saved.",
    ):
        return redirect("account", ref)
    entry = entry_of(account_of(request, ref), timezone.localdate())
    warn = bool(entry.agreed or entry.waits)
    return _form(
        request, f"Change {entry.account}", form, reverse("account", args=[ref]), warn=warn
    )


@open_to(*APPLY)
@require_POST
def ask_the_head(request: SignedIn, ref: str) -> HttpResponse:
    row = _looked_after(request, ref)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    return acted(
        request,
        lambda: acts.ask(row, why=why, by=request.user, at=timezone.now()),
        reverse("account", args=[ref]),
        "The head is asked.",
    )


@open_to_staff
@asks
def factor(request: SignedIn, ref: str) -> HttpResponse:
    """Say that one has seen the second step of signing in there."""
    row = account_of(request, ref)
    require(can_see_factor(request.user, row))
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.see_factor(row, by=request.user, at=timezone.now()),
            reverse("account", args=[ref]),
            "Thank you. It is written down.",
        )
    return confirm(
        request,
        title="You have seen the second step?",
        words=f"Stand beside whoever looks after {row}. They sign in on {row.service_name}. "
        "A code or a key is asked for after the password.",
        act="I have seen it",
        back=reverse("account", args=[ref]),
    )


@open_to(*APPLY)
@require_POST
def used(request: SignedIn, ref: str) -> HttpResponse:
    row = account_of(request, ref)
    require(can_say_used(request.user, row))
    return acted(
        request,
        lambda: acts.say_used(row, by=request.user, at=timezone.now()),
        reverse("account", args=[ref]),
        "Thank you. It is in use.",
    )


@open_to(*APPLY)
@asks
def close(request: SignedIn, ref: str) -> HttpResponse:
    row = _looked_after(request, ref)
    form, back = CloseForm(posted(request)), reverse("account", args=[ref])
    if done(
        request,
        form,
        lambda: acts.close(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{row} is closed.",
    ):
        return redirect("account", ref)
    words = "From now on nothing may be posted there. Delete it at the service, too."
    return ask(
        request, form, title=f"Close {row}", act="Close it", back=back, above=str(row), words=words
    )


@open_to(*APPLY)
@require_POST
def reopen(request: SignedIn, ref: str) -> HttpResponse:
    row = _looked_after(request, ref)
    return acted(
        request,
        lambda: acts.reopen(row, by=request.user, at=timezone.now()),
        reverse("account", args=[ref]),
        "It is open again. Ask the head before it is used.",
    )


@open_to(*APPLY)
@asks
def throw_away(request: SignedIn, ref: str) -> HttpResponse:
    row = _looked_after(request, ref)
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.throw_away(row, by=request.user, at=timezone.now()),
            reverse("accounts"),
            "The draft is gone.",
        )
    return confirm(
        request,
        title=f"Throw {row} away?",
        words="The head was never asked about it. Nothing of it stays.",
        act="Throw it away",
        back=reverse("account", args=[ref]),
        danger=True,
    )


@open_to(Role.HEAD)
@require_POST
def choose_page(request: SignedIn) -> HttpResponse:
    """Whether the world sees which accounts are ours."""
    shown = request.POST.get("shown") == "yes"
    show_page(shown, by=request.user, at=timezone.now())
    messages.success(request, "The page is shown." if shown else "The page is not shown.")
    return redirect("accounts")


def account_of(request: SignedIn, ref: str) -> Account:
    """An account that this person may see, or 404."""
    row: Account = get_object_or_404(Account.objects.visible_to(request.user), ref=ref)
    return row


def _looked_after(request: SignedIn, ref: str) -> Account:
    row = account_of(request, ref)
    require(can_look_after(request.user, row))
    return row


def _done(request: SignedIn, form: AccountForm, people: PeopleForm, act: Any, said: str) -> Any:
    """Both forms are looked at, so that everything wrong is said at once."""
    if not people.is_valid():
        form.is_valid()
        return None
    return done(request, form, act, said)


def _form(
    request: SignedIn,
    title: str,
    form: AccountForm,
    back: str,
    *,
    people: forms.Form | None = None,
    warn: bool = False,
) -> HttpResponse:
    wrong = bool(form.errors or (people and people.errors))
    context = {"title": title, "form": form, "people": people, "back": back, "warn": warn}
    return render(request, "channels/account_form.html", context, status=422 if wrong else 200)
