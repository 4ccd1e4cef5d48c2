"""The notice of an event as a poster, and what is said aloud as a card to hold, both as PDF.

Words reach typst as data, never as its language. The PDF is tagged (PDF/UA-1) and says in which
language it is.
"""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, get_language_bidi, gettext

from belisha.events.models import Event, Filming
from belisha.events.wording import POSTERS, notice_of, reminder_of
from belisha.people.letters.typesetting import typeset
from belisha.people.rules import SCHOOL_LANGUAGE

HERE = Path(__file__).parent
PAPERS = {"a4": "A4", "a3": "A3"}


def poster_pdf(event: Event, *, school: str, paper: str = "a4") -> bytes:
    """The notice for the door of the hall, in the language that is active."""
    starts = timezone.localtime(event.starts_at)
    data = {
        "title": event.title,
        "when": f"{_day(event)}, {_clock(starts)}",
        "place": event.place,
        "school": school,
        "head": gettext(POSTERS[event.filming]),
        "lines": notice_of(event),
        "allowed": event.filming == Filming.EVERYONE,
        "paper": paper,
        "lang": (get_language() or SCHOOL_LANGUAGE).partition("-")[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    return _set("poster.typ", data)


def card_pdf(event: Event, *, school: str) -> bytes:
    """What is said aloud, in large letters on half a page."""
    starts = timezone.localtime(event.starts_at)
    data = {
        "title": event.title,
        "when": f"{starts:%-d %B %Y, %-H:%M}",
        "school": school,
        "speaker": str(event.speaker or ""),
        "lines": reminder_of(event),
    }
    return _set("card.typ", data)


def _day(event: Event) -> str:
    day = timezone.localdate(event.starts_at)
    english = (get_language() or "en").startswith("en")
    return f"{day:%A %-d %B %Y}" if english else date_format(day, "DATE_FORMAT")


def _clock(moment: Any) -> str:
    english = (get_language() or "en").startswith("en")
    return f"{moment:%-I:%M%p}".lower() if english else time_format(moment, "TIME_FORMAT")


def _set(template: str, data: dict[str, Any]) -> bytes:
    return typeset(HERE / template, data)
