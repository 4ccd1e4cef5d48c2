"""The bundle that somebody is given, made while it is read: pictures first, then what lists all."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django_scopes import scope
from stream_zip import MemberFile, stream_zip

from belisha.lib.held import Fact
from belisha.lib.sealing import BrokenSeal
from belisha.lib.zipping import member
from belisha.people.access import Refused
from belisha.people.models import User
from belisha.photos.actions.copies import for_whom_it_shows
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Photo, Rendition
from belisha.photos.store import Missing
from belisha.rights.gathering import names_covered, shown
from belisha.rights.models import Item, Request
from belisha.rights.printing import pdf_of
from belisha.rights.rules import Asked, Choice, Part

ON_SCREEN = 1000  # pixels on the longest side, so that a missed face is seen
NOT_READ = "It could not be read just now. Ask us again."


def not_boxed(items: Iterable[Item]) -> set[str]:
    """The refs of those pictures among the items in which a face may have been missed.

    One that was deleted since is not among them: it is held no more.
    """
    refs = [item.picture for item in items if item.picture]
    return set(Photo.objects.filter(ref__in=refs, boxed_at=None).values_list("ref", flat=True))


def picture_of(request: Request, item: Item, *, by: User, whole: bool = True) -> bytes:
    """A picture as it would leave: only whom the request is about is seen in it. `whole` is in its
    own size. Raises `Refused`, `Photo.DoesNotExist`, or that it cannot be read."""
    photo = Photo.objects.select_related("album").get(ref=item.picture)
    if request.pupil is None:
        raise Refused
    if whole:
        return for_whom_it_shows(photo, request.pupil, by=by)
    return for_whom_it_shows(
        photo, request.pupil, by=by, longest=ON_SCREEN, made_from=Rendition.VIEW
    )


def bundle_of(request: Request, part: Part, *, by: User, at: datetime) -> Iterator[bytes]:
    """The bytes of a ZIP: pictures by number, a PDF, and the same as JSON with their hashes."""
    return iter(stream_zip(_members(request, part, by, timezone.localtime(at))))


def _members(request: Request, part: Part, by: User, at: datetime) -> Iterator[MemberFile]:
    # What is read after the page's own scope has ended opens its own.
    with scope(school=request.school):
        names, pictures = names_covered(request), 0
        things: list[tuple[Item, list[Fact]]] = []
        for item in Item.objects.of(request, part).exclude(choice=Choice.HIDE):
            facts = shown(item, names)
            if item.picture:
                try:
                    data = picture_of(request, item, by=by)
                except (Refused, Photo.DoesNotExist, Unreadable, Missing, BrokenSeal):
                    facts.append(("The picture itself", NOT_READ))
                else:
                    pictures += 1
                    name = f"pictures/{pictures:04}.jpg"
                    facts += [("File", name), ("SHA-256", hashlib.sha256(data).hexdigest())]
                    yield member(name, data, at)
            things.append((item, facts))
        yield from _index(request, things, at)


def _index(
    request: Request, things: list[tuple[Item, list[Fact]]], at: datetime
) -> Iterator[MemberFile]:
    """What the bundle holds, to read and for other programs."""
    head = {
        "about": request.called,
        "asked by": request.asked_by,
        "asked on": request.received_on.isoformat(),
        "made on": at.date().isoformat(),
        "school": str(request.school),
    }
    held = [
        {
            "area": item.area,
            "title": item.title,
            "on": item.on.isoformat() if item.on else None,
            "facts": dict(facts),
        }
        for item, facts in things
    ]
    parts = [
        (
            f"{item}{f', {item.on:%-d %B %Y}' if item.on else ''}",
            [f"{label}: {words}" for label, words in facts],
        )
        for item, facts in things
    ]
    title = "What the school holds" if request.kind == Asked.COPY else "The child’s file"
    top = [(label.capitalize(), words) for label, words in head.items()]
    yield member("held.pdf", pdf_of(title, str(request.school), top, parts), at)
    whole = json.dumps(head | {"held": held}, ensure_ascii=False, indent=2)
    yield member("held.json", whole.encode(), at)
