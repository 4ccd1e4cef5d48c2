"""The ways in of parents: a mailed code, a printed letter, and who they are once more."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import FRESH_FOR_PARENTS
from belisha.people.actions import letters, parents
from belisha.people.actions import staff as staff_acts
from belisha.people.models import (
    GuestPass,
    LetterCode,
    Limit,
    Mail,
    Parent,
    Pupil,
    Relation,
    SignInCode,
    Staff,
    User,
)
from belisha.people.rules import Role
from belisha.people.tests.cast import join

UNKNOWN = "nobody@elsewhere.example"
CODE = re.compile(r"^    (\S{4}-\S{4})$", re.MULTILINE)


@pytest.fixture
def ines(school, maisie):
    """Maisie's other mother, who has never been here."""
    ines = Parent.objects.create(
        school=school, first_name="Ines", last_name="Gantry", email="Ines@Home.example"
    )
    join(ines, maisie)
    return ines


@pytest.fixture
def clock(monkeypatch):
    """Let time go by: `clock(minutes=10)`."""
    shift = timedelta()
    real = timezone.now

    def forward(**by):
        nonlocal shift
        shift += timedelta(**by)

    monkeypatch.setattr(timezone, "now", lambda: real() + shift)
    return forward


def ask(client, address, query=""):
    return client.post(f"/in/{query}", {"email": address})


def mailed(address):
    return Mail.objects.filter(to__iexact=address).order_by("-id").first()


def code_to(address):
    return CODE.search(mailed(address).body).group(1)


def type_in(client, code, query=""):
    return client.post(f"/in/code/{query}", {"code": code})


def who(client):
    return int(client.session.get("_auth_user_id", 0))


def asked(address, **extra):
    """A browser that has asked for a code."""
    client = Client(**extra)
    assert ask(client, address).status_code == 302
    return client


# --- a mailed code ---------------------------------------------------------------------------


def test_a_parent_comes_in_with_the_code_and_is_made_a_user_without_a_password(client, ines):
    assert ask(client, "ines@home.EXAMPLE").headers["Location"] == "/in/code/"
    assert b"Look in your mail" in client.get("/in/code/").content
    assert type_in(client, code_to(ines.email).upper().replace("-", " ")).headers["Location"] == "/"
    ines.refresh_from_db()
    assert who(client) == ines.user.pk
    assert (ines.user.email, ines.user.name) == ("ines@home.example", "Ines Gantry")
    assert not ines.user.has_usable_password()
    assert ines.user.roles == {Role.PARENT}
    assert client.get("/children/").status_code == 200


def test_the_second_time_the_same_user_comes_in(ines):
    for _ in range(2):
        browser = asked(ines.email)
        type_in(browser, code_to(ines.email))
        ines.refresh_from_db()
        assert who(browser) == ines.user_id
    assert User.objects.filter(name="Ines Gantry").count() == 1
    came = Entry.objects.filter(verb="parent.came-in", about=f"parent:{ines.pk}")
    assert came.count() == 2


def test_the_mail_says_what_is_needed_and_no_name(client, ines):
    ask(client, ines.email)
    mail = mailed(ines.email)
    assert mail.kind == "sign-in"
    assert mail.use_by - mail.posted_at == timedelta(minutes=10)
    assert f"http://testserver/in/code/?code={code_to(ines.email)}" in mail.body
    for name in ("Ines", "Gantry", "Maisie", "Tarmac"):
        assert name not in mail.subject + mail.body


def test_the_mail_is_in_the_parents_language(client, ines):
    Parent.objects.filter(pk=ines.pk).update(language="cy")
    ask(client, ines.email)
    assert mailed(ines.email).language == "cy"


# --- nobody learns who is known --------------------------------------------------------------


def barred(ines, by):
    Relation.objects.filter(parent=ines).update(no_contact=True)


def ended(ines, by):
    Relation.objects.filter(parent=ines).update(ended_on=timezone.localdate())


def of_a_child_who_left(ines, by):
    Pupil.objects.filter(relations__parent=ines).update(left_on=timezone.localdate())


def erased(ines, by):
    ines.relations.all().delete()
    parents.erase(ines, by=by, at=timezone.now())


def shares_with_someone_under_an_order(ines, by):
    other = Parent.objects.create(school=ines.school, last_name="Other", email=ines.email)
    join(other, Pupil.objects.first(), no_contact=True)


CLOSED = (barred, ended, of_a_child_who_left, erased, shares_with_someone_under_an_order)


def page_of(response):
    return re.sub(rb"\w{64}", b"", response.content)


def all_that_is_seen(client, address, typed="bbbb-bbbb"):
    """What whoever asks for this address meets: pages, headers, cookies, and what is stored."""
    rows = SignInCode.objects.count(), Mail.objects.count(), Entry.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = ask(client, address)
    cookie = client.cookies["asked"]
    return (
        answer.status_code,
        sorted(answer.headers.items()),
        len(cookie.value),
        cookie["max-age"],
        page_of(client.get("/in/code/")),
        page_of(type_in(client, typed)),
        [re.sub(r"'[^']*'|\d+", "", query["sql"])[:60] for query in queries],
        (SignInCode.objects.count() - rows[0], Mail.objects.count() - rows[1]),
        Entry.objects.count() - rows[2],
    )


@pytest.mark.parametrize("close", [None, *CLOSED], ids=lambda act: act.__name__ if act else "open")
def test_known_and_unknown_addresses_get_the_same_answer_by_the_same_work(ines, staff, close):
    if close:
        close(ines, staff.office.user)
    addresses = [UNKNOWN, "Ines@Home.example", staff.teacher.email]
    seen = [all_that_is_seen(Client(), address) for address in addresses]
    assert seen[0][-2:] == ((1, 1), 0), "one code, one mail, no line in the record"
    assert seen[1] == seen[0]
    assert seen[2] == seen[0]


@pytest.mark.parametrize("close", CLOSED, ids=lambda act: act.__name__)
def test_who_may_learn_nothing_gets_the_mail_of_an_unknown_address(client, ines, staff, close):
    close(ines, staff.office.user)
    ask(client, UNKNOWN)
    ask(client, "Ines@Home.example")
    told = [
        (mail.subject, mail.body, mail.language, mail.kind, mail.about)
        for mail in (mailed(UNKNOWN), mailed("Ines@Home.example"))
    ]
    assert told[0] == told[1]
    assert "We do not know this address" in told[0][1]
    assert SignInCode.objects.filter(parent=None, guest=None).count() == 2


def test_an_address_of_two_contacts_lets_neither_in_and_names_nobody(client, ines, school, maisie):
    other = Parent.objects.create(school=school, last_name="Bollard", email="ines@home.example")
    join(other, maisie)
    ask(client, ines.email)
    body = mailed(ines.email).body
    assert "letter with a code of your own" in body
    assert not any(word in body for word in ("Bollard", "Gantry", "Maisie"))
    assert not CODE.search(body)


def test_whoever_works_at_the_school_is_sent_to_the_other_door(client, staff, dana):
    ask(client, staff.teacher.email)
    assert "another way in" in mailed(staff.teacher.email).body
    # Also when only the contact's address is typed, of somebody who is both.
    Staff.objects.filter(pk=staff.teacher.pk).update(user=dana.user)
    Parent.objects.filter(pk=dana.pk).update(email="dana@new.example")
    ask(client, "dana@new.example")
    assert not CODE.search(mailed("dana@new.example").body)


def test_a_code_never_opens_what_staff_see(ines, staff, school):
    browser = asked(ines.email)
    type_in(browser, code_to(ines.email))
    ines.refresh_from_db()
    Staff.objects.filter(pk=staff.teacher.pk).update(user=ines.user, email="t@other.example")
    assert browser.get("/albums/").headers["Location"].startswith("/account/login/")
    assert who(browser) == 0


def test_a_member_of_staff_who_left_comes_back_as_a_parent_and_nothing_more(staff, ines):
    staff_acts.leave(staff.teacher, on=timezone.localdate(), by=staff.head.user, at=timezone.now())
    Parent.objects.filter(pk=ines.pk).update(email=staff.teacher.email)
    browser = asked(staff.teacher.email)
    type_in(browser, code_to(staff.teacher.email))
    user = User.objects.get(pk=who(browser))
    assert user == staff.teacher.user
    assert (user.roles, user.is_active) == ({Role.PARENT}, True)
    assert not user.has_usable_password()


# --- once, here, in time ---------------------------------------------------------------------


def test_looking_at_the_link_spends_nothing(ines):
    browser, scanner = asked(ines.email), Client()
    link = f"/in/code/?code={code_to(ines.email)}"
    before = list(SignInCode.objects.values_list())
    for client in (scanner, browser, scanner, browser):
        assert client.get(link).status_code == client.head(link).status_code == 200
        assert who(client) == 0
    assert list(SignInCode.objects.values_list()) == before
    assert b"Press the button" in browser.get(link).content
    type_in(browser, code_to(ines.email))
    assert who(browser)


def test_a_code_in_another_browser_says_what_to_do(ines):
    asked(ines.email)
    other = Client()
    page = other.get(f"/in/code/?code={code_to(ines.email)}").content
    assert b"on which you asked for it" in page
    assert b"Ask for a new code here" in page
    answer = type_in(other, code_to(ines.email))
    assert (answer.status_code, who(other)) == (422, 0)
    # Not even when that browser has asked for a code of its own.
    own = asked(UNKNOWN)
    assert type_in(own, code_to(ines.email)).status_code == 422
    assert who(own) == 0


def test_a_code_that_was_used_says_so_kindly(ines):
    browser = asked(ines.email)
    code = code_to(ines.email)
    cookies = browser.cookies["asked"].value
    type_in(browser, code)
    again = type_in(browser, code)
    assert again.status_code == 422
    assert b"This code was used already" in again.content
    assert b"Go on" in again.content
    assert who(browser), "and whoever is in stays in"
    thief = Client()
    thief.cookies["asked"] = cookies
    type_in(thief, code)
    assert who(thief) == 0


@pytest.mark.parametrize(("seconds", "comes_in"), [(599, True), (601, False)])
def test_a_code_lasts_ten_minutes(ines, clock, seconds, comes_in):
    browser = asked(ines.email)
    clock(seconds=seconds)
    answer = type_in(browser, code_to(ines.email))
    assert bool(who(browser)) is comes_in
    assert comes_in or b"too old" in answer.content


def test_only_the_newest_code_of_a_browser_works(ines):
    browser = asked(ines.email)
    first = code_to(ines.email)
    ask(browser, ines.email)
    assert b"Only the newest one works" in type_in(browser, first).content
    type_in(browser, code_to(ines.email))
    assert who(browser)


def test_after_five_wrong_ones_the_right_one_is_no_good(ines):
    browser = asked(ines.email)
    for _ in range(4):
        assert b"This is not the code" in type_in(browser, "bbbb-bbbb").content
    assert b"one wrong code too many" in type_in(browser, "bbbb-bbbb").content
    type_in(browser, code_to(ines.email))
    assert who(browser) == 0


def test_what_was_mailed_to_nobody_cannot_be_guessed(school, client, monkeypatch):
    monkeypatch.setattr("belisha.people.actions.codes.secrets.choice", lambda letters: "b")
    ask(client, UNKNOWN)
    type_in(client, "bbbb-bbbb")
    assert who(client) == 0


@pytest.mark.parametrize("close", CLOSED, ids=lambda act: act.__name__)
def test_an_end_that_comes_before_the_code_is_typed_counts(ines, staff, close):
    browser = asked(ines.email)
    code = code_to(ines.email)
    close(ines, staff.office.user)
    answer = type_in(browser, code)
    assert who(browser) == 0
    assert answer.status_code == 422


def test_signing_in_changes_the_key_of_the_session(ines):
    browser = asked(ines.email)
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["session"] = session.session_key
    type_in(browser, code_to(ines.email))
    assert browser.cookies["session"].value != session.session_key
    thief = Client()
    thief.cookies["session"] = session.session_key
    assert who(thief) == 0


def test_nothing_is_asked_or_typed_from_another_site(ines):
    browser = Client(enforce_csrf_checks=True)
    assert ask(browser, ines.email).status_code == 403
    assert type_in(browser, "bbbb-bbbb").status_code == 403
    assert browser.post("/in/letter/", {"code": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("after", "leads_to"),
    [
        ("/children/", "/children/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_it_leads_back_to_a_page_of_this_site_alone(client, ines, after, leads_to):
    code_page = ask(client, ines.email, f"?next={after}").headers["Location"]
    code = code_to(ines.email)
    assert client.post(code_page, {"code": code}).headers["Location"] == leads_to


def test_what_is_no_address_is_said_and_kept(school, client):
    answer = ask(client, "ines at home")
    assert answer.status_code == 422
    assert b"not an email address yet" in answer.content
    assert b"ines at home" in answer.content
    assert not Mail.objects.exists()


# --- an order that comes later ---------------------------------------------------------------


def test_an_order_signs_a_parent_out_at_their_next_request(dana, enter):
    browser = enter(dana)
    assert browser.get("/children/").status_code == 200
    Relation.objects.filter(parent=dana).update(no_contact=True)
    for page in ("/", "/me/", "/children/", "/nothing/"):
        stranger = Client().get(page)
        told = browser.get(page)
        assert (told.status_code, told.get("Location"), page_of(told)) == (
            stranger.status_code,
            stranger.get("Location"),
            page_of(stranger),
        )
    assert who(browser) == 0


def test_an_order_about_one_child_leaves_the_other(dana, ada, enter):
    browser = enter(dana)
    Relation.objects.filter(parent=dana).exclude(pupil=ada).update(no_contact=True)
    page = browser.get("/children/").content
    assert b"Ada" in page
    assert b"Maisie" not in page


def test_staff_who_wait_for_a_role_stay(school, staff, enter):
    staff.teacher.roles.all().delete()
    assert enter(staff.teacher).get("/").status_code == 200


# --- once more -------------------------------------------------------------------------------


def test_a_parent_shows_once_more_who_they_are(dana, enter, clock):
    browser = enter(dana)
    clock(seconds=FRESH_FOR_PARENTS.total_seconds() + 1)
    page = browser.get("/in/again/?next=/children/").content
    assert dana.email.encode() in page
    where = browser.post("/in/again/", {"next": "/children/"}).headers["Location"]
    assert where == "/in/code/?next=%2Fchildren%2F"
    before = browser.session["fresh_at"]
    assert browser.post(where, {"code": code_to(dana.email)}).headers["Location"] == ("/children/")
    assert browser.session["fresh_at"] > before
    assert who(browser) == dana.user_id


def test_who_has_no_address_is_told_to_ask_for_a_letter(dana, enter):
    Parent.objects.filter(pk=dana.pk).update(email="")
    browser = enter(dana)
    assert b"Ask the school office for a new letter" in browser.get("/in/again/").content
    browser.post("/in/again/")
    assert not Mail.objects.exists()


def test_staff_do_not_show_it_by_a_mailed_code(staff, dana, enter):
    Parent.objects.filter(pk=dana.pk).update(user=staff.teacher.user)
    browser = enter(staff.teacher)
    assert browser.get("/children/").status_code == 200
    assert browser.get("/in/again/").status_code == 404


# --- a printed letter ------------------------------------------------------------------------


@pytest.fixture
def letter(ines, staff):
    """The code on the letter of a mother without an email address."""
    Parent.objects.filter(pk=ines.pk).update(email="")
    ines.refresh_from_db()
    return letters.issue(ines, by=staff.office.user, at=timezone.now())


def by_letter(client, code):
    return client.post("/in/letter/", {"code": code})


def test_a_letter_lets_in_once_whoever_has_no_address(client, ines, letter):
    assert client.get("/in/letter/").status_code == 200
    assert LetterCode.objects.get().spent_at is None
    answer = by_letter(client, f" {letter.upper()} ")
    assert answer.headers["Location"] == "/in/address/"
    ines.refresh_from_db()
    assert who(client) == ines.user_id
    assert ines.user.email == f"{ines.pk}@letter.invalid"
    assert client.get("/children/").status_code == 200
    second = Client()
    assert b"used already" in by_letter(second, letter).content
    assert who(second) == 0


def test_a_letter_that_is_too_old_says_so(client, letter, clock):
    clock(days=28, seconds=1)
    assert b"too old" in by_letter(client, letter).content
    assert who(client) == 0


@pytest.mark.parametrize("spent", [False, True])
@pytest.mark.parametrize("close", [barred, ended, of_a_child_who_left])
def test_a_letter_of_someone_who_may_not_come_in_is_like_any_wrong_one(
    ines, letter, staff, close, spent
):
    if spent:
        by_letter(Client(), letter)
    close(ines, staff.office.user)
    pages = [by_letter(Client(), code) for code in (letter, "bbbb-bbbb-bbbb")]
    assert [re.sub(letter.encode(), b"bbbb-bbbb-bbbb", page_of(page)) for page in pages] == [
        page_of(pages[1])
    ] * 2


def test_a_letter_gives_no_role_of_staff(client, ines, letter, staff):
    Parent.objects.filter(pk=ines.pk).update(user=staff.teacher.user)
    assert b"Use the staff sign-in" in by_letter(client, letter).content
    assert who(client) == 0
    assert LetterCode.objects.get().spent_at is None


def test_a_letter_for_an_address_of_staff_makes_a_sign_in_of_its_own(client, ines, staff):
    Parent.objects.filter(pk=ines.pk).update(email=staff.teacher.email)
    by_letter(client, letters.issue(ines, by=staff.office.user, at=timezone.now()))
    user = User.objects.get(pk=who(client))
    assert user != staff.teacher.user
    assert user.roles == {Role.PARENT}


def test_right_codes_of_letters_are_not_counted(ines, staff):
    for _ in range(12):
        code = letters.issue(ines, by=staff.office.user, at=timezone.now())
        assert by_letter(Client(), code).status_code == 302


def test_a_letter_helps_where_two_share_an_address(client, ines, staff, school, maisie, dana):
    Parent.objects.filter(pk=ines.pk).update(email=dana.email)
    code = letters.issue(ines, by=staff.office.user, at=timezone.now())
    by_letter(client, code)
    ines.refresh_from_db()
    assert who(client) == ines.user_id != dana.user_id


def test_someone_writes_down_an_address_of_theirs(client, ines, letter, staff, enter):
    by_letter(client, letter)
    client.post("/in/address/", {"email": "ines@new.example"})
    ines.refresh_from_db()
    assert ines.email == "", "not before the code is typed"
    assert client.post("/in/address/code/", {"code": "bbbb-bbbb"}).status_code == 422
    client.post("/in/address/code/", {"code": code_to("ines@new.example")})
    ines.refresh_from_db()
    assert (ines.email, ines.user.email) == ("ines@new.example", "ines@new.example")
    office = enter(staff.office).get(f"/people/parents/{ines.pk}/").content
    assert b"wrote this email address down themselves" in office
    browser = asked("ines@new.example")
    type_in(browser, code_to("ines@new.example"))
    assert who(browser) == ines.user_id


def test_the_old_address_hears_of_a_new_one(dana, enter):
    browser, old = enter(dana), dana.email
    browser.post("/in/address/", {"email": "dana@new.example"})
    assert mailed(old) is None
    browser.post("/in/address/code/", {"code": code_to("dana@new.example")})
    assert "another email address" in mailed(old).body
    assert "new.example" not in mailed(old).body


def test_an_address_of_someone_else_is_not_told_apart_and_not_taken(dana, ines, staff, enter):
    browser = enter(dana)
    pages = []
    for address in ("free@new.example", ines.email, staff.head.email):
        browser.post("/in/address/", {"email": address})
        page = browser.get("/in/address/code/").content
        pages.append(re.sub(rb"\w{64}", b"", page).replace(address.lower().encode(), b"X"))
    assert pages[0] == pages[1] == pages[2]
    assert not CODE.search(mailed(ines.email).body)
    assert not CODE.search(mailed(staff.head.email).body)
    dana.refresh_from_db()
    assert dana.email == "dana.tarmac@people.example"


def test_a_code_for_an_address_signs_nobody_in_and_the_other_way_round(dana, ines, enter):
    browser = enter(dana)
    browser.post("/in/address/", {"email": dana.email})
    stranger = Client()
    stranger.cookies["asked"] = browser.cookies["asked"].value
    type_in(stranger, code_to(dana.email))
    assert who(stranger) == 0
    browser.cookies["asked"] = asked(dana.email).cookies["asked"].value
    browser.post("/in/address/code/", {"code": code_to(dana.email)})
    assert not Entry.objects.filter(verb="parent.wrote-address").exists()


def test_an_address_that_someone_else_has_by_now_is_not_taken(dana, ines, enter):
    browser = enter(dana)
    browser.post("/in/address/", {"email": "free@new.example"})
    Parent.objects.filter(pk=ines.pk).update(email="free@new.example")
    browser.post("/in/address/code/", {"code": code_to("free@new.example")})
    dana.refresh_from_db()
    assert dana.email == "dana.tarmac@people.example"


# --- the office, and forgetting --------------------------------------------------------------


@pytest.mark.parametrize(
    ("close", "words"),
    [
        (None, b"a code comes to it"),
        (barred, b"None."),
        (shares_with_someone_under_an_order, b"Not by mail"),
    ],
    ids=["mail", "barred", "shared"],
)
def test_the_office_sees_how_a_contact_comes_in(ines, staff, enter, close, words):
    if close:
        close(ines, staff.office.user)
    assert words in enter(staff.office).get(f"/people/parents/{ines.pk}/").content


def test_an_erased_contact_leaves_no_code(client, ines, letter, staff):
    Parent.objects.filter(pk=ines.pk).update(email="ines@home.example")
    ask(client, "ines@home.example")
    erased(Parent.objects.get(pk=ines.pk), staff.office.user)
    assert not LetterCode.objects.exists()
    assert not SignInCode.objects.exists()


def test_old_codes_and_full_buckets_are_forgotten(client, ines, clock):
    ask(client, ines.email)
    was = set(SignInCode.objects.values_list("pk")), set(Limit.objects.values_list("pk"))
    clock(days=2, hours=2)
    ask(client, UNKNOWN)
    assert SignInCode.objects.count() == 1
    assert not was[0] & set(SignInCode.objects.values_list("pk"))
    assert len(was[1] & set(Limit.objects.values_list("pk"))) == 1, "the network’s is in use"


def test_no_address_and_no_code_stands_in_the_tables_of_doors(client, ines):
    ask(client, ines.email)
    said = repr([*SignInCode.objects.values_list(), *Limit.objects.values_list()])
    code = code_to(ines.email)
    for secret in ("ines", code, code.replace("-", ""), client.cookies["asked"].value, "127.0"):
        assert secret not in said.lower()


def test_a_guest_who_is_a_parent_too_is_one_person(client, ines, staff):
    guest = GuestPass.objects.create(
        school=ines.school,
        name="Ines Gantry",
        email=ines.email,
        pages=["figures"],
        until=timezone.now() + timedelta(days=1),
        invited_at=timezone.now(),
        invited_by=staff.head.user,
    )
    ask(client, ines.email)
    type_in(client, code_to(ines.email))
    guest.refresh_from_db()
    ines.refresh_from_db()
    assert guest.user == ines.user
    assert ines.user.roles == {Role.PARENT, Role.GUEST}
