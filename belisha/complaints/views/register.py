"""The register of concerns and complaints, one of them with its file, and writing one down."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.audit.actions import record
from belisha.complaints.access import (
    LIMITS_FOR,
    READERS,
    can_decide,
    can_handle,
    can_offer,
    can_propose_limit,
    can_set_targets,
    sees_figures,
)
from belisha.complaints.actions.receiving import write_down
from belisha.complaints.elsewhere import BY_KEY
from belisha.complaints.forms import RegisterForm, WriteDownForm
from belisha.complaints.models import Complaint, ContactLimit, ContactLimitQuerySet, Panel
from belisha.complaints.printing import pdf_of
from belisha.complaints.rules import Stage, Status
from belisha.complaints.standing import Entry, entries, entry_of, lost_mail
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, require
from belisha.people.acting import ask, asks, done, posted
from belisha.people.models import User
from belisha.people.rules import fits
from belisha.people.sheets import sheet

PAGE = 50
ORDER = list(Status)
COLUMNS = (
    *("received", "from", "child", "class", "about", "how it came", "stage", "how it stands"),
    *("heard by", "due", "extended to", "answered", "outcome", "closed", "why closed"),
)


def complaint_of(request: SignedIn, ref: str) -> Complaint:
    """One that this person may see; any other does not exist."""
    seen = Complaint.objects.visible_to(request.user, timezone.localdate())
    found: Complaint = get_object_or_404(seen.select_related("child", "school_class"), ref=ref)
    return found


def handled(request: SignedIn, ref: str) -> Complaint:
    """One that this person may handle."""
    complaint = complaint_of(request, ref)
    require(can_handle(request.user, complaint, timezone.localdate()))
    return complaint


def register_of(request: SignedIn) -> list[Entry]:
    """What this person may see, as filtered, what is late first."""
    on, query = timezone.localdate(), request.GET
    typed, stage, status = (query.get(name, "").strip()[:100] for name in ("q", "stage", "status"))
    found = [
        one
        for one in entries(Complaint.objects.visible_to(request.user, on), on)
        if (not typed or fits(typed, one.complaint.name, one.complaint.child_name))
        and (not stage or one.stage == stage)
        and (not status or one.status == status)
    ]
    return sorted(found, key=lambda one: ORDER.index(one.status))


@open_to(*READERS)
@require_GET
def complaints(request: SignedIn) -> HttpResponse:
    user, found = request.user, register_of(request)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "form": RegisterForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ("q", "stage", "status")),
        "query": request.GET.urlencode(),
        "can_offer": can_offer(user),
        "can_set_targets": can_set_targets(user),
        "sees_figures": sees_figures(user),
        "limits": limits_known_to(user),
    }
    return render(request, "complaints/register.html", context)


def limits_known_to(user: User) -> ContactLimitQuerySet:
    """Limits to contact, for those who decide about them, but what is kept from them."""
    known = Complaint.objects.not_kept_from(user)
    limits: ContactLimitQuerySet = ContactLimit.objects.filter(complaint__in=known)
    decides = user.has_role(*LIMITS_FOR)
    return limits.select_related("complaint") if decides else limits.none()


@open_to(*READERS)
@after_fresh_sign_in
@require_GET
def complaints_csv(request: SignedIn) -> HttpResponse:
    return sheet(request, "complaints", COLUMNS, [_line(one) for one in register_of(request)])


def _line(one: Entry) -> list[Any]:
    complaint, step = one.complaint, one.step
    extended = step.extensions.last()
    return [
        complaint.received_on,
        complaint.name,
        complaint.child_name,
        complaint.class_name,
        complaint.get_subject_display(),
        complaint.get_how_display(),
        one.stage.label,
        one.status.label,
        step.handler or "",
        step.due_on,
        extended.due_on if extended else "",
        timezone.localdate(step.decided_at) if step.decided_at else "",
        step.get_outcome_display(),
        timezone.localdate(one.closed.at) if one.closed else "",
        one.closed.get_why_display() if one.closed else "",
    ]


@open_to(*READERS)
@asks
def complaint_add(request: SignedIn) -> HttpResponse:
    """What came by letter or telephone. Who writes it down need not be able to read it later."""
    form = WriteDownForm(posted(request), initial={"received_on": timezone.localdate()})
    made = done(
        request,
        form,
        lambda: write_down(
            form.told,
            received_on=form.cleaned_data["received_on"],
            by=request.user,
            at=timezone.now(),
        ),
        "Written down. It has gone to whoever hears it first.",
    )
    if made:
        # Not on a page of its own, which who wrote it down may not open again.
        return render(request, "complaints/written.html", {"code": made[1]})
    return ask(
        request,
        form,
        title="Write a concern down",
        act="Write it down",
        back=reverse("complaints"),
        above="Complaints",
        words="It goes to the nearest person whom it is not about. A child at risk? Do not write "
        "here. Tell the safeguarding lead now.",
    )


@open_to(*READERS)
@require_GET
def complaint(request: SignedIn, ref: str) -> HttpResponse:
    row, user, on = complaint_of(request, ref), request.user, timezone.localdate()
    entry = entry_of(row, on)
    limits = ContactLimit.objects.counting()
    of_family = limits.filter(complaint__parent=row.parent) if row.parent else limits.none()
    of_address = limits.filter(complaint__email__iexact=row.email) if row.email else limits.none()
    of_both = ContactLimit.objects.filter(pk__in=of_family.values("pk")) | of_address
    context = {
        "complaint": row,
        "entry": entry,
        "steps": row.steps.select_related("handler", "decided_by").prefetch_related(
            "extensions__by"
        ),
        "said": row.messages.select_related("by"),
        "closings": row.closings.select_related("by", "reopened_by"),
        "files": row.attachments.select_related("by"),
        "lost_mail": lost_mail(row).get(row.pk, []),
        "concerned": row.concerned.select_related("staff"),
        "panel": Panel.objects.filter(step=entry.step).prefetch_related("members__staff").first(),
        "same": Complaint.objects.visible_to(user, on).filter(merged_into=row),
        "elsewhere": BY_KEY.get(entry.closed.elsewhere) if entry.closed else None,
        "handles": can_handle(user, row, on),
        "decides": can_decide(user, row, on),
        "can_limit": can_propose_limit(user, row, on),
        "limits": of_both,
        "is_panel": entry.stage is Stage.PANEL,
        "is_last": entry.stage.next is None,
    }
    return render(request, "complaints/complaint.html", context)


@open_to(*READERS)
@after_fresh_sign_in
@require_GET
def complaint_pdf(request: SignedIn, ref: str) -> HttpResponse:
    """The whole file: for a panel, for the family's own copy, for whoever looks at it outside."""
    row = complaint_of(request, ref)
    handles = can_handle(request.user, row, timezone.localdate())
    with transaction.atomic():
        record("complaint.printed", row, by=request.user.pk, at=timezone.now())
    data = pdf_of(entry_of(row, timezone.localdate()), with_notes=handles)
    name = f"complaint-{row.received_on}.pdf"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
