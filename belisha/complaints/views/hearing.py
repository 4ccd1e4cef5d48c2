"""What whoever hears a complaint does with it: each act is a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from belisha.complaints.access import READERS
from belisha.complaints.actions import hearing as acts
from belisha.complaints.actions.limits import propose
from belisha.complaints.actions.panels import call, send_papers
from belisha.complaints.forms import (
    AboutForm,
    AnswerForm,
    CloseForm,
    ElsewhereForm,
    ExtendForm,
    GiveForm,
    LimitForm,
    MergeForm,
    NoteForm,
    PanelForm,
    PapersForm,
    WhyForm,
    WordsForm,
)
from belisha.complaints.models import Complaint, Step
from belisha.complaints.rules import Outcome
from belisha.complaints.views.register import handled
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import ask, asks, done, posted

LONGEST_NUMBER = 18  # digits of a row
Typed = dict[str, Any]  # what was typed
Word = dict[str, Any]  # who acts, and when


@dataclass(frozen=True)
class Read:
    """The complaint, and the stage of it that the person has read, which may be over meanwhile."""

    request: SignedIn
    complaint: Complaint
    step: Step


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its page, its button, what is said then."""

    title: str
    button: str
    said: str
    form: type[forms.Form]
    do: Callable[[Read, Typed, Word], object]
    words: Callable[[Read], str] | str = ""
    more: Callable[[Read], dict[str, Any]] = lambda read: {}  # what else the form needs


def _arrived(read: Read) -> dict[str, Any]:
    due_on = f"{read.step.due_on:%-d %B %Y}"
    usual = f"Thank you for telling us. We look into it, and answer by {due_on}."
    return {"initial": {"words": f"{usual} You can write to us here at any time."}}


def _due(read: Read) -> str:
    return f"It is due on {read.step.due_on:%-d %B %Y}."


ACTS = {
    "arrived": Act(
        "Say that it arrived",
        "Send",
        "Sent. The family knows that you look into it.",
        WordsForm,
        lambda read, typed, word: acts.acknowledge(read.step, typed["words"], **word),
        more=_arrived,
    ),
    "write": Act(
        "Write to the family",
        "Send",
        "Sent.",
        WordsForm,
        lambda read, typed, word: acts.write(read.complaint, typed["words"], **word),
    ),
    "note": Act(
        "Note what was done",
        "Keep the note",
        "Kept.",
        NoteForm,
        lambda read, typed, word: acts.note(read.complaint, typed["words"], **word),
    ),
    "correct": Act(
        "Put something right",
        "Add it",
        "Added.",
        WordsForm,
        lambda read, typed, word: acts.correct(read.complaint, typed["words"], **word),
        "What was written stays. Say what was wrong in it, and what is right.",
    ),
    "longer": Act(
        "Take longer",
        "Take longer",
        "The family is told.",
        ExtendForm,
        lambda read, typed, word: acts.extend(read.step, typed["until"], typed["why"], **word),
        _due,
    ),
    "answer": Act(
        "Answer",
        "Send the answer",
        "Answered. The family is told, and how it can go on.",
        AnswerForm,
        lambda read, typed, word: acts.answer(
            read.step, Outcome(typed["outcome"]), typed["reasons"], typed["put_right"], **word
        ),
        "An answer cannot be changed. You can add to it later.",
    ),
    "further": Act(
        "Take it to the next stage",
        "Take it further",
        "The next stage has begun.",
        WhyForm,
        lambda read, typed, word: acts.take_further(read.step, typed["words"], **word),
        "The family said so aloud or on paper, or is late for a good reason. They read why.",
    ),
    "give": Act(
        "Give it to somebody else",
        "Give it on",
        "It has gone to them.",
        GiveForm,
        lambda read, typed, word: acts.give(read.step, typed["to"], typed["why"], **word),
    ),
    "about": Act(
        "Whom is it about?",
        "Name them",
        "Kept.",
        AboutForm,
        lambda read, typed, word: acts.name_concerned(read.complaint, typed["people"], **word),
    ),
    "same": Act(
        "It is the same as another",
        "Put them together",
        "Put together. This one is closed.",
        MergeForm,
        lambda read, typed, word: acts.merge(read.complaint, typed["into"], **word),
        "The same family told it twice, here and in a letter, say. The other one goes on.",
        lambda read: {"complaint": read.complaint, "user": read.request.user},
    ),
    "elsewhere": Act(
        "It goes another way",
        "Tell the family",
        "Closed. The family is told where it goes.",
        ElsewhereForm,
        lambda read, typed, word: acts.send_elsewhere(
            read.complaint, typed["way"], typed["words"], **word
        ),
        "Each of these has a way of its own. The family reads where to go.",
    ),
    "close": Act(
        "Close it",
        "Close it",
        "Closed.",
        CloseForm,
        lambda read, typed, word: acts.end(read.complaint, typed["why"], typed["words"], **word),
    ),
    "reopen": Act(
        "Open it again",
        "Open it again",
        "It is open again. The days count anew.",
        WhyForm,
        lambda read, typed, word: acts.reopen(read.complaint, typed["words"], **word),
        "The family reads why.",
    ),
    "panel": Act(
        "Call a panel",
        "Call the panel",
        "The panel is called. Its people and the family are told.",
        PanelForm,
        lambda read, typed, word: call(read.complaint, **PanelForm.call(typed), **word),
        "Three people who had nothing to do with it, and do not work here.",
    ),
    "papers": Act(
        "The papers are out",
        "Write it down",
        "Written down.",
        PapersForm,
        lambda read, typed, word: send_papers(read.complaint, on=typed["on"], **word),
        "The family and the panel get the same papers.",
        lambda read: {"initial": {"on": timezone.localdate()}},
    ),
    "limit": Act(
        "Limit contact for a time",
        "Propose it",
        "Proposed. It counts when another person agrees.",
        LimitForm,
        lambda read, typed, word: propose(read.complaint, **typed, **word),
        "Never alone, never for good. Each new concern is still read, whoever sends it.",
    ),
}


@open_to(*READERS)
@asks
def complaint_act(request: SignedIn, ref: str, act: str) -> HttpResponse:
    """Do one of `ACTS`. `?stage=` names the stage that was read, so that who is slower is told."""
    read, chosen = _read(request, ref), ACTS.get(act)
    if chosen is None:
        raise Http404
    form = chosen.form(posted(request), **chosen.more(read))
    word = {"by": request.user, "at": timezone.now()}
    if done(request, form, lambda: chosen.do(read, form.cleaned_data, word) or True, chosen.said):
        return redirect(_after(read))
    return ask(
        request,
        form,
        title=chosen.title,
        act=chosen.button,
        back=reverse("complaint", args=[ref]),
        above=str(read.complaint),
        words=chosen.words if isinstance(chosen.words, str) else chosen.words(read),
    )


def _read(request: SignedIn, ref: str) -> Read:
    row = handled(request, ref)
    steps, stage = Step.objects.filter(complaint=row), request.GET.get("stage", "")
    is_number = stage.isdecimal() and len(stage) <= LONGEST_NUMBER
    known = steps.filter(pk=stage) if is_number else steps.filter(ended_at=None)
    return Read(request, row, get_object_or_404(known))


def _after(read: Read) -> str:
    """Back to it, unless it has just gone to somebody else."""
    seen = Complaint.objects.visible_to(read.request.user, timezone.localdate())
    there = seen.filter(pk=read.complaint.pk).exists()
    return reverse("complaint", args=[read.complaint.ref]) if there else reverse("complaints")
