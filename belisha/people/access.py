"""Who may come in, who may see, who may do. Every route names here whom it is open to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from belisha.people.models import School, SchoolClass, Staff, User
from belisha.people.rules import GUARDED, SAFEGUARDING, SEES_WHOLE_SCHOOL, STAFF, Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
EVERYONE_SIGNED_IN = frozenset(Role)


class Refused(PermissionError):
    """The person may not do this. Pages answer as though the thing did not exist."""


class SignedIn(HttpRequest):
    """What a view gets once the doorkeeper has let the request in."""

    user: User
    school: School


def open_to(*roles: Role) -> Callable[[View], View]:
    """Declare who may open a route. Without a declaration a route is closed to all."""

    def declare(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_role(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        opened.opened_to = frozenset(roles)  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return declare


def open_to_keepers(view: View) -> View:
    """Open a route to those who keep the lists of people."""
    return open_to(Role.HEAD, Role.OFFICE)(view)


def open_to_staff(view: View) -> View:
    """Open a route to every member of staff."""
    return open_to(*STAFF)(view)


def open_to_signed_in(view: View) -> View:
    """Open a route to whoever has signed in, even when no role is left to them."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    opened.opened_to = EVERYONE_SIGNED_IN  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def open_to_anyone(view: View) -> View:
    """Open a route to the whole world. Each use needs a good reason."""
    view.opened_to = None  # type: ignore[attr-defined]
    return view


def may_choose_language(user: User | AnonymousUser) -> bool:
    """Parents, and whoever has not signed in, read in their own language; staff read English."""
    return not isinstance(user, User) or user.roles <= {Role.PARENT}


FRESH_FOR = timedelta(minutes=5)
FRESH_FOR_PARENTS = timedelta(minutes=15)  # one mail is read, and three children are answered for


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether whoever sits there has shown a moment ago that they are who has signed in."""
    shown = request.session.get("fresh_at")
    if shown is None or not request.user.is_authenticated:
        return False
    lasts = FRESH_FOR if request.user.staff else FRESH_FOR_PARENTS
    return bool(at - datetime.fromisoformat(shown) < lasts)


def mark_fresh(request: HttpRequest, *, at: datetime) -> None:
    """Keep that the person has just shown who they are."""
    request.session["fresh_at"] = at.isoformat()


def after_fresh_sign_in(view: View) -> View:
    """Ask who it is once more before a page that matters: exports, roles, safeguarding.

    Stands below the decorator that opens the route. A form that was sent comes back to be sent
    again, since its page is asked for first.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request, at=timezone.now()):
            return redirect(f"{reverse('again')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return asked  # type: ignore[return-value]


def require(allowed: bool) -> None:
    """Stop an action that the person may not do."""
    if not allowed:
        raise Refused


def can_manage_people(user: User) -> bool:
    """The office and the head keep the lists of people."""
    return user.has_role(Role.HEAD, Role.OFFICE)


def can_manage_staff(user: User, staff: Staff) -> bool:
    """The office keeps the list of staff, and the head alone those whose way in is guarded."""
    if user.has_role(Role.HEAD):
        return True
    roles = {role.role for role in staff.roles.all()}
    return user.has_role(Role.OFFICE) and roles.isdisjoint(GUARDED)


def can_give_roles(user: User) -> bool:
    return user.has_role(Role.HEAD)


def can_protect(user: User) -> bool:
    """Only the safeguarding lead and the deputies know, set and lift a protection."""
    return user.has_role(*SAFEGUARDING)


def sees_whole_school(user: User) -> bool:
    return not user.roles.isdisjoint(SEES_WHOLE_SCHOOL)


def sees_full_names(user: User, school_class: SchoolClass | None) -> bool:
    """Who needs more than first name and initial: the whole school's people, and the teachers."""
    if sees_whole_school(user):
        return True
    return bool(user.staff and school_class and school_class.teachers.contains(user.staff))
