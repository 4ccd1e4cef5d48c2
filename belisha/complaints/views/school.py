"""What concerns more than one complaint: figures, target times, limits to contact, offers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.complaints.access import (
    FIGURES_FOR,
    LIMITS_FOR,
    can_confirm_limit,
    can_strike,
)
from belisha.complaints.actions import limits as limit_acts
from belisha.complaints.actions.offers import offer, strike
from belisha.complaints.actions.targets import set_targets
from belisha.complaints.figures import terms
from belisha.complaints.forms import MistakeForm, OfferForm, TargetsForm, WhyForm
from belisha.complaints.models import Complaint, ContactLimit, Offer, targets_now
from belisha.complaints.views.register import limits_known_to
from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.rules import Role
from belisha.people.sheets import sheet


@open_to(*FIGURES_FOR)
@require_GET
def figures(request: SignedIn) -> HttpResponse:
    """By term, as a page or, with `?as=csv`, as a sheet; neither holds a name."""
    found = terms(request.school, request.user, timezone.localdate())
    if request.GET.get("as") != "csv":
        context = {"terms": found, "now": timezone.now()}
        return render(request, "complaints/figures.html", context)
    rows = [
        (one.title, line.stage.label, name, value)
        for one in found
        for line in one.lines
        for name, value in {"Begun": line.begun, **line.in_time, **line.outcomes}.items()
    ]
    return sheet(request, "complaint-figures", ("term", "stage", "what", "number"), rows)


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
@asks
def limit(request: SignedIn, ref: str) -> HttpResponse:
    """One limit to contact: a second person agrees to it here; it is ended here."""
    row: ContactLimit = get_object_or_404(limits_known_to(request.user), ref=ref)
    on = timezone.localdate()
    word: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if request.method == "POST" and "agree" in request.POST:
        said = "Agreed. Tell the person in writing, with the reasons."
        here = reverse("complaint_limit", args=[ref])
        return acted(request, lambda: limit_acts.confirm(row, **word), here, said)
    form = WhyForm(posted(request))
    if done(
        request,
        form,
        lambda: limit_acts.end(row, form.cleaned_data["words"], **word),
        "It has ended.",
    ):
        return redirect("complaint_limit", ref)
    seen = Complaint.objects.visible_to(request.user, on).filter(pk=row.complaint_id)
    context = {
        "limit": row,
        "form": form,
        "may_agree": row.is_proposed and can_confirm_limit(request.user, row),
        "seen": seen.exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "complaints/limit.html", context, status=status)


@open_to_staff
@require_GET
def offers(request: SignedIn) -> HttpResponse:
    """Posts with a complaint in them, as a page or, with `?as=csv`, as a sheet."""
    rows = Offer.objects.select_related("by", "struck_by")
    if request.GET.get("as") != "csv":
        shown = [(one, can_strike(request.user, one)) for one in rows]
        return render(request, "complaints/offers.html", {"offers": shown})
    lines = [
        (one.where, one.seen, one.seen_on, one.reply, one.offered_on, one.by.name, one.struck_why)
        for one in rows
    ]
    head = ("where", "complaint", "seen on", "reply", "offered on", "by", "struck out because")
    return sheet(request, "complaint-offers", head, lines)


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


@open_to_staff
@asks
def offer_strike(request: SignedIn, ref: str) -> HttpResponse:
    """An offer that was written down by mistake."""
    row = get_object_or_404(Offer, ref=ref)
    require(can_strike(request.user, row))
    form = MistakeForm(posted(request))
    if done(
        request,
        form,
        lambda: strike(row, **form.cleaned_data, by=request.user, at=timezone.now()) or True,
        "Struck out. It stays to be read.",
    ):
        return redirect("complaint_offers")
    return ask(
        request,
        form,
        title="It was a mistake",
        act="Strike it out",
        back=reverse("complaint_offers"),
        above="Offers",
        words=f"Then it no longer counts that the way was offered: {row}.",
    )
