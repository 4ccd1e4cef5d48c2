"""Approving a draft, and issuing it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, asks, done, posted
from belisha.people.rules import Role
from belisha.policy.access import (
    EDIT_DRAFTS,
    SEE_DRAFTS,
    can_decide,
    can_edit_drafts,
    can_record_governors,
)
from belisha.policy.actions import documents as acts
from belisha.policy.comparing import changes_words
from belisha.policy.document_forms import GovernorsForm, SizeForm
from belisha.policy.models import Approval, Version
from belisha.policy.views.documents import compared
from belisha.policy.views.drafts import draft_of


@open_to(*SEE_DRAFTS)
@asks
def draft_approvals(request: SignedIn, key: str) -> HttpResponse:
    """Who has approved the draft; the approval of the governors is written down here."""
    row = draft_of(request, key)
    user, may_record = request.user, can_record_governors(request.user)
    form = GovernorsForm(posted(request)) if may_record else None
    seen = request.POST.get("seen", "")
    if form and done(
        request,
        form,
        lambda: acts.approve(
            row,
            Approval.Side.GOVERNORS,
            seen=seen,
            by=user,
            at=timezone.now(),
            **form.cleaned_data,
        ),
        "It is written down that the governors approved.",
    ):
        return redirect("draft_approvals", key)
    earlier = Approval.objects.filter(version=row).exclude(superseded_at=None)
    context = {
        "document": row.document,
        "version": row,
        "approvals": row.approvals,
        "earlier": earlier.order_by("-recorded_at"),
        "form": form,
        "seen": row.digest,
        "can_edit": can_edit_drafts(user),
        "can_decide": can_decide(user),
    }
    status = 422 if form and form.errors else 200
    return render(request, "policy/approvals.html", context, status=status)


@open_to(Role.HEAD)
@require_POST
def draft_approve(request: SignedIn, key: str) -> HttpResponse:
    """The head approves the draft that they had before them."""
    row, seen = draft_of(request, key), request.POST.get("seen", "")
    return acted(
        request,
        lambda: acts.approve(
            row, Approval.Side.HEAD, seen=seen, by=request.user, at=timezone.now()
        ),
        reverse("draft_approvals", args=[key]),
        "You have approved the draft.",
    )


@open_to(*EDIT_DRAFTS)
@asks
def draft_issue(request: SignedIn, key: str) -> HttpResponse:
    """What issuing does, with what changed first; the head alone issues."""
    row, user = draft_of(request, key), request.user
    if request.method == "POST" and can_decide(user):
        seen = request.POST.get("seen", "")
        return acted(
            request,
            lambda: acts.issue(row, seen=seen, by=user, at=timezone.now()),
            reverse("document", args=[key]) if not row.document.is_main else reverse("policy"),
            f"Version {row.label} is issued. It is in force now.",
        )
    current = row.document.in_force(timezone.now())
    context = {
        "document": row.document,
        "version": row,
        "current": current,
        "missing": acts.missing_for(row, timezone.localdate()),
        "seen": row.digest,
        "can_decide": can_decide(user),
        **(_change(row, current) if current else {}),
    }
    return render(request, "policy/issue.html", context)


def _change(row: Version, current: Version) -> dict[str, object]:
    parts = compared(current, row)
    size = "substance" if row.is_of_substance else "small"
    return {
        **parts,
        "changes_words": changes_words(parts["changes"]),
        "size_form": SizeForm(initial={"size": size}),
    }
