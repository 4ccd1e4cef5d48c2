"""Pages about campaigns."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.audit.actions import record
from belisha.consent.campaigns import acts
from belisha.consent.campaigns.forms import CampaignForm, EndForm, LettersForm
from belisha.consent.campaigns.progress import Person, Progress, progress
from belisha.consent.campaigns.whom import children_of, plan
from belisha.consent.campaigns.words import subject_and_body
from belisha.consent.models import Campaign, Reach
from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    can_manage_people,
    open_to,
    open_to_keepers,
)
from belisha.people.actions.letters import print_letters
from belisha.people.models import SchoolClass, calendar_of
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.people.sheets import as_csv
from belisha.policy.models import Purpose

asks = require_http_methods(["GET", "POST"])
USUAL_SCHOOL_DAYS = 10  # that families are given to answer, unless the office says otherwise


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def campaigns(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    rows = [(one, one.is_open(on)) for one in Campaign.objects.all()]
    shown = {"campaigns": rows, "keeps": can_manage_people(request.user)}
    return render(request, "consent/campaigns/list.html", shown)


@open_to_keepers
@asks
def add(request: SignedIn) -> HttpResponse:
    """Ask for what is needed, then show who would be asked; only the second yes sends anything."""
    today = timezone.localdate()
    typed = request.POST if request.method == "POST" else None
    form = CampaignForm(
        typed,
        today=today,
        usual_end=calendar_of(request.school).add_school_days(today, USUAL_SCHOOL_DAYS),
        initial=_for_changed_words(request),
    )
    shown: dict[str, object] = {"form": form, "wrong": settings.MAIL.wrong}
    if form.is_valid() and "change" not in request.POST:
        if "go" in request.POST:
            try:
                made = acts.start(
                    request.school, **form.cleaned_data, by=request.user, at=timezone.now()
                )
            except ValidationError as reason:
                form.add_error(None, reason)
            else:
                messages.success(request, "The families are asked.")
                return redirect("campaign", made.pk)
        else:
            return render(
                request, "consent/campaigns/preview.html", shown | _preview(form, request)
            )
    status = 422 if form.errors else 200
    return render(request, "consent/campaigns/add.html", shown, status=status)


def _for_changed_words(request: SignedIn) -> dict[str, str]:
    """A campaign that is ready but for a last look, when the words of a purpose have changed."""
    changed = Purpose.objects.in_use().exclude(asked_since=None)
    purpose = changed.filter(key=request.GET.get("changed", "")).first()
    if purpose is None:
        return {}
    return {
        "title": f"New words: {purpose.name}"[:80],
        "whom": "everyone",
        "text": f"We have changed who sees pictures under “{purpose.name}”. A yes that you gave "
        "before counts no more. Tell us again.",
    }


def _preview(form: CampaignForm, request: SignedIn) -> dict[str, object]:
    typed = form.cleaned_data
    today = timezone.localdate()
    draft = Campaign(title=typed["title"], text=typed["text"], since=typed["since"])
    draft.answer_by = typed["answer_by"]
    subject, body = subject_and_body(draft, request.school, language="")
    asked = plan(children_of(typed["whom"], typed["classes"], on=today))
    by_hand = typed["on_paper"] is Reach.HAND
    return {"plan": asked, "by_hand": by_hand, "subject": subject, "body": body}


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def campaign(request: SignedIn, pk: int) -> HttpResponse:
    row, on = _campaign(pk), timezone.localdate()
    shown = {
        "campaign": row,
        "open": row.is_open(on),
        "progress": progress(row, on=on, user=request.user),
        "keeps": can_manage_people(request.user),
    }
    return render(request, "consent/campaigns/campaign.html", shown)


@open_to_keepers
@require_POST
def remind(request: SignedIn, pk: int) -> HttpResponse:
    try:
        acts.remind_now(_campaign(pk), by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, "Whoever has not answered gets a reminder by email.")
    return redirect("campaign", pk)


@open_to_keepers
@asks
def change(request: SignedIn, pk: int) -> HttpResponse:
    row = _campaign(pk)
    form = EndForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        initial={"answer_by": row.answer_by, "remind_after": row.remind_after},
    )
    if form.is_valid():
        acts.change(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("campaign", pk)
    shown = {"campaign": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consent/campaigns/change.html", shown, status=status)


@open_to_keepers
@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    acts.end(_campaign(pk), by=request.user, at=timezone.now())
    messages.success(request, "The campaign has ended. Nobody is reminded any more.")
    return redirect("campaign", pk)


@open_to_keepers
@asks
def erase(request: SignedIn, pk: int) -> HttpResponse:
    row = _campaign(pk)
    if request.method == "POST":
        acts.erase(row, by=request.user, at=timezone.now())
        messages.success(request, "The campaign is erased.")
        return redirect("campaigns")
    shown = {
        "title": f"Erase “{row.title}”?",
        "words": "Who was asked, and when, is forgotten. What families answered stays.",
        "act": "Erase",
        "back_url": reverse("campaign", args=[pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", shown)


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def hand_out(request: SignedIn, pk: int, class_pk: int) -> HttpResponse:
    """A list to print: whose family has not answered, and nothing else about them."""
    row = _campaign(pk)
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=class_pk)
    stands = progress(row, on=timezone.localdate())
    shown = {
        "campaign": row,
        "school_class": school_class,
        "children": stands.silent_children(school_class),
        "today": timezone.localdate(),
    }
    return render(request, "consent/campaigns/hand_out.html", shown)


@open_to_keepers
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """Who was asked and who has answered, for a spreadsheet."""
    row, on = _campaign(pk), timezone.localdate()
    stands = progress(row, on=on)
    with transaction.atomic():
        record("campaign.exported", row, by=request.user.pk, at=timezone.now())
    rows = [
        [
            person.parent.first_name,
            person.parent.last_name,
            ", ".join(sorted({str(child.school_class or "") for child in person.children})),
            person.asked.get_reach_display(),
            "yes" if person.answered else "no",
            "" if person.answered else person.not_reached,
        ]
        for person in stands.people
    ]
    head = ["first name", "last name", "classes", "asked", "answered", "not reached"]
    return as_csv(f"campaign-{on}", [head, *rows])


@open_to_keepers
@after_fresh_sign_in
@asks
def letters(request: SignedIn, pk: int) -> HttpResponse:
    row, on = _campaign(pk), timezone.localdate()
    stands = progress(row, on=on)
    groups = _letter_groups(stands)
    typed = request.POST if request.method == "POST" else None
    form = LettersForm(typed, initial={"who": "unreached"})
    if form.is_valid():
        people = groups[form.cleaned_data["who"]]
        if people:
            return _letters(request, row, people, on)
        form.add_error("who", "Nobody is among them.")
    shown = {"campaign": row, "form": form, "groups": groups, "address": settings.ADDRESS}
    status = 422 if form.errors else 200
    return render(request, "consent/campaigns/letters.html", shown, status=status)


def _letter_groups(stands: Progress) -> dict[str, list[Person]]:
    unreached = [one for one in stands.silent if one.asked.reach != Reach.MAIL or one.not_reached]
    return {"unreached": unreached, "silent": stands.silent}


def _letters(request: SignedIn, row: Campaign, people: list[Person], on: date) -> HttpResponse:
    pdf = print_letters(
        {person.parent: person.children for person in people},
        about=row,
        answer_by=row.answer_by,
        by=request.user,
        at=timezone.now(),
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="letters-{on}.pdf"'},
    )


def _campaign(pk: int) -> Campaign:
    row: Campaign = get_object_or_404(Campaign.objects.all(), pk=pk)
    return row
