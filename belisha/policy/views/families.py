"""What parents read and sign."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from belisha.people.access import SignedIn, open_to
from belisha.people.models import Parent
from belisha.people.rules import Role
from belisha.policy.access import children_signed_for_by
from belisha.policy.actions import acknowledging
from belisha.policy.actions import signatures as acts
from belisha.policy.models import Acknowledgement, How, current_agreements
from belisha.policy.rules import Audience, number_in
from belisha.policy.signing import agreement_of, own_acknowledgement, own_signature


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def child_agreement(request: SignedIn, pk: int) -> HttpResponse:
    """The agreement of one's child, to read together; and what this parent signed, no other."""
    child = get_object_or_404(children_signed_for_by(request.user), pk=pk)
    status = 200
    if request.method == "POST":
        try:
            acts.countersign(child, shown=_shown(request), by=request.user, at=timezone.now())
        except acts.WordsChanged as error:
            messages.warning(request, " ".join(error.messages))
            status = 409
        else:
            messages.success(request, gettext("Thank you. We have written that down."))
            return redirect("child_agreement", child.pk)
    agreement = agreement_of(child, current_agreements())
    context = {
        "child": child,
        "agreement": agreement,
        "signed": own_signature(child, _parent(request), agreement) if agreement else None,
    }
    return render(request, "policy/child.html", context, status=status)


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def expectations(request: SignedIn) -> HttpResponse:
    """What the school asks of families (D.0), and the ways to the children's agreements."""
    status = 200
    if request.method == "POST":
        try:
            acknowledging.acknowledge(shown=_shown(request), by=request.user, at=timezone.now())
        except acts.WordsChanged as error:
            messages.warning(request, " ".join(error.messages))
            status = 409
        else:
            messages.success(request, gettext("Thank you. We have written that down."))
            return redirect("expectations")
    agreement = current_agreements().get(Audience.FAMILIES)
    acknowledged = own_acknowledgement(_parent(request), agreement) if agreement else None
    context = {
        "agreement": agreement,
        "acknowledged": acknowledged,
        "how": _how(acknowledged) if acknowledged else "",
        "children": children_signed_for_by(request.user),
    }
    return render(request, "policy/expectations.html", context, status=status)


def _how(told: Acknowledgement) -> str:
    """How the office came to know; nothing when the parent told us on this page."""
    return {How.PAPER: gettext("on paper"), How.IN_PERSON: gettext("in person")}.get(
        How(told.how), ""
    )


def _shown(request: SignedIn) -> int:
    """The version that stood on the page; 0, which is none, when it does not say."""
    return number_in(request.POST.get("shown", ""))


def _parent(request: SignedIn) -> Parent:
    assert request.user.parent is not None  # by the role that opens the page
    return request.user.parent
