"""A device in the office: received, a parent reached, kept by the head's yes, given back (A.4)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.confiscations import erasing, keeping, matters, printing, returning, seizing
from belisha.devices.confiscations.access import can_contact, can_settle
from belisha.devices.confiscations.forms import (
    CollectForm,
    HandBackForm,
    KeepForm,
    MatterForm,
    OutcomeForm,
    PassOnForm,
    ReceiveForm,
    SanctionForm,
    TryForm,
    WhyForm,
    WriteForm,
)
from belisha.devices.confiscations.rules import next_envelope
from belisha.devices.confiscations.stands import (
    earlier_of,
    envelopes_in_use,
    stands_of,
)
from belisha.devices.confiscations.views.register import one_of
from belisha.devices.models import Confiscation, ContactTry, Matter, Returned
from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.models import calendar_of
from belisha.people.rules import LEADERS, SAFEGUARDING, SEES_WHOLE_SCHOOL
from belisha.policy.models import Sanction, ladder_of
from belisha.policy.sanctions import PHONES, alike, suggested

open_to_office = open_to(*SEES_WHOLE_SCHOOL)


def _page(
    request: SignedIn,
    row: Confiscation,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    button: str,
    said: str,
    words: str = "",
) -> HttpResponse:
    """A form about one confiscation: do it and go back to it, or ask."""
    back = reverse("confiscation", args=[row.ref])
    if done(request, form, act, said):
        return redirect(back)
    above = f"{row.get_kind_display()} of {row.pupil.short_name}"
    return ask(request, form, title=title, act=button, back=back, above=above, words=words)


@open_to_office
@asks
def receive(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    last = row.stored.first()
    usual = {
        "envelope": last.envelope if last else next_envelope(envelopes_in_use()),
        "shelf": last.shelf if last else "",
    }
    form = ReceiveForm(posted(request), initial=usual)
    return _page(
        request,
        row,
        form,
        lambda: keeping.receive(row, **form.said, by=request.user, at=timezone.now()),
        title="Where it lies",
        button="It lies there",
        said="Written down. Print its label, then reach a parent.",
        words=f"{row}. {row.condition}".strip(),
    )


@open_to_staff
@asks
def write_try(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    require(can_contact(request.user, row))
    form = TryForm(posted(request), pupil=row.pupil)
    return _page(
        request,
        row,
        form,
        lambda: keeping.write_try(row, **form.said, by=request.user, at=timezone.now()),
        title="A try to reach a parent",
        button="Write it down",
        said="Written down.",
    )


@open_to_office
@asks
def write_home(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = WriteForm(posted(request), pupil=row.pupil)
    return _page(
        request,
        row,
        form,
        lambda: keeping.write_home(
            row, form.cleaned_data["parent"], by=request.user, at=timezone.now()
        ),
        title="Write a mail home",
        button="Send it",
        said="The mail is on its way.",
        words="It says what waits, where and until when, in their language. It names no child.",
    )


@open_to_office
@asks
def letter(request: SignedIn, ref: str) -> HttpResponse:
    """The same on paper, for one parent: a PDF, and a try is written down with it."""
    row = one_of(request, ref)
    form = WriteForm(posted(request), pupil=row.pupil)
    at = timezone.now()
    if made := done(
        request,
        form,
        lambda: keeping.write_try(
            row,
            form.cleaned_data["parent"],
            how=ContactTry.How.LETTER,
            reached=False,
            agreed="",
            tried_at=at,
            by=request.user,
            at=at,
        ),
        "The letter is a try to reach them, and written down as one.",
    ):
        return pdf(printing.letter_of(row, stands_of(row, at=at), made.parent), "letter")
    return ask(
        request,
        form,
        title="Print a letter home",
        act="Print it",
        back=reverse("confiscation", args=[ref]),
        above=f"{row.get_kind_display()} of {row.pupil.short_name}",
    )


@open_to_office
@asks
def keep(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    usual = calendar_of(request.school).add_school_days(timezone.localdate(), 1)
    form = KeepForm(posted(request), initial={"until": usual})
    return _page(
        request,
        row,
        form,
        lambda: seizing.ask_to_keep(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Ask the head to keep it",
        button="Ask the head",
        said="The head is asked.",
        words="A night, a weekend or a holiday without it needs the head’s yes. "
        f"How the child gets home: {row.get_way_home_display()}.",
    )


@open_to_office
@asks
def collect(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = CollectForm(posted(request), pupil=row.pupil)

    def act() -> Returned:
        typed = form.said
        identity = Returned.Identity(typed.pop("identity"))
        return returning.collect(
            row, identity=identity, **typed, by=request.user, at=timezone.now()
        )

    return _page(
        request,
        row,
        form,
        act,
        title="Somebody collects it",
        button="They have it",
        said="Given back, and signed for.",
        words="Compare it with what was written down. Hand it over to nobody else.",
    )


@open_to_office
@asks
def hand_back(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = HandBackForm(posted(request), initial={"decided_by": request.user.staff})
    return _page(
        request,
        row,
        form,
        lambda: returning.hand_to_pupil(
            row, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        title="The child has it again",
        button="Give it back",
        said="Given back to the child.",
    )


@open_to_office
@asks
def pass_on(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = PassOnForm(posted(request), initial={"decided_by": request.user.staff})

    def act() -> Returned:
        typed: dict[str, Any] = {**form.cleaned_data}
        how = Returned.How(typed.pop("how"))
        return returning.pass_on(row, how=how, **typed, by=request.user, at=timezone.now())

    return _page(
        request, row, form, act, title="It went elsewhere", button="Write it down", said="Written."
    )


@open_to_office
@asks
def not_returned(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = WhyForm(posted(request))
    return _page(
        request,
        row,
        form,
        lambda: returning.not_returned(
            row, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        title="It was not given back",
        button="The school has it",
        said="It waits again.",
    )


@open_to_staff
@asks
def sanction(request: SignedIn, ref: str) -> HttpResponse:
    """What follows by the ladder; beside it, what was decided in like cases."""
    row = one_of(request, ref)
    require(can_contact(request.user, row))
    earlier, steps = earlier_of(row.pupil, row.seized_at).count(), ladder_of(PHONES)
    usual = suggested(steps, earlier)
    form = SanctionForm(posted(request), steps=steps, usual=usual)
    if done(
        request,
        form,
        lambda: matters.decide_sanction(
            row, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        "Decided.",
    ):
        return redirect("confiscation", ref)
    others = Sanction.objects.alike(PHONES, earlier).exclude(about=row.ref)
    context = {
        "row": row,
        "form": form,
        "earlier": earlier,
        "usual": usual,
        "steps": steps,
        "alike": alike(others.values_list("chosen", flat=True)),
    }
    status = 422 if form.errors else 200
    return render(request, "confiscations/sanction.html", context, status=status)


@open_to_office
@asks
def tell(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = MatterForm(posted(request))

    def act() -> Matter:
        kind = Matter.Kind(form.cleaned_data["kind"])
        words = form.cleaned_data["words"]
        return matters.tell(row, kind, words, by=request.user, at=timezone.now())

    return _page(
        request,
        row,
        form,
        act,
        title="Something is wrong",
        button="Tell the head",
        said="The head is told.",
    )


@open_to(*LEADERS)
@asks
def settle(request: SignedIn, pk: int) -> HttpResponse:
    matter = get_object_or_404(Matter.objects.select_related("confiscation__pupil"), pk=pk)
    require(can_settle(request.user))
    form = OutcomeForm(posted(request))
    return _page(
        request,
        matter.confiscation,
        form,
        lambda: matters.settle(matter, **form.cleaned_data, by=request.user, at=timezone.now()),
        title=matter.get_kind_display(),
        button="Settle it",
        said="Settled.",
        words=matter.words,
    )


@open_to(*LEADERS, *SAFEGUARDING)
@asks
def retain(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    form = WhyForm(posted(request))
    return _page(
        request,
        row,
        form,
        lambda: erasing.retain(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="Keep this record",
        button="Keep it",
        said="It is kept until you let it go.",
        words="Otherwise it is erased a year after the device went back.",
    )


@open_to(*LEADERS, *SAFEGUARDING)
@require_POST
def release(request: SignedIn, ref: str) -> HttpResponse:
    row = one_of(request, ref)
    return acted(
        request,
        lambda: erasing.release(row, by=request.user, at=timezone.now()),
        reverse("confiscation", args=[ref]),
        "It is erased in its time.",
    )


@open_to_staff
@require_GET
def receipt(request: SignedIn, ref: str) -> HttpResponse:
    """What was taken and what became of it, to be handed out or filed."""
    row = one_of(request, ref)
    return pdf(printing.receipt_of(row, stands_of(row, at=timezone.now())), "receipt")


@open_to_office
@require_GET
def label(request: SignedIn, ref: str) -> HttpResponse:
    """What is stuck on the envelope."""
    row = one_of(request, ref)
    return pdf(printing.label_of(row, stands_of(row, at=timezone.now())), "label")


def pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
