"""What families see: the form, their own concern, and what they can do with it.

Open to anyone: who has signed in as a parent sees what that parent sent; everyone else what their
code opened in this browser. For all others it does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from belisha.complaints.actions import family as acts
from belisha.complaints.actions.receiving import behind, receive, replace_codes
from belisha.complaints.elsewhere import BY_KEY, WAYS, Way
from belisha.complaints.forms import (
    CodeForm,
    ConcernForm,
    FamilyWhyForm,
    FamilyWordsForm,
    LostForm,
    TakeBackForm,
)
from belisha.complaints.models import Complaint, Message, Panel
from belisha.complaints.rules import Rung, Stage
from belisha.complaints.standing import Entry, entries, entry_of
from belisha.complaints.wording import AFTER_THE_PANEL, OUTCOMES, PEOPLE, STAGES
from belisha.people.access import open_to_anyone
from belisha.people.acting import asks, done, posted
from belisha.people.actions import limits
from belisha.people.models import User

HOUR, TEN_MINUTES = timedelta(hours=1), timedelta(minutes=10)
SEND_FROM_NETWORK = limits.Door("a concern sent from one network", 10, HOUR)
SEND_AT_ALL = limits.Door("a concern sent by anyone", 100, HOUR)
WRONG_CODE = limits.Door("a wrong code of a concern from one network", 10, TEN_MINUTES)
LOST_ADDRESS = limits.Door("a lost code of an address", 3, HOUR)
LOST_NETWORK = limits.Door("lost codes from one network", 20, HOUR)
OPENED, NEW_CODE = "concerns", "concern_code"  # in the session
OPEN_FOR = 30 * 60  # seconds in a browser in which nobody has signed in


@open_to_anyone  # a concern goes through the school, and so the school must be easy to reach (D.ii)
@asks
def complain(request: HttpRequest) -> HttpResponse:
    at, school = timezone.now(), request.school  # type: ignore[attr-defined]
    user = user_of(request)
    parent = user.parent if user else None
    form = ConcernForm(posted(request), parent=parent)
    if form.is_valid():
        tries = (
            (SEND_FROM_NETWORK, limits.network_of(request)),
            (SEND_AT_ALL, str(school.pk)),
        )
        if again_at := limits.take_each(tries, at=at):
            return render(request, "people/wait.html", {"again_at": again_at}, status=429)
    language = get_language() or "en-gb"
    if made := done(
        request,
        form,
        lambda: receive(school, form.told, language=language, by=user, at=at),
        _("We have it. Thank you for telling us."),
    ):
        complaint, code = made
        _open(request, complaint)
        request.session[NEW_CODE] = [complaint.ref, code]
        return redirect("complain_one", complaint.ref)
    context = {
        "form": form,
        "first": [_shown(way) for way in WAYS if way.first],
        "others": [way for way in WAYS if not way.first],
    }
    status = 422 if form.errors else 200
    return render(request, "complaints/complain.html", context, status=status)


def _shown(way: Way) -> tuple[Way, str]:
    """A way with the address of our page for it, if there is such a page."""
    try:
        return way, reverse(way.route) if way.route else ""
    except NoReverseMatch:
        return way, ""


@open_to_anyone  # who has no account comes back by a code of their own
@asks
def complain_code(request: HttpRequest) -> HttpResponse:
    """The code opens what was sent; signed-in parents find theirs in a list."""
    form, at, user = CodeForm(posted(request)), timezone.now(), user_of(request)
    if form.is_valid():
        tries = ((WRONG_CODE, limits.network_of(request)),)
        if again_at := limits.take_each(tries, at=at):
            return render(request, "people/wait.html", {"again_at": again_at}, status=429)
        if found := behind(form.cleaned_data["code"]):
            limits.give_each_back(tries, at=at)
            _open(request, found)
            return redirect("complain_one", found.ref)
        form.add_error("code", _("This code is not right. Look at it again."))
    own = Complaint.objects.of_family(user) if user else Complaint.objects.none()
    context = {"form": form, "mine": [_Told(one) for one in entries(own, timezone.localdate())]}
    status = 422 if form.errors else 200
    return render(request, "complaints/code.html", context, status=status)


@open_to_anyone  # the answer is the same, whatever the address
@asks
def complain_lost(request: HttpRequest) -> HttpResponse:
    form, at = LostForm(posted(request)), timezone.now()
    if form.is_valid():
        address = form.cleaned_data["email"]
        tries = (
            (LOST_ADDRESS, address.lower()),
            (LOST_NETWORK, limits.network_of(request)),
        )
        if again_at := limits.take_each(tries, at=at):
            return render(request, "people/wait.html", {"again_at": again_at}, status=429)
        replace_codes(address, at=at)
        messages.success(request, _("If you wrote to us from there, a new code is in your mail."))
        return redirect("complain_code")
    status = 422 if form.errors else 200
    return render(request, "complaints/lost.html", {"form": form}, status=status)


@open_to_anyone  # see the head of this module
@require_GET
def complain_one(request: HttpRequest, ref: str) -> HttpResponse:
    complaint = own(request, ref)
    new_ref, code = request.session.get(NEW_CODE, ("", ""))
    if new_ref == ref:
        del request.session[NEW_CODE]  # it is shown once
    entry = entry_of(complaint, timezone.localdate())
    told = _Told(entry)
    context = {
        "told": told,
        "entry": entry,
        "complaint": complaint,
        "code": code if new_ref == ref else "",
        "steps": [_step(step) for step in entry.steps],
        "said": complaint.messages.exclude(kind=Message.Kind.NOTE),
        "files": complaint.attachments.filter(from_family=True),
        "panel": Panel.objects.filter(step=entry.step).first(),
        "elsewhere": BY_KEY.get(entry.closed.elsewhere) if entry.closed else None,
        "last_words": AFTER_THE_PANEL if entry.stage is Stage.PANEL else "",
        "write_form": FamilyWordsForm(),
    }
    return render(request, "complaints/one.html", context)


@dataclass(frozen=True)
class Act:
    """One thing that a family can do: its page, its button, what is said then."""

    title: str | Promise
    button: str | Promise
    said: str | Promise
    form: type[forms.Form]
    do: Callable[[Complaint, str, dict[str, Any]], object]  # the words; who acts, and when
    words: str | Promise = ""


ACTS = {
    "write": Act(
        gettext_lazy("Write to the school"),
        gettext_lazy("Send"),
        gettext_lazy("Sent."),
        FamilyWordsForm,
        lambda one, words, word: acts.write(one, words, **word),
    ),
    "go-on": Act(
        gettext_lazy("Take it further"),
        gettext_lazy("Take it further"),
        gettext_lazy("We look at it again. You will hear from us."),
        FamilyWhyForm,
        lambda one, words, word: acts.go_on(one, words, **word),
        gettext_lazy("Someone else looks at it now, who has not yet done so."),
    ),
    "settled": Act(
        gettext_lazy("Is it settled?"),
        gettext_lazy("Yes, it is settled"),
        gettext_lazy("Thank you. It is closed."),
        forms.Form,
        lambda one, words, word: acts.settle(one, **word),
        gettext_lazy("Then we close it."),
    ),
    "take-back": Act(
        gettext_lazy("Take it back"),
        gettext_lazy("Take it back"),
        gettext_lazy("You took it back. It is closed."),
        TakeBackForm,
        lambda one, words, word: acts.take_back(one, words, **word),
        gettext_lazy("Then we stop, and close it. You can write to us again at any time."),
    ),
}


@open_to_anyone  # see the head of this module
@asks
def complain_act(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Do one of `ACTS`."""
    complaint, chosen = own(request, ref), ACTS.get(act)
    if chosen is None:
        raise Http404
    form, word = chosen.form(posted(request)), {"by": user_of(request), "at": timezone.now()}
    if done(
        request,
        form,
        lambda: chosen.do(complaint, form.cleaned_data.get("words", ""), word),
        str(chosen.said),
    ):
        return redirect("complain_one", ref)
    context = {"form": form, "chosen": chosen, "complaint": complaint}
    status = 422 if form.errors else 200
    return render(request, "complaints/family_form.html", context, status=status)


def user_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _open(request: HttpRequest, complaint: Complaint) -> None:
    """Let this browser in, until a new code replaces the one that opened it."""
    opened = request.session.get(OPENED, {})
    request.session[OPENED] = opened | {complaint.ref: complaint.code_hash[:16]}
    if user_of(request) is None:
        request.session.set_expiry(OPEN_FOR)


def own(request: HttpRequest, ref: str) -> Complaint:
    """What this family sent; any other does not exist."""
    found: Complaint | None = Complaint.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    user, opened = user_of(request), request.session.get(OPENED, {}).get(ref)
    of_family = user and Complaint.objects.of_family(user).filter(pk=found.pk).exists()
    if not of_family and not (opened and opened == found.code_hash[:16]):
        raise Http404
    return found


class _Told:
    """How it stands, in the words of families."""

    def __init__(self, entry: Entry) -> None:
        self.complaint, self.entry = entry.complaint, entry
        step = entry.step
        rung = Rung(step.rung) if step.rung else None
        self.who = PEOPLE[rung] if rung and step.handler_id else ""
        self.stage = STAGES[entry.stage]
        shape, said = "info", _("We look into it.")
        if entry.closed:
            shape, said = "quiet", _("It is closed.")
        elif step.decided_at:
            shape, said = "yes", _("We have answered.")
        elif step.due_on < entry.on:
            shape, said = "ask", _("We are late. You can take it further now.")
        elif step.acknowledged_at is None:
            shape, said = "info", _("We have it.")
        self.shape, self.said = shape, said


def _step(step: Any) -> dict[str, Any]:
    return {
        "step": step,
        "name": STAGES[Stage(step.stage)],
        "who": PEOPLE.get(Rung(step.rung)) if step.rung and step.handler_id else "",
        "outcome": OUTCOMES.get(step.outcome, ""),
        "extensions": list(step.extensions.all()),
    }
