"""What whoever hears a complaint does with it: each act is a page with one form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from belisha.complaints.access import READERS
from belisha.complaints.actions import hearing as acts
from belisha.complaints.actions.panels import call, send_papers
from belisha.complaints.forms import (
    AboutForm,
    AnswerForm,
    CloseForm,
    ElsewhereForm,
    ExtendForm,
    GiveForm,
    MergeForm,
    NoteForm,
    PanelForm,
    PapersForm,
    WhyForm,
    WordsForm,
)
from belisha.complaints.models import Closing, Complaint, Panel, Step
from belisha.complaints.rules import Outcome
from belisha.complaints.views.register import handled
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import ask, asks, done, posted

Do = Callable[[dict[str, Any], dict[str, Any]], object]


def _act(
    request: SignedIn,
    row: Complaint,
    form: forms.Form,
    do: Do,
    *,
    title: str,
    act: str,
    said: str,
    words: str = "",
) -> HttpResponse:
    """One form about one complaint; `do` gets what was typed, and who acts and when."""
    word = {"by": request.user, "at": timezone.now()}
    if done(request, form, lambda: do(form.cleaned_data, word) or True, said):
        return redirect(_after(request, row))
    back = reverse("complaint", args=[row.ref])
    return ask(request, form, title=title, act=act, back=back, above=str(row), words=words)


def _after(request: SignedIn, row: Complaint) -> str:
    """Back to it, unless it has just gone to somebody else."""
    seen = Complaint.objects.visible_to(request.user, timezone.localdate()).filter(pk=row.pk)
    return reverse("complaint", args=[row.ref]) if seen.exists() else reverse("complaints")


def _step(request: SignedIn, ref: str, pk: int) -> Step:
    """The stage that the person has read: it may be over meanwhile, which the act then says."""
    step: Step = get_object_or_404(Step, complaint=handled(request, ref), pk=pk)
    return step


@open_to(*READERS)
@asks
def acknowledge(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    step = _step(request, ref, pk)
    usual = (
        "Thank you for telling us. We look into it, and answer by "
        f"{step.due_on:%-d %B %Y}. You can write to us here at any time."
    )
    return _act(
        request,
        step.complaint,
        WordsForm(posted(request), initial={"words": usual}),
        lambda typed, word: acts.acknowledge(step, typed["words"], **word),
        title="Say that it arrived",
        act="Send",
        said="Sent. The family knows that you look into it.",
    )


@open_to(*READERS)
@asks
def write(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        WordsForm(posted(request)),
        lambda typed, word: acts.write(row, typed["words"], **word),
        title="Write to the family",
        act="Send",
        said="Sent.",
    )


@open_to(*READERS)
@asks
def note(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        NoteForm(posted(request)),
        lambda typed, word: acts.note(row, typed["words"], **word),
        title="Note what was done",
        act="Keep the note",
        said="Kept.",
    )


@open_to(*READERS)
@asks
def correct(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        WordsForm(posted(request)),
        lambda typed, word: acts.correct(row, typed["words"], **word),
        title="Put something right",
        act="Add it",
        said="Added.",
        words="What was written stays. Say what was wrong in it, and what is right.",
    )


@open_to(*READERS)
@asks
def extend(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    step = _step(request, ref, pk)
    return _act(
        request,
        step.complaint,
        ExtendForm(posted(request)),
        lambda typed, word: acts.extend(step, typed["until"], typed["why"], **word),
        title="Take longer",
        act="Take longer",
        said="The family is told.",
        words=f"It is due on {step.due_on:%-d %B %Y}.",
    )


@open_to(*READERS)
@asks
def answer(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    step = _step(request, ref, pk)
    return _act(
        request,
        step.complaint,
        AnswerForm(posted(request)),
        lambda typed, word: acts.answer(
            step, Outcome(typed["outcome"]), typed["reasons"], typed["put_right"], **word
        ),
        title=f"Answer: {step}",
        act="Send the answer",
        said="Answered. The family is told, and how it can go on.",
        words="An answer cannot be changed. You can add to it later.",
    )


@open_to(*READERS)
@asks
def take_further(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    step = _step(request, ref, pk)
    return _act(
        request,
        step.complaint,
        WhyForm(posted(request)),
        lambda typed, word: acts.take_further(step, typed["words"], **word),
        title="Take it to the next stage",
        act="Take it further",
        said="The next stage has begun.",
        words="The family said so aloud or on paper, or there is a good reason to be late.",
    )


@open_to(*READERS)
@asks
def give(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    step = _step(request, ref, pk)
    return _act(
        request,
        step.complaint,
        GiveForm(posted(request)),
        lambda typed, word: acts.give(step, typed["to"], typed["why"], **word),
        title="Give it to somebody else",
        act="Give it on",
        said="It has gone to them.",
    )


@open_to(*READERS)
@asks
def about(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        AboutForm(posted(request)),
        lambda typed, word: acts.name_concerned(row, typed["people"], **word),
        title="Whom is it about?",
        act="Name them",
        said="Kept.",
    )


@open_to(*READERS)
@asks
def merge(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        MergeForm(posted(request), complaint=row, user=request.user),
        lambda typed, word: acts.merge(row, typed["into"], **word),
        title="It is the same as another",
        act="Put them together",
        said="Put together. This one is closed.",
        words="The same family told it twice, here and in a letter, say. The other one goes on.",
    )


@open_to(*READERS)
@asks
def elsewhere(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        ElsewhereForm(posted(request)),
        lambda typed, word: acts.send_elsewhere(row, typed["way"], typed["words"], **word),
        title="It goes another way",
        act="Tell the family",
        said="Closed. The family is told where it goes.",
        words="Each of these has a way of its own. The family reads where to go.",
    )


@open_to(*READERS)
@asks
def close(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    return _act(
        request,
        row,
        CloseForm(posted(request)),
        lambda typed, word: acts.end(row, typed["why"], typed["words"], **word),
        title="Close it",
        act="Close it",
        said="Closed.",
    )


@open_to(*READERS)
@asks
def reopen(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    row = handled(request, ref)
    closing: Closing = get_object_or_404(Closing, complaint=row, pk=pk)
    return _act(
        request,
        row,
        WhyForm(posted(request)),
        lambda typed, word: acts.reopen(closing, typed["words"], **word),
        title="Open it again",
        act="Open it again",
        said="It is open again. The days count anew.",
    )


@open_to(*READERS)
@asks
def panel(request: SignedIn, ref: str) -> HttpResponse:
    row = handled(request, ref)
    form = PanelForm(posted(request))
    return _act(
        request,
        row,
        form,
        lambda typed, word: call(row, **form.call, **word),
        title="Call a panel",
        act="Call the panel",
        said="The panel is called. Its people and the family are told.",
        words="Three people who had nothing to do with it, and do not work here.",
    )


@open_to(*READERS)
@asks
def papers(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    row = handled(request, ref)
    found: Panel = get_object_or_404(Panel, step__complaint=row, pk=pk)
    return _act(
        request,
        row,
        PapersForm(posted(request), initial={"on": timezone.localdate()}),
        lambda typed, word: send_papers(found, on=typed["on"], **word),
        title="The papers are out",
        act="Write it down",
        said="Written down.",
        words="The family and the panel get the same papers.",
    )
