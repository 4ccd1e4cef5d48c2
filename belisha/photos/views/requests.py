"""Pages of specific permission for staff: asked about one picture and use, seen, withdrawn."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import SignedIn, open_to_staff, require
from belisha.photos.access import can_ask_families, can_see_who_is_silent, can_withdraw
from belisha.photos.actions import requests
from belisha.photos.asking import answers_to, ask_one
from belisha.photos.forms import AskFamiliesForm
from belisha.photos.models import PictureRequest
from belisha.photos.views.finding import photo_of
from belisha.photos.views.pictures import Place
from belisha.policy.models import Purpose

AT_ONCE = 200


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    found = PictureRequest.objects.visible_to(request.user)
    rows = found.select_related("photo__album", "asked_by")[:AT_ONCE]
    context = {"requests": rows, "today": timezone.localdate()}
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
    """What became of a request, in counts; names of the silent for those who may ring them."""
    asked, today = _request_of(request, ref), timezone.localdate()
    people = answers_to(asked)
    count = Counter(
        "silent" if one.kind is None else "no" if one.kind.is_no else "yes" for one in people
    )
    decision = ask_one(asked.photo, asked.purpose, on=today, request=asked)
    context: dict[str, Any] = {
        "asked": asked,
        "place": Place(asked.purpose, decision, asked),
        "yes": count["yes"],
        "no": count["no"],
        "silent": count["silent"],
        "over": asked.until < today,
        "can_withdraw": can_withdraw(request.user, asked),
    }
    if can_see_who_is_silent(request.user):
        context["silent_people"] = [one.relation for one in people if one.kind is None]
    return render(request, "photos/picture_request.html", context)


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
