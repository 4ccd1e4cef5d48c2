"""A clip as an answer: whole, or the part that a player asks for (RFC 9110, section 14)."""

import logging
import re
import weakref
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django_scopes import scope

from belisha.lib.sealing import BrokenSeal
from belisha.people.access import Refused
from belisha.people.models import School
from belisha.photos.actions import covering
from belisha.photos.models import CoveredClip
from belisha.photos.store import Missing, Pieces

logger = logging.getLogger("belisha.photos")
AT_ONCE = 2 << 20  # bytes, after which the rule is asked again
# A part goes to the server in one piece, which frees its thread at once. What is longer keeps a
# thread for as long as the reader takes, so that a few slow ones would keep the site from everyone.
_LONG = BoundedSemaphore(settings.THREADS // 2)
_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


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
    if name and "Content-Disposition" in response:
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
    and when it says no the answer breaks off. While too many such answers are on their way, one
    waits: a shorter part than the one that they named stops players on phones.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = 0, pieces.size
    if asked:
        start = int(asked[1])
        end = min(int(asked[2]) + 1 if asked[2] else start + AT_ONCE, pieces.size)
        if start >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{pieces.size}"})
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif end - start <= AT_ONCE:
        try:
            response = HttpResponse(pieces.read(start, end - start))
        except (Missing, BrokenSeal) as error:
            logger.exception("A part of a clip cannot be read")
            raise Http404 from error
    elif _LONG.acquire(blocking=False):
        response = _Long(_read(pieces, school, (start, end), still))
    else:
        words = _("Many people are playing clips just now. Try again in a minute.")
        return HttpResponse(words, "text/plain", status=503, headers={"Retry-After": "60"})
    response["Content-Type"], response["Accept-Ranges"] = "video/mp4", "bytes"
    response["Content-Length"] = str(end - start)
    if asked:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{pieces.size}"
    kind = "attachment" if attach else "inline"
    response["Content-Disposition"] = f'{kind}; filename="clip.mp4"'
    return response


class _Long(StreamingHttpResponse):
    """A long answer: it gives its place back once it is closed, or when it is forgotten."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__(parts)
        self._leave: Any = weakref.finalize(self, _LONG.release)

    def close(self) -> None:
        super().close()
        self._leave()


def _read(
    pieces: Pieces, school: School, part: tuple[int, int], still: Callable[[], bool]
) -> Iterator[bytes]:
    start, end = part
    with scope(school=school):  # the response is read after the request's own scope has ended
        for at in range(start, end, AT_ONCE):
            if at > start and not still():
                return
            yield from pieces.stream(at, min(AT_ONCE, end - at))
