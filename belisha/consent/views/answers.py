"""The register, the answers of one child, and what is written down or taken out of the count."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.consent import actions, importing
from belisha.consent.access import can_record, classes_seen_by, pupils_seen_by
from belisha.consent.forms import AnswerFileForm, AnswersForm, RegisterForm, SetAsideForm
from belisha.consent.ledger import difference_in, entry_of, history_of, voices_about
from belisha.consent.models import Answer
from belisha.consent.register import PAGE, Register, Sort, cells_of, next_of_class, register
from belisha.lib.tables import UnreadableTable
from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    open_to,
    open_to_keepers,
    open_to_staff,
)
from belisha.people.actions import merging
from belisha.people.models import Pupil
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.people.sheets import sheet
from belisha.policy.models import Purpose

STAYS = ("how", "happened_on")  # what a pile of forms has in common


class Back(NamedTuple):
    """Where a page was reached from: the words of the link, and the address."""

    label: str
    url: str


@open_to_staff
@require_GET
def answers(request: SignedIn) -> HttpResponse:
    """The register, a page of it at a time; the numbers and the filters go by all pages."""
    filters, shown = _register(request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filters": filters,
        "register": shown,
        "page": Paginator(shown.rows, PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "can_record": can_record(request.user),
        "query": query.urlencode(),
    }
    return render(request, "consent/answers.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def answers_csv(request: SignedIn) -> HttpResponse:
    """All that the filters leave, whatever the page. The record tells who took it."""
    _, shown = _register(request)
    head = ["number", "first name", "last name", "class"]
    rows = [
        [
            *(row.pupil.key, row.pupil.first_name, row.pupil.last_name),
            str(row.pupil.school_class or ""),
            *(cell.words for cell in row.cells),
        ]
        for row in shown.rows
    ]
    return sheet(request, "answers", [*head, *(one.name for one in shown.purposes)], rows)


def _register(request: SignedIn) -> tuple[RegisterForm, Register]:
    filters = RegisterForm(request.GET, user=request.user)
    filters.is_valid()  # what makes no sense narrows nothing
    return filters, register(request.user, on=timezone.localdate(), **filters.cleaned_data)


@open_to_staff
@require_GET
def pupil_answers(request: SignedIn, pupil_id: int) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    pupil = get_object_or_404(pupils_seen_by(user), pk=pupil_id)
    context: dict[str, Any] = {"pupil": pupil, "cells": cells_of(pupil, on=today)}
    if can_record(user):
        context["can_record"] = True
        context["voices"] = voices_about(pupil, user, on=today)
        context["history"] = history_of(pupil, user, on=today)
        context["differ"] = difference_in(context["cells"], context["voices"])
    return render(request, "consent/pupil.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def record_answers(request: SignedIn, pupil_id: int) -> HttpResponse:
    """One form of paper, typed in; from one child of a class to the next without leaving."""
    pupil = get_object_or_404(pupils_seen_by(request.user), pk=pupil_id)
    following = next_of_class(pupil, request.user)
    form = AnswersForm(
        request.POST or None,
        pupil=pupil,
        purposes=Purpose.objects.in_use(),
        initial={name: request.GET.get(name, "") for name in STAYS},
    )
    if form.is_valid():
        try:
            done = actions.record_answers(pupil, form.drafts(), by=request.user, at=timezone.now())
        except actions.NotRecorded as error:
            form.add_error(None, str(error))
        else:
            many = "1 answer is" if len(done) == 1 else f"{len(done)} answers are"
            messages.success(request, f"{many} written down for {pupil.short_name}.")
            if following and "go_on" in request.POST:
                stays = urlencode({name: form.cleaned_data[name] for name in STAYS})
                return redirect(f"{reverse('record_answers', args=[following.pk])}?{stays}")
            return redirect("pupil_answers", pupil.pk)
    context = {"pupil": pupil, "following": following, "form": form}
    return render(request, "consent/record.html", context, status=422 if form.errors else 200)


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def answers_form(request: SignedIn, pupil_id: int) -> HttpResponse:
    """The questions about one child on paper, for a family without a telephone."""
    pupil = get_object_or_404(pupils_seen_by(request.user), pk=pupil_id)
    back = Back(pupil.short_name, reverse("pupil_answers", args=[pupil_id]))
    return _on_paper(request, [pupil], back)


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def class_forms(request: SignedIn, class_id: int) -> HttpResponse:
    """The questions on paper for each child of a class."""
    school_class = get_object_or_404(classes_seen_by(request.user), pk=class_id)
    pupils = pupils_seen_by(request.user).filter(school_class=school_class)
    back = Back(school_class.name, reverse("class", args=[class_id]))
    return _on_paper(request, sorted(pupils, key=Sort.CLASS.key), back)


def _on_paper(request: SignedIn, pupils: Sequence[Pupil], back: Back) -> HttpResponse:
    context = {"pupils": pupils, "purposes": Purpose.objects.in_use(), "back": back}
    return render(request, "consent/paper.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def set_aside(request: SignedIn, answer_id: int) -> HttpResponse:
    shown = Answer.objects.shown_to(request.user).filter(
        voids=None, pupil__in=pupils_seen_by(request.user)
    )
    answer = get_object_or_404(
        shown.select_related("pupil", "parent__merged_into", "purpose"), pk=answer_id
    )
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        actions.set_aside(answer, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The answer is set aside.")
        return redirect("pupil_answers", answer.pupil_id)
    context = {"entry": entry_of(answer, on=timezone.localdate()), "form": form}
    return render(request, "consent/set_aside.html", context, status=422 if form.errors else 200)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def import_answers(request: SignedIn) -> HttpResponse:
    form = AnswerFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        data, name = file.read(), file.name
        try:
            importing.plan(data, name, on=timezone.localdate(now))
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            kept = importing.keep(data, name, school=request.school, by=request.user, at=now)
            return redirect("import_preview", kept.ref)
    status = 422 if form.errors else 200
    return render(request, "consent/import.html", {"form": form}, status=status)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def import_preview(request: SignedIn, ref: str) -> HttpResponse:
    kept = importing.kept_by(request.user, at=timezone.now()).filter(ref=ref).first()
    if kept is None:
        messages.info(request, "This list is no longer here. Send it again to see what it adds.")
        return redirect("import_answers")
    if request.method == "POST":
        done = importing.accept(kept, by=request.user, at=timezone.now())
        many = "1 answer is" if len(done.new) == 1 else f"{len(done.new)} answers are"
        messages.success(request, f"{many} written down from the list.")
        return redirect("answers")
    plan = importing.plan(bytes(kept.data), kept.name, on=timezone.localdate())
    return render(request, "consent/import_preview.html", {"kept": kept, "plan": plan})


@open_to_keepers
@require_http_methods(["GET", "POST"])
def merge_contacts(request: SignedIn, one: int, other: int) -> HttpResponse:
    """Two contacts side by side, to be made one. It cannot be undone, and the page says so."""
    pair = merging.pair_that_seems_one(one, other)
    if pair is None:
        raise Http404
    merging.with_children([pair])
    keep = next((who for who in pair if str(who.pk) == request.POST.get("keep")), None)
    if keep:
        (goes,) = (who for who in pair if who != keep)
        try:
            actions.merge_contacts(keep, goes, by=request.user, at=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "They are one contact now.")
            return redirect("parent", keep.pk)
    return render(request, "consent/merge.html", {"pair": pair})
