"""A case that speaks about somebody who asks what is held on them: released, or held back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.incidents.access import HANDLERS
from belisha.incidents.actions.bundles import left_out
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import asks, done, posted
from belisha.rights.actions import cases as acts
from belisha.rights.cases import Mention, mention
from belisha.rights.forms import CaseForm, PartGivenForm
from belisha.rights.models import Request
from belisha.rights.rules import Ground


def _mention(request: SignedIn, ref: str, case: str) -> Mention:
    """For whoever works on the case; for everybody else there is no such page."""
    row = get_object_or_404(Request, ref=ref)
    found = mention(row, case, request.user, timezone.now())
    if found is None:
        raise Http404
    return found


@open_to(*HANDLERS)
@asks
def case(request: SignedIn, ref: str, case: str) -> HttpResponse:
    """Decide whether the person may have their part of it; it can be changed later."""
    one, user, now = _mention(request, ref, case), request.user, timezone.now()
    is_given = "how" in request.POST
    form = CaseForm(None if is_given else posted(request))
    given_form = PartGivenForm(posted(request) if is_given else None)

    def decide() -> object:
        typed = form.cleaned_data
        if typed["release"] == "yes":
            return acts.release(one.request, one.case, by=user, at=now)
        ground, why = Ground(typed["ground"]), typed["why"]
        return acts.hold_back(one.request, one.case, ground=ground, why=why, by=user, at=now)

    def give() -> object:
        return acts.given(one.request, one.case, **given_form.cleaned_data, by=user, at=now)

    if done(request, given_form, give, "Kept. It stands in the case alone."):
        return redirect("case", one.case.ref)
    if done(request, form, decide, "Decided. It stands in the case alone."):
        return redirect(
            request.path
            if form.cleaned_data["release"] == "yes"
            else reverse("case", args=[one.case.ref])
        )
    status = 422 if form.errors or given_form.errors else 200
    context = {"one": one, "form": form, "given_form": given_form, "left_out": left_out(one.case)}
    return render(request, "rights/case.html", context, status=status)


@open_to(*HANDLERS)
@after_fresh_sign_in
@require_POST
def part(request: SignedIn, ref: str, case: str) -> HttpResponse:
    """Their part as a PDF, in which letters stand for all others. The case writes it down."""
    one = _mention(request, ref, case)
    made = acts.part_of(one.request, one.case, by=request.user, at=timezone.now())
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
