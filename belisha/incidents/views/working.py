"""What somebody does who works on a case: each a page with one form."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.incidents.access import HANDLERS, can_keep_officer
from belisha.incidents.actions import handling, telling
from belisha.incidents.forms import (
    CorrectForm,
    HandOverForm,
    InterestForm,
    KindForm,
    NoteForm,
    OfficerForm,
    PartyForm,
    QuestionForm,
    SettleForm,
    TieForm,
    ToldForm,
    WhyForm,
)
from belisha.incidents.models import Case, Interest, Outside, Party, Told
from belisha.incidents.rules import Kind, Seat
from belisha.incidents.views.finding import act_in, case_of
from belisha.people.access import SignedIn, open_to, require
from belisha.people.acting import acted, asks, confirm, done, posted
from belisha.people.acting import ask as ask_for


@open_to(*HANDLERS)
@asks
def note(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), NoteForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: handling.note(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Add a note",
        button="Write it down",
        said="Written down.",
        words="Facts first, then what you decided and why. Nobody can change it later.",
    )


@open_to(*HANDLERS)
@asks
def correct(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), CorrectForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: handling.correct(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Correct what was told",
        button="Write it beside it",
        said="Written beside it.",
        words="What was told stays as it is. What is right stands beside it.",
    )


@open_to(*HANDLERS)
@asks
def kind(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    form = KindForm(posted(request), initial={"kind": case.kind})
    return act_in(
        request,
        case,
        form,
        lambda: handling.change_kind(
            case, kind=Kind(form.cleaned_data["kind"]), by=request.user, at=timezone.now()
        ),
        title="Change the kind",
        button="Change it",
        said="Changed.",
    )


@open_to(*HANDLERS)
@asks
def party(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), PartyForm(posted(request), user=request.user)
    return act_in(
        request,
        case,
        form,
        lambda: handling.name(case, form.named, by=request.user, at=timezone.now()),
        title="Who is part of it",
        button="Write them down",
        said="Written down.",
        words="Whom a case is about cannot see it, from that moment on.",
    )


@open_to(*HANDLERS)
@asks
def strike(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    case = case_of(request, ref)
    found = Party.objects.standing().filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    url = reverse("case", args=[ref])
    if request.method == "POST":
        return acted(
            request,
            lambda: handling.strike_out(found, by=request.user, at=timezone.now()),
            url,
            "Struck out.",
        )
    return confirm(
        request,
        title=f"Was {found} named wrongly?",
        words="The name stays to be read, struck out. A subject may be given the case again.",
        act="Strike it out",
        back=url,
    )


@open_to(*HANDLERS)
@asks
def hand_over(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), HandOverForm(posted(request), user=request.user)
    return act_in(
        request,
        case,
        form,
        lambda: handling.hand_over(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Hand it over",
        button="Hand it over",
        said="Handed over. They were sent a mail.",
        after="" if form.is_bound and form.data.get("stays") else reverse("cases"),
    )


@open_to(*HANDLERS)
@asks
def step_back(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), WhyForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: handling.step_back(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Step back from this case",
        button="Step back",
        said="You work on it no more.",
        words="You are too close to it? Somebody else goes on. You will not see it again.",
        after=reverse("cases"),
    )


@open_to(*HANDLERS)
@asks
def question(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), QuestionForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: telling.ask(case, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Ask whoever told us",
        button="Ask",
        said="They read it when they come back.",
    )


@open_to(*HANDLERS)
@asks
def told(request: SignedIn, ref: str) -> HttpResponse:
    case, form = case_of(request, ref), ToldForm(posted(request))
    return act_in(
        request,
        case,
        form,
        lambda: handling.must_be_told(
            case, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        title="Who must be told",
        button="Write it down",
        said="Written down.",
    )


@open_to(*HANDLERS)
@asks
def settle(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    case, form = case_of(request, ref), SettleForm(posted(request))
    found = Told.objects.waiting().filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    return act_in(
        request,
        case,
        form,
        lambda: handling.settle(
            found,
            was_told=form.cleaned_data["was_told"] == "yes",
            how=form.cleaned_data["how"],
            by=request.user,
            at=timezone.now(),
        ),
        title=f"{found}: told?",
        button="Write it down",
        said="Written down.",
        words=found.why,
    )


@open_to(*HANDLERS)
@asks
def tie(request: SignedIn, ref: str) -> HttpResponse:
    case, at = case_of(request, ref), timezone.now()
    others = Case.objects.visible_to(request.user, at).exclude(pk=case.pk)
    form = TieForm(posted(request), cases=others)
    return act_in(
        request,
        case,
        form,
        lambda: handling.tie(
            case, form.cleaned_data["other"], why=form.cleaned_data["why"], by=request.user, at=at
        ),
        title="Another case belongs to it",
        button="Link them",
        said="Linked.",
    )


@open_to(*HANDLERS)
@asks
def officer(request: SignedIn) -> HttpResponse:
    """Whom to ring at the local authority, when nobody here may decide."""
    require(can_keep_officer(request.user))
    known = Outside.objects.filter(seat=Seat.OFFICER).first()
    initial = {name: getattr(known, name) for name in ("name", "email", "phone")} if known else {}
    form = OfficerForm(posted(request), initial=initial)
    if done(
        request,
        form,
        lambda: handling.keep_officer(form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down.",
    ):
        return redirect("cases")
    return ask_for(
        request,
        form,
        title="The local authority’s designated officer",
        act="Write it down",
        back=reverse("cases"),
        above="Cases",
        words="The officer (LADO) is told of allegations that nobody here may decide on.",
    )


@open_to(*HANDLERS)
@require_GET
def interests(request: SignedIn) -> HttpResponse:
    """Whom one is close to: one's own, and nobody else's."""
    mine = Interest.objects.standing().filter(staff=request.user.staff)
    mine = mine.select_related("staff", "other_staff", "pupil", "parent")
    return render(request, "incidents/interests.html", {"interests": mine})


@open_to(*HANDLERS)
@asks
def declare(request: SignedIn) -> HttpResponse:
    form = InterestForm(posted(request), user=request.user)
    if done(
        request,
        form,
        lambda: handling.declare(form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down. No case about them comes to you.",
    ):
        return redirect("case_interests")
    return ask_for(
        request,
        form,
        title="Somebody I am close to",
        act="Write it down",
        back=reverse("case_interests"),
        above="Close to me",
        words="Family, partners, close friends. No case about them comes to you.",
    )


@open_to(*HANDLERS)
@asks
def end_interest(request: SignedIn, pk: int) -> HttpResponse:
    found = Interest.objects.standing().filter(pk=pk, staff=request.user.staff).first()
    if found is None:
        raise Http404
    url = reverse("case_interests")
    if request.method == "POST":
        return acted(
            request,
            lambda: handling.end_interest(found, by=request.user, at=timezone.now()),
            url,
            "It counts no more.",
        )
    return confirm(
        request,
        title="Are you close to them no more?",
        words="It counts for cases that begin from now on, and for those you are given.",
        act="End it",
        back=url,
    )
