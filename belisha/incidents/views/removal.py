"""Pages on which posts go from the web, and on which heavy means are weighed."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.channels.directory import service_named, services
from belisha.incidents.access import HANDLERS
from belisha.incidents.actions import removal
from belisha.incidents.models import Case, Measure, Post, Step, Thing, WrongLink
from belisha.incidents.removal.brake import Deed
from belisha.incidents.removal.catalogue import Form, Harm, forms_for, helplines
from belisha.incidents.removal.catalogue import forms as all_forms
from belisha.incidents.removal.ladder import Answer, Rung, may_step
from belisha.incidents.removal.letters import letter_for
from belisha.incidents.removal_forms import (
    AnswerForm,
    MeasureForm,
    PostForm,
    ReadForm,
    StepForm,
    WordsForm,
    WrongForm,
)
from belisha.incidents.views.finding import act_in, case_of
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, ask, asks, done, posted

REMOVAL = "#removal"  # where it stands on the page of its case


def _post_of(case: Case, pk: int) -> Post:
    found: Post = get_object_or_404(Post.objects.standing(), case=case, pk=pk)
    return found


@open_to(*HANDLERS)
@asks
def add(request: SignedIn, ref: str) -> HttpResponse:
    """Something that is to go."""
    case = case_of(request, ref)
    form = PostForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: removal.add_post(case, form.cleaned_data, by=request.user, at=timezone.now()),
        title="What is to go?",
        words="Never copy or send a sexual picture of a child. Write down only where it stands.",
        part=REMOVAL,
    )


@open_to(*HANDLERS)
@asks
def step(request: SignedIn, ref: str, pk: int, rung: str) -> HttpResponse:
    """One step of the ladder, with its letter."""
    case = case_of(request, ref)
    post, chosen = _post_of(case, pk), _rung(rung)
    letter = letter_for(
        chosen,
        school=case.school.name,
        what=post.get_thing_display(),
        where=post.where,
        url=post.url,
        words=post.words,
        is_place=post.thing in (Thing.ACCOUNT, Thing.GROUP),
        imitates=Harm.FALSE_ACCOUNT in post.wrongs,
    )
    form = StepForm(
        posted(request), case=case, initial={"words": letter.body, "to": _to(post, chosen)}
    )
    url, at = reverse("case", args=[case.ref]) + "#removal", timezone.now()
    if done(
        request,
        form,
        lambda: removal.take_step(post, chosen, **form.cleaned_data, by=request.user, at=at),
        "Written down. Its clock runs.",
    ):
        return redirect(url)
    context = {
        "case": case,
        "post": post,
        "rung": chosen,
        "form": form,
        "letter": letter,
        "verdict": may_step(chosen, post.taken, at=at),
        "ways": _ways(post) if chosen is Rung.PLATFORM else [],
        "service": service_named(post.service) if chosen is Rung.PLATFORM else None,
        "helplines": helplines() if chosen is Rung.HELPLINE else [],
    }
    status = 422 if form.errors else 200
    return render(request, "incidents/step.html", context, status=status)


def _to(post: Post, rung: Rung) -> str:
    service = service_named(post.service)
    known = {
        Rung.AUTHOR: post.author,
        Rung.ADMINISTRATOR: post.runs_it,
        Rung.PLATFORM: service.name if service else "",
    }
    return known.get(rung, "")


def _rung(word: str) -> Rung:
    try:
        return Rung(word)
    except ValueError as reason:
        raise Http404 from reason


@open_to(*HANDLERS)
@asks
def pass_over(request: SignedIn, ref: str, pk: int, rung: str) -> HttpResponse:
    case = case_of(request, ref)
    post, chosen = _post_of(case, pk), _rung(rung)
    form = WordsForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: removal.pass_over(
            post, chosen, why=form.cleaned_data["words"], by=request.user, at=timezone.now()
        ),
        title=f"Pass over: {chosen.label.lower()}",
        button="Pass it over",
        words="Say why: to ask might put a child in danger, or nobody knows who it is.",
        part=REMOVAL,
    )


@open_to(*HANDLERS)
@asks
def answer(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    """What came of a step."""
    case = case_of(request, ref)
    found = get_object_or_404(Step, post__case=case, post__struck_at=None, pk=pk)
    form = AnswerForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: removal.answer_step(
            found,
            Answer(form.cleaned_data["answer"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        ),
        title=found.get_rung_display(),
        part=REMOVAL,
    )


GONE = {"gone": removal.it_is_gone, "back": removal.it_is_back}


@open_to(*HANDLERS)
@asks
def gone(request: SignedIn, ref: str, pk: int, how: str) -> HttpResponse:
    """It is gone, whoever took it down; or it is back."""
    case = case_of(request, ref)
    post = _post_of(case, pk)
    if how not in GONE:
        raise Http404
    form = WordsForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: GONE[how](
            post, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
        ),
        title="It is gone" if how == "gone" else "It is back",
        words="Say who looked, and what they saw.",
        part=REMOVAL,
    )


@open_to(*HANDLERS)
@require_POST
def strike(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    case = case_of(request, ref)
    post = _post_of(case, pk)
    return acted(
        request,
        lambda: removal.strike_post(post, by=request.user, at=timezone.now()),
        reverse("case", args=[case.ref]) + "#removal",
        "It is struck out.",
    )


# --- heavy means -------------------------------------------------------------------------------


@open_to(*HANDLERS)
@asks
def weigh(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    form = MeasureForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: removal.weigh(case, form.cleaned_data, by=request.user, at=timezone.now()),
        title="Think of a heavy means",
        words=(
            "Is a life in danger? Ring 999 first. Otherwise offer the way to complain. Then a day "
            "passes, and somebody else reads this."
        ),
        part=REMOVAL,
    )


@dataclass(frozen=True)
class _Turn:
    """What may be done with a heavy means that is being weighed."""

    title: str
    form: type[forms.Form]
    act: Callable[..., object]
    words: str = ""


def _read(measure: Measure, *, agrees: str, words: str, **by: object) -> None:
    removal.read_second(measure, agrees=agrees == "yes", words=words, **by)  # type: ignore[arg-type]


TURNS = {
    "read": _Turn("Read it as the second", ReadForm, _read),
    "done": _Turn("It was done", WordsForm, removal.carry_out, "Say how, and with what number."),
    "drop": _Turn("Leave it", WordsForm, removal.drop, "Say why something lighter is enough."),
}


@open_to(*HANDLERS)
@asks
def measure(request: SignedIn, ref: str, pk: int, turn: str) -> HttpResponse:
    """Read a heavy means as the second, say that it was done, or drop it."""
    case = case_of(request, ref)
    found: Measure = get_object_or_404(Measure.objects.open(), case=case, pk=pk)
    if turn not in TURNS:
        raise Http404
    chosen = TURNS[turn]
    form = chosen.form(posted(request))
    about = f"{Deed(found.deed).label}. {found.get_sort_display()}. {found.why}"
    return act_in(
        request,
        case,
        form,
        lambda: chosen.act(found, **form.cleaned_data, by=request.user, at=timezone.now()),
        title=chosen.title,
        words=f"{about} {chosen.words}".strip(),
        part=REMOVAL,
    )


# --- where to report ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Way:
    """A form as the page shows it: with what colleagues said of its link."""

    form: Form
    wrong: WrongLink | None

    @property
    def harms(self) -> list[str]:
        return [one.label for one in Harm if one in self.form.harms]


def _wrong_links() -> dict[str, WrongLink]:
    rows = WrongLink.objects.filter(settled_at=None).order_by("at", "id")
    return {row.key: row for row in rows}


def _ways(post: Post) -> list[_Way]:
    wrong = _wrong_links()
    return [_Way(one, wrong.get(one.key)) for one in forms_for(post.service, post.wrongs)]


@open_to(*HANDLERS)
@require_GET
def where_to_report(request: SignedIn) -> HttpResponse:
    """Every service with its forms, and the helplines (D.vii)."""
    wrong = _wrong_links()
    by_service: dict[str, list[_Way]] = {}
    for one in all_forms():
        by_service.setdefault(one.service, []).append(_Way(one, wrong.get(one.key)))
    rows = [
        {"service": one, "ways": by_service.get(one.key, []), "wrong": wrong.get(one.key)}
        for one in services()
        if one.report_how or one.report_url or one.key in by_service
    ]
    lines = [{"line": one, "wrong": wrong.get(one.key)} for one in helplines()]
    return render(request, "incidents/where_to_report.html", {"rows": rows, "lines": lines})


def _keys() -> set[str]:
    ways = {one.key for one in all_forms()} | {one.key for one in helplines()}
    return ways | {one.key for one in services()}


@open_to(*HANDLERS)
@asks
def wrong_link(request: SignedIn) -> HttpResponse:
    """“This link is wrong.” Which one stands in the address as `key`."""
    key = request.GET.get("key", "")
    if key not in _keys():
        raise Http404
    form = WrongForm(posted(request))
    url = reverse("where_to_report")
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if done(
        request,
        form,
        lambda: removal.link_is_wrong(key, words=words, by=request.user, at=timezone.now()),
        "Thank you. It stands beside the link now.",
    ):
        return redirect(url)
    return ask(
        request,
        form,
        title="This link is wrong",
        act="Say so",
        back=url,
        above="Where to report",
    )


@open_to(*HANDLERS)
@require_POST
def right_link(request: SignedIn) -> HttpResponse:
    key = request.POST.get("key", "")
    if key not in _keys():
        raise Http404
    return acted(
        request,
        lambda: removal.link_is_right(key, at=timezone.now()),
        reverse("where_to_report"),
        "The link is right.",
    )
