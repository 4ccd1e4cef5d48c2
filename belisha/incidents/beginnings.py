"""What of the areas below may lead to a case, and what a new one says of it at first.

Each has a page that links to `/cases/new/?from=KIND:REF`. None of those pages ever says whether
there is a case about it: whom it is about may look at them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from belisha.channels.models import FoundAccount
from belisha.devices.models import Device
from belisha.events.models import Challenge, Event
from belisha.incidents.rules import About, Kind
from belisha.people.models import User
from belisha.photos.models import Album, Photo

Initial = dict[str, Any]


def beginning(user: User, said: str) -> Initial:
    """What the form of a new case holds at first, of `said` such as `device:REF`; or nothing.

    Of something that the person may not see, nothing is said.
    """
    kind, _, ref = said.partition(":")
    begin = _BEGINNINGS.get(kind)
    found = begin(user, ref[:40]) if begin and ref else {}
    return {**found, "came_from": kind, "came_from_ref": ref[:40]} if found else {}


def _found_account(user: User, ref: str) -> Initial:
    one = FoundAccount.objects.visible_to(user).filter(ref=ref).first()
    if one is None:
        return {}
    return {
        "kind": Kind.ACCOUNT,
        "about": About.NOBODY,
        "what": f"The account {one.name} on {one.service_name} seems to be ours, and is not.",
        "seen": "\n".join(filter(None, (one.url, one.seen))),
        "where": one.service_name,
        "happened_on": one.seen_on,
    }


def _device(user: User, ref: str) -> Initial:
    one = Device.objects.filter(ref=ref).first() if user.is_staff_member else None
    if one is None:
        return {}
    return {
        "kind": Kind.DEVICE,
        "about": About.NOBODY,
        "what": f"{one.name} ({one.get_kind_display().lower()}) is lost.",
        "where": one.lives_in,
        "happened_on": _today(),
    }


def _event(user: User, ref: str) -> Initial:
    one = Event.objects.filter(ref=ref).first() if user.is_staff_member else None
    if one is None:
        return {}
    day = timezone.localdate(one.starts_at)
    return {
        "kind": Kind.REMINDER,
        "about": About.NOBODY,
        "what": f"{one.title} on {day:%-d %B %Y} took place without the spoken reminder.",
        "where": one.place,
        "happened_on": day,
    }


def _picture(user: User, ref: str) -> Initial:
    albums = Album.objects.visible_to(user)
    one = Photo.objects.filter(ref=ref, album__in=albums).select_related("album").first()
    if one is None:
        return {}
    return {
        "kind": Kind.OTHER,
        "about": About.NOBODY,
        "what": f"A picture in the album {one.album.title}.",
        "where": one.album.title,
        "happened_on": _today(),
    }


def _challenge(user: User, ref: str) -> Initial:
    one = Challenge.objects.visible_to(user).filter(ref=ref).first()
    if one is None:
        return {}
    return {
        "kind": Kind.VISITOR,
        "about": About.ADULT,
        "what": f"{one.get_what_display()}. {one.get_done_display()}. {one.words}".strip(),
        "who": str(one.visitor or ""),
        "where": one.get_place_display(),
        "happened_on": timezone.localdate(one.at),
        "forbidden_place": one.place == Challenge.Place.CHANGING,
    }


def _today() -> date:
    return timezone.localdate()


_BEGINNINGS: dict[str, Callable[[User, str], Initial]] = {
    "found-account": _found_account,
    "device": _device,
    "event": _event,
    "picture": _picture,
    "challenge": _challenge,
}
