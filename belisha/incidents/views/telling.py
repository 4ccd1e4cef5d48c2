"""Whoever has no account tells us of something, and comes back with a code."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from belisha.incidents.access import keep_from_lead
from belisha.incidents.actions import telling
from belisha.incidents.actions.evidence import received
from belisha.incidents.forms import CodeForm, FamilyForm, MoreForm, PupilForm
from belisha.incidents.models import Case, Handler, Happening, Outside
from belisha.incidents.rules import Seat, Way
from belisha.incidents.views import evidence
from belisha.people.access import open_to_anyone
from belisha.people.acting import asks, done, posted
from belisha.people.actions import limits
from belisha.people.models import School

HOUR = timedelta(hours=1)
TELL_FROM_NETWORK = limits.Door("a report from one network", 60, HOUR)  # a class after a lesson
TELL_AT_ALL = limits.Door("a report by anyone", 300, HOUR)
CODE_FROM_NETWORK = limits.Door("a wrong code of a report from one network", 30, HOUR)
CODE_AT_ALL = limits.Door("a wrong code of a report by anyone", 300, HOUR)
MINE = "told"  # in the session: which case, and until when this browser shows it
MINE_LASTS = timedelta(minutes=30)
NEW_CODE = "told_code"  # in the session until it was shown
FORMS = {Way.FAMILY: FamilyForm, Way.PUPIL: PupilForm}


@open_to_anyone  # whoever saw something may say so
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Who tells: a pupil, or a grown-up."""
    return render(request, "incidents/choose.html")


@open_to_anyone
@asks
def by_family(request: HttpRequest) -> HttpResponse:
    return _tell(request, Way.FAMILY)


@open_to_anyone
@asks
def by_pupil(request: HttpRequest) -> HttpResponse:
    return _tell(request, Way.PUPIL)


def _tell(request: HttpRequest, way: Way) -> HttpResponse:
    at, school = timezone.now(), _school(request)
    form = FORMS[way](posted(request))
    if form.is_valid():
        tries = ((TELL_FROM_NETWORK, limits.network_of(request)), (TELL_AT_ALL, str(school.pk)))
        if again_at := limits.take_each(tries, at=at):
            return _wait(request, again_at)
        begun = telling.tell(school, details=form.details, named=form.named, by=None, at=at)
        remember(request, begun)
        return redirect("tell_sent")
    context = {"form": form, "way": way, "is_pupil": way is Way.PUPIL}
    status = 422 if form.errors else 200
    return render(request, "incidents/tell.html", context, status=status)


def remember(request: HttpRequest, begun: telling.Begun) -> None:
    """Let this browser show the new code once, and the report for a while."""
    request.session[NEW_CODE] = begun.code
    _open(request, begun.case, timezone.now())


@open_to_anyone
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """It has arrived. The code stands here, and nowhere else."""
    case, code = _mine(request), request.session.pop(NEW_CODE, "")
    if case is None or not code:
        return redirect("tell")
    context = {
        "code": code,
        "case": case,
        "alone": not Handler.objects.current().filter(case=case).exists(),
        "officer": Outside.objects.filter(seat=Seat.OFFICER).first(),
        "is_pupil": case.way == Way.PUPIL,
    }
    return render(request, "incidents/sent.html", context)


@open_to_anyone  # the code is the right
@asks
def come_back(request: HttpRequest) -> HttpResponse:
    at, form = timezone.now(), CodeForm(posted(request))
    if form.is_valid():
        tries = (
            (CODE_FROM_NETWORK, limits.network_of(request)),
            (CODE_AT_ALL, str(_school(request).pk)),
        )
        if again_at := limits.take_each(tries, at=at):
            return _wait(request, again_at)
        if case := telling.case_of_code(form.cleaned_data["code"]):
            limits.give_each_back(tries, at=at)
            _open(request, case, at)
            return redirect("tell_mine")
        form.add_error("code", _("This is not a code that works. Look at it once more."))
    status = 422 if form.errors else 200
    return render(request, "incidents/come_back.html", {"form": form}, status=status)


@open_to_anyone  # for whoever came by their code a moment ago
@asks
def mine(request: HttpRequest) -> HttpResponse:
    """How it stands in plain words; what was said to and fro."""
    case = _mine(request)
    if case is None:
        return redirect("tell_come_back")
    form = MoreForm(posted(request))
    if done(
        request,
        form,
        lambda: telling.answer(case, words=form.cleaned_data["words"], at=timezone.now()),
        _("We have it. Thank you."),
    ):
        return redirect("tell_mine")
    said = list(case.happenings.filter(private=False))
    context = {
        "case": case,
        "form": form,
        "said": said,
        "told": [one for one in (case.who, case.where, case.when) if one],
        "asked": bool(said) and said[0].what == Happening.What.QUESTION,
        "read": Happening.objects.acts().filter(case=case).exists(),
        "files": case.evidence.filter(by=None),
        "is_pupil": case.way == Way.PUPIL,
    }
    status = 422 if form.errors else 200
    return render(request, "incidents/mine.html", context, status=status)


@open_to_anyone
@asks
def my_evidence(request: HttpRequest) -> HttpResponse:
    case = _mine(request)
    if case is None:
        return redirect("tell_come_back")
    return evidence.ask(request, case, by=None, back=reverse("tell_mine"))


@open_to_anyone
@asks
def my_parts(request: HttpRequest) -> HttpResponse:
    """A file that comes in parts: the contract stands at the top of static/js/upload.js."""
    case = _mine(request)
    if case is None:
        return JsonResponse({"message": _("Type your code again first.")}, status=403)
    if request.method == "GET":
        return JsonResponse(
            {"received": received(case, request.GET.get("upload", "").replace("\0", ""))}
        )
    return evidence.take_part(request, case, by=None, url=reverse("tell_mine"))


@open_to_anyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close it on this device, which somebody else may pick up next."""
    for key in (MINE, NEW_CODE):
        request.session.pop(key, None)
    return redirect("tell")


def _open(request: HttpRequest, case: Case, at: datetime) -> None:
    request.session[MINE] = {"case": case.ref, "until": (at + MINE_LASTS).isoformat()}


def _mine(request: HttpRequest) -> Case | None:
    """The case that whoever sits here told us of, for half an hour after their code."""
    held: dict[str, str] | None = request.session.get(MINE)
    if held is None or datetime.fromisoformat(held["until"]) < timezone.now():
        request.session.pop(MINE, None)
        return None
    found: Case | None = Case.objects.filter(ref=held["case"]).first()
    if found and keep_from_lead(found):
        request.keep_from_lead = True  # type: ignore[attr-defined]  # what every page reads
    return found


def _school(request: HttpRequest) -> School:
    school: Any = getattr(request, "school", None)
    if school is None:
        raise Http404
    return school  # type: ignore[no-any-return]


def _wait(request: HttpRequest, again_at: datetime) -> HttpResponse:
    return render(request, "people/wait.html", {"again_at": again_at}, status=429)
