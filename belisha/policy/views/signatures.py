"""Pages about signatures: who is missing, reading with a class, paper, setting aside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    open_to,
    open_to_staff,
    sees_whole_school,
)
from belisha.people.acting import done
from belisha.people.models import Pupil, SchoolClass
from belisha.people.sheets import sheet
from belisha.policy.access import (
    KEEP_PAPER,
    can_keep_paper,
    can_plan_awareness,
    can_read_with,
    can_set_aside,
    classes_with_lists_for,
)
from belisha.policy.actions import signatures as acts
from belisha.policy.forms import ListForm, PaperForm, ReadingForm, SetAsideForm
from belisha.policy.models import How, Reading, Signature, current_agreements
from belisha.policy.rules import Audience, number_in
from belisha.policy.signing import (
    Child,
    ClassList,
    agreement_of,
    families_reached,
    list_of,
    lists_for,
)


@open_to_staff
@require_GET
def agreements(request: SignedIn) -> HttpResponse:
    """Who signed and who is missing, class by class."""
    filters, lists, missing = _lists(request)
    expectations = current_agreements().get(Audience.FAMILIES)
    whole = sees_whole_school(request.user)
    context = {
        "filters": filters,
        "lists": lists,
        "show_children": missing != "parents",
        "show_parents": missing != "children",
        "whole": whole,
        "reached": families_reached(expectations) if whole and expectations else None,
        "issued": any(child.agreement for one in lists for child in one.children),
        "query": request.GET.urlencode(),
        "plans": can_plan_awareness(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "policy/agreements.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def agreements_csv(request: SignedIn) -> HttpResponse:
    """The same as a sheet: those who are missing, if the filter says so, else all."""
    _, lists, missing = _lists(request)
    rows = [child for one in lists for child in one.children if _wanted(child, missing)]
    lines = [
        [
            child.pupil.key,
            child.pupil.first_name,
            child.pupil.last_name,
            str(child.pupil.school_class or ""),
            Audience(child.agreement.audience).label if child.agreement else "",
            *(one.happened_on if one else "" for one in (child.signed, child.countersigned)),
        ]
        for child in rows
    ]
    head = ["number", "first name", "last name", "class", "agreement", "signed", "counter-signed"]
    return sheet(request, "agreements", head, lines)


@open_to_staff
@require_GET
def class_agreement(request: SignedIn, pk: int) -> HttpResponse:
    """One class: who is missing, with a button for each, and the readings so far."""
    school_class = _class(request, pk)
    readings = Reading.objects.filter(school_class=school_class).select_related("recorded_by")
    context = {
        "school_class": school_class,
        "list": list_of(school_class),
        "readings": readings,
        "can_read_with": can_read_with(request.user, school_class),
        "can_keep_paper": can_keep_paper(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "policy/class.html", context)


@open_to_staff
@require_http_methods(["GET", "POST"])
def read_with_class(request: SignedIn, pk: int) -> HttpResponse:
    """Write a reading down: the whole class, or one child by the button beside the name."""
    school_class = _class(request, pk)
    if not can_read_with(request.user, school_class):
        raise Http404
    listed = list_of(school_class)
    # The first time everybody is ticked; later only those who read it now are ticked by hand.
    present = [] if listed.signed else [child.pupil.pk for child in listed.unsigned]
    form = ReadingForm(
        request.POST or None,
        school_class=school_class,
        missing=listed.unsigned,
        initial={"on": timezone.localdate(), "present": present},
    )
    if form.is_valid():
        try:
            reading = acts.read_with_class(
                school_class,
                list(form.cleaned_data["present"]),
                shown=_numbers(request, "shown"),
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _said(reading))
            return redirect("class_agreement", school_class.pk)
    context = {"school_class": school_class, "list": listed, "form": form}
    return render(request, "policy/read.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_GET
def class_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The words and a line to sign for each child, to print."""
    school_class = _class(request, pk)
    context = {"school_class": school_class, "list": list_of(school_class)}
    return render(request, "policy/sheet.html", context)


@open_to_staff
@require_http_methods(["GET", "POST"])
def reading(request: SignedIn, pk: int) -> HttpResponse:
    """Who signed in one reading; what was written down wrongly is set aside here."""
    rows = Reading.objects.select_related("school_class", "recorded_by")
    row = get_object_or_404(
        rows.filter(school_class__in=classes_with_lists_for(request.user)), pk=pk
    )
    signatures = Signature.objects.filter(reading=row).select_related("pupil", "recorded_by")
    can_change = can_read_with(request.user, row.school_class)
    if request.method == "POST" and not can_change:
        raise Http404
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        chosen = signatures.filter(pk__in=_numbers(request, "signature"), voids=None)
        done = acts.set_aside(chosen, **form.cleaned_data, by=request.user, at=timezone.now())
        if done:
            messages.success(request, _many_aside(len(done)))
            return redirect("reading", row.pk)
        form.add_error(None, "Tick the names that are wrong.")
    gone = {one.voids_id: one for one in signatures if one.voids_id}
    context = {
        "reading": row,
        "signatures": [(one, gone.get(one.pk)) for one in signatures if not one.voids_id],
        "some_stand": any(not one.voids_id and one.pk not in gone for one in signatures),
        "can_change": can_change,
        "form": form,
    }
    return render(request, "policy/reading.html", context, status=422 if form.errors else 200)


@open_to(*KEEP_PAPER)
@require_http_methods(["GET", "POST"])
def countersign_on_paper(request: SignedIn, pk: int) -> HttpResponse:
    pupil = get_object_or_404(Pupil.objects.current().select_related("school_class"), pk=pk)
    agreement = agreement_of(pupil, current_agreements())
    form = PaperForm(request.POST or None, pupil=pupil)
    if done(
        request,
        form,
        lambda: acts.countersign_on_paper(
            pupil,
            form.cleaned_data["parent"],
            how=How(form.cleaned_data["how"]),
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        ),
        "The signature is written down.",
    ):
        return redirect("countersign_on_paper", pupil.pk)
    signed = Signature.objects.standing().filter(pupil=pupil, parent__isnull=False)
    context = {
        "pupil": pupil,
        "agreement": agreement,
        "form": form,
        "signatures": [
            (one, can_set_aside(request.user, one))
            for one in signed.select_related("parent", "agreement", "reading").order_by("id")
        ],
    }
    return render(request, "policy/paper.html", context, status=422 if form.errors else 200)


@open_to(*KEEP_PAPER)
@require_http_methods(["GET", "POST"])
def set_signature_aside(request: SignedIn, pk: int) -> HttpResponse:
    """One signature of a parent that was written down wrongly."""
    on_paper = Signature.objects.standing().filter(parent__isnull=False).exclude(how=How.WEB)
    row = get_object_or_404(on_paper.select_related("pupil", "parent"), pk=pk)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        acts.set_aside([row], **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _many_aside(1))
        return redirect("countersign_on_paper", row.pupil_id)
    context = {"signature": row, "form": form}
    return render(request, "policy/set_aside.html", context, status=422 if form.errors else 200)


def _lists(request: SignedIn) -> tuple[ListForm, list[ClassList], str]:
    lists = lists_for(request.user)
    classes = [one.school_class for one in lists if one.school_class]
    filters = ListForm(request.GET, classes=classes)
    filters.is_valid()  # what makes no sense narrows nothing
    chosen = filters.cleaned_data.get("school_class")
    if chosen:
        lists = [one for one in lists if one.school_class == chosen]
    return filters, lists, filters.cleaned_data.get("missing", "")


def _wanted(child: Child, missing: str) -> bool:
    if missing == "children":
        return child.unsigned
    return child.uncountersigned if missing == "parents" else True


def _class(request: SignedIn, pk: int) -> SchoolClass:
    for school_class in classes_with_lists_for(request.user):
        if school_class.pk == pk:
            return school_class
    raise Http404


def _numbers(request: SignedIn, name: str) -> set[int]:
    return {number_in(typed) for typed in request.POST.getlist(name)}


def _said(reading: Reading | None) -> str:
    if reading is None:
        return "They had signed already. Nothing new is written down."
    many = Signature.objects.filter(reading=reading).count()
    return "1 child has signed." if many == 1 else f"{many} children have signed."


def _many_aside(many: int) -> str:
    return "1 signature is set aside." if many == 1 else f"{many} signatures are set aside."
