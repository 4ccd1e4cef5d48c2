"""Pages of the exposure report: what is public now, and that somebody looked at it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, sees_whole_school
from belisha.people.rules import GOVERNORS, SAFEGUARDING, SEES_WHOLE_SCHOOL, Role
from belisha.people.sheets import sheet as as_sheet
from belisha.photos.access import can_review_exposure
from belisha.photos.actions import reviewing
from belisha.photos.exposure import by_place, exposed, figures, review_now
from belisha.photos.models import ExposureReview
from belisha.photos.sharing_forms import ReviewForm

COLUMNS = (
    *("place", "kind", "picture", "taken on", "from", "until"),
    *("children seen", "largest face in percent", "words to look at", "may be there"),
)


@open_to(*SEES_WHOLE_SCHOOL, *GOVERNORS)
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The figures for all who may come here; the pictures for those who see the whole school."""
    today = timezone.localdate()
    some = exposed(on=today)
    whole = sees_whole_school(request.user)
    context = {
        "figures": figures(some, on=today),
        "places": by_place(some, on=today),
        "whole": whole,
        "review": review_now(request.school, on=today),
        "can_review": can_review_exposure(request.user),
        "reviews": ExposureReview.objects.select_related("by")[:12],
        "today": today,
    }
    return render(request, "photos/exposure.html", context)


@open_to(Role.HEAD, *SAFEGUARDING)
@require_http_methods(["GET", "POST"])
def review(request: SignedIn) -> HttpResponse:
    form, now = ReviewForm(request.POST or None), timezone.now()
    if form.is_valid():
        reviewing.review(
            request.school,
            form.cleaned_data["note"],
            by=request.user,
            at=now,
            on=timezone.localdate(now),
        )
        messages.success(request, "The review is written down. The next is due next term.")
        return redirect("exposure")
    context = {
        "title": "Review what is public",
        "words": "Look at the pictures of the report first. How many there are is kept with it.",
        "form": form,
        "act": "Write it down",
        "above": "What is public",
        "back": reverse("exposure"),
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*SEES_WHOLE_SCHOOL)
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """The report as a table for a spreadsheet."""
    rows = [
        [
            *(one.publication.place.name, one.publication.place.what.label, one.publication.ref),
            one.taken_on or "",
            *(one.publication.selection.from_on, one.publication.selection.until_on),
            *(one.children, one.percent),
            "; ".join(found.words for found in one.placed.findings),
            "yes" if one.placed.right else "no",
        ]
        for one in exposed(on=timezone.localdate())
    ]
    return as_sheet(request, "public", COLUMNS, rows)
