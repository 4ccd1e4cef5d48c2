"""Finding albums by the words of their title, occasion and class."""

from django.urls import reverse

from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits
from belisha.photos.models import Album, Place, Publication

MOST = 50


def find_places(user: User, typed: str) -> list[Found]:
    """Places by their name, and what was published with these words, for staff."""
    if not user.is_staff_member:
        return []
    places = [
        Found(one.name, one.what.label, reverse("place", args=[one.ref]))
        for one in Place.objects.all()
        if fits(typed, one.name)
    ]
    rows = Publication.objects.visible_to(user).published().saying(typed)
    return (
        places
        + [
            Found(row.selection.title, row.caption or row.alt, selection_url(row))
            for row in rows.select_related("selection").order_by("-id")[:MOST]
        ]
    )[:MOST]


def selection_url(row: Publication) -> str:
    """The page of the set that a picture was published in."""
    return reverse("selection", args=[row.selection.ref])


def find_albums(user: User, typed: str) -> list[Found]:
    """Albums that the person may see, the newest first."""
    albums = Album.objects.visible_to(user).select_related("school_class")
    return [
        Found(album.title, f"{album.taken_on:%-d %B %Y}", reverse("album", args=[album.ref]))
        for album in albums
        if fits(typed, album.title, album.event, str(album.school_class or ""))
    ][:MOST]
