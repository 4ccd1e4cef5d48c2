"""Can I post this very picture? The rule about the picture and the policy, in one answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from belisha.lib.verdict import Verdict
from belisha.people.access import SignedIn, open_to_staff
from belisha.photos.asking import ask_one
from belisha.photos.models import Photo
from belisha.photos.posting import posting_of
from belisha.photos.rules import Light
from belisha.photos.views.finding import photo_of, photos_of
from belisha.policy.asking import Deed, Of, On, Question, answer
from belisha.policy.asking.pictures import PURPOSE_OF
from belisha.policy.asking.wording import words_of
from belisha.policy.models import Purpose
from belisha.policy.replies import Link, Replies, Reply, asker_of, heading


@open_to_staff
@require_safe
def can_i_post(request: SignedIn, ref: str) -> HttpResponse:
    """The answer for one picture and one place; the places to choose from."""
    photo = photo_of(request, ref)
    word = request.GET.get("on")
    place = On(word) if word in set(PURPOSE_OF) else None
    context = {
        "photo": photo,
        "album": photo.album,
        "number": list(photos_of(photo.album)).index(photo) + 1,
        "places": [(on.value, words_of(Deed.POST_PICTURE, on), on is place) for on in PURPOSE_OF],
        "reply": _reply(request, photo, place) if place else None,
    }
    return render(request, "photos/can_i.html", context)


def _reply(request: SignedIn, photo: Photo, place: On) -> Reply | None:
    purpose = Purpose.objects.filter(key=PURPOSE_OF[place]).first()
    if purpose is None:
        return None
    now = timezone.now()
    replies = Replies(now, request.user)
    question = Question(asker_of(request.user), Deed.POST_PICTURE, of=Of.CLASS, on=place)
    decision = ask_one(photo, purpose, on=timezone.localdate(now))
    verdict = posting_of(decision, answer(question, replies.purposes))
    as_it_is = decision.light is not Light.SAFE_COPY
    return Reply(
        verdict.outcome,
        heading(verdict) if as_it_is else "No, not as it is",
        verdict.remedy,
        _button(photo, verdict),
        [replies.said(reason) for reason in verdict.reasons],
    )


def _button(photo: Photo, verdict: Verdict) -> Link | None:
    """Where it is put right: the page of the picture itself."""
    return None if verdict else Link("Go to the picture", reverse("picture", args=[photo.ref]))
