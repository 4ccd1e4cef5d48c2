"""Pages of specific permission for staff: asked about one picture and use, seen, withdrawn."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.audit.actions import record
from belisha.consent.models import How
from belisha.consent.rules import Kind
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff, require
from belisha.people.models import bounced
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.people.sheets import as_csv
from belisha.photos.access import (
    can_ask_families,
    can_remind,
    can_see_who_said_what,
    can_set_aside,
    can_withdraw,
)
from belisha.photos.actions import answering, covering, requests
from belisha.photos.asking import answers_to, answers_to_each, ask_one
from belisha.photos.forms import AskFamiliesForm, PaperAnswerForm, WhyForm
from belisha.photos.models import PictureAnswer, PictureRequest
from belisha.photos.views.finding import photo_of
from belisha.photos.views.pictures import Place
from belisha.policy.models import Purpose

AT_ONCE = 200
COLUMNS = (
    *("use", "purpose", "album", "asked on", "until", "state"),
    *("number", "first name", "last name", "class", "parent", "answer", "on", "how"),
)


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    found = PictureRequest.objects.visible_to(request.user)
    rows = found.select_related("photo__album", "asked_by")[:AT_ONCE]
    today = timezone.localdate()
    context = {
        "requests": [(row, row.state(today)) for row in rows],
        "can_export": can_see_who_said_what(request.user),
    }
    return render(request, "photos/requests.html", context)


@open_to_staff
@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, ref: str) -> HttpResponse:
    photo, today = photo_of(request, ref), timezone.localdate()
    require(can_ask_families(request.user, photo.album))
    purpose = Purpose.objects.in_use().filter(each_picture=True).first()
    if purpose is None:
        raise Http404
    form = AskFamiliesForm(request.POST or None)
    if form.is_valid():
        try:
            made = requests.ask_families(
                photo,
                purpose,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
                on=today,
            )
        except requests.NotAsked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The families are asked.")
            return redirect("picture-request", made.ref)
    settled = ask_one(photo, purpose, on=today).verdict
    context = {"photo": photo, "purpose": purpose, "form": form, "settled": bool(settled)}
    status = 422 if form.errors else 200
    return render(request, "photos/ask_families.html", context, status=status)


@open_to_staff
@require_GET
def picture_request(request: SignedIn, ref: str) -> HttpResponse:
    """What became of a request, in counts; who said what for those who keep the answers."""
    asked, today = _request_of(request, ref), timezone.localdate()
    people = answers_to(asked)
    count = Counter(one.light for one in people)
    reminders = asked.reminders.select_related("by")
    decision = ask_one(asked.photo, asked.purpose, on=today, request=asked)
    context: dict[str, Any] = {
        "asked": asked,
        "place": Place(asked.purpose, decision, asked),
        "yes": count["yes"],
        "no": count["no"],
        "silent": count["ask"],
        "over": asked.until < today,
        "clips": covering.progress_of_question(asked, on=today),
        "can_withdraw": can_withdraw(request.user, asked),
        "reminders": reminders,
        "can_remind": asked.is_open(today) and count["ask"] and can_remind(request.user, asked),
        "reminded_today": any(one.on == today for one in reminders),
    }
    if can_see_who_said_what(request.user):
        broken = bounced(one.relation.parent.email for one in people)
        context["answers"] = [
            (one, can_set_aside(request.user, one.answer)) for one in people if one.answer
        ]
        context["silent_people"] = [
            (one.relation, one.relation.parent.email.lower() not in {"", *broken})
            for one in people
            if one.answer is None
        ]
        aside = PictureAnswer.objects.told().filter(request=asked, voids__isnull=False)
        context["aside"] = aside.select_related("voids", "parent", "pupil", "by").oldest_first()
        context["can_record"] = asked.is_open(today) and bool(people)
    return render(request, "photos/picture_request.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def answer_on_paper(request: SignedIn, ref: str) -> HttpResponse:
    """What a parent said of the picture on paper or in person, typed in by the office."""
    asked, today = _request_of(request, ref), timezone.localdate()
    settled = bool(ask_one(asked.photo, asked.purpose, on=today).verdict)
    people = answers_to(asked)
    form = PaperAnswerForm(request.POST or None, people=people, settled=settled)
    if form.is_valid():
        try:
            answering.answer_on_paper(
                asked, **form.said, by=request.user, at=timezone.now(), on=today
            )
        except requests.NotAsked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The answer is written down.")
            return redirect("picture-request", ref)
    context = {
        "asked": asked,
        "form": form,
        "settled": settled,
        "can_answer": asked.is_open(today) and bool(people),
    }
    status = 422 if form.errors else 200
    return render(request, "photos/paper_answer.html", context, status=status)


@open_to(*SEES_WHOLE_SCHOOL)
@require_http_methods(["GET", "POST"])
def set_aside(request: SignedIn, pk: int) -> HttpResponse:
    """An answer that was written down wrongly."""
    told = PictureAnswer.objects.standing().told().exclude(how=How.WEB)
    found = told.filter(request__in=PictureRequest.objects.visible_to(request.user))
    answer = get_object_or_404(
        found.select_related("request", "pupil", "parent__merged_into"), pk=pk
    )
    form = WhyForm(request.POST or None)
    if form.is_valid():
        answering.set_aside(answer, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The answer is set aside.")
        return redirect("picture-request", answer.request.ref)
    context = {"answer": answer, "no": Kind(answer.kind).is_no, "form": form}
    status = 422 if form.errors else 200
    return render(request, "photos/set_aside.html", context, status=status)


@open_to_staff
@require_POST
def remind(request: SignedIn, ref: str) -> HttpResponse:
    asked, now = _request_of(request, ref), timezone.now()
    require(can_remind(request.user, asked))
    try:
        requests.remind(asked, by=request.user, at=now, on=timezone.localdate(now))
    except requests.NotAsked as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Whoever has not answered gets a reminder by email.")
    return redirect("picture-request", ref)


@open_to(*SEES_WHOLE_SCHOOL)
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """Every request, who is asked, and what they said. The record tells who took it."""
    found = PictureRequest.objects.visible_to(request.user)
    rows = list(found.select_related("photo__album", "purpose"))
    people, today = answers_to_each(rows), timezone.localdate()
    lines = [(row, one) for row in rows for one in people[row.pk]]
    with transaction.atomic():
        record(
            "picture.requests-exported",
            request.school,
            by=request.user.pk,
            at=timezone.now(),
            count=len(lines),
        )
    shown: list[Sequence[object]] = [COLUMNS]
    for row, one in lines:
        pupil, answer = one.relation.pupil, one.answer
        shown.append(
            [
                row.use,
                row.purpose.name,
                row.photo.album.title,
                timezone.localdate(row.asked_at),
                row.until,
                row.state(today).label,
                pupil.key,
                pupil.first_name,
                pupil.last_name,
                str(pupil.school_class or ""),
                str(one.relation.parent),
                one.words,
                answer.happened_on if answer else "",
                How(answer.how).label if answer else "",
            ]
        )
    return as_csv(f"requests-{today}", shown)


@open_to_staff
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, ref: str) -> HttpResponse:
    asked = _request_of(request, ref)
    require(can_withdraw(request.user, asked))
    page = reverse("picture-request", args=[ref])
    if request.method == "POST":
        requests.withdraw(asked, by=request.user, at=timezone.now())
        messages.success(request, "The request is withdrawn.")
        return redirect(page)
    context = {
        "title": "Withdraw this request",
        "words": "No answer to it counts any more. Copies made with it are closed at once.",
        "act": "Withdraw the request",
        "back_url": page,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def _request_of(request: SignedIn, ref: str) -> PictureRequest:
    found = PictureRequest.objects.visible_to(request.user)
    asked: PictureRequest = get_object_or_404(
        found.select_related("photo__album__school_class", "purpose", "asked_by", "withdrawn_by"),
        ref=ref,
    )
    return asked
