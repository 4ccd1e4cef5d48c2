"""Finding albums by the words of their title, occasion and class."""

from django.urls import reverse

from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits
from belisha.photos.models import Album

MOST = 50


def find_albums(user: User, typed: str) -> list[Found]:
    """Albums that the person may see, the newest first."""
    albums = Album.objects.visible_to(user).select_related("school_class")
    return [
        Found(album.title, f"{album.taken_on:%-d %B %Y}", reverse("album", args=[album.ref]))
        for album in albums
        if fits(typed, album.title, album.event, str(album.school_class or ""))
    ][:MOST]
