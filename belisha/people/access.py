"""Who may come in, who may see, who may do. Every route names here whom it is open to."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.keeping import keep_typed, page_before
from belisha.people.models import School, SchoolClass, Staff, User
from belisha.people.rules import GUARDED, SAFEGUARDING, SEES_WHOLE_SCHOOL, STAFF, Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
EVERYONE_SIGNED_IN = frozenset(Role)
BY_CODE = "by_code"  # in the session of whoever came in by a mailed or a printed code


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


def open_to_the_school(view: View) -> View:
    """Open a route to everyone who has a role here; a guest looks at named pages alone."""
    return open_to(*(role for role in Role if role is not Role.GUEST))(view)


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


def open_to_guests(*roles: Role, says: str = "", page: str = "") -> Callable[[View], View]:
    """Open a route to these roles, and to a guest whose pass names it: to look, and no more.

    `says` is what the head chooses it by. What belongs to another page, such as the pictures on it,
    names that `page` instead, and is open with it. Each look of a guest is written into the record.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def looked(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_role(*roles):
                _look_as_guest(request, page)
            return view(request, *args, **kwargs)

        opened = open_to(*roles, Role.GUEST)(looked)
        opened.guests = says  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return declare


def _look_as_guest(request: SignedIn, page: str) -> None:
    guest, match = request.user.guest_pass, request.resolver_match
    name = page or (match.url_name if match else None)
    if guest is None or request.method not in ("GET", "HEAD") or name not in guest.pages:
        raise Http404
    with transaction.atomic():
        record("guest.looked", guest, by=request.user.pk, at=timezone.now(), page=name)


def pages_for_guests() -> dict[str, str]:
    """The routes that can be opened to guests: name, and what the head chooses it by."""

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns)
            elif says := getattr(entry.callback, "guests", ""):
                yield str(entry.name), says

    return dict(walk(get_resolver().url_patterns))


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

    Stands below the decorator that opens the route. A form that was sent is kept meanwhile.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request, at=timezone.now()):
            return lead_to(
                request, f"{reverse('again')}?{urlencode({'next': come_back_to(request)})}"
            )
        return view(request, *args, **kwargs)

    return asked  # type: ignore[return-value]


def come_back_to(request: HttpRequest) -> str:
    """Where to go on after signing in: what was typed, if anything was, or this very page."""
    if request.method == "POST":
        return reverse("kept") if keep_typed(request) else page_before(request)
    return request.get_full_path()


def lead_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, also where htmx has asked for a part of it."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=200, headers={"HX-Redirect": url})
    return redirect(url)


def before_second_factor(view: View) -> View:
    """Open a route also to staff who have not shown their second factor: the way out, say."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def on_shared_screen(view: View) -> View:
    """Open a route also to a session that is kept to one page: see `people.sessions.keep_to`."""
    view.on_shared_screen = True  # type: ignore[attr-defined]
    return view


def kept_to(request: HttpRequest) -> str:
    """The address to which this session is kept, or nothing."""
    return getattr(request, "kept_to", "")


def sets_up_second_factor(view: View) -> View:
    """Open a route also to staff who have no second factor yet, so that they can set one up."""
    view.sets_up_second_factor = True  # type: ignore[attr-defined]
    return view


def has_second_factor(user: User) -> bool:
    """Whether the person has an app with codes or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def must_show_second_factor(request: HttpRequest) -> bool:
    """Whether this is someone on the staff who has not shown a second factor in this session.

    In a demonstration school, which an address signs into, nobody has one.
    """
    user = request.user
    if not user.is_authenticated or user.staff is None or user.school.demonstration:
        return False
    shown = {record["method"] for record in get_authentication_records(request, user)}
    return shown.isdisjoint(STRONG | by_provider())


STRONG = frozenset({"mfa"})  # an app's code, a passkey, a recovery code: allauth's word


def by_provider() -> frozenset[str]:
    """How allauth names a sign-in at the school's provider, where that counts as both steps."""
    counts = settings.PROVIDER is not None and settings.PROVIDER.second_factor
    return frozenset({"socialaccount"} if counts else ())


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


def can_name_stand_ins(user: User) -> bool:
    """The head alone says who decides while the head is away."""
    return user.has_role(Role.HEAD)


def can_invite_guests(user: User) -> bool:
    """The head alone lets people from outside look."""
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
