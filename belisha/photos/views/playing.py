"""A clip as an answer: whole, or the part that a player asks for (RFC 9110, section 14)."""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django_scopes import scope

from belisha.people.access import Refused
from belisha.people.models import School
from belisha.photos.actions import covering
from belisha.photos.models import CoveredClip
from belisha.photos.store import Pieces

AT_ONCE = 2 << 20  # bytes, after which the rule is asked again
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def play(
    request: HttpRequest, see: Callable[[], CoveredClip], *, school: School, name: str = ""
) -> HttpResponseBase:
    """A covered clip for one viewer. `see` says what they may see at this moment, or raises
    `Refused`. With a name it is to be saved under that."""
    covered = see()

    def still() -> bool:
        try:
            return see() == covered
        except Refused:
            return False

    response = mp4(covering.pieces(covered), request, school=school, attach=bool(name), still=still)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def mp4(
    pieces: Pieces,
    request: HttpRequest,
    *,
    school: School,
    attach: bool = False,
    still: Callable[[], bool] = lambda: True,
) -> HttpResponseBase:
    """The clip under a name that says nothing. A range that makes no sense is answered with 416.

    To "all from here on" a part is given, and a player asks again for more. Who names both ends, as
    players on phones do, or none gets all of it; then `still` is asked again every so many bytes,
    and when it says no the answer breaks off.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = 0, pieces.size
    if asked:
        start = int(asked[1])
        end = min(int(asked[2]) + 1 if asked[2] else start + AT_ONCE, pieces.size)
        if start >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{pieces.size}"})
    response = StreamingHttpResponse(
        _read(pieces, school, (start, end), still),
        content_type="video/mp4",
        status=206 if asked else 200,
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{pieces.size}"
    kind = "attachment" if attach else "inline"
    response["Content-Disposition"] = f'{kind}; filename="clip.mp4"'
    return response


def _read(
    pieces: Pieces, school: School, part: tuple[int, int], still: Callable[[], bool]
) -> Iterator[bytes]:
    start, end = part
    with scope(school=school):  # the response is read after the request's own scope has ended
        for at in range(start, end, AT_ONCE):
            if at > start and not still():
                return
            yield from pieces.stream(at, min(AT_ONCE, end - at))
