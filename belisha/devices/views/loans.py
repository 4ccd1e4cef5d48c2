"""Who had what, and when: all loans, and one with its signatures."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.devices.access import can_change_due
from belisha.devices.actions import loans as acts
from belisha.devices.forms import DueForm, LoansForm
from belisha.devices.models import Loan
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to_staff, require
from belisha.people.acting import ask, asks, done, posted
from belisha.people.sheets import sheet

AT_ONCE = 50
SHEET = (
    *("device", "who", "for", "off site", "out", "due", "back", "brought by", "condition"),
    "memory",
)


@open_to_staff
@require_GET
def loans(request: SignedIn) -> HttpResponse:
    form = LoansForm(request.GET)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": Paginator(form.found(), AT_ONCE).get_page(request.GET.get("page")),
        "form": form,
        "query": asked.urlencode(),
        "filtered": any(asked.values()),
        "now": timezone.now(),
    }
    return render(request, "devices/loans.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def loans_csv(request: SignedIn) -> HttpResponse:
    rows = [
        [
            one.device.name,
            one.who,
            one.purpose,
            one.plan.where_to if one.plan else "",
            timezone.localtime(one.out_at),
            timezone.localtime(one.due_at),
            timezone.localtime(one.back_at) if one.back_at else "",
            one.brought_by or "",
            one.get_condition_display(),
            one.get_memory_display() if one.memory else "",
        ]
        for one in LoansForm(request.GET).found()
    ]
    return sheet(request, "loans", SHEET, rows)


@open_to_staff
@require_GET
def loan(request: SignedIn, ref: str) -> HttpResponse:
    row = _loan_of(ref)
    changes = row.back_at is None and can_change_due(request.user, row)
    context = {"loan": row, "changes": changes, "late": row.is_late(timezone.now())}
    return render(request, "devices/loan.html", context)


@open_to_staff
@asks
def change_due(request: SignedIn, ref: str) -> HttpResponse:
    row = _loan_of(ref)
    require(can_change_due(request.user, row))
    form, page = DueForm(posted(request), initial={"due_at": row.due_at}), _page_of(ref)
    if done(
        request,
        form,
        lambda: acts.change_due(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Saved.",
    ):
        return redirect(page)
    return ask(
        request,
        form,
        title=f"When does {row.device} come back?",
        act="Save",
        back=page,
        above=str(row),
    )


def _page_of(ref: str) -> str:
    return reverse("loan", args=[ref])


def _loan_of(ref: str) -> Loan:
    named = Loan.objects.select_related(
        "device", "holder", "brought_by", "plan__visit", "out_by", "back_by"
    )
    row: Loan = get_object_or_404(named, ref=ref)
    return row
