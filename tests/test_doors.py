"""Every route, tried by everyone: who gets in, what they see, and that looking changes nothing.

On PostgreSQL every page that is open to somebody is opened by them once more; the rest says
nothing of the database.

The routes are those of the site itself. A new one is walked from the day it exists; when its
address names a thing of a new kind, `tests/furnished.py` must learn to make one.
"""

import re
from copy import copy
from dataclasses import dataclass
from itertools import product

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.desk import states
from belisha.incidents.actions import evidence, handling, telling
from belisha.incidents.models import Case
from belisha.incidents.rules import About
from belisha.people.access import EVERYONE_SIGNED_IN
from belisha.people.models import Mail, User
from belisha.people.rules import Role
from tests.furnished import furnish, furnished_school

# The doors that need no key: signing in and what belongs to it, the school's provider, an
# invitation, a forgotten password, a new school's first page, a pass, the language of all this.
OPEN = {
    *("account_login", "mfa_authenticate", "mfa_login_webauthn", "account_inactive"),
    *("provider_login", "provider_callback", "invitation", "forgotten", "setup", "enter"),
    # Those of families need what only they have: the mail to an address, or a letter.
    *("family_sign_in", "family_code", "letter_sign_in", "language"),
    # Somebody's calendar program, with an address that only they know.
    "feed",
    # The rule alone, which holds no fact about anybody.
    "can_i",
    # Whoever saw something may say so, and comes back with a code of their own (B.ix, E.iv).
    *("tell", "tell_family", "tell_pupil", "tell_sent", "tell_come_back"),
    *("tell_mine", "tell_evidence", "tell_parts", "tell_leave"),
    # So that a family can tell the school's accounts from others, and tell of one (C.1, D.iv).
    *("our_accounts", "our_accounts_tell"),
    # To these anyone may come; and a visitor at the door has no account (P.v, P.vii).
    *("our_events", "door", "door_in", "door_out", "door_badge"),
    # A concern comes from anyone; who sent one comes back by a code of their own (D.ii).
    *("complain", "complain_code", "complain_lost", "complain_one", "complain_act"),
    "complain_files",
    # What the head agreed to show to the world, each picture asked about at each look (P.iii).
    *("gallery", "gallery-feed", "gallery-picture", "gallery-clip"),
    # The school promises its policy to the whole world (G.1, G.2).
    *("policy", "policy_pdf", "policy_for_parents"),
}
SCHOOLS = ("Kerbside", "Farside")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
}
# Signed in once, and nothing to the school any more: strangers at their next request.
STRANGERS = ("parent-under-order", "expired-guest")
ROLES_OF = {role.value: {role} for role in Role} | {who: set() for who in STRANGERS}
# Kept by the machinery itself, or written because someone looked.
NOT_STATE = {"Session", "UserSession", "Entry", "Chain", "Limit", "Happening", "Trail"}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    opened_to: frozenset[Role] | None

    def address(self, named):
        """The address with its blanks filled: each by the thing whose kind stands before it."""

        def fill(blank):
            before = self.pattern[: blank.start()]
            kind = next((kind for kind in named if before.endswith(kind)), None)
            assert kind, f"tests/furnished.py names nothing for {self.pattern!r}"
            return str(named[kind])

        # The longest kind first: `consent/import/` before `import/`.
        named = dict(sorted(named.items(), key=lambda item: -len(item[0])))
        return "/" + re.sub(r"<[^>]+>", fill, self.pattern)


def walk(patterns, before=""):
    for entry in patterns:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            # False marks a view that has forgotten to say.
            opened_to = getattr(entry.callback, "opened_to", False)
            yield Route(entry.name or whole, whole, opened_to)
        else:
            yield from walk(entry.url_patterns, whole)


def routes():
    return list(walk(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def furnished(lasting, now):
    """A class of the school in which everyone of these tests is, and one of another school."""
    school, other = (furnished_school(f"{name} Primary School", now) for name in SCHOOLS)
    return furnish(school, "Xrobins"), furnish(other, "Xfarside")


@pytest.fixture
def robins(furnished, db):
    return furnished[0]


@pytest.fixture
def elsewhere(furnished, db):
    return furnished[1]


@pytest.fixture
def come_in(client):
    def come_in(things, who):
        if who != "anonymous":
            client.force_login(fresh(things.users[who]), backend=BACKEND)
        return client

    return come_in


def fresh(user):
    """The same person, read anew: what a row remembers of another test does not count."""
    return User.objects.get(pk=user.pk)


def ask(client, method, address):
    """Send one request and undo whatever it did, signing out included."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            response.said = b"".join(response.streaming_content)
        else:
            response.said = response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def lets_in(route, who):
    """Whether the route's declaration opens its door to this person."""
    if route.opened_to is None:
        return True
    if who == "anonymous" or who in STRANGERS:
        return False
    return route.opened_to == EVERYONE_SIGNED_IN or not ROLES_OF[who].isdisjoint(route.opened_to)


def leads_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith("/account/login/")


@pytest.mark.once
def test_every_route_says_whom_it_is_open_to(db):
    assert [route.pattern for route in routes() if route.opened_to is False] == []
    assert {route.name for route in routes() if route.opened_to is None} == OPEN


@pytest.mark.once
def test_who_has_not_signed_in_is_sent_to_sign_in(robins, client):
    for route, method in product(routes(), METHODS):
        response = ask(client, method, route.address(robins.named))
        if route.opened_to is None:
            assert response.status_code < 500, route
        else:
            assert leads_to_sign_in(response), route


@pytest.mark.once
def test_who_has_no_password_has_none_to_change(robins, come_in):
    head = fresh(robins.users["head"])
    head.set_unusable_password()
    head.save()
    client = come_in(robins, "head")
    assert client.get("/account/password/").status_code == 404
    assert b"/account/password/" not in client.get("/me/").content


def without_keys(said):
    """A page without the key of its forms, which differs each time, nor where one stands in it."""
    return re.sub(rb'\w{64}| aria-current="\w+"', b"", said)


def test_every_route_lets_someone_in_and_looking_changes_nothing(robins, client):
    """So that the doors above are shut by right, and not because nothing was behind them. Each
    page is opened by the first who may; the matrix watches everyone else's looking."""
    shut = set(routes())
    for who in ("anonymous", *ROLES_OF):
        if who != "anonymous":
            client.force_login(fresh(robins.users[who]), backend=BACKEND)
        before = everything()
        for route in [one for one in shut if one.name != "enter" and lets_in(one, who)]:
            address = route.address(robins.named)
            status = client.get(address).status_code
            assert max(status, client.head(address).status_code) < 500, (who, route)
            if status in {200, 302, 405}:
                shut.remove(route)
        assert everything() == before
    without_provider = {"provider_login", "provider_callback"}
    by_code = {"tell_parts"}  # for whoever typed the code of their report a moment ago
    # Nothing of these is furnished: their areas' own tests open them.
    not_there = {"poster", "publication-clip", "rights_certificate", "wrong_link"}
    only = {"setup", "enter"} | without_provider | by_code | not_there
    assert {route.name for route in shut} == only, "shut for all, as only these are"


def everything():
    """All rows of all tables that hold what people said or did."""
    with scopes_disabled():
        return {
            model.__name__: sorted(map(repr, model._base_manager.values_list()))
            for model in apps.get_models()
            if model.__name__ not in NOT_STATE
        }


def unprotected(response):
    """What an answer lacks of the headers that protect it."""
    policy = response["Content-Security-Policy"]
    kept = {"private", "no-store"} - set(response["Cache-Control"].split(", "))
    return [
        *(name for name, value in HEADERS.items() if response.get(name) != value),
        *(f"Cache-Control: {one}" for one in kept),
        *(one for one in ("default-src 'none'", "frame-ancestors 'none'") if one not in policy),
        *(one for one in ("unsafe", "http") if one in policy),
        *(["Permissions-Policy"] if "geolocation=()" not in response["Permissions-Policy"] else []),
    ]


@pytest.mark.once
def test_the_gallery_is_embedded_by_the_school_s_site_alone_and_kept_for_a_minute_at_most(
    robins, client
):
    for route in (one for one in routes() if one.name.startswith("gallery")):
        response = ask(client, "get", route.address(robins.named))
        assert response.status_code == 200, route
        kept = {"private", "no-store"} if route.name == "gallery-clip" else {"public", "max-age=60"}
        assert set(response["Cache-Control"].split(", ")) == kept
        assert response["X-Robots-Tag"] == HEADERS["X-Robots-Tag"]
        assert not response.cookies and "ETag" not in response.headers
        sites = "https://www.kerbside.example" if route.name == "gallery" else "'none'"
        assert f"frame-ancestors {sites};" in response["Content-Security-Policy"] + ";"
        assert b"Xrobins" not in response.said


# What a page makes anew at each look: a secret to set up, a challenge to a key.
NEW_AT_EACH_LOOK = {
    *("account_login", "mfa_login_webauthn", "mfa_authenticate", "again"),
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
}


@pytest.mark.once
def test_the_head_s_whole_session_is_the_same_with_and_without_a_case_about_the_head(
    robins, come_in, monkeypatch, figure
):
    """Every page that the head can open, read byte by byte: first with cases about the head that
    have come far, then without. Only the clock stands still for it (B.ix)."""
    at = timezone.now().replace(microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: at)
    client, school = come_in(robins, "head"), robins.school
    open_to_head = [one for one in routes() if one.opened_to is None or Role.HEAD in one.opened_to]
    addresses = [(one.name, one.address(robins.named)) for one in open_to_head]
    addresses += [("search", "/search/?q=Quagga"), ("cases", "/cases/?words=Quagga")]
    with scope(school=school):
        a_case_about_the_head_comes_far(robins, at)
        assert Case.objects.filter(about=About.HEAD).count() > 1
    with_it = {address: everything_of(ask(client, "get", address)) for _, address in addresses}
    states._known.clear()  # so that no state is the one that was worked out before
    with scope(school=school):
        Case.objects.filter(about=About.HEAD).delete()
        Mail.objects.filter(kind="case").delete()
    differs = [
        (name, address)
        for name, address in addresses
        if with_it[address][0] == 200  # what leads elsewhere or does not exist holds no words
        and everything_of(ask(client, "get", address)) != with_it[address]
    ]
    assert {name for name, _ in differs} <= NEW_AT_EACH_LOOK
    figure(f"Silence: {len(addresses)} pages of the head, {len(differs)} new at each look")


@pytest.mark.once
def test_a_case_about_oneself_answers_as_one_that_does_not_exist(robins, come_in):
    client, at = come_in(robins, "head"), timezone.now()
    with scope(school=robins.school):
        case = a_case_about_the_head_comes_far(robins, at)
        theirs = robins.named | {
            "cases/": case.ref,
            "cases/<str:ref>/people/": case.parties.first().pk,
            "cases/<str:ref>/told/": case.told.first().pk,
            "cases/<str:ref>/evidence/": case.evidence.first().ref,
        }
    for route in (one for one in routes() if one.pattern.startswith("cases/<str:ref>/")):
        for method in ("get", "post"):
            own = ask(client, method, route.address(theirs))
            none = ask(client, method, route.address(theirs | {"cases/": "1"}))
            assert own.status_code in (404, 405), route
            assert everything_of(own) == everything_of(none), route


def a_case_about_the_head_comes_far(things, at):
    """Told, with evidence, a question, an answer, and somebody who must know."""
    details = {"way": "family", "kind": "allegation", "about": About.HEAD, "harm": True}
    words = "Quagga"  # stands in nothing else
    case = telling.tell(
        things.school, details=details | {"what": words, "who": words}, by=None, at=at
    ).case
    by = case.handlers.first().staff.user
    evidence.add_file(case, b"%PDF-1.7 Quagga", name="quagga.pdf", by=by, at=at)
    handling.note(case, words=words, by=by, at=at)
    telling.ask(case, words=words, by=by, at=at)
    telling.answer(case, words=words, at=at)
    handling.must_be_told(case, who=words, why="", by=by, at=at)
    return case


def everything_of(response):
    """Status, headers and body of an answer, without the key of its forms and its cookies."""
    headers = {name: value for name, value in response.items() if name != "Set-Cookie"}
    return response.status_code, headers, without_keys(response.said)
