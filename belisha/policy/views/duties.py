"""Pages about who must read what: duties, editions of guidance, questions on what changed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import done
from belisha.people.rules import Role
from belisha.policy.access import SEE_READERS, can_set_duties
from belisha.policy.actions import duties as acts
from belisha.policy.duties import MOST_QUESTIONS
from belisha.policy.forms import DutyForm, EditionForm, QuestionForm
from belisha.policy.guidance import GUIDANCE, SHIPPED_DUTIES
from belisha.policy.models import Clause, Document, Question, ReadingDuty, Version


@open_to(*SEE_READERS)
@require_GET
def reading_duties(request: SignedIn) -> HttpResponse:
    """Who reads what, document by document; and guidance that may be put in use."""
    duties = ReadingDuty.objects.filter(ended_on=None).select_related("document")
    documents = list(Document.objects.filter(ended_at=None))
    newest: dict[int, Version] = {}
    for version in Version.objects.issued().filter(document__in=documents):
        newest.setdefault(version.document_id, version)  # the newest of each comes first
    ever = set(ReadingDuty.objects.values_list("document_id", flat=True))
    rows = [
        {
            "document": document,
            "version": newest.get(document.pk),
            "duties": [duty for duty in duties if duty.document_id == document.pk],
            "is_guidance": document.key in GUIDANCE,
        }
        for document in documents
    ]
    here = {row["document"].key for row in rows if row["version"]}
    context = {
        "rows": rows,
        "guidance": [one for one in GUIDANCE.values() if one.key not in here],
        "usual": any(one.key in SHIPPED_DUTIES and one.pk not in ever for one in documents),
        "can_set": can_set_duties(request.user),
    }
    return render(request, "policy/duties.html", context)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def add_duty(request: SignedIn) -> HttpResponse:
    form = DutyForm(request.POST or None)
    if form.is_valid():
        acts.add_duty(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "They are asked from today.")
        return redirect("reading_duties")
    context = {"form": form, "duty": None}
    return render(request, "policy/duty.html", context, status=422 if form.errors else 200)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def change_duty(request: SignedIn, pk: int) -> HttpResponse:
    duty = _duty(pk)
    form = DutyForm(request.POST or None, duty=duty)
    if done(
        request,
        form,
        lambda: acts.change_duty(duty, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Changed from today. Whoever has read it need not again.",
    ):
        return redirect("reading_duties")
    context = {"form": form, "duty": duty}
    return render(request, "policy/duty.html", context, status=422 if form.errors else 200)


@open_to(Role.HEAD)
@require_POST
def end_duty(request: SignedIn, pk: int) -> HttpResponse:
    acts.end_duty(_duty(pk), by=request.user, at=timezone.now())
    messages.success(
        request, "Nobody is asked for it from today. What was read stays written down."
    )
    return redirect("reading_duties")


@open_to(Role.HEAD)
@require_POST
def begin_duties(request: SignedIn) -> HttpResponse:
    """The shipped duties of each document that nobody had to read yet."""
    begun = acts.begin_usual_duties(by=request.user, at=timezone.now())
    messages.success(request, f"{len(begun)} duties begin today." if begun else "All are there.")
    return redirect("reading_duties")


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def edition(request: SignedIn, key: str) -> HttpResponse:
    """Which edition of a guidance from outside counts from now on."""
    if key not in GUIDANCE:
        raise Http404
    guidance = GUIDANCE[key]
    last = Version.objects.issued().filter(document__key=key).first()
    initial = {
        "edition": "" if last else guidance.edition,
        "read_at": last.read_at if last else guidance.read_at,
    }
    form = EditionForm(request.POST or None, first=last is None, initial=initial)
    if form.is_valid():
        acts.put_edition_in_use(key, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The edition is in use. Staff are asked to read it.")
        return redirect("reading_duties")
    context = {"form": form, "guidance": guidance, "last": last}
    return render(request, "policy/edition.html", context, status=422 if form.errors else 200)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def questions(request: SignedIn, pk: int) -> HttpResponse:
    """Up to three questions on what changed in one version."""
    version = get_object_or_404(Version.objects.select_related("document"), pk=pk)
    clauses = Clause.objects.filter(version=version).order_by("position")
    addresses = [(one.address, f"{one.address}: {one.text[:60]}") for one in clauses]
    asked = {one.position: one for one in Question.objects.filter(version=version)}
    forms = [
        QuestionForm(
            request.POST if request.method == "POST" else None,
            prefix=str(number),
            addresses=addresses,
            initial=_typed(asked.get(number)),
        )
        for number in range(1, MOST_QUESTIONS + 1)
    ]
    wrong = any(form.errors for form in forms)
    if request.method == "POST" and not wrong:
        drafts = [
            acts.Draft(**{**typed, "address": typed.get("address", "")})
            for typed in (form.cleaned_data for form in forms)
            if typed["text"]
        ]
        acts.set_questions(version, drafts, by=request.user, at=timezone.now())
        messages.success(request, "Saved. They are asked before somebody says they have read it.")
        return redirect("reading_duties")
    context = {"version": version, "forms": forms, "wrong": wrong}
    return render(request, "policy/questions.html", context, status=422 if wrong else 200)


def _typed(question: Question | None) -> dict[str, object]:
    if question is None:
        return {}
    return {
        "text": question.text,
        "choices": "\n".join(question.choices),
        "answer": question.answer,
        "why": question.why,
        "address": question.address,
    }


def _duty(pk: int) -> ReadingDuty:
    rows = ReadingDuty.objects.filter(ended_on=None).select_related("document")
    row: ReadingDuty = get_object_or_404(rows, pk=pk)
    return row
