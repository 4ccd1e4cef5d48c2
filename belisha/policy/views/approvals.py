"""What the head is asked to agree to: asked, shown, decided, taken back, kept."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.audit.actions import record
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.models import StandIn
from belisha.people.rules import LEADERS
from belisha.people.sheets import as_csv
from belisha.policy.access import ASK_HEAD, can_answer, can_take_back, to_answer
from belisha.policy.actions import approvals as acts
from belisha.policy.approval_forms import AskForm, ListForm, NoForm, WhyForm, YesForm
from belisha.policy.approvals import as_shown, why_no_yes
from belisha.policy.models import (
    HeadRequest,
    HeadRequestQuerySet,
    Stage,
    answers_to,
    stage_of,
)
from belisha.policy.replies import clause_shown, own_clauses, said_by

AT_ONCE = 50
EARLIER = 20
COLUMNS = (
    *("asked on", "asked by", "what", "kind", "clause", "words", "why", "needed by"),
    *("state", "answered on", "answered by", "stood in", "conditions", "until", "reason"),
    *("ended on", "ended by", "ended why"),
)


@open_to(*ASK_HEAD)
@require_GET
def approvals(request: SignedIn) -> HttpResponse:
    """What waits for this person, and everything asked and answered that they may see."""
    user, on = request.user, timezone.localdate()
    form, rows = _listed(request)
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": _with_answers(page.object_list, request),
        "waiting": list(to_answer(user, on).select_related("asked_by")[:AT_ONCE]),
        "is_leader": user.has_role(*LEADERS),
        "stand_ins": StandIn.objects.counting(on),
        "query": query.urlencode(),
    }
    return render(request, "policy/head_requests.html", context)


@open_to(*LEADERS)
@after_fresh_sign_in
@require_GET
def approvals_csv(request: SignedIn) -> HttpResponse:
    """The same list as a sheet. The record tells who took it."""
    now, on = timezone.now(), timezone.localdate()
    _, found = _listed(request)
    rows = list(found)
    with transaction.atomic():
        record("head.exported", request.school, by=request.user.pk, at=now, count=len(rows))
    lines: list[Sequence[object]] = [COLUMNS]
    own = own_clauses(now)
    for row, answer, stage in _with_answers(rows, request):
        asked = [row.title, row.get_kind_display(), clause_shown(row.clause, own), row.words]
        told = [timezone.localtime(row.asked_at).date(), row.asked_by, *asked, row.why]
        line = [*told, row.needed_by or "", stage.label]
        if answer:
            line += [timezone.localtime(answer.at).date(), answer.by]
            line += ["yes" if answer.as_stand_in else "", answer.conditions, answer.until or ""]
            line += [answer.reason]
        if answer and answer.ended_at:
            line += [timezone.localtime(answer.ended_at).date(), answer.ended_by, answer.ended_why]
        lines.append(line)
    return as_csv(f"approvals-{on}", lines)


@open_to(*ASK_HEAD)
@asks
def approval_ask(request: SignedIn) -> HttpResponse:
    """Ask for an exception from a rule."""
    now = timezone.now()
    form = AskForm(posted(request), at=now, initial={"clause": request.GET.get("clause", "")})
    row = done(
        request,
        form,
        lambda: acts.ask_for_exception(**form.cleaned_data, by=request.user, at=now),
        "The head is asked. You are told by mail when there is an answer.",
    )
    if row:
        return redirect("approval", row.ref)
    return ask(
        request,
        form,
        title="Ask for an exception",
        act="Ask the head",
        back=reverse("approvals"),
        above="The head’s yes",
        words="Until the head says yes, the rule stands. Some rules have no exception: a family’s "
        "no, or a camera near a toilet. Pictures, accounts and devices are asked for where they "
        "are kept.",
    )


@open_to(*ASK_HEAD)
@require_GET
def approval(request: SignedIn, ref: str) -> HttpResponse:
    """The very thing, who asks and why, what rules say already, and the answer."""
    row = _visible(request, ref)
    return _page(request, row, NoForm())


@open_to(*ASK_HEAD)
@require_POST
def approval_answer(request: SignedIn, ref: str) -> HttpResponse:
    """Yes, perhaps with conditions and until a day, or no with a reason."""
    row, yes = _visible(request, ref), request.POST.get("say") == "yes"
    form = YesForm(request.POST) if yes else NoForm(request.POST)
    made = done(
        request,
        form,
        lambda: acts.answer(
            row,
            **{"digest": "", **form.cleaned_data},
            yes=yes,
            by=request.user,
            at=timezone.now(),
        ),
        "You said yes. They are told." if yes else "You said no. They are told why.",
    )
    return redirect("approval", ref) if made else _page(request, row, form)


@open_to(*ASK_HEAD)
@asks
def approval_take_back(request: SignedIn, ref: str) -> HttpResponse:
    """A yes does not count any more from now on."""
    row = _visible(request, ref)
    answer, form = row.answer, WhyForm(posted(request))
    on = timezone.localdate()
    if not (answer and answer.stands(on) and can_answer(request.user, row, on)):
        return redirect("approval", ref)
    made = done(
        request,
        form,
        lambda: acts.take_back_yes(
            answer, why=form.cleaned_data["why"], by=request.user, at=timezone.now()
        ),
        "The yes does not count any more. They are told.",
    )
    if made:
        return redirect("approval", ref)
    return ask(
        request,
        form,
        title=f"Take the yes back: {row}",
        act="Take it back",
        back=reverse("approval", args=[ref]),
        above="The request",
        words="It counts at once. Whatever rests on this yes is not right any more.",
    )


@open_to(*ASK_HEAD)
@require_POST
def approval_withdraw(request: SignedIn, ref: str) -> HttpResponse:
    """Who asked does not need it any more."""
    row = _visible(request, ref)
    return acted(
        request,
        lambda: acts.withdraw_request(row, by=request.user, at=timezone.now()),
        reverse("approval", args=[ref]),
        "Your request is taken back.",
    )


@open_to(*ASK_HEAD)
@require_POST
def approval_read(request: SignedIn, ref: str) -> HttpResponse:
    """Who asked has read the answer."""
    row = _visible(request, ref)
    answer = row.answer
    if answer is None:
        return redirect("approval", ref)
    return acted(
        request,
        lambda: acts.say_read(answer, by=request.user, at=timezone.now()),
        reverse("approval", args=[ref]),
        "Written down: you have read it.",
    )


def _visible(request: SignedIn, ref: str) -> HeadRequest:
    rows = HeadRequest.objects.visible_to(request.user).select_related("asked_by", "withdrawn_by")
    row: HeadRequest = get_object_or_404(rows, ref=ref)
    return row


def _page(request: SignedIn, row: HeadRequest, form: Any) -> HttpResponse:
    """The page of one request; `form` is what was typed, if anything was."""
    user, on, own = request.user, timezone.localdate(), own_clauses(timezone.now())
    answer = answers_to([row]).get(row.pk)
    stage = stage_of(row, answer, on)
    thing, fragment = as_shown(row, user, on, request)
    open_now = stage is Stage.WAITING
    decides = can_answer(user, row, on)
    yes = YesForm(initial={"digest": thing.digest, "until": row.wanted_until})
    context = {
        "asked": row,
        "answer": answer,
        "stage": stage,
        "clause": said_by(row.clause, own),
        "thing": thing,
        "fragment": fragment,
        "rules": list(  # each once, though many pictures may have the same
            dict.fromkeys(
                said_by(one.clause, own, one.text, rule.outcome) for rule, one in thing.grounds
            )
        ),
        "why_no_yes": why_no_yes(row, thing),
        "decides": open_now and decides,
        "yes_form": form if isinstance(form, YesForm) else yes,
        "no_form": form if isinstance(form, NoForm) else NoForm(),
        "form": form,  # by which the page knows whether something is to be put right
        "can_withdraw": open_now and can_take_back(user, row),
        "can_end": stage is Stage.YES and decides,
        "is_mine": row.asked_by_id == user.pk,
        "next": None if open_now else to_answer(user, on).first(),
        "earlier": _with_answers(_earlier(row).visible_to(user)[:EARLIER], request),
    }
    status = 422 if form.errors else 200
    return render(request, "policy/head_request.html", context, status=status)


def _earlier(row: HeadRequest) -> HeadRequestQuerySet:
    """What else was asked about the same thing; of an exception, by the same person and rule."""
    if row.about:
        same = HeadRequest.objects.about(row.kind, row.about)
    else:
        same = HeadRequest.objects.filter(
            kind=row.kind, clause=row.clause, asked_by=row.asked_by_id
        )
    others: HeadRequestQuerySet = same.exclude(pk=row.pk).select_related("asked_by")
    return others


def _listed(request: SignedIn) -> tuple[ListForm, HeadRequestQuerySet]:
    form, on = ListForm(request.GET), timezone.localdate()
    rows = HeadRequest.objects.visible_to(request.user).select_related("asked_by")
    chosen = form.cleaned_data if form.is_valid() else {}
    if stage := chosen.get("stage"):
        rows = rows.at_stage(Stage(stage), on)
    if kind := chosen.get("kind"):
        rows = rows.filter(kind=kind)
    if typed := chosen.get("q"):
        rows = rows.filter(
            Q(title__icontains=typed)
            | Q(words__icontains=typed)
            | Q(asked_by__name__icontains=typed)
        )
    return form, rows


def _with_answers(rows: Any, request: SignedIn) -> list[tuple[HeadRequest, Any, Stage]]:
    listed, on = list(rows), timezone.localdate()
    answers = answers_to(listed)
    return [(row, (one := answers.get(row.pk)), stage_of(row, one, on)) for row in listed]
