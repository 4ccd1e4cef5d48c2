"""Where one is signed in, and the end of it."""

from allauth.account import views as account
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from belisha.people.access import SignedIn, before_second_factor, open_to_signed_in
from belisha.people.rules import device
from belisha.people.sessions import end, end_sessions, ref_of, sessions_of
from belisha.people.views.asking import asks


@open_to_signed_in
@asks
def sessions(request: SignedIn) -> HttpResponse:
    """The list of them; to send it back ends all but this one."""
    if request.method == "POST":
        end_sessions(request.user, but=request.session.session_key)
        messages.success(request, _("You are signed in only here now."))
        return redirect("sessions")
    shown = [
        {
            "row": session,
            "ref": ref_of(session),
            "device": device(session.user_agent) or _("A device that does not say"),
            "here": session.session_key == request.session.session_key,
        }
        for session in sessions_of(request.user, at=timezone.now())
    ]
    return render(request, "people/sessions.html", {"sessions": shown})


@open_to_signed_in
@require_POST
def end_session(request: SignedIn, ref: str) -> HttpResponse:
    """End one of one's own sessions. The one that this is has its own way out."""
    mine = UserSession.objects.filter(user=request.user)
    others = mine.exclude(session_key=request.session.session_key)
    found = [session for session in others if ref_of(session) == ref]
    if not found:
        raise Http404
    end(found)
    messages.success(request, _("Signed out there."))
    return redirect("sessions")


@open_to_signed_in
@before_second_factor
def sign_out(request: SignedIn) -> HttpResponseBase:
    """Leave, and have the browser forget what it kept of these pages.

    Not the cookies: browsers would forget those of the school's other sites too.
    """
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
