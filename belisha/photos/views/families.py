"""What a parent sees: where their child is shown, and what the school asks about one picture."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from belisha.consent.access import children_answered_for_by
from belisha.consent.cards import HOW_YOU_SAID_IT
from belisha.consent.models import How
from belisha.consent.rules import Kind
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.models import Parent, Pupil
from belisha.people.rules import Role
from belisha.photos.actions import answering, copies, stops
from belisha.photos.actions.requests import NotAsked
from belisha.photos.asking import ask_one, check
from belisha.photos.ledger import ledger_of
from belisha.photos.models import CoveredClip, PictureAnswer, PictureRequest, SafeCopy, Stop
from belisha.photos.rules import Source
from belisha.photos.shown import shown_of
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import play


@open_to(Role.PARENT)
@require_GET
def child_pictures(request: SignedIn, pk: int) -> HttpResponse:
    """Where the school shows this child now, what the parent took down, what they are asked."""
    child, today = _child_of(request, pk), timezone.localdate()
    shown, further = shown_of(child, on=today, before=request.GET.get("before", ""))
    places, _more = ledger_of(child, on=today)
    context = {
        "child": child,
        "shown": shown,
        "playable": copies.playable([copy for one in shown for copy in one.copies]),
        "places": places,
        "further": further,
        "stops": _own_stops(request, child).select_related("purpose", "photo__album"),
        "asked": _asked(request, child),
    }
    return render(request, "photos/child_pictures.html", context)


@open_to(Role.PARENT)
@require_GET
def shown_file(request: SignedIn, pk: int, ref: str) -> HttpResponse:
    """The bytes of what is shown, of a clip the poster, asked about at this moment."""
    child, today = _child_of(request, pk), timezone.localdate()
    return jpeg(copies.show(_copy_of(child, ref), child, by=request.user, on=today))


@open_to(Role.PARENT)
@require_GET
def shown_clip(request: SignedIn, pk: int, ref: str) -> HttpResponseBase:
    """The clip that is shown or a part of it, asked about at this moment."""
    child = _child_of(request, pk)
    copy = _copy_of(child, ref)

    def see() -> CoveredClip:
        return copies.play(copy, child, by=request.user, on=timezone.localdate())

    return play(request, see, school=request.school)


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def take_down(request: SignedIn, pk: int, ref: str) -> HttpResponse:
    child, today = _child_of(request, pk), timezone.localdate()
    copy = _copy_of(child, ref)
    if not check([copy], on=today)[0].shows(child):
        messages.info(request, _("This picture is not shown there any more."))
        return redirect("child_pictures", pk)
    where = request.POST.get("where")
    if where in ("here", "everywhere"):
        stops.stop(
            copy.photo,
            child,
            Source.FAMILY,
            purpose=copy.purpose if where == "here" else None,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("child_pictures", pk)
    context = {"child": child, "copy": copy, "playable": copies.playable([copy])}
    status = 422 if request.method == "POST" else 200
    return render(request, "photos/take_down.html", context, status=status)


@open_to(Role.PARENT)
@after_fresh_sign_in
@require_http_methods(["GET", "POST"])
def show_again(request: SignedIn, pk: int, stop: int) -> HttpResponse:
    """Take one's own stop back: it widens what is shown, so it asks who is there."""
    child = _child_of(request, pk)
    own = get_object_or_404(_own_stops(request, child).select_related("purpose"), pk=stop)
    if request.method == "POST":
        stops.lift(own, by=request.user, at=timezone.now())
        messages.success(request, _("You let the school use the picture again."))
        return redirect("child_pictures", pk)
    return render(request, "photos/show_again.html", {"child": child, "stop": own})


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def picture_question(request: SignedIn, pk: int, ref: str) -> HttpResponse:
    """One picture and one use: yes or no, at any time. A yes after a no asks who is there."""
    child = _child_of(request, pk)
    asked = _request_of(child, ref)
    last = answering.last_answer(asked, child, _parent(request))
    said = request.POST.get("answer")
    if said in ("yes", "no"):
        widens = said == "yes" and last is not None and Kind(last.kind).is_no
        say = after_fresh_sign_in(_say) if widens else _say
        return say(request, child, asked, said == "yes")
    today = timezone.localdate()
    settled = ask_one(asked.photo, asked.purpose, on=today).verdict
    context = {
        "child": child,
        "asked": asked,
        "words": answering.question(asked),
        "last": last,
        "how": HOW_YOU_SAID_IT[How(last.how)] if last and last.how != How.WEB else "",
        "settled": bool(settled),
        "can_see": copies.can_be_seen(asked, child, by=request.user, on=today),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "photos/picture_question.html", context, status=status)


def _say(request: SignedIn, child: Pupil, asked: PictureRequest, yes: bool) -> HttpResponse:
    try:
        answering.answer(
            asked,
            child,
            yes=yes,
            wording=answering.question(asked),
            language=get_language() or "",
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
        )
    except NotAsked as error:
        messages.error(request, str(error))
        return redirect("child_pictures", child.pk)
    return redirect("picture-question", child.pk, asked.ref)


@open_to(Role.PARENT)
@require_GET
def question_file(request: SignedIn, pk: int, ref: str) -> HttpResponse:
    """The very picture, or the poster of the clip, for this parent's eyes."""
    child, today = _child_of(request, pk), timezone.localdate()
    return jpeg(copies.show_asked(_request_of(child, ref), child, by=request.user, on=today))


@open_to(Role.PARENT)
@require_GET
def question_clip(request: SignedIn, pk: int, ref: str) -> HttpResponseBase:
    """The very clip or a part of it, for this parent's eyes."""
    child = _child_of(request, pk)
    asked = _request_of(child, ref)

    def see() -> CoveredClip:
        return copies.play_asked(asked, child, by=request.user, on=timezone.localdate())

    return play(request, see, school=request.school)


def _asked(request: SignedIn, child: Pupil) -> list[tuple[PictureRequest, PictureAnswer | None]]:
    """What is asked about this child now, each with this parent's own last answer."""
    open_now = PictureRequest.objects.open(timezone.localdate()).with_child(child)
    said = PictureAnswer.objects.standing().from_person(_parent(request)).filter(pupil=child)
    last = {answer.request_id: answer for answer in said.oldest_first()}
    return [
        (asked, last.get(asked.pk)) for asked in open_now.select_related("purpose", "photo")[:50]
    ]


def _child_of(request: SignedIn, pk: int) -> Pupil:
    child: Pupil = get_object_or_404(children_answered_for_by(request.user), pk=pk)
    return child


def _parent(request: SignedIn) -> Parent:
    parent = request.user.parent
    assert parent is not None  # the route is open to parents alone
    return parent


def _copy_of(child: Pupil, ref: str) -> SafeCopy:
    found = SafeCopy.objects.with_child(child).select_related("purpose", "request", "photo__album")
    copy: SafeCopy = get_object_or_404(found, ref=ref)
    return copy


def _own_stops(request: SignedIn, child: Pupil) -> "QuerySet[Stop]":
    own: QuerySet[Stop] = Stop.objects.standing().filter(
        pupil=child, source=Source.FAMILY, by=request.user
    )
    return own


def _request_of(child: Pupil, ref: str) -> PictureRequest:
    open_now = PictureRequest.objects.open(timezone.localdate()).with_child(child)
    asked: PictureRequest = get_object_or_404(
        open_now.select_related("photo__album", "purpose", "asked_by"), ref=ref
    )
    return asked
