"""The review of one's own privacy settings (B.v): a guide, one tap, and who is overdue."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import SignedIn, open_to, open_to_staff
from belisha.people.models import calendar_of
from belisha.people.rules import Role
from belisha.policy.actions import privacy as acts
from belisha.policy.duties import State
from belisha.policy.models import PrivacyReview
from belisha.policy.platforms import PLATFORMS
from belisha.policy.readings import privacy_figures, review_of, reviews_on


@open_to_staff
@require_http_methods(["GET", "POST"])
def privacy(request: SignedIn) -> HttpResponse:
    """What to look at, platform by platform. The ticks stay in the browser: none has a name."""
    if request.method == "POST":
        acts.review_done(by=request.user, at=timezone.now())
        messages.success(request, "The date is written down. Nothing else is kept.")
        return redirect("privacy")
    today, staff = timezone.localdate(), request.user.staff
    assert staff is not None  # every role of staff is one of a row
    state, due_on = review_of(staff, today)
    last = PrivacyReview.objects.filter(staff=staff).first()
    context = {
        "platforms": PLATFORMS,
        "state": state.value,
        "due_on": due_on,
        "last": last,
        "of_today": last is not None and last.done_on == today,
    }
    return render(request, "policy/privacy.html", context)


@open_to_staff
@require_POST
def take_review_back(request: SignedIn) -> HttpResponse:
    if acts.take_review_back(by=request.user, at=timezone.now()):
        messages.success(request, "Taken back. The review of this term still waits.")
    return redirect("privacy")


@open_to(Role.HEAD)
@require_GET
def privacy_overdue(request: SignedIn) -> HttpResponse:
    """Who has not yet said this term that they went through their settings."""
    today = timezone.localdate()
    waiting = [
        (staff, state.value, due_on)
        for staff, state, due_on in reviews_on(today)
        if state is not State.DONE
    ]
    done, all_of_them = privacy_figures(today)
    context = {
        "waiting": waiting,
        "done": done,
        "all": all_of_them,
        "term": calendar_of(request.school).term_began(today),
        "today": today,
    }
    return render(request, "policy/privacy_overdue.html", context)
