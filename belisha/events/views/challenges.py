"""Challenges: written down in three taps, followed up, listed (P.vii)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.events.access import (
    FOLLOW_CHALLENGES,
    KEEP_VISITORS,
    can_cancel_challenge,
    can_close_challenge,
)
from belisha.events.actions import challenges as acts
from belisha.events.forms.occasions import FollowUpForm, WhyForm
from belisha.events.forms.visitors import ChallengeForm
from belisha.events.models import Challenge
from belisha.events.views.sheets import written
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff, require
from belisha.people.acting import ask, asks, done, posted
from belisha.people.actions.mail import went_out
from belisha.people.sheets import sheet

ON_A_PAGE = 50
COLUMNS = (
    *("when", "where", "what", "how it ended", "visitor", "more", "by", "followed up"),
    *("what was done", "does not count because"),
)


@open_to_staff
@require_GET
def challenges(request: SignedIn) -> HttpResponse:
    rows = Challenge.objects.visible_to(request.user).select_related("by", "visitor")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    exports = request.user.has_role(*KEEP_VISITORS)
    return render(request, "events/challenges.html", {"page": page, "exports": exports})


@open_to(*KEEP_VISITORS)
@after_fresh_sign_in
@require_GET
def challenges_csv(request: SignedIn) -> HttpResponse:
    rows = [
        (
            written(one.at),
            one.get_place_display(),
            one.get_what_display(),
            one.get_done_display(),
            one.visitor or "",
            one.words,
            one.by.name,
            written(one.closed_at),
            one.closed_words,
            one.cancelled_why,
        )
        for one in Challenge.objects.select_related("by", "visitor")
    ]
    return sheet(request, "challenges", COLUMNS, rows)


@open_to_staff
@asks
def add(request: SignedIn) -> HttpResponse:
    """Where, what, and by which button it ended."""
    form = ChallengeForm(posted(request))

    def act() -> Challenge:
        return acts.write_down(**form.cleaned_data, by=request.user, at=timezone.now())

    if made := done(request, form, act, "Written down. Thank you for speaking up."):
        return redirect("challenge", made.ref)
    context = {
        "form": form,
        "picks": [form["place"], form["what"]],
        "ends": Challenge.Done.choices,
    }
    return render(request, "events/challenge_add.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_GET
def challenge(request: SignedIn, ref: str) -> HttpResponse:
    row = _challenge(request, ref)
    context = {
        "challenge": row,
        "told": row.is_grave and went_out(acts.MAIL, about=row),
        "can_close": row.is_open and can_close_challenge(request.user),
        "can_cancel": can_cancel_challenge(request.user, row),
        "sees_book": request.user.has_role(*KEEP_VISITORS),
    }
    return render(request, "events/challenge.html", context)


@open_to(*FOLLOW_CHALLENGES)
@asks
def close(request: SignedIn, ref: str) -> HttpResponse:
    row, form = _challenge(request, ref), FollowUpForm(posted(request))

    def act() -> Challenge:
        return acts.close(row, **form.cleaned_data, by=request.user, at=timezone.now())

    if done(request, form, act, "Written down. It stays on the record."):
        return redirect("challenge", ref)
    return ask(
        request,
        form,
        title="What was done about it",
        act="Write it down",
        back=reverse("challenge", args=[ref]),
        above=str(row),
    )


@open_to_staff
@asks
def cancel(request: SignedIn, ref: str) -> HttpResponse:
    row, form = _challenge(request, ref), WhyForm(posted(request))
    require(can_cancel_challenge(request.user, row))

    def act() -> bool:
        acts.cancel(row, **form.cleaned_data, by=request.user, at=timezone.now())
        return True

    if done(request, form, act, "It is crossed out."):
        return redirect("challenge", ref)
    return ask(
        request,
        form,
        title="Written down by mistake",
        words="It stays in the list, crossed out, with your reason.",
        act="Cross it out",
        back=reverse("challenge", args=[ref]),
        above=str(row),
    )


def _challenge(request: SignedIn, ref: str) -> Challenge:
    known = Challenge.objects.visible_to(request.user)
    row: Challenge = get_object_or_404(
        known.select_related("by", "visitor", "closed_by", "cancelled_by"), ref=ref
    )
    return row
