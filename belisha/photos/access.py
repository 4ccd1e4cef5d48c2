"""Who may see and handle pictures (clauses P.i, P.iii)."""

from belisha.people.access import sees_whole_school
from belisha.people.models import User
from belisha.photos.models import Album, Photo


def can_make_albums(user: User) -> bool:
    """Every member of staff."""
    return user.is_staff_member


def can_handle(user: User, album: Album) -> bool:
    """Add pictures, settle faces, make copies: staff who may see the album."""
    return user.is_staff_member and Album.objects.visible_to(user).filter(pk=album.pk).exists()


def can_remove(user: User, thing: Album | Photo) -> bool:
    """Remove for good: who made it, or those who see the whole school."""
    maker = thing.created_by_id if isinstance(thing, Album) else thing.added_by_id
    album = thing if isinstance(thing, Album) else thing.album
    return can_handle(user, album) and (maker == user.pk or sees_whole_school(user))
