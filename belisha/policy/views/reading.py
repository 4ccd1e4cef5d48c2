"""Pages of each member of staff: what they must read, the text, and that they have read it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import SignedIn, open_to
from belisha.people.rules import Role
from belisha.policy.access import READERS
from belisha.policy.actions.reading import (
    OtherText,
    WrongAnswers,
    acknowledge_reading,
    questions_of,
    reading_under,
)
from belisha.policy.models import Clause, Question, Read, ReadingDuty
from belisha.policy.readings import Reading, readings_of, text_of
from belisha.policy.rules import number_in


@open_to(*READERS)
@require_GET
def to_read(request: SignedIn) -> HttpResponse:
    """What is mine to read, what waits first; and all that I ever read."""
    staff = request.user.staff
    assert staff is not None  # a role of READERS is one of staff
    readings = readings_of(staff, timezone.localdate())
    context = {
        "readings": readings,
        "waiting": [one for one in readings if one.is_open],
        "history": Read.objects.standing().filter(staff=staff).select_related("version"),
        "is_head": request.user.has_role(Role.HEAD),
    }
    return render(request, "policy/to_read.html", context)


@open_to(*READERS)
@require_http_methods(["GET", "POST"])
def read_it(request: SignedIn, pk: int) -> HttpResponse:
    """One text: what changed since I last read it, the questions, and "I have read it"."""
    duty = get_object_or_404(ReadingDuty.objects.select_related("document"), pk=pk)
    reading = _mine(request, duty)
    questions = questions_of(reading)
    chosen = {one.pk: number_in(request.POST.get(f"question-{one.pk}", "")) for one in questions}
    wrong: list[Question] = []
    problem, status = "", 200
    if request.method == "POST":
        try:
            acknowledge_reading(
                duty,
                shown=number_in(request.POST.get("shown", "")),
                answers=chosen,
                by=request.user,
                at=timezone.now(),
            )
        except WrongAnswers as error:
            wrong, problem, status = list(error.questions), error.messages[0], 422
        except OtherText as error:
            problem, status = error.messages[0], 422
        else:
            messages.success(request, f"Written down: you have read {reading.what}.")
            return redirect("to_read")
    context = {
        "reading": reading,
        "text": text_of(reading),
        "questions": _asked(questions, chosen, wrong, reading),
        "problem": problem,
    }
    return render(request, "policy/read_it.html", context, status=status)


def _mine(request: SignedIn, duty: ReadingDuty) -> Reading:
    staff = request.user.staff
    reading = reading_under(duty, staff, timezone.localdate()) if staff else None
    if reading is None:
        raise Http404
    return reading


def _asked(
    questions: list[Question], chosen: dict[int, int], wrong: list[Question], reading: Reading
) -> list[dict[str, object]]:
    """The questions as the page shows them; with each that is wrong, the clause that says it."""
    clauses = Clause.objects.filter(
        version=reading.version, address__in=[one.address for one in wrong if one.address]
    )
    words = {clause.address: clause for clause in clauses}
    return [
        {
            "question": one,
            "choices": list(enumerate(one.choices, start=1)),
            "chosen": chosen[one.pk],
            "wrong": one in wrong,
            "clause": words.get(one.address),
        }
        for one in questions
    ]
