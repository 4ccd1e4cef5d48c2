"""The matrix: every route × everyone × own, another class, another school, nothing at all.

A door that is shut for somebody is shut before anything is looked for, so it is tried once.
Every word that stands on a thing is marked with whose it is. For each cell the answer must be one
that the route's own declaration allows, and must hold no mark that is not this person's to see, be
it in the page, a header or an address led to; it carries the headers that protect it; and to look
may change nothing. The figures are printed at the end of the run.
"""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connection
from django.utils import timezone

from belisha.people.rules import SEES_WHOLE_SCHOOL, STAFF
from tests.furnished import furnish, furnished_school
from tests.test_doors import (
    BACKEND,
    NOT_STATE,
    SCHOOLS,
    STRANGERS,
    ask,
    fresh,
    leads_to_sign_in,
    lets_in,
    routes,
    unprotected,
    without_keys,
)

pytestmark = pytest.mark.once  # who may what does not hang on the database
WRITES = re.compile(r'(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "(\w+)"')
STATE = {one._meta.db_table for one in apps.get_models() if one.__name__ not in NOT_STATE}
METHODS = ("get", "post")  # test_doors tries the others on every route
LET_IN = {200, 302, 303, 400, 404, 405, 409, 410, 422, 429}

# The marks, by what they stand on (tests/furnished.py).
CHILD = ("first", "last")
FAMILY = ("parentlast", "parentfirst", "parentphone", "parent@home")
BARRED = ("barredlast", "barredfirst", "barredphone", "barred@home")
ALBUM = ("title", "event", "device", "sheet")
PRINT = ("printtitle", "printwhere")
SHOWN = ("familyshare",)  # to the families of the children in it
WALL = ("wallshare",)  # in school, to whom the head named it
USE = ("use",)  # what a family is asked about one picture
TWIN = ("twinlast", "twinfirst", "twinphone")  # who may be the parent once more
# Nobody meets these: why a child is protected (but the lead), what a camera wrote in a file.
NEVER = ("filename", "camera")
WHY = ("why",)
PUBLISHED = ("settitle", "setwords")
EXCEPTION = ("exception",)
DEVICE = ("kitlabel", "lostkit", "cupboard")  # governors see what is checked each term
DEVICE_OUT = ("visitplan", "visitpurpose", "whereseen", "loanwords")
# A device of a child: for who took it, who teaches the child, and the whole school's people.
TAKEN = ("looks", "despite", "happened", "shelf", "agreed", "wrong", "sanctionwhy")
COLLECTED = ("returned",)  # on the page of another device, which nobody opens here
OCCASION = ("occasionplace",)  # to the families who may come
SAID = ("occasionsaid",)  # aloud: to staff and governors before that
VISITOR = ("visitorname", "visitorsees")
TABLET = ("tabletname",)
CHALLENGE = ("challengewords",)
# What a member of staff told the head, and what the head told the chair of governors.
DECLARED = ("declared", "noted")
DECLARED_BY_HEAD = ("headtold", "chairnoted")

# Who may not meet which marks of things of their own class or family. Staff know every child by
# first name and initial, and a class by its name.
UNSEEN = {
    "anonymous": (*CHILD, "class", *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "guest": (*CHILD, *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "expired-guest": (*CHILD, "class", *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "parents-association": (*CHILD, "class", *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "governor": (*CHILD, *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "chair-of-governors": (*CHILD, *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "parent": ("class", *ALBUM, *BARRED, *TWIN, *WHY),
    "parent-under-order": (*CHILD, "class", *ALBUM, *USE, *FAMILY, *TWIN, *WHY),
    "other-staff": ("last", *ALBUM, *USE, *FAMILY, *BARRED, *TWIN, *WHY),
    "teacher": ("parentphone", "barredphone", "parent@home", "barred@home", *TWIN, *WHY),
    "office": WHY,
    "head": WHY,
    "senior-leader": WHY,
    "safeguarding-lead": (),
    "deputy-safeguarding-lead": (),
}
# What the office says to families at large stands with those who see the whole school.
for who in UNSEEN.keys() - {role.value for role in SEES_WHOLE_SCHOOL}:
    UNSEEN[who] += ("campaign", "campaignwords")
# Who told it, and who received it, meet it; for nobody else does it exist. The head is one of the
# whole school, so that what each of the two classes' furnishing told is the head's own.
for who in UNSEEN:
    MEETS = {
        "head": (*DECLARED, "headtold"),
        "other-staff": ("declared",),
        "chair-of-governors": DECLARED_BY_HEAD,
    }.get(who, ())
    UNSEEN[who] += tuple(mark for mark in DECLARED + DECLARED_BY_HEAD if mark not in MEETS)
# A case is for whoever works on it: one about a pupil for those who safeguard, one about the head
# for the chair. For all others there is none. Whom one is close to is one's own.
CASES = ("case", "headcase", "close")
WORK_ON = {
    "safeguarding-lead": ("case", "close"),
    "deputy-safeguarding-lead": ("case",),
    "chair-of-governors": ("headcase",),
}
for who in UNSEEN:
    UNSEEN[who] += tuple(mark for mark in CASES if mark not in WORK_ON.get(who, ()))
# Staff, governors and the guest who was let look see the wall; the family its own album; no one
# but the school's own people a print.
for who in UNSEEN.keys() - {role.value for role in SEES_WHOLE_SCHOOL} - {"teacher"}:
    UNSEEN[who] += PRINT if who == "parent" else PRINT + SHOWN
for who in ("anonymous", "expired-guest", "parents-association", "parent", "parent-under-order"):
    UNSEEN[who] += WALL
# Who handles an album, or sees the whole school, sees what is published from it. An exception is
# for who asked and who decides.
for who in UNSEEN.keys() - {role.value for role in SEES_WHOLE_SCHOOL} - {"teacher"}:
    UNSEEN[who] += PUBLISHED
for who in UNSEEN.keys() - {"teacher", "head", "senior-leader"}:
    UNSEEN[who] += EXCEPTION
# What somebody asked about data is for who answers it, and the leads, who have a part of their own.
for who in UNSEEN.keys() - {"head", "office"}:
    UNSEEN[who] += ("identity",) if "safeguarding" in who else ("asker", "askedwords", "identity")
# A complaint is for its family, for whoever hears it, and for those who answer for it. One about
# the head does not exist for the head.
COMPLAINT, CLOSED, ABOUT_HEAD, LIMIT = (
    ("concern", "panelplace", "sentfile"),
    ("closedconcern",),
    ("abouthead",),
    ("limit", "tried"),
)
for who in UNSEEN:
    MEETS = {
        "head": (*COMPLAINT, *CLOSED, *LIMIT),
        "senior-leader": (*COMPLAINT, *CLOSED, *LIMIT),  # who stands in for the head
        "teacher": CLOSED,
        "chair-of-governors": (*COMPLAINT, *ABOUT_HEAD, *LIMIT),
        "parent": (*COMPLAINT, *CLOSED, *ABOUT_HEAD),
    }.get(who, ())
    of_complaints = (*COMPLAINT, *CLOSED, *ABOUT_HEAD, *LIMIT)
    UNSEEN[who] += tuple(mark for mark in of_complaints if mark not in MEETS)
# All staff know the devices, and who has which.
for who in UNSEEN.keys() - {role.value for role in STAFF}:
    UNSEEN[who] += DEVICE_OUT if "governor" in who else DEVICE + DEVICE_OUT
for who in UNSEEN.keys() - {role.value for role in SEES_WHOLE_SCHOOL} - {"teacher"}:
    UNSEEN[who] += TAKEN + COLLECTED
    if who != "other-staff":
        UNSEEN[who] += ("mayhave",)
# Events are for staff, governors and the families who may come; visitors are for staff. A challenge
# is for who wrote it down and those who follow it up.
for who in UNSEEN.keys() - {role.value for role in STAFF}:
    UNSEEN[who] += VISITOR + (() if "governor" in who else SAID)
    UNSEEN[who] += () if "governor" in who or who == "parent" else OCCASION
for who in UNSEEN.keys() - {"office", "head", "senior-leader"}:
    UNSEEN[who] += TABLET
for who in UNSEEN.keys() - {role.value for role in SEES_WHOLE_SCHOOL} - {"teacher"}:
    UNSEEN[who] += CHALLENGE
# The same for things of another class or family, where it is more.
UNSEEN_OF_ANOTHER_CLASS = {
    "parent": (*CHILD, *USE, *FAMILY, *SHOWN, *OCCASION, *COMPLAINT, *CLOSED, *ABOUT_HEAD),
    "parent-under-order": (*CHILD, *BARRED),
    "guest": WALL,
    "teacher": (
        "last",
        *PUBLISHED,
        *EXCEPTION,
        *TAKEN,
        *PRINT,
        *SHOWN,
        *ALBUM,
        *USE,
        *FAMILY,
        *BARRED,
        *TWIN,
        *CHALLENGE,
        *CLOSED,
    ),
    "other-staff": ("declared",),
}


# Whoever sees the whole school, a class or the chair's things meets these, as all roles together.
LOOKED_FOR = (
    *CHILD,
    "class",
    *ALBUM,
    *USE,
    *FAMILY,
    *BARRED,
    *TWIN,
    *WHY,
    *DECLARED,
    *DECLARED_BY_HEAD,
    *PRINT,
    *SHOWN,
    *WALL,
    *COMPLAINT,
    *LIMIT,
    *DEVICE,
    *DEVICE_OUT,
    *TAKEN,
    "mayhave",
    *OCCASION,
    *SAID,
    *VISITOR,
    *TABLET,
    *CHALLENGE,
    *CASES,
)
MEET_MOST = {"office", "safeguarding-lead", "teacher", "head", "chair-of-governors"}


@pytest.fixture(scope="module")
def furnished(lasting, now):
    """Own class, another class, another school."""
    school, other = (furnished_school(f"{name} Primary School", now) for name in SCHOOLS)
    return furnish(school, "Xrobins"), furnish(school, "Xwrens"), furnish(other, "Xfarside")


@pytest.fixture(scope="module")
def met_by(furnished):
    """The marks that each has met. All together met those that stand somewhere: else no leak of
    them could be seen."""
    met_by = {}
    yield met_by
    if met_by.keys() >= MEET_MOST:
        robins, *_ = furnished
        assert set(robins.marked(*LOOKED_FOR)) - set().union(*met_by.values()) == set()


@pytest.fixture
def things(furnished, db):
    return furnished


def marks(robins, wrens, elsewhere, who):
    """Every word that this person must not meet, whatever they open."""
    unseen = (*UNSEEN[who], *NEVER)
    more = UNSEEN_OF_ANOTHER_CLASS.get(who, ())
    hidden = {elsewhere.mark, *robins.marked(*unseen), *wrens.marked(*unseen, *more)}
    return [mark.encode() for mark in hidden]


@pytest.mark.parametrize("who", UNSEEN)
def test_every_cell_answers_as_the_route_says_and_holds_no_word_of_others(
    things, client, who, met_by, figure
):
    robins, wrens, elsewhere = things
    if who != "anonymous":
        client.force_login(fresh(robins.users[who]), backend=BACKEND)
        # Each request is undone: so that not each notes anew that the session is being used.
        UserSession.objects.update(last_seen_at=timezone.now() + timedelta(minutes=30))
    hidden, cells, met, wrong, leaks = marks(*things, who), 0, 0, [], []
    looked_for = set(robins.marked(*LOOKED_FOR)) if who in MEET_MOST else set()
    met_by[who] = set()
    nothing = dict.fromkeys(robins.named, "1")
    nowhere = ask(client, "get", "/nowhere/")
    assert unprotected(nowhere) == []

    def cell(method, address):
        nonlocal cells, met, leaks
        with watched() as written:
            response = ask(client, method, address)
        cells += 1
        if method == "get" and route.name != "enter" and written:
            wrong.append((method, route.name, f"looking wrote {written}"))
        if not is_right(route, who, response):
            wrong.append((method, route.name, response.status_code))
        if lacks := [] if route.name.startswith("gallery") else unprotected(response):
            wrong.append((method, route.name, lacks))
        said = response.said + repr(list(response.items())).encode()
        # An address that was asked for may be said back.
        said = said.replace(address.encode(), b"")
        leaks += [(method, route.name, mark) for mark in hidden if mark in said]
        met += robins.mark.encode() in said
        met_by[who] |= {mark for mark in looked_for - met_by[who] if mark.encode() in said}
        return response

    for route in routes():
        own, theirs = (route.address(one.named) for one in (robins, elsewhere))
        for method in METHODS:
            answer = cell(method, own)
            if not lets_in(route, who) or own == theirs or answer.status_code == 405:
                continue  # a method that the route does not know is refused whatever is named
            cell(method, route.address(wrens.named))
            answer = cell(method, theirs)
            # What belongs to another school does not exist, and is answered so: as any address
            # that leads nowhere, or else as this address does with a thing that is not there.
            if route.opened_to is None or same(answer, nowhere):
                continue
            if not same(answer, cell(method, route.address(nothing))):
                wrong.append((method, route.name, "another school's is not as nothing"))
    assert wrong == []
    assert leaks == []
    sees_nothing = {"anonymous", "governor", "parents-association", "guest"}
    assert met or who in sees_nothing | {"parent-under-order", "expired-guest"}, "nothing was seen"
    figure(f"Matrix, {who}: {len(routes())} routes, {cells} cells, {len(leaks)} leaks")


@contextmanager
def watched():
    """Gather the tables of what people said or did that are written to."""
    written = set()

    def see(execute, sql, *more):
        if found := WRITES.match(sql):
            written.update(STATE & {found[1]})
        return execute(sql, *more)

    with connection.execute_wrapper(see):
        yield written


def same(theirs, nothing):
    return (
        theirs.status_code == nothing.status_code
        and theirs.status_code in {302, 404, 405}
        and theirs.get("Location") == nothing.get("Location")
        and without_keys(theirs.said) == without_keys(nothing.said)
    )


def is_right(route, who, response):
    if route.opened_to is None:
        return response.status_code < 500
    if lets_in(route, who):
        return response.status_code in LET_IN
    if who == "anonymous" or who in STRANGERS:
        return leads_to_sign_in(response)
    return response.status_code == 404
