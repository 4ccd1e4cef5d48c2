"""What waits for someone in the albums (clause P.iv)."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.models import User
from belisha.photos.models import Album, Face, Photo
from belisha.photos.rules import Who


def todo(user: User) -> Iterator[Task]:
    """Albums that the person may handle and in which a picture is not settled, newest first."""
    open_faces = Face.objects.present().filter(photo=OuterRef("pk"), who=Who.UNSETTLED)
    unsettled = Photo.objects.filter(
        Q(boxed_at=None) | Exists(open_faces), faces_found_at__isnull=False, kept_back_at=None
    )
    albums = Album.objects.visible_to(user).annotate(
        waiting=Count("photos", filter=Q(photos__in=unsettled), distinct=True)
    )
    for album in albums.filter(waiting__gt=0).select_related("school_class")[:20]:
        yield Task(
            album.title,
            "1 picture waits for someone to say who is in it."
            if album.waiting == 1
            else f"{album.waiting} pictures wait for someone to say who is in them.",
            reverse("album", args=[album.ref]),
            "Go on",
            "album",
        )
