"""Choosing the language of the pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from belisha.people.access import may_choose_language, open_to_anyone
from belisha.people.actions.languages import choose
from belisha.people.rules import LANGUAGES


@open_to_anyone  # who cannot read the way in could not come in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in this browser and, for a parent, with their name; go back."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(LANGUAGES) or not may_choose_language(request.user):
        raise Http404
    if request.user.is_authenticated and request.user.parent:
        choose(request.user.parent, chosen, by=request.user, at=timezone.now())
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    """The page that was open, if it is ours. A page never names its own address (see 404)."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    page = urlsplit(came_from) if ours else None
    return page._replace(scheme="", netloc="").geturl() if page and page.path else "/"
