"""The page of one picture, where faces are settled and the lights are read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.consent.access import can_record
from belisha.lib.verdict import Reason
from belisha.people.access import SignedIn, open_to_staff
from belisha.people.models import Pupil, SchoolClass
from belisha.photos import store
from belisha.photos.access import can_ask_families, can_lift, can_remove, can_stop
from belisha.photos.actions import faces as face_actions
from belisha.photos.actions import pictures
from belisha.photos.asking import Question, ask_each
from belisha.photos.forms import BoxForm
from belisha.photos.models import (
    Album,
    Face,
    Photo,
    PictureRequest,
    SafeCopy,
    Stop,
    StoredFile,
)
from belisha.photos.rules import Decision, Light, Source, Who
from belisha.photos.views.finding import face_of, photo_of, photos_of, pupil_of
from belisha.photos.views.strip import strip_of
from belisha.policy.models import Purpose

NAMES = {
    Who.ADULT: "Adult",
    Who.UNKNOWN: "Nobody knows",
    Who.NOT_A_FACE: "Not a face",
}


@dataclass(frozen=True)
class Box:
    """One box as the page draws it."""

    face: Face
    number: int
    url: str
    label: str
    words: str
    tone: str
    current: bool

    @property
    def x(self) -> float:
        return self.face.x

    @property
    def y(self) -> float:
        return self.face.y

    @property
    def w(self) -> float:
        return self.face.w

    @property
    def h(self) -> float:
        return self.face.h

    @property
    def id(self) -> int:
        return self.face.pk


@dataclass(frozen=True)
class Place:
    """One use of the picture: its light, why, and what can be done."""

    purpose: Purpose
    decision: Decision
    request: PictureRequest | None = None

    @property
    def name(self) -> str:
        return f"{self.purpose.name}: {self.request.use}" if self.request else self.purpose.name

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.purpose.key}:{self.request.ref}" if self.request else self.purpose.key

    @property
    def light(self) -> Light:
        return self.decision.light

    @property
    def words(self) -> str:
        return self.decision.words

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.decision.verdict.reasons

    @property
    def remedy(self) -> str:
        return self.decision.verdict.remedy


@open_to_staff
@require_GET
def picture(request: SignedIn, ref: str) -> HttpResponse:
    photo = photo_of(request, ref)
    if photo.is_clip:
        return redirect(_address(request, "clip", ref))
    photos = list(photos_of(photo.album))
    faces = list(photo.faces.filter(removed_at=None).select_related("pupil"))
    purposes = list(Purpose.objects.in_use())
    places = places_of(photo, purposes)
    chosen = chosen_in(request, faces)
    boxes = _boxes(photo, faces, chosen, [place.decision for place in places])
    number = photos.index(photo)
    strip = strip_of(photos, photo)
    copies = SafeCopy.objects.filter(photo=photo).select_related("purpose", "request", "made_by")
    context = {
        "photo": photo,
        "album": photo.album,
        "number": number + 1,
        "count": len(photos),
        "previous": photos[number - 1] if number else None,
        "following": photos[number + 1] if number + 1 < len(photos) else None,
        "strip": strip,
        "go_on": next(
            (frame for frame in strip[number + 1 :] + strip if frame.light == "ask"), None
        ),
        "add_url": reverse("draw-face", args=[photo.ref]),
        "picture": _shown(photo, number + 1, len(faces)),
        "faces": boxes,
        "open_faces": sum(face.who == Who.UNSETTLED for face in faces),
        "perhaps": sum(face.who == Who.UNSETTLED and not face.sure for face in faces),
        "chosen": next((box for box in boxes if box.current), None),
        "places": places,
        "alike": len(places) > 1
        and len({(place.words, place.decision.verdict) for place in places}) == 1,
        "ready_places": [place for place in places if place.decision.verdict],
        "requests": photo.requests.all()[:20],
        "stops": stops_of(request, photo),
        "can_ask": may_ask(request, photo, places),
        "sources": sources_of(request, photo, chosen),
        "copies": copies[:20],
        "can_undo": photo.changes.filter(undone_at=None).exists(),
        "can_remove": can_remove(request.user, photo),
    }
    box = context["chosen"]
    if chosen and box:
        context |= picker_of(request, photo.album, chosen, box)
        context["close_up"] = _close_up(photo, box)
    return render(request, "photos/picture.html", context)


def may_ask(request: SignedIn, photo: Photo, places: Collection[Place]) -> bool:
    """Whether this person may ask families about the picture now."""
    settled = any(place.purpose.each_picture and place.decision.verdict for place in places)
    return settled and can_ask_families(request.user, photo.album)


def _address(request: SignedIn, route: str, ref: str) -> str:
    """The page of another kind, with what this one was asked for."""
    query = request.GET.urlencode()
    return reverse(route, args=[ref]) + (f"?{query}" if query else "")


def places_of(photo: Photo, purposes: Collection[Purpose]) -> list[Place]:
    """Each use of the picture; where families are asked for each, also each request to them."""
    today = timezone.localdate()
    open_now = list(PictureRequest.objects.open(today).filter(photo=photo))
    questions = [
        Question(photo, purpose, request)
        for purpose in purposes
        for request in (None, *(one for one in open_now if one.purpose_id == purpose.pk))
    ]
    decisions = ask_each(questions, on=today)
    return [
        Place(question.purpose, decision, question.request)
        for question, decision in zip(questions, decisions, strict=True)
    ]


def stops_of(request: SignedIn, photo: Photo) -> list[tuple[Stop, bool]]:
    """Who is not to be shown here whatever the answers are, and whether the person may lift it."""
    standing = Stop.objects.standing().filter(photo=photo)
    standing = standing.select_related("pupil__school_class", "purpose", "photo__album", "by")
    return [(stop, can_lift(request.user, stop)) for stop in standing]


def sources_of(request: SignedIn, photo: Photo, face: Face | None) -> list[Source]:
    """Whose "not this one" the person may write down for the chosen child."""
    if face is None or face.pupil is None:
        return []
    # A parent among the staff stops a picture of their own child on their own page.
    may = [Source.CHILD, Source.SCHOOL, *([Source.FAMILY] if can_record(request.user) else [])]
    return [one for one in may if can_stop(request.user, photo, face.pupil, one)]


def _shown(photo: Photo, number: int, faces: int) -> dict[str, Any]:
    return {
        "url": reverse("view", args=[photo.ref]),
        "width": photo.width,
        "height": photo.height,
        "words": f"Picture {number}, with {faces} {'box' if faces == 1 else 'boxes'} for faces",
    }


def _close_up(photo: Photo, box: Box) -> str:
    """What stands beside the question who this is: the face, and half of it again on each side.

    The viewBox of an SVG on the picture, in pixels. On a phone the picture is out of sight by then.
    """
    w, h = box.w * photo.width, box.h * photo.height
    left, top = box.x * photo.width - w / 2, box.y * photo.height - h / 2
    return f"{left:.0f} {top:.0f} {2 * w:.0f} {2 * h:.0f}"


def chosen_in(request: SignedIn, faces: Collection[Face]) -> Face | None:
    """The face in the address, else the first that has no name."""
    wanted = request.GET.get("face")
    if wanted is not None:
        return next((face for face in faces if str(face.pk) == wanted), None)
    return next((face for face in faces if face.who == Who.UNSETTLED), None)


def _boxes(
    photo: Photo, faces: list[Face], chosen: Face | None, decisions: list[Decision]
) -> list[Box]:
    page = reverse("picture", args=[photo.ref])
    boxes = []
    for number, face in enumerate(faces, start=1):
        name = face.pupil.short_name if face.pupil else NAMES.get(Who(face.who), "Who?")
        unsettled = face.who == Who.UNSETTLED
        if unsettled:
            tone, words = ("ask", "no name yet") if face.sure else ("perhaps", "perhaps a face")
        else:
            verdicts = [decision for decision in decisions if decision.verdict]
            hidden = verdicts and all(face.pk in verdict.hidden_ids for verdict in verdicts)
            tone, words = "no" if hidden else "", name
        boxes.append(
            Box(
                face,
                number,
                f"{page}?face={face.pk}",
                "Face?" if tone == "perhaps" else name,
                f"Face {number}, {words}",
                tone,
                face == chosen,
            )
        )
    return boxes


def picker_of(request: SignedIn, album: Album, face: Face, box: Any) -> dict[str, Any]:
    """The children to choose from: those of the album's class, or of the whole school.

    Of the whole school, those whom the person teaches come first.
    """
    typed = request.GET.get("typed", "").strip()
    whole_school = album.school_class is None or "all" in request.GET
    pupils = Pupil.objects.visible_to(request.user).current()
    if not whole_school:
        pupils = pupils.filter(school_class=album.school_class)
    if typed:
        starts = Q(first_name__istartswith=typed) | Q(known_as__istartswith=typed)
        pupils = pupils.filter(starts | Q(last_name__istartswith=typed))
    found = list(pupils.select_related("school_class"))
    if whole_school and request.user.staff:
        taught = SchoolClass.objects.current().filter(teachers=request.user.staff)
        own = set(taught.values_list("pk", flat=True))
        found.sort(key=lambda pupil: pupil.school_class_id not in own)
    return {
        "face": box,
        "typed": typed,
        "focus": "named" in request.GET,
        "settle_url": reverse("settle-face", args=[face.photo.ref, face.pk]),
        "children": [
            {
                "value": f"pupil:{pupil.pk}",
                "name": pupil.short_name,
                "class_name": str(pupil.school_class or "") if whole_school else "",
            }
            for pupil in found
        ],
        "class_name": "the whole school" if whole_school else str(album.school_class),
        "all_url": "" if whole_school else f"{box.url}&all=1",
        "move_url": reverse("move-face", args=[face.photo.ref, face.pk]),
        "remove_url": reverse("remove-face", args=[face.photo.ref, face.pk]),
    }


@open_to_staff
@require_GET
def rendition(request: SignedIn, ref: str, rendition: str) -> HttpResponse:
    """The bytes of a working picture, for staff who may see the album. Never the original."""
    photo = photo_of(request, ref)
    files = StoredFile.objects.select_related("school")
    file = get_object_or_404(files, photo=photo, rendition=rendition)
    return jpeg(store.fetch(file))


def jpeg(data: bytes, *, attach: bool = False) -> HttpResponse:
    """A picture as an answer, under a name that says nothing."""
    response = HttpResponse(data, content_type="image/jpeg")
    kind = "attachment" if attach else "inline"
    response["Content-Disposition"] = f'{kind}; filename="photo.jpg"'
    return response


@open_to_staff
@require_POST
def settle(request: SignedIn, ref: str, face: int) -> HttpResponse:
    photo = photo_of(request, ref)
    kind, _, pk = request.POST.get("who", "").partition(":")
    if kind not in set(Who):
        return redirect("picture", ref)
    pupil = pupil_of(request, pk) if kind == Who.PUPIL else None
    face_actions.settle(
        face_of(photo, face), Who(kind), pupil=pupil, by=request.user, at=timezone.now()
    )
    return redirect(f"{reverse('picture', args=[ref])}?named=1")  # on to the next name


@open_to_staff
@require_POST
def settle_rest(request: SignedIn, ref: str) -> HttpResponse:
    """Say of all faces without a name that nobody knows them."""
    photo = photo_of(request, ref)
    count = face_actions.settle_rest(photo, Who.UNKNOWN, by=request.user, at=timezone.now())
    messages.success(request, f"{count} {'face' if count == 1 else 'faces'} will be hidden.")
    return redirect("picture", ref)


@open_to_staff
@require_POST
def draw(request: SignedIn, ref: str) -> HttpResponse:
    photo = photo_of(request, ref)
    form = BoxForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError("The four numbers must lie between 0 and 1.")
        face = face_actions.draw(photo, form.box, by=request.user, at=timezone.now())
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("picture", ref)
    return redirect(f"{reverse('picture', args=[ref])}?face={face.pk}")


@open_to_staff
@require_POST
def move(request: SignedIn, ref: str, face: int) -> HttpResponse:
    photo = photo_of(request, ref)
    form = BoxForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError("The four numbers must lie between 0 and 1.")
        face_actions.move(face_of(photo, face), form.box, by=request.user, at=timezone.now())
    except ValueError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('picture', args=[ref])}?face={face}")


@open_to_staff
@require_POST
def remove_face(request: SignedIn, ref: str, face: int) -> HttpResponse:
    photo = photo_of(request, ref)
    face_actions.remove(face_of(photo, face), by=request.user, at=timezone.now())
    return redirect("picture", ref)


@open_to_staff
@require_POST
def undo(request: SignedIn, ref: str) -> HttpResponse:
    face = face_actions.undo(photo_of(request, ref), by=request.user, at=timezone.now())
    page = reverse("picture", args=[ref])
    return redirect(f"{page}?face={face.pk}" if face else page)


@open_to_staff
@require_POST
def all_boxed(request: SignedIn, ref: str) -> HttpResponse:
    """ "Is every face boxed?" A yes goes on to the next picture that needs someone."""
    photo = photo_of(request, ref)
    if request.POST.get("answer") != "yes":
        face_actions.ask_for_boxes_again(photo, by=request.user, at=timezone.now())
        return redirect("picture", ref)
    face_actions.say_all_boxed(photo, by=request.user, at=timezone.now())
    return redirect("picture", ref)


@open_to_staff
@require_POST
def keep_back(request: SignedIn, ref: str) -> HttpResponse:
    photo = photo_of(request, ref)
    act = pictures.let_be_used if photo.kept_back_at else pictures.keep_back
    act(photo, by=request.user, at=timezone.now())
    return redirect("picture", ref)


@open_to_staff
@require_http_methods(["GET", "POST"])
def remove(request: SignedIn, ref: str) -> HttpResponse:
    photo = photo_of(request, ref)
    if request.method == "POST":
        pictures.remove(photo, by=request.user, at=timezone.now())
        messages.success(request, "The picture is gone.")
        return redirect("album", photo.album.ref)
    context = {
        "title": "Remove this picture",
        "words": "The picture, its boxes and its small copies will be removed from the school.",
        "act": "Remove the picture",
        "back_url": reverse("picture", args=[ref]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
