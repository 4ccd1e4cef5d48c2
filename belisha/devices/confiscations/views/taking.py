"""A device is taken: in under a minute, on a phone. What was written wrongly is put right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.confiscations import exempting, seizing
from belisha.devices.confiscations.access import (
    can_correct,
    can_keep,
    can_undo,
    pupils_met_by,
)
from belisha.devices.confiscations.forms import CorrectForm, ExemptionForm, TakeForm, UndoForm
from belisha.devices.confiscations.rules import Over, return_of, stays_over
from belisha.devices.confiscations.stands import earlier_of, exemptions_of
from belisha.devices.confiscations.views.register import one_of
from belisha.devices.models import Confiscation, Exemption
from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.models import Pupil, calendar_of
from belisha.people.rules import SEES_WHOLE_SCHOOL, fits
from belisha.policy.models import ladder_of
from belisha.policy.sanctions import PHONES, suggested

MOST = 40


@open_to_staff
@require_GET
def choose(request: SignedIn) -> HttpResponse:
    """From whom? One's own class first; anybody by their name."""
    user, typed = request.user, request.GET.get("child", "").strip()[:100]
    pupils = pupils_met_by(user)
    if typed:
        found = [one for one in pupils if fits(typed, one.first_name, one.known_as, one.short_name)]
    else:
        taught = pupils.filter(school_class__teachers=user.staff)
        found = list(taught) if user.staff else []
    context = {
        "typed": typed,
        "pupils": found[:MOST],
        "more": len(found) > MOST,
        "for_exemption": bool(request.GET.get("exempt")) and can_keep(user),
    }
    return render(request, "confiscations/choose.html", context)


@open_to_staff
@asks
def take(request: SignedIn, pk: int) -> HttpResponse:
    """What was taken from this child. What they may have, and what came before, is said first."""
    at, user = timezone.now(), request.user
    pupil: Pupil = get_object_or_404(pupils_met_by(user), pk=pk)
    calendar = calendar_of(request.school)
    exempt = exemptions_of(pupil, timezone.localdate(at))
    form = TakeForm(posted(request), exempt=bool(exempt), hour=calendar.lesson_time(at))
    if made := done(
        request,
        form,
        lambda: seizing.seize(pupil, by=user, at=at, **form.cleaned_data),
        "Written down. Now hand it in at the office.",
    ):
        return redirect("confiscation", made.ref)
    earlier = earlier_of(pupil, at)
    count = earlier.count()
    step = suggested(ladder_of(PHONES), count)
    back = return_of(at, calendar)
    left, _ = stays_over(back.day, calendar)
    context = {
        "pupil": pupil,
        "form": form,
        "exemptions": exempt,
        "earlier": earlier.visible_to(user)[:5],
        "count": count,
        "back": back,
        "suggested": step,
        "kept_until": calendar.add_school_days(back.day, step.days) if step.days else None,
        "closed_after": left if left is not Over.NIGHT else None,
    }
    return render(request, "confiscations/take.html", context, status=422 if form.errors else 200)


@open_to_staff
@asks
def correct(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    require(can_correct(request.user, row))
    form = CorrectForm(posted(request))
    if done(
        request,
        form,
        lambda: seizing.correct(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Written beside it.",
    ):
        return redirect("confiscation", ref)
    return ask_about(request, row, form, title="Put something right", act="Write it beside it")


@open_to_staff
@asks
def undo(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    require(can_undo(request.user, row))
    form = UndoForm(posted(request))
    if done(
        request,
        form,
        lambda: seizing.undo(
            row,
            Confiscation.Undone(form.cleaned_data["how"]),
            why=form.cleaned_data["why"],
            by=request.user,
            at=timezone.now(),
        ),
        "Undone. It does not count.",
    ):
        return redirect("confiscation", ref)
    return ask_about(
        request,
        row,
        form,
        title="It should not have been taken",
        act="Undo it",
        words="Give it back to the child first, if you have it.",
    )


@open_to_staff
@require_POST
def take_up(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    require(can_undo(request.user, row))
    return acted(
        request,
        lambda: seizing.take_up(row, by=request.user, at=timezone.now()),
        reverse("confiscation", args=[ref]),
        "It counts again.",
    )


@open_to(*SEES_WHOLE_SCHOOL)
@asks
def exempt(request: SignedIn, pk: int) -> HttpResponse:
    """A device that a child may have."""
    pupil: Pupil = get_object_or_404(pupils_met_by(request.user), pk=pk)
    form = ExemptionForm(posted(request))
    if done(
        request,
        form,
        lambda: exempting.exempt(pupil, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down. Staff see it when they take a device.",
    ):
        return redirect("exemptions")
    return _ask_exemption(request, form, f"What {pupil.short_name} may have", "Write it down")


@open_to(*SEES_WHOLE_SCHOOL)
@asks
def change_exemption(request: SignedIn, ref: str) -> HttpResponse:
    row = _exemption(ref)
    has = {name: getattr(row, name) for name in ("kind", "named", "says", "until")}
    form = ExemptionForm(posted(request), initial=has)
    if done(
        request,
        form,
        lambda: exempting.change(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Changed.",
    ):
        return redirect("exemptions")
    return _ask_exemption(request, form, f"What {row.pupil.short_name} may have", "Change it")


@open_to(*SEES_WHOLE_SCHOOL)
@require_POST
def end_exemption(request: SignedIn, ref: str) -> HttpResponse:
    row = _exemption(ref)
    return acted(
        request,
        lambda: exempting.end(row, by=request.user, at=timezone.now()),
        reverse("exemptions"),
        "Ended.",
    )


def _exemption(ref: str) -> Exemption:
    row: Exemption = get_object_or_404(Exemption.objects.select_related("pupil"), ref=ref)
    return row


def _ask_exemption(request: SignedIn, form: ExemptionForm, title: str, act: str) -> HttpResponse:
    return ask(
        request,
        form,
        title=title,
        act=act,
        back=reverse("exemptions"),
        above="What pupils may have",
        words="Staff learn that the child may have it. Nobody is told why, and nothing here asks.",
    )


def ask_about(
    request: SignedIn,
    row: Confiscation,
    form: "CorrectForm | UndoForm",
    *,
    title: str,
    act: str,
    words: str = "",
) -> HttpResponse:
    """A page with one form about one confiscation."""
    return ask(
        request,
        form,
        title=title,
        act=act,
        back=reverse("confiscation", args=[row.ref]),
        above=f"{row.get_kind_display()} of {row.pupil.short_name}",
        words=words,
    )
