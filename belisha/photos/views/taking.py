"""One file with every copy of a set that may leave, each decided at that moment and remembered."""

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django_scopes import scope
from stream_zip import ZIP_AUTO, MemberFile, stream_zip

from belisha.lib.sealing import BrokenSeal
from belisha.lib.zipping import MODE, member
from belisha.people.models import User
from belisha.photos.actions import covering, publications
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import CoveredClip, Publication, Selection
from belisha.photos.store import Missing


def zip_of(selection: Selection, user: User) -> StreamingHttpResponse:
    """Answer with a ZIP whose members are named by number alone."""
    response = StreamingHttpResponse(
        stream_zip(_members(selection, user)), content_type="application/zip"
    )
    response["Content-Disposition"] = 'attachment; filename="pictures.zip"'
    return response


def _members(selection: Selection, user: User) -> Iterator[MemberFile]:
    left_out: list[str] = []
    with scope(school=selection.school):  # the response is read after the request's own has ended
        rows = Publication.objects.filter(selection=selection).order_by("position", "id")
        for number, row in enumerate(
            list(rows.select_related("selection__album", "photo")), start=1
        ):
            act: dict[str, Any] = {"by": user, "at": timezone.now(), "on": timezone.localdate()}
            try:
                if row.photo and row.photo.is_clip:
                    yield _clip(f"{number:04}.mp4", publications.take_clip(row, **act))
                    continue
                data = publications.take(row, **act)
            except publications.NotThere as no:
                left_out.append(f"Picture {number}: {no}.")
            except (Unreadable, Missing, BrokenSeal, covering.NotCovered):
                left_out.append(f"Picture {number}: it could not be read just now.")
            else:
                yield member(f"{number:04}.jpg", data, timezone.localtime())
        if left_out:
            words = "These pictures are not here:\n\n" + "\n".join(left_out) + "\n"
            yield member("not-here.txt", words.encode(), timezone.localtime())


def _clip(name: str, covered: CoveredClip) -> MemberFile:
    """A clip as one file of a ZIP, piece by piece."""
    pieces = covering.pieces(covered)
    whole = pieces.stream(0, pieces.size)
    return name, timezone.localtime(), MODE, ZIP_AUTO(pieces.size, level=0), whole
