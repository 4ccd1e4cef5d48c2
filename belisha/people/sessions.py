"""Sessions: where people are signed in, how long that lasts, and its end."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from belisha.people.models import User
from belisha.people.rules import LONGEST, session_ends

KEPT_TO = "kept_to"  # in a session that shows one page alone, on a screen that many share
SEEN_EVERY = timedelta(seconds=20)  # a session ends up to this much early, and never late


def goes_on(request: HttpRequest, user: User, *, at: datetime) -> bool:
    """Whether the session of this request still lasts; if so, note that it is being used.

    A page that asks by itself every few seconds (htmx) does not count as use.
    """
    session = UserSession.objects.filter(session_key=request.session.session_key or "").first()
    if session is None or session.user_id != user.pk:
        return False
    if is_over(session, user, at=at):
        return False
    request.kept_to = session.data.get(KEPT_TO, "")  # type: ignore[attr-defined]
    by_itself = request.method == "GET" and "HX-Request" in request.headers
    if not by_itself and at - session.last_seen_at >= SEEN_EVERY:
        UserSession.objects.filter(pk=session.pk).update(last_seen_at=at)
    return True


def keep_to(request: HttpRequest, url: str) -> None:
    """Let this session go to the page `url` from now on, and to what is declared to go with it.

    Only signing in anew opens more. So it need not end while nobody uses it, but at the day's end.
    """
    kept = UserSession.objects.filter(session_key=request.session.session_key)
    kept.update(data={KEPT_TO: url})


def is_over(session: UserSession, user: User, *, at: datetime) -> bool:
    if session.data.get(KEPT_TO):
        return bool(at >= session.created_at + LONGEST)
    staff = user.staff is not None
    return at >= session_ends(session.created_at, session.last_seen_at, staff=staff)


def sessions_of(user: User, *, at: datetime) -> list[UserSession]:
    """Where somebody is signed in now, the newest first. What is over goes."""
    lasting = []
    for session in UserSession.objects.purge_and_list(user):
        if is_over(session, user, at=at):
            session.end()
        else:
            lasting.append(session)
    return sorted(lasting, key=lambda session: session.last_seen_at, reverse=True)


def end_sessions(user: User | None, *, but: str | None = None, by: User | None = None) -> None:
    """Sign somebody out everywhere, `but` in the session with this key.

    Who does it to themselves stays: their page is still to be answered, and what they may do is
    asked anew each time.
    """
    if user is not None and user != by:
        end(UserSession.objects.filter(user=user).exclude(session_key=but or ""))


def ref_of(session: UserSession) -> str:
    """How an address names a session: its key would sign anybody in."""
    return hashlib.sha256(f"belisha.session:{session.session_key}".encode()).hexdigest()[:22]


def end(sessions: Iterable[UserSession]) -> None:
    for session in sessions:
        session.end()
