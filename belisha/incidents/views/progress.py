"""Pages on which a case is worked on: questions, tasks, decisions, its follow-up and end."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.incidents.access import HANDLERS
from belisha.incidents.actions import bundles, deciding, needs
from belisha.incidents.models import Case, Party, Sanction, Task
from belisha.incidents.progress_forms import (
    BreachedForm,
    BundleForm,
    CloseForm,
    FinishForm,
    FollowUpForm,
    JoinForm,
    OutcomeForm,
    SanctionForm,
    SheetForm,
    SupportForm,
    TaskForm,
    WhyForm,
)
from belisha.incidents.rules import Kind, Part
from belisha.incidents.standing import asked_of, work_of
from belisha.incidents.views.finding import act_in, case_of
from belisha.incidents.working.closing import ForStaff, Outcome
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import asks, posted
from belisha.people.models import Staff
from belisha.policy.models import ladder_of
from belisha.policy.sanctions import BULLYING, suggested


@open_to(*HANDLERS)
@asks
def sheet(request: SignedIn, ref: str, key: str) -> HttpResponse:
    """One sheet of questions."""
    case = case_of(request, ref)
    replies = needs.replies_of(case)
    found = next((one for one in asked_of(Kind(case.kind), replies) if one.sheet.key == key), None)
    if found is None:
        raise Http404
    form = SheetForm(posted(request), sheet=found.sheet, replies=replies)
    return act_in(
        request,
        case,
        form,
        lambda: needs.answer_sheet(
            case, found.sheet, form.typed, by=request.user, at=timezone.now()
        ),
        title=found.sheet.title,
        button="Write the answers down",
        words=f"{found.sheet.intro} A changed answer leaves the earlier one to be read.",
    )


@open_to(*HANDLERS)
@require_GET
def memo(request: SignedIn, ref: str) -> HttpResponse:
    """The test of E.i to E.iii as a PDF."""
    case = case_of(request, ref)
    verdict = deciding.may_sanction_in(case)
    words = " ".join(one.text for one in verdict.reasons)
    says = {"yes": "A sanction may be given.", "no": "No sanction may be given."}
    said = says.get(verdict.outcome, "Not decided.")
    pdf = bundles.memo_of(case, words=f"{said} {words}", by=request.user, at=timezone.now())
    return _as_pdf(pdf, f"memo-{case.reference}.pdf")


@open_to(*HANDLERS)
@asks
def task(request: SignedIn, ref: str) -> HttpResponse:
    case, at = case_of(request, ref), timezone.now()
    form = TaskForm(posted(request), staff=_works_on(case))
    return act_in(
        request,
        case,
        form,
        lambda: needs.add_task(case, **form.cleaned_data, by=request.user, at=at),
        title="Something to do",
        button="Write it down",
    )


@open_to(*HANDLERS)
@asks
def finish(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    case = case_of(request, ref)
    found = Task.objects.open().filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    form = FinishForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: needs.finish(
            found,
            needed=form.cleaned_data["needed"] == "yes",
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        ),
        title=found.what,
        button="Write it down",
        words=found.why,
    )


@open_to(*HANDLERS)
@asks
def breached(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    there = case.breached.filter(struck_at=None).values_list("clause", flat=True)
    form = BreachedForm(posted(request), initial={"clauses": list(there)})
    return act_in(
        request,
        case,
        form,
        lambda: deciding.breached(
            case, form.cleaned_data["clauses"], by=request.user, at=timezone.now()
        ),
        title="Rules broken",
        button="Write them down",
    )


@open_to(*HANDLERS)
@asks
def sanction(request: SignedIn, ref: str) -> HttpResponse:
    """A sanction for a pupil; before it, where it is needed, the test of E.i to E.iii."""
    case, at = case_of(request, ref), timezone.now()
    verdict = deciding.may_sanction_in(case)
    parties = _parties(case, Part.SUBJECT).exclude(pupil=None)
    form = SanctionForm(posted(request), parties=parties)
    like = deciding.in_like_cases(case, request.user)
    words = " ".join(one.text for one in verdict.reasons)
    if not verdict:
        words = f"{words} {verdict.remedy}"
    for one in parties:
        earlier = deciding.earlier_of(one, request.user, at)
        usual = suggested(ladder_of(BULLYING), earlier).title
        words = f"{words} {one}: {earlier} earlier this school year. The ladder suggests: {usual}."
    if like:
        listed = ", ".join(f"{step} ({number})" for step, number in like)
        words = f"{words} In like cases: {listed}."
    if before := deciding.had_before(case, request.user, at):
        listed = ", ".join(f"{one.pupil}: {one.step} ({one.about})" for one in before)
        words = f"{words} Given before in this school year: {listed}."
    return act_in(
        request,
        case,
        form,
        lambda: deciding.sanction(case, **form.cleaned_data, by=request.user, at=at),
        title="A sanction",
        button="Write it down",
        words=words,
    )


@open_to(*HANDLERS)
@asks
def take_back(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    case, form = case_of(request, ref), WhyForm(posted(request))
    found = Sanction.objects.standing().filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    return act_in(
        request,
        case,
        form,
        lambda: deciding.take_back(found, **form.cleaned_data, by=request.user, at=timezone.now()),
        title=f"Take back: {found}",
        button="Take it back",
        words="It stays to be read.",
    )


@open_to(*HANDLERS)
@asks
def support(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    form = SupportForm(posted(request), parties=_parties(case, Part.HARMED))
    return act_in(
        request,
        case,
        form,
        lambda: deciding.support(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Help for whoever was harmed",
        button="Write it down",
    )


@open_to(*HANDLERS)
@after_fresh_sign_in
@asks
def outcome(request: SignedIn, ref: str) -> HttpResponse:
    """What came of it for somebody on the staff, for its own readers alone."""
    case = case_of(request, ref)
    parties = _parties(case, Part.SUBJECT).exclude(staff=None)
    form = OutcomeForm(posted(request), parties=parties, staff=_works_on(case))
    return act_in(
        request,
        case,
        form,
        lambda: deciding.outcome_for(
            case,
            **form.cleaned_data | {"outcome": ForStaff(form.cleaned_data["outcome"])},
            by=request.user,
            at=timezone.now(),
        ),
        title="What came of it for them",
        button="Write it down",
        words="This is kept apart from the case, with its own time.",
    )


@open_to(*HANDLERS)
@asks
def follow_up(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), FollowUpForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: deciding.follow_up(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Follow it up",
        button="Write it down",
        words="No case is closed without it.",
    )


@open_to(*HANDLERS)
@asks
def close(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    form = CloseForm(posted(request), kind=Kind(case.kind))
    return act_in(
        request,
        case,
        form,
        lambda: deciding.close(
            case,
            outcome=Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
            learnt=form.cleaned_data["learnt"],
            by=request.user,
            at=timezone.now(),
        ),
        title="Close the case",
        button="Close it",
        said="The case is closed.",
        words=" ".join(work_of(case, request.user, timezone.now()).missing),
    )


@open_to(*HANDLERS)
@asks
def reopen(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), WhyForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: deciding.reopen(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Open the case again",
        button="Open it again",
        said="The case is open again.",
        words="It needs a follow-up of its own before it can be closed again.",
    )


@open_to(*HANDLERS)
@asks
def join(request: SignedIn, ref: str) -> HttpResponse:
    case, at = case_of(request, ref), timezone.now()
    others = Case.objects.visible_to(request.user, at).open().exclude(pk=case.pk)
    form = JoinForm(posted(request), cases=others)
    return act_in(
        request,
        case,
        form,
        lambda: deciding.join(case, **form.cleaned_data, by=request.user, at=at),
        title="Join it to another case",
        button="Join them",
        said="Joined. It goes on in the other case.",
        words="People and what is still to do go over. This case is closed, one link away.",
    )


@open_to(*HANDLERS)
@after_fresh_sign_in
@asks
def bundle(request: SignedIn, ref: str) -> HttpResponse:
    """The case as a PDF for somebody outside; that it was made stands in its record."""
    case, form = case_of(request, ref), BundleForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        made = bundles.give_out(
            case,
            to=bundles.For(said["to"]),
            purpose=said["purpose"],
            redacted=said["redacted"] == "yes",
            notes=said["notes"],
            by=request.user,
            at=timezone.now(),
        )
        return _as_pdf(made.pdf, made.name)
    context = {"case": case, "form": form, "left_out": bundles.left_out(case)}
    return render(request, "incidents/bundle.html", context, status=422 if form.errors else 200)


@open_to(*HANDLERS)
@require_GET
def concerns(request: SignedIn) -> HttpResponse:
    """Low-level concerns by person, so that a pattern is seen; kept apart from other cases."""
    seen = Case.objects.visible_to(request.user, timezone.now()).filter(kind=Kind.CONCERN)
    rows: dict[Staff, list[Case]] = {}
    parties = Party.objects.standing().filter(case__in=seen, part=Part.SUBJECT)
    for one in parties.exclude(staff=None).select_related("staff", "case"):
        rows.setdefault(one.staff, []).append(one.case)
    people = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0].name))
    return render(request, "incidents/concerns.html", {"people": people})


def _parties(case: Case, part: Part) -> Any:
    return Party.objects.standing().filter(case=case, part=part)


def _works_on(case: Case) -> Any:
    works = case.handlers.filter(until_at=None).values("staff")
    return Staff.objects.current().filter(pk__in=works)


def _as_pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
