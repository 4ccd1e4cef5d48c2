"""Pictures in which one child was named, and what was said about them."""

from collections.abc import Iterator

from django.utils import timezone

from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Pupil, Staff
from belisha.photos.models import Album, Face, Photo, PictureAnswer, Publication, SafeCopy, Stop

# Whoever is covered in a clip is still heard, and known by how they move.
CLIP_STAYS = "Left out: others are seen and heard in it. Ask us, and we show it to you at school."


def held_on(person: Person) -> Iterator[Held]:
    """Of a child: each picture itself, where it was shown, for what it was copied."""
    if isinstance(person, Staff):
        yield from _albums(person)
        return
    if isinstance(person, Pupil):
        yield from _pictures(person)
    said = PictureAnswer.objects.select_related("request__photo__album", "pupil", "parent")
    mine = said.filter(pupil=person) if isinstance(person, Pupil) else said.from_person(person)
    for row in mine:
        facts = stated(
            about=row.pupil,
            said_by=row.parent,
            album=row.request.photo.album,
            answer=row.kind,
            asked=row.wording,
            why=row.why,
        )
        yield Held("An answer about one picture", facts, row.happened_on)


def _pictures(child: Pupil) -> Iterator[Held]:
    shown = Face.objects.present().filter(pupil=child).values("photo")
    for photo in Photo.objects.showing(child).select_related("album"):
        facts = stated(album=photo.album, taken=photo.taken_at or photo.album.taken_on)
        if photo.is_clip:
            facts += stated(seconds=round(photo.seconds), the_clip_itself=CLIP_STAYS)
            yield Held("A clip", facts, photo.album.taken_on)
        else:
            yield Held("A picture", facts, photo.album.taken_on, photo.ref)
    for row in Publication.objects.filter(photo__in=shown).select_related("selection__place"):
        facts = stated(
            place=row.selection.place,
            title=row.selection.title,
            words=row.caption,
            where=row.where,
            until=row.selection.until_on,
        )
        yield Held("A picture shown", facts, row.selection.from_on)
    for copy in SafeCopy.objects.filter(photo__in=Photo.objects.filter(pk__in=shown)):
        facts = stated(purpose=copy.purpose, made=copy.made_at)
        yield Held("A safe copy", facts, timezone.localdate(copy.made_at))
    for stop in Stop.objects.filter(pupil=child).select_related("photo__album"):
        facts = stated(album=stop.photo.album, lifted=stop.lifted_at)
        yield Held("“Not this one”", facts, timezone.localdate(stop.at))


def _albums(person: Staff) -> Iterator[Held]:
    for album in Album.objects.filter(created_by=person.user) if person.user else ():
        yield Held("An album begun", stated(album=album), album.taken_on)
