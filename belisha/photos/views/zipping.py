"""One file with every copy that may go, made while it is read: each picture is decided then."""

from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.http import StreamingHttpResponse
from django.utils import timezone
from django_scopes import scope
from stream_zip import MemberFile, stream_zip

from belisha.lib.sealing import BrokenSeal
from belisha.lib.zipping import member
from belisha.people.models import User
from belisha.photos.actions import copies
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Album, Photo
from belisha.photos.store import Missing
from belisha.policy.models import Purpose


def zip_response(album: Album, purpose: Purpose, user: User) -> StreamingHttpResponse:
    """Answer with a ZIP whose members are named by number alone."""
    response = StreamingHttpResponse(
        stream_zip(_members(album, purpose, user)), content_type="application/zip"
    )
    response["Content-Disposition"] = 'attachment; filename="pictures.zip"'
    return response


def _members(album: Album, purpose: Purpose, user: User) -> Iterator[MemberFile]:
    left_out: list[str] = []
    # The response is read after the request's own scope has ended.
    with scope(school=album.school):
        photos = Photo.objects.filter(album=album).values_list("pk", flat=True)
        for number, pk in enumerate(list(photos), start=1):
            try:
                data = _copy(pk, purpose, user)
            except copies.NotNow as no:
                why = "; ".join(reason.text for reason in no.decision.verdict.reasons)
                left_out.append(f"Picture {number}: {why}.")
            except (Unreadable, Missing, BrokenSeal, ObjectDoesNotExist):
                left_out.append(f"Picture {number}: it could not be read just now.")
            else:
                yield member(f"{number:04}.jpg", data, timezone.localtime())
        if left_out:
            words = "These pictures are not here:\n\n" + "\n".join(left_out) + "\n"
            yield member("not-here.txt", words.encode(), timezone.localtime())


def _copy(pk: int, purpose: Purpose, user: User) -> bytes:
    now, today = timezone.now(), timezone.localdate()
    photo = Photo.objects.select_related("album").get(pk=pk)
    copy = copies.make(photo, purpose, by=user, at=now, on=today)
    return copies.give(copy, by=user, at=now, on=today)
