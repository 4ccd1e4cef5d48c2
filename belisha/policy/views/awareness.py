"""Pages about how parents are told what is asked of them: the year at a glance, and each step."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.audit.actions import record
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import ask, posted
from belisha.people.acting import done as done_with
from belisha.people.sheets import as_csv
from belisha.policy.access import PLAN_AWARENESS, SEE_AWARENESS, can_plan_awareness
from belisha.policy.actions import awareness as acts
from belisha.policy.awareness import (
    MOST_BYTES,
    NAMED,
    Channel,
    Standing,
    first_day,
    gaps,
    last_day,
    of_channel,
    school_year,
    state_of,
    year_named,
)
from belisha.policy.forms import DoneForm, EvidenceFileForm, StepForm, WhyForm
from belisha.policy.models import AwarenessFile, AwarenessStep, current_agreements
from belisha.policy.rules import Audience, number_in
from belisha.policy.signing import families_reached

# The light of each standing, and its words.
LIGHTS = {
    Standing.DONE: ("yes", "Done"),
    Standing.PLANNED: ("info", "Planned"),
    Standing.LATE: ("no", "Late"),
    Standing.SET_ASIDE: ("quiet", "Set aside"),
    Standing.GAP: ("ask", "A gap"),
}
COLUMNS = (
    *("school year", "way", "name", "planned", "stands", "done", "by"),
    *("evidence", "file", "address", "why set aside", "words"),
)
GAPS = {
    Channel.PROSPECTUS: "Nothing in the prospectus this year",
    Channel.WEBSITE: "Nothing on the website this year",
    Channel.SOCIAL_FEED: "Nothing in the social feed this year",
    Channel.NEWSLETTER: "Nothing in a newsletter this year",
    Channel.LETTER: "No letter this year",
    Channel.WORD_OF_MOUTH: "Nothing said at an event this year",
}


@open_to(*SEE_AWARENESS)
@require_GET
def awareness(request: SignedIn) -> HttpResponse:
    """One school year at a glance: each way to reach parents, what was done, and the gaps."""
    on = timezone.localdate()
    year = _year(request.GET.get("year", ""), on)
    steps = list(AwarenessStep.objects.of_year(year).select_related("done_by"))
    found = [(Channel(step.channel), step.standing(on)) for step in steps]
    expectations = current_agreements().get(Audience.FAMILIES)
    current = school_year(on)
    context = {
        "year": year,
        "named": year_named(year),
        "years": [(one, year_named(one)) for one in _years(current)],
        "before": year_named(year - 1) if _has_plan(year - 1) else "",
        "rows": _rows(steps, on),
        "steps": steps,
        "state": state_of(found),
        "gaps": [(channel, GAPS[channel]) for channel in gaps(found)],
        "reached": families_reached(expectations) if expectations else None,
        "can_plan": can_plan_awareness(request.user),
        "today": on,
    }
    return render(request, "policy/awareness.html", context)


@open_to(*SEE_AWARENESS)
@require_GET
def awareness_csv(request: SignedIn) -> HttpResponse:
    """The same year as a sheet, one step to a line."""
    on = timezone.localdate()
    year = _year(request.GET.get("year", ""), on)
    steps = AwarenessStep.objects.of_year(year).select_related("done_by")
    shown_by_file = set(AwarenessFile.objects.values_list("step_id", flat=True))
    with transaction.atomic():
        record(
            "awareness.exported",
            request.school,
            by=request.user.pk,
            at=timezone.now(),
            year=year,
            count=len(steps),
        )
    rows = [
        [
            year_named(year),
            Channel(step.channel).label,
            step.name,
            step.planned_on,
            LIGHTS[step.standing(on)][1].lower(),
            step.done_on or "",
            str(step.done_by or ""),
            step.evidence,
            "yes" if step.pk in shown_by_file else "",
            step.link,
            step.why,
            step.text,
        ]
        for step in steps
    ]
    return as_csv(f"awareness-{year}", [COLUMNS, *rows])


@open_to(*PLAN_AWARENESS)
@require_POST
def plan(request: SignedIn) -> HttpResponse:
    return _fill(request, acts.plan_year)


@open_to(*PLAN_AWARENESS)
@require_POST
def copy(request: SignedIn) -> HttpResponse:
    return _fill(request, acts.copy_last_year)


@open_to(*PLAN_AWARENESS)
@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Plan one more step; the year, and where a gap was tapped the way, stand in the address."""
    on = timezone.localdate()
    year = _year(request.GET.get("year", ""), on)
    form = StepForm(
        request.POST or None,
        initial={
            "channel": request.GET.get("channel", ""),
            "planned_on": min(max(on, first_day(year)), last_day(year)),
        },
    )
    if form.is_valid():
        try:
            acts.add_step(year, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("planned_on", error)
        else:
            messages.success(request, "It is in the plan.")
            return redirect(_at_a_glance(year))
    context = {"form": form, "year": year, "named": year_named(year), "back": _at_a_glance(year)}
    return render(request, "policy/awareness_form.html", context, status=_status(form))


@open_to(*SEE_AWARENESS)
@require_GET
def step(request: SignedIn, pk: int) -> HttpResponse:
    """One step: the words, who did it, and the evidence."""
    row = get_object_or_404(AwarenessStep.objects.select_related("done_by", "made_by"), pk=pk)
    stands = row.standing(timezone.localdate())
    context = {
        "step": row,
        "file": row.file,
        "light": LIGHTS[stands],
        "named": year_named(row.year),
        "back": _at_a_glance(row.year),
        "can_plan": can_plan_awareness(request.user),
    }
    return render(request, "policy/awareness_step.html", context)


@open_to(*PLAN_AWARENESS)
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(AwarenessStep, pk=pk)
    form = StepForm(request.POST or None, instance=row)
    if form.is_valid():
        try:
            acts.change_step(row, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("planned_on", error)
        else:
            messages.success(request, "The change is kept.")
            return redirect("awareness_step", pk)
    back = reverse("awareness_step", args=[pk])
    context = {"form": form, "step": row, "named": year_named(row.year), "back": back}
    return render(request, "policy/awareness_form.html", context, status=_status(form))


@open_to(*PLAN_AWARENESS)
@require_http_methods(["GET", "POST"])
def done(request: SignedIn, pk: int) -> HttpResponse:
    """Write down that it was done: today and by oneself, unless one says otherwise."""
    row = get_object_or_404(AwarenessStep, pk=pk)
    usual = {
        "done_on": row.done_on or timezone.localdate(),
        "done_by": row.done_by or request.user.staff,
        "evidence": row.evidence,
        "link": row.link,
    }
    form = DoneForm(request.POST or None, step=row, initial=usual)
    if form.is_valid():
        try:
            acts.mark_done(row, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("done_on", error)
        else:
            messages.success(request, "It is written down as done.")
            return redirect("awareness_step", pk)
    context = {"form": form, "step": row}
    return render(request, "policy/awareness_done.html", context, status=_status(form))


@open_to(*PLAN_AWARENESS)
@require_POST
def not_done(request: SignedIn, pk: int) -> HttpResponse:
    acts.undo_done(get_object_or_404(AwarenessStep, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "It counts as not done again.")
    return redirect("awareness_step", pk)


@open_to(*PLAN_AWARENESS)
@require_http_methods(["GET", "POST"])
def keep_file(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(AwarenessStep, pk=pk)
    form = EvidenceFileForm(posted(request), request.FILES or None)

    def act() -> object:
        file = form.cleaned_data["file"]
        return acts.keep_file(
            row, file.read(MOST_BYTES + 1), name=file.name, by=request.user, at=timezone.now()
        )

    if done_with(request, form, act, "The file is kept."):
        return redirect("awareness_step", pk)
    back = reverse("awareness_step", args=[pk])
    return ask(request, form, title="Add a file", act="Keep it", back=back, above=row.title)


@open_to(*PLAN_AWARENESS)
@require_POST
def remove_file(request: SignedIn, pk: int) -> HttpResponse:
    acts.remove_file(get_object_or_404(AwarenessStep, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "The file is gone.")
    return redirect("awareness_step", pk)


@open_to(*SEE_AWARENESS)
@require_GET
def file(request: SignedIn, pk: int) -> HttpResponse:
    """The file as it was sent. It is never shown here, only given back."""
    row = get_object_or_404(AwarenessFile, step=pk)
    headers = {"Content-Disposition": f'attachment; filename="evidence.{row.kind}"'}
    data = acts.bytes_of(row)
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@open_to(*PLAN_AWARENESS)
@require_http_methods(["GET", "POST"])
def set_aside(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(AwarenessStep, pk=pk)
    form = WhyForm(request.POST or None)
    if done_with(
        request,
        form,
        lambda: acts.set_aside(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "It is set aside.",
    ):
        return redirect("awareness_step", pk)
    context = {"form": form, "step": row}
    return render(request, "policy/awareness_set_aside.html", context, status=_status(form))


@open_to(*PLAN_AWARENESS)
@require_POST
def take_up(request: SignedIn, pk: int) -> HttpResponse:
    acts.take_up_again(get_object_or_404(AwarenessStep, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "It is in the plan again.")
    return redirect("awareness_step", pk)


def _fill(request: SignedIn, act: Any) -> HttpResponse:
    year = _year(request.POST.get("year", ""), timezone.localdate())
    try:
        steps = act(year, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{len(steps)} steps are planned. Change them as you need.")
    return redirect(_at_a_glance(year))


def _rows(steps: list[AwarenessStep], on: date) -> list[dict[str, Any]]:
    """Each way to reach parents, with its light and its steps; another way only if it is used."""
    rows = []
    for channel in Channel:
        of_it = [(step, step.standing(on)) for step in steps if step.channel == channel]
        if of_it or channel in NAMED:
            whole = of_channel(stands for _, stands in of_it)
            rows.append(
                {
                    "channel": channel,
                    "light": LIGHTS[whole],
                    "gap": GAPS.get(channel, "") if whole is Standing.GAP else "",
                    "steps": [(step, LIGHTS[stands]) for step, stands in of_it],
                }
            )
    return rows


def _year(typed: str, on: date) -> int:
    """The year asked for: one that has a plan, this one or the next; else this one."""
    current, asked = school_year(on), number_in(typed)
    return asked if asked in _years(current) else current


def _years(current: int) -> list[int]:
    planned = AwarenessStep.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({*planned, current, current + 1}, reverse=True)


def _has_plan(year: int) -> bool:
    return bool(AwarenessStep.objects.of_year(year).filter(set_aside_at=None).exists())


def _at_a_glance(year: int) -> str:
    return f"{reverse('awareness')}?year={year}"


def _status(form: Any) -> int:
    return 422 if form.errors else 200
