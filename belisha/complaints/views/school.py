"""What concerns more than one complaint: figures, target times, limits to contact, offers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.complaints.access import (
    FIGURES_FOR,
    LIMITS_FOR,
    can_confirm_limit,
    can_propose_limit,
)
from belisha.complaints.actions import limits as limit_acts
from belisha.complaints.actions.offers import offer
from belisha.complaints.actions.targets import set_targets
from belisha.complaints.figures import terms
from belisha.complaints.forms import LimitForm, OfferForm, TargetsForm, WhyForm
from belisha.complaints.models import Complaint, ContactLimit, Offer, targets_now
from belisha.complaints.views.register import complaint_of, sheet
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.rules import Role


@open_to(*FIGURES_FOR)
@require_GET
def figures(request: SignedIn) -> HttpResponse:
    found = terms(request.school, request.user, timezone.localdate())
    return render(request, "complaints/figures.html", {"terms": found, "now": timezone.now()})


@open_to(*FIGURES_FOR)
@after_fresh_sign_in
@require_GET
def figures_csv(request: SignedIn) -> HttpResponse:
    found = terms(request.school, request.user, timezone.localdate())
    rows = [
        (one.title, line.stage.label, name, value)
        for one in found
        for line in one.lines
        for name, value in {"Begun": line.begun, **line.in_time, **line.outcomes}.items()
    ]
    head = ("term", "stage", "what", "number")
    return sheet(request, "complaint-figures", head, rows)


@open_to(Role.HEAD, Role.CHAIR)
@asks
def targets(request: SignedIn) -> HttpResponse:
    form = TargetsForm(posted(request), initial=vars(targets_now()))
    if done(
        request,
        form,
        lambda: set_targets(form.targets, by=request.user, at=timezone.now()),
        "Saved. They count for what begins from now on.",
    ):
        return redirect("complaints")
    return ask(
        request,
        form,
        title="Target times",
        act="Save",
        back=reverse("complaints"),
        above="Complaints",
        words="Take them from your own complaints policy. School days are those of your calendar.",
    )


@open_to(*LIMITS_FOR)
@require_GET
def limits(request: SignedIn) -> HttpResponse:
    known = Complaint.objects.not_kept_from(request.user)
    rows = ContactLimit.objects.filter(complaint__in=known)
    context = {"limits": rows.select_related("complaint", "proposed_by", "confirmed_by")}
    return render(request, "complaints/limits.html", context)


@open_to(*LIMITS_FOR)
@asks
def limit_add(request: SignedIn, ref: str) -> HttpResponse:
    row = complaint_of(request, ref)
    require(can_propose_limit(request.user, row, timezone.localdate()))
    form = LimitForm(posted(request))
    if made := done(
        request,
        form,
        lambda: limit_acts.propose(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Proposed. It counts when another person agrees.",
    ):
        return redirect("complaint_limit", made.ref)
    return ask(
        request,
        form,
        title="Limit contact for a time",
        act="Propose it",
        back=reverse("complaint", args=[ref]),
        above=str(row),
        words="Never alone, never for good. Each new concern is still read, whoever sends it.",
    )


@open_to(*LIMITS_FOR)
@require_GET
def limit(request: SignedIn, ref: str) -> HttpResponse:
    row, on = _limit(request, ref), timezone.localdate()
    context = {
        "limit": row,
        "can_confirm": can_confirm_limit(request.user, row, on)
        and not row.confirmed_at
        and not row.ended_at,
        "sees_complaint": Complaint.objects.visible_to(request.user, on)
        .filter(pk=row.complaint_id)
        .exists(),
    }
    return render(request, "complaints/limit.html", context)


@open_to(*LIMITS_FOR)
@asks
def limit_confirm(request: SignedIn, ref: str) -> HttpResponse:
    row, here = _limit(request, ref), reverse("complaint_limit", args=[ref])
    require(can_confirm_limit(request.user, row, timezone.localdate()))
    if request.method == "POST":
        return acted(
            request,
            lambda: limit_acts.confirm(row, by=request.user, at=timezone.now()),
            here,
            "Confirmed. Tell the person in writing, with the reasons.",
        )
    return confirm(
        request,
        title="Agree to this limit?",
        words="It counts from now on, and is looked at again on "
        f"{row.review_on:%-d %B %Y}. New concerns are still read.",
        act="Agree",
        back=here,
    )


@open_to(*LIMITS_FOR)
@asks
def limit_end(request: SignedIn, ref: str) -> HttpResponse:
    row = _limit(request, ref)
    form = WhyForm(posted(request))
    if done(
        request,
        form,
        lambda: limit_acts.end(row, form.cleaned_data["words"], by=request.user, at=timezone.now()),
        "It has ended.",
    ):
        return redirect("complaint_limit", ref)
    return ask(
        request,
        form,
        title="End this limit",
        act="End it",
        back=reverse("complaint_limit", args=[ref]),
        above="Limit to contact",
    )


def _limit(request: SignedIn, ref: str) -> ContactLimit:
    known = Complaint.objects.not_kept_from(request.user)
    rows = ContactLimit.objects.filter(complaint__in=known).select_related("complaint")
    row: ContactLimit = get_object_or_404(rows, ref=ref)
    return row


@open_to_staff
@require_GET
def offers(request: SignedIn) -> HttpResponse:
    rows = Offer.objects.select_related("by")
    return render(request, "complaints/offers.html", {"offers": rows})


@open_to_staff
@after_fresh_sign_in
@require_GET
def offers_csv(request: SignedIn) -> HttpResponse:
    rows = [
        (one.where, one.seen, one.seen_on, one.reply, one.offered_on, one.by.name)
        for one in Offer.objects.select_related("by")
    ]
    head = ("where", "complaint", "seen on", "reply", "offered on", "by")
    return sheet(request, "complaint-offers", head, rows)


@open_to_staff
@asks
def offer_add(request: SignedIn) -> HttpResponse:
    """A post with a complaint in it: show the way, in a ready reply."""
    link = request.build_absolute_uri(reverse("complain"))
    form = OfferForm(posted(request), link=link)
    if done(
        request,
        form,
        lambda: offer(**form.cleaned_data, by=request.user, at=timezone.now()),
        "Kept: the way was offered.",
    ):
        return redirect("complaint_offers")
    return ask(
        request,
        form,
        title="Offer the way of complaints",
        act="Keep it",
        back=reverse("complaint_offers"),
        above="Offers",
        words="Somebody complains in a post. Answer kindly, and show the way to be heard.",
    )
