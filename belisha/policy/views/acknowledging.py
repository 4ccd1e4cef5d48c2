"""Pages for the office about who read what the school asks of families (D.0)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import done
from belisha.people.models import Parent, Relation
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.people.sheets import sheet
from belisha.policy.access import KEEP_PAPER, can_keep_paper, can_set_acknowledgement_aside
from belisha.policy.actions import acknowledging as acts
from belisha.policy.forms import FamiliesForm, SetAsideForm, ToldForm
from belisha.policy.models import Acknowledgement, How, current_agreements
from belisha.policy.rules import Audience
from belisha.policy.signing import Reader, own_acknowledgement, readers

PAGE = 50


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def families_who_read(request: SignedIn) -> HttpResponse:
    """Who has read it and how they told us, a page at a time."""
    filters, found = _readers(request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "agreement": current_agreements().get(Audience.FAMILIES),
        "filters": filters,
        "read": sum(one.acknowledged is not None for one in found),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "can_keep_paper": can_keep_paper(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "policy/readers.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@after_fresh_sign_in
@require_GET
def families_who_read_csv(request: SignedIn) -> HttpResponse:
    """All that the filters leave. The record tells who took it."""
    _, found = _readers(request)
    rows = [
        [
            one.parent.first_name,
            one.parent.last_name,
            ", ".join(child.short_name for child in one.children),
            *(
                ("yes", said.happened_on, How(said.how).label, said.agreement.number)
                if said
                else ("no", "", "", "")
            ),
        ]
        for one in found
        for said in [one.acknowledged]
    ]
    head = ["first name", "last name", "children", "read", "on", "how", "version"]
    return sheet(request, "acknowledgements", head, rows)


@open_to(*KEEP_PAPER)
@require_http_methods(["GET", "POST"])
def acknowledge_on_paper(request: SignedIn, pk: int) -> HttpResponse:
    """One parent: what they told us so far, and what came on paper or in person."""
    ties = Relation.objects.open_here().select_related("pupil")
    parent = get_object_or_404(Parent.objects.filter(pk__in=ties.values("parent")), pk=pk)
    agreement = current_agreements().get(Audience.FAMILIES)
    form = ToldForm(request.POST or None)
    if done(
        request,
        form,
        lambda: acts.acknowledge_on_paper(
            parent,
            how=How(form.cleaned_data["how"]),
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        ),
        "It is written down.",
    ):
        return redirect("acknowledge_on_paper", parent.pk)
    said = Acknowledgement.objects.filter(parent=parent).order_by("at")
    entries = list(said.select_related("agreement", "recorded_by", "voids"))
    gone = {entry.voids_id for entry in entries}
    context = {
        "parent": parent,
        "children": [tie.pupil for tie in ties.filter(parent=parent).order_by("pk")],
        "agreement": agreement,
        "read": own_acknowledgement(parent, agreement) if agreement else None,
        "entries": [
            (one, one.pk in gone, can_set_acknowledgement_aside(request.user, one))
            for one in entries
        ],
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "policy/acknowledge_on_paper.html", context, status=status)


@open_to(*KEEP_PAPER)
@require_http_methods(["GET", "POST"])
def set_acknowledgement_aside(request: SignedIn, pk: int) -> HttpResponse:
    """What was written down wrongly for a parent."""
    written = Acknowledgement.objects.standing().exclude(how=How.WEB)
    entry = get_object_or_404(written.select_related("parent", "agreement"), pk=pk)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        acts.set_aside(entry, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "It is set aside.")
        return redirect("acknowledge_on_paper", entry.parent_id)
    context = {"entry": entry, "form": form}
    status = 422 if form.errors else 200
    return render(request, "policy/set_acknowledgement_aside.html", context, status=status)


def _readers(request: SignedIn) -> tuple[FamiliesForm, list[Reader]]:
    filters = FamiliesForm(request.GET)
    filters.is_valid()  # what makes no sense narrows nothing
    typed = filters.cleaned_data
    agreement = current_agreements().get(Audience.FAMILIES)
    if agreement is None:
        return filters, []
    found = readers(
        agreement, school_class=typed.get("school_class"), missing=bool(typed.get("missing"))
    )
    return filters, found
