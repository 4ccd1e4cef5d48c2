"""What was typed is not lost when the session ends first: it waits until its writer is back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone

# Never kept: what lets somebody in, and what belongs to the form and not to its writer.
NEVER = re.compile(r"password|secret|token|credential|(^|_)code$", re.IGNORECASE)
MOST = 200_000  # letters in one form
FOR = timedelta(days=3)  # a form left on a Friday is found on Monday
PLACE = "kept"


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: where to, what stood in it, and the page that it was on."""

    path: str
    fields: list[tuple[str, str]]
    files: bool  # these must be chosen again
    page: str

    @property
    def said(self) -> list[tuple[str, str]]:
        """What stands in it, for a person to look at."""
        return [
            (name.replace("_", " ").replace("-", " ").capitalize(), value)
            for name, value in self.fields
            if value
        ]


def typed(request: HttpRequest) -> Kept | None:
    """What this request wanted to send; None where there is nothing to keep or too much of it."""
    if request.method != "POST" or "application/json" in request.headers.get("Accept", ""):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not NEVER.search(name) and name != "csrfmiddlewaretoken"
        for value in values
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    return Kept(request.get_full_path(), fields, bool(request.FILES), page_before(request))


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was typed for whoever is, or just was, signed in here. For nobody else: the next
    one at a shared device must not read it. Answers whether it was kept."""
    writer = getattr(request, "was_signed_in", None) or request.user
    kept = typed(request) if writer.is_authenticated else None
    if kept:
        request.session[PLACE] = {
            "user": writer.pk,
            "at": timezone.now().isoformat(),
            "path": kept.path,
            "fields": kept.fields,
            "files": kept.files,
            "page": kept.page,
        }
    return kept is not None


def kept_of(request: HttpRequest) -> Kept | None:
    """What waits for whoever is signed in. What waits for somebody else is gone for good."""
    held: dict[str, Any] | None = request.session.get(PLACE)
    if held is None:
        return None
    old = timezone.now() - datetime.fromisoformat(held["at"]).astimezone(UTC) > FOR
    if held["user"] != request.user.pk or old:
        forget_kept(request)
        return None
    fields = [(name, value) for name, value in held["fields"]]
    return Kept(held["path"], fields, held["files"], held["page"])


def forget_kept(request: HttpRequest) -> None:
    request.session.pop(PLACE, None)


def page_before(request: HttpRequest) -> str:
    """The page of this site on which the form stood, as far as the browser says."""
    told = urlsplit(request.headers.get("Referer", ""))
    if told.netloc != request.get_host() or not told.path.startswith("/"):
        return "/"
    return told.path + (f"?{told.query}" if told.query else "")


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent by a page of this site, which another site cannot pretend."""
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
