"""Pages of events: the list, one of them, and what parents see of them."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from belisha.events.access import (
    SEE_EVENTS,
    can_add_events,
    can_change_event,
    can_follow_up,
    can_set_said_aside,
    can_take_back,
    classes_of_parent,
)
from belisha.events.actions import occasions as acts
from belisha.events.forms.occasions import EventForm, typed_of
from belisha.events.models import Event, EventQuerySet, FollowUp, Said, WhoComes
from belisha.events.printing import PAPERS, card_pdf, poster_pdf
from belisha.events.rules import Spoken, a_year_later
from belisha.events.standing import stands, stands_one
from belisha.events.views.sheets import written
from belisha.events.wording import notice_of, reminder_of
from belisha.people.access import SignedIn, open_to, open_to_anyone, open_to_staff
from belisha.people.acting import acted, asks, confirm, done, posted
from belisha.people.rules import LANGUAGES, SCHOOL_LANGUAGE, Role
from belisha.people.sheets import sheet

ON_A_PAGE = 50
COLUMNS = (
    *("event", "where", "kind", "from", "until", "who comes", "classes", "pictures"),
    *("reminder", "said at", "written down by", "note", "what was done"),
)
WHEN = {"coming": "To come", "today": "Today", "past": "Past", "all": "All"}


@open_to(*SEE_EVENTS)
@require_GET
def events(request: SignedIn) -> HttpResponse:
    """What is to come, is today, or was; with words to look for."""
    at = timezone.now()
    when, words = _chosen(request)
    page = Paginator(_found(when, words, at), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": stands(page.object_list, at),
        "when": when,
        "whens": WHEN,
        "words": words,
        "query": urlencode({"when": when, "q": words}),
        "can_add": can_add_events(request.user),
        "now": at,
    }
    return render(request, "events/events.html", context)


def _chosen(request: SignedIn) -> tuple[str, str]:
    when = request.GET.get("when", "")
    return when if when in WHEN else "coming", request.GET.get("q", "").strip()[:100]


def _found(when: str, words: str, at: datetime) -> EventQuerySet:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = timezone.make_aware(
        datetime.combine(midnight.date() + timedelta(days=1), datetime.min.time())
    )
    found: EventQuerySet = Event.objects.select_related("speaker").prefetch_related(
        "classes__school_class"
    )
    if when == "coming":
        found = found.filter(ends_at__gt=at).order_by("starts_at", "id")
    elif when == "today":
        found = found.filter(starts_at__lt=tomorrow, ends_at__gte=midnight)
        found = found.order_by("starts_at", "id")
    elif when == "past":
        found = found.filter(ends_at__lte=at)
    return found.filter(Q(title__icontains=words) | Q(place__icontains=words)) if words else found


@open_to(*SEE_EVENTS)
@require_GET
def events_csv(request: SignedIn) -> HttpResponse:
    """The same list as a file, with who said the reminder and what was done where nobody did."""
    at = timezone.now()
    when, words = _chosen(request)
    found = list(_found(when, words, at))
    said = {
        row.event_id: row
        for row in Said.objects.standing().filter(event__in=found).select_related("by")
    }
    done_about: dict[int, list[str]] = defaultdict(list)
    for follow_up in FollowUp.objects.filter(event__in=found):
        done_about[follow_up.event_id].append(follow_up.words)
    rows = []
    for event, how in stands(found, at):
        spoken = said.get(event.pk)
        rows.append(
            (
                event.title,
                event.place,
                event.get_kind_display(),
                written(event.starts_at),
                written(event.ends_at),
                event.get_comes_display(),
                ", ".join(map(str, event.classes.all())),
                event.get_filming_display(),
                how.label,
                *((written(spoken.said_at), spoken.by.name, spoken.note) if spoken else ("",) * 3),
                "\n".join(done_about[event.pk]),
            )
        )
    return sheet(request, "events", COLUMNS, rows)


@open_to_staff
@asks
def add(request: SignedIn) -> HttpResponse:
    """A new event, or last year's once more."""
    at = timezone.now()
    like = Event.objects.filter(ref=request.GET.get("like", "")).first()
    initial: dict[str, Any] = {"on": timezone.localdate(at)}
    if like:
        starts = timezone.localtime(like.starts_at)
        again = a_year_later(starts, timezone.localdate(at))
        moved = again - starts
        initial = typed_of(like, starts_at=again, ends_at=timezone.localtime(like.ends_at) + moved)
    form = EventForm(posted(request), initial=initial)
    said = "It is in the list."
    if event := done(request, form, lambda: acts.add(**form.said, by=request.user, at=at), said):
        return redirect("event", event.ref)
    context = {"form": form, "title": "Add an event", "act": "Add it", "like": like}
    return render(request, "events/event_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@asks
def change(request: SignedIn, ref: str) -> HttpResponse:
    """Change one that is not over."""
    event = get_object_or_404(Event, ref=ref)
    initial = typed_of(event, starts_at=event.starts_at, ends_at=event.ends_at)
    form = EventForm(posted(request), initial=initial)

    def act() -> Event:
        return acts.change(event, **form.said, by=request.user, at=timezone.now())

    if done(request, form, act, "Saved."):
        return redirect("event", ref)
    context = {"form": form, "title": f"Change: {event}", "act": "Save", "event": event}
    return render(request, "events/event_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@asks
def cancel(request: SignedIn, ref: str) -> HttpResponse:
    """Ask once, and cancel it."""
    event = get_object_or_404(Event, ref=ref)
    page = reverse("event", args=[ref])
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.cancel(event, by=request.user, at=timezone.now()),
            page,
            "It is cancelled. Parents do not see it any more.",
        )
    words = f"{event}, {timezone.localtime(event.starts_at):%-d %B %Y}, does not take place."
    return confirm(
        request, title="Cancel this event", words=words, act="Cancel the event", back=page
    )


@open_to(*SEE_EVENTS)
@require_GET
def event(request: SignedIn, ref: str) -> HttpResponse:
    """One event: its words, and how it stands with the reminder."""
    at, user = timezone.now(), request.user
    row = get_object_or_404(Event.objects.select_related("speaker", "created_by"), ref=ref)
    how = stands_one(row, at)
    said = list(Said.objects.filter(event=row).select_related("by", "accepted_by", "set_aside_by"))
    standing = next((one for one in said if one.set_aside_at is None), None)
    context = {
        "event": row,
        "how": how,
        "notice": notice_of(row),
        "reminder": reminder_of(row),
        "said": said,
        "standing": standing,
        "follow_ups": FollowUp.objects.filter(event=row).select_related("by"),
        "is_staff": user.is_staff_member,
        "can_change": can_change_event(user, row) and at < row.ends_at and not row.cancelled_at,
        "can_say": user.is_staff_member and how is Spoken.DUE,
        "can_tell": user.is_staff_member and how in (Spoken.MISSED, Spoken.FOLLOWED_UP),
        "can_aside": standing is not None and can_set_said_aside(user, standing),
        "can_undo": standing is not None and can_take_back(user, standing, at),
        "papers": PAPERS,
        "notice_languages": LANGUAGES,
        "can_accept": how is Spoken.TOLD_LATER
        and can_follow_up(user)
        and (standing is not None and standing.by_id != user.pk),
        "can_follow": can_follow_up(user) and how in (Spoken.MISSED, Spoken.FOLLOWED_UP),
    }
    return render(request, "events/event.html", context)


@open_to(*SEE_EVENTS)
@require_GET
def poster(request: SignedIn, ref: str) -> HttpResponse:
    """The notice, big, for the door of the hall: `paper` and `language` as they were chosen."""
    row = get_object_or_404(Event, ref=ref)
    paper, language = request.GET.get("paper", ""), request.GET.get("language", "")
    with translation.override(language if language in dict(LANGUAGES) else SCHOOL_LANGUAGE):
        data = poster_pdf(row, school=request.school.name, paper=paper if paper in PAPERS else "a4")
    return _pdf(data, "notice.pdf")


@open_to(*SEE_EVENTS)
@require_GET
def card(request: SignedIn, ref: str) -> HttpResponse:
    """What is said aloud, as a card to hold."""
    row = get_object_or_404(Event.objects.select_related("speaker"), ref=ref)
    return _pdf(card_pdf(row, school=request.school.name), "reminder.pdf")


def _pdf(data: bytes, name: str) -> HttpResponse:
    named = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=named)


@open_to(Role.PARENT)
@require_GET
def family_events(request: SignedIn) -> HttpResponse:
    """What is to come for the families of somebody's children, and what they may film."""
    coming = Event.objects.to_come(timezone.now())
    rows = coming.for_classes(classes_of_parent(request.user))
    return render(request, "events/family_events.html", {"rows": _with_notice(rows)})


@open_to_anyone  # the school says itself that anyone may come to these, so anyone may know the rule
@require_GET
def our_events(request: HttpRequest) -> HttpResponse:
    """What anyone may come to. An event of some families stands on their own pages alone."""
    rows = Event.objects.to_come(timezone.now()).filter(comes=WhoComes.PUBLIC)
    return render(request, "events/our_events.html", {"rows": _with_notice(rows)})


def _with_notice(rows: EventQuerySet) -> list[tuple[Event, list[str]]]:
    return [(row, notice_of(row)) for row in rows[:ON_A_PAGE]]
