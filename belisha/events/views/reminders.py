"""Pages about the spoken reminder: read it aloud and tap, tell it later, accept, follow up."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.events.access import can_set_said_aside
from belisha.events.actions import reminders as acts
from belisha.events.forms.occasions import FollowUpForm, NoteForm, ToldLaterForm, WhyForm
from belisha.events.models import Event, Said
from belisha.events.standing import stands_one
from belisha.events.wording import reminder_of
from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.rules import LEADERS


@open_to_staff
@asks
def say(request: SignedIn, ref: str) -> HttpResponse:
    """The words, large enough to read aloud from a phone, and one tap when they were said."""
    event, at = get_object_or_404(Event, ref=ref), timezone.now()
    form = NoteForm(posted(request))

    def act() -> Said:
        return acts.say(event, note=form.cleaned_data["note"], by=request.user, at=at)

    if done(request, form, act, "Written down. Thank you for saying it."):
        return redirect("event", ref)
    context = {
        "event": event,
        "lines": reminder_of(event),
        "how": stands_one(event, at),
        "form": form,
    }
    return render(request, "events/say.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_POST
def take_back(request: SignedIn, ref: str) -> HttpResponse:
    """Tapped by mistake, a moment ago."""
    event = get_object_or_404(Event, ref=ref)
    said = get_object_or_404(Said.objects.standing(), event=event)
    return acted(
        request,
        lambda: acts.take_back(said, by=request.user, at=timezone.now()),
        reverse("event", args=[ref]),
        "Undone. It counts as not said.",
    )


@open_to_staff
@asks
def tell_later(request: SignedIn, ref: str) -> HttpResponse:
    """It was said, and nobody tapped."""
    event = get_object_or_404(Event, ref=ref)
    form = ToldLaterForm(posted(request))

    def act() -> Said:
        return acts.tell_later(
            event,
            said_at=form.moment(event),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )

    if done(request, form, act, "Told. The head will look at it."):
        return redirect("event", ref)
    return ask(
        request,
        form,
        title="It was said, nobody tapped",
        words="It counts when the head or a senior leader has accepted it.",
        act="Tell the head",
        back=reverse("event", args=[ref]),
        above=event.title,
    )


@open_to(*LEADERS)
@require_POST
def accept(request: SignedIn, ref: str) -> HttpResponse:
    event = get_object_or_404(Event, ref=ref)
    said = get_object_or_404(Said.objects.standing(), event=event)
    return acted(
        request,
        lambda: acts.accept(said, by=request.user, at=timezone.now()),
        reverse("event", args=[ref]),
        "Accepted. The reminder counts as said.",
    )


@open_to_staff
@asks
def set_aside(request: SignedIn, ref: str) -> HttpResponse:
    """It was tapped, or told, and was not so."""
    event = get_object_or_404(Event, ref=ref)
    said = get_object_or_404(Said.objects.standing(), event=event)
    require(can_set_said_aside(request.user, said))
    form = WhyForm(posted(request))

    def act() -> Said:
        why = form.cleaned_data["why"]
        return acts.set_aside(said, why=why, by=request.user, at=timezone.now())

    if done(request, form, act, "Set aside. It counts as not said."):
        return redirect("event", ref)
    return ask(
        request,
        form,
        title="It was not said",
        words="What was written down stays, with your reason. It does not count any more.",
        act="Set it aside",
        back=reverse("event", args=[ref]),
        above=event.title,
    )


@open_to(*LEADERS)
@asks
def follow_up(request: SignedIn, ref: str) -> HttpResponse:
    """What was done about an event that ended in silence."""
    event = get_object_or_404(Event, ref=ref)
    form = FollowUpForm(posted(request))

    def act() -> object:
        words = form.cleaned_data["words"]
        return acts.follow_up(event, words=words, by=request.user, at=timezone.now())

    if done(request, form, act, "Written down. It stays on the record."):
        return redirect("event", ref)
    return ask(
        request,
        form,
        title="What was done about it",
        words="Nobody said the reminder. If the event did not take place, write that.",
        act="Write it down",
        back=reverse("event", args=[ref]),
        above=event.title,
    )
