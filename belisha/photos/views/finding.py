"""Finding what an address names, for someone who may see it. Else there is no such page."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from belisha.people.access import SignedIn
from belisha.people.models import Pupil
from belisha.photos.models import Album, Face, Photo, PictureRequest, SafeCopy
from belisha.policy.models import Purpose


def album_of(request: SignedIn, ref: str) -> Album:
    albums = Album.objects.visible_to(request.user).select_related("school", "school_class")
    album: Album = get_object_or_404(albums, ref=ref)
    return album


def photos_of(album: Album) -> "QuerySet[Photo]":
    found: QuerySet[Photo] = Photo.objects.filter(album=album).select_related("album", "school")
    return found


def photo_of(request: SignedIn, ref: str) -> Photo:
    photos = Photo.objects.visible_to(request.user)
    photo: Photo = get_object_or_404(
        photos.select_related("album__school_class", "school"), ref=ref
    )
    return photo


def face_of(photo: Photo, pk: Any) -> Face:
    if not str(pk).isdecimal():
        raise Http404
    face: Face = get_object_or_404(
        Face.objects.present().select_related("photo"), photo=photo, pk=pk
    )
    return face


def pupil_of(request: SignedIn, pk: str) -> Pupil | None:
    pupils = Pupil.objects.visible_to(request.user)
    found: Pupil | None = pupils.filter(pk=pk).first() if re.fullmatch("[0-9]{1,19}", pk) else None
    return found


def copy_of(request: SignedIn, ref: str) -> SafeCopy:
    copies = SafeCopy.objects.visible_to(request.user).select_related(
        "photo__album", "purpose", "request", "school", "made_by"
    )
    copy: SafeCopy = get_object_or_404(copies, ref=ref)
    return copy


def request_of(photo: Photo, ref: str) -> PictureRequest | None:
    """The request about this picture that a form named; None when it named none."""
    found: PictureRequest | None = get_object_or_404(photo.requests, ref=ref) if ref else None
    return found


def purpose_of(key: str) -> Purpose:
    purpose: Purpose = get_object_or_404(Purpose.objects.in_use(), key=key)
    return purpose
