"""The doors as somebody tries them who should not come in, or no further."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.actions import parents
from belisha.people.actions import staff as staff_acts
from belisha.people.models import (
    GuestPass,
    Invitation,
    Mail,
    Parent,
    Relation,
    SignInCode,
    Staff,
    StaffRole,
    User,
)
from belisha.people.rules import Role
from belisha.people.tests.cast import give_passkey, make_staff, show_passkey

PASSWORD = "lantern otter crossing kerb"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "\t//evil.example",
)


@pytest.fixture
def key():
    """The half of a passkey that lies in the device."""
    return ec.generate_private_key(ec.SECP256R1())


def browser_at_home():
    """A browser that asks for the site by a name for which passkeys exist."""
    return Client(SERVER_NAME="localhost")


def signed_in(browser):
    return int(browser.session.get("_auth_user_id", 0))


def code_to(address):
    body = Mail.objects.filter(to__iexact=address).order_by("-id").first().body
    return re.search(r"^    (\S+)$", body, re.MULTILINE)[1]


def by_code(address, browser=None, query=""):
    browser = browser or Client()
    browser.post(f"/in/{query}", {"email": address})
    return browser, browser.post(f"/in/code/{query}", {"code": code_to(address)})


def by_password(person, browser, **fields):
    person.user.set_password(PASSWORD)
    person.user.save()
    return browser.post(
        "/account/login/", {"login": person.user.email, "password": PASSWORD, **fields}
    )


# --- sessions --------------------------------------------------------------------------------


def test_a_session_that_was_there_before_signing_in_gets_another_key(dana, staff, key):
    passkey = give_passkey(dana.user, "Key", key)
    for come_in in (
        lambda browser: by_code(dana.email, browser),
        lambda browser: show_passkey(browser, passkey, key),
    ):
        browser = browser_at_home()
        browser.get("/account/login/passkey/", headers={"Accept": "application/json"})
        before = browser.cookies[settings.SESSION_COOKIE_NAME].value
        come_in(browser)
        assert signed_in(browser) == dana.user_id
        assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
        assert not Session.objects.filter(session_key=before).exists()


def test_whoever_comes_in_at_a_device_of_someone_else_finds_nothing_of_theirs(dana, staff, enter):
    browser = enter(staff.head)
    session = browser.session
    session["kept"] = {"user": staff.head.user_id, "secret": "of the head"}
    session.save()
    asked = Client()
    asked.post("/in/", {"email": dana.email})
    browser.cookies["asked"] = asked.cookies["asked"].value
    browser.post("/in/code/", {"code": code_to(dana.email)})
    assert signed_in(browser) == dana.user_id
    assert "kept" not in browser.session
    assert browser.get("/people/").status_code == 404


def test_a_key_of_a_session_that_ended_opens_nothing(staff, enter):
    browser = enter(staff.teacher)
    stolen = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/people/")["Location"].startswith("/account/login/")


# --- where one is led ------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_door_leads_to_another_site(dana, staff, enter, key, wanted):
    passkey = give_passkey(dana.user, "Key", key)
    browser = browser_at_home()
    answers = [
        by_code(dana.email, query=f"?next={wanted}")[1],
        enter(dana).get("/in/", {"next": wanted}),
        enter(dana).get("/account/again/", {"next": wanted}),
        enter(staff.head).get("/account/again/", {"next": wanted}),
        enter(staff.head).get("/account/login/", {"next": wanted}),
        by_password(staff.teacher, Client(), next=wanted),
        show_passkey(browser, passkey, key, next=wanted),
        Client().post("/language/", {"language": "cy"}, headers={"Referer": wanted}),
        Client().post("/account/login/passkey/", {"credential": "x", "next": wanted}),
    ]
    for number, answer in enumerate(answers):
        assert answer.status_code == 302, number
        assert answer["Location"].startswith("/"), number
        assert not answer["Location"].startswith(("//", "/\\")), number


def test_a_passkey_leads_to_the_page_that_was_wanted(dana, key):
    passkey = give_passkey(dana.user, "Key", key)
    answer = show_passkey(browser_at_home(), passkey, key, next="/me/")
    assert answer["Location"] == "/me/"
    came = Entry.objects.get(verb="parent.came-in")
    assert (came.by, came.facts) == (dana.user_id, {"way": "passkey"})


def test_a_mailed_link_names_the_address_of_the_school_whatever_host_was_asked(
    dana, staff, settings
):
    settings.ADDRESS = "https://belisha.school.example"
    settings.ALLOWED_HOSTS = ["*"]
    forged = Client(SERVER_NAME="evil.example", headers={"x-forwarded-host": "evil.example"})
    forged.post("/in/", {"email": dana.email})
    forged.post("/account/forgotten/", {"email": staff.head.email})
    assert Mail.objects.count() == 2
    for mail in Mail.objects.all():
        assert "https://belisha.school.example/" in mail.body
        assert "evil.example" not in mail.body


def test_a_host_that_is_not_ours_gets_no_answer(dana):
    for host in ("evil.example", "localhost.evil.example", "localhost:80@evil.example"):
        answer = Client(HTTP_HOST=host).post("/in/", {"email": dana.email})
        assert answer.status_code == 400, host
    assert not Mail.objects.exists()


# --- codes -----------------------------------------------------------------------------------


def test_a_code_opens_nothing_in_the_name_of_another(dana, staff, school, maisie):
    """Someone asks for two codes in one browser, and tries the one that came to them."""
    ines = Parent.objects.create(school=school, last_name="Gantry", email="ines@home.example")
    Relation.objects.create(school=school, pupil=maisie, parent=ines)
    browser = Client()
    browser.post("/in/", {"email": ines.email})
    mine = code_to(ines.email)
    browser.post("/in/", {"email": dana.email})
    assert browser.post("/in/code/", {"code": mine}).status_code == 422
    assert signed_in(browser) == 0


def test_five_guesses_at_each_of_many_accounts_and_no_more(school):
    for number in range(4):
        browser = Client()
        browser.post("/in/", {"email": f"p{number}@home.example"})
        said = [browser.post("/in/code/", {"code": "bbbb-bbbb"}).content for _ in range(7)]
        assert [b"This is not the code" in page for page in said] == [True] * 4 + [False] * 3
    assert list(SignInCode.objects.values_list("tries", flat=True)) == [5] * 4


def test_no_form_of_a_door_is_taken_from_another_site(dana, staff):
    browser = Client(enforce_csrf_checks=True)
    for path in (
        *("/in/", "/in/code/", "/in/letter/", "/account/login/", "/account/login/passkey/"),
        *("/account/forgotten/", "/language/", "/account/logout/", "/account/login/step/"),
    ):
        answer = browser.post(
            path, {"email": dana.email}, headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403, path
    assert not Mail.objects.exists()


# --- those who may not be here any more ------------------------------------------------------


def test_a_guests_open_session_ends_with_the_pass_at_the_next_click(staff, school, monkeypatch):
    until = timezone.now() + timedelta(minutes=10)
    GuestPass.objects.create(
        school=school,
        name="Ms Vale",
        email="vale@outside.example",
        pages=["figures"],
        until=until,
        invited_at=timezone.now(),
        invited_by=staff.head.user,
    )
    browser, _ = by_code("vale@outside.example")
    assert browser.get("/figures/").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: until)
    assert browser.get("/figures/")["Location"].startswith("/account/login/")
    assert signed_in(browser) == 0


@pytest.mark.parametrize("children", [1, 2])
def test_an_order_counts_in_an_open_session_at_the_next_click(dana, maisie, ada, enter, children):
    """Written past the actions, as a roster or another process may."""
    browser = enter(dana)
    assert b"Maisie" in browser.get("/children/").content
    barred = [maisie, ada][:children]
    Relation.objects.filter(parent=dana, pupil__in=barred).update(no_contact=True)
    answer = browser.get("/children/")
    if children == 2:
        assert answer["Location"].startswith("/account/login/")
        assert signed_in(browser) == 0
    else:
        assert b"Maisie" not in answer.content
        assert browser.get(f"/children/{maisie.pk}/").status_code == 404


def test_a_passkey_of_someone_under_an_order_is_like_one_that_nobody_knows(dana, staff, key):
    passkey = give_passkey(dana.user, "Key", key)
    stranger = ec.generate_private_key(ec.SECP256R1())

    def shown(with_key):
        browser = browser_at_home()
        answer = show_passkey(browser, passkey, with_key, door="families")
        page = browser.get(answer["Location"]).content
        return signed_in(browser), answer["Location"], re.sub(rb"\w{64}", b"", page)

    assert shown(key)[0] == dana.user_id
    Relation.objects.filter(parent=dana).update(no_contact=True)
    assert shown(key) == shown(stranger)
    assert shown(key)[0] == 0


def test_a_passkey_made_by_a_mailbox_opens_nothing_that_staff_see(dana, staff, key, now):
    passkey = give_passkey(dana.user, "Key", key)
    row = Staff.objects.create(school=dana.school, name="Dana Tarmac", email=dana.email)
    StaffRole.objects.create(school=dana.school, staff=row, role=Role.OFFICE)
    by = staff.head.user
    staff_acts.let_in(row, by=by, at=now, address=lambda code: code, mail=False)
    row.refresh_from_db()
    assert row.user == dana.user
    browser = browser_at_home()
    show_passkey(browser, passkey, key)
    assert signed_in(browser) == 0
    assert not Authenticator.objects.filter(user=dana.user).exists()


def test_a_leaver_who_is_a_parent_comes_in_by_code_alone_and_back_as_staff_by_invitation(
    dana, staff, key, now
):
    teacher, by = staff.teacher, staff.head.user
    Parent.objects.filter(pk=dana.pk).update(user=teacher.user, email=teacher.email)
    teacher.user.set_password(PASSWORD)
    teacher.user.save()
    own = give_passkey(teacher.user, "Key of the staff", key)
    staff_acts.leave(teacher, on=timezone.localdate(), by=by, at=now)
    browser = browser_at_home()
    show_passkey(browser, own, key)
    by_old_password = Client().post(
        "/account/login/", {"login": teacher.email, "password": PASSWORD}
    )
    assert (signed_in(browser), by_old_password.status_code) == (0, 200)
    browser, _ = by_code(teacher.email, browser)
    assert browser.get("/children/").status_code == 200
    assert browser.get("/people/").status_code == 404
    later = give_passkey(teacher.user, "Key of a parent", key)
    staff_acts.come_back(teacher, by=by, at=now)
    assert browser.get("/people/")["Location"].startswith("/account/login/")
    show_passkey(browser, later, key)
    assert signed_in(browser) == 0


def test_another_address_shuts_out_who_reads_the_old_mailbox(dana, staff, key, now):
    old = dana.email
    inside, _ = by_code(old)
    waiting = Client()
    waiting.post("/in/", {"email": old})
    code = code_to(old)
    passkey = give_passkey(dana.user, "Key", key)
    parents.change(dana, email="dana@new.example", by=staff.office.user, at=now)
    assert inside.get("/children/")["Location"].startswith("/account/login/")
    waiting.post("/in/code/", {"code": code})
    browser = browser_at_home()
    show_passkey(browser, passkey, key)
    assert (signed_in(waiting), signed_in(browser)) == (0, 0)
    assert not SignInCode.objects.filter(parent=dana, spent_at=None).exists()
    assert signed_in(by_code("dana@new.example")[0]) == dana.user_id


def test_another_name_or_letter_case_shuts_nobody_out(dana, staff, key, now, enter):
    browser, office = enter(dana), staff.office.user
    give_passkey(dana.user, "Key", key)
    parents.change(dana, last_name="Kerb", email=dana.email.upper(), by=office, at=now)
    assert browser.get("/children/").status_code == 200
    assert Authenticator.objects.filter(user=dana.user).exists()


def test_who_writes_down_another_address_stays_here_and_is_out_everywhere_else(dana, enter):
    here, there = enter(dana), enter(dana)
    here.post("/in/address/", {"email": "dana@new.example"})
    here.post("/in/address/code/", {"code": code_to("dana@new.example")})
    assert here.get("/children/").status_code == 200
    assert there.get("/children/")["Location"].startswith("/account/login/")


def test_whoever_was_erased_in_the_meantime_is_not_joined_to_a_child(dana, maisie, staff, now):
    Relation.objects.filter(parent=dana).delete()
    parents.erase(Parent.objects.get(pk=dana.pk), by=staff.office.user, at=now)
    ties = {"kind": "aunt", "parental_responsibility": False, "no_contact": False}
    with pytest.raises(ValidationError):
        parents.join(dana, maisie, **ties, by=staff.office.user, at=now)
    assert not Relation.objects.filter(parent=dana).exists()


# --- what a parent may have ------------------------------------------------------------------


def test_a_parent_is_offered_passkeys_and_nothing_of_a_second_step(dana, enter):
    browser = enter(dana)
    page = browser.get(reverse("mfa_index")).content.decode()
    assert "Your codes work without" in page
    assert "second step" not in page.lower()
    for name in (
        *("mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    ):
        url = reverse(name)
        assert (browser.get(url).status_code, browser.post(url).status_code) == (404, 404), name


def test_a_parent_with_a_passkey_still_comes_in_by_code_and_is_asked_for_no_more(dana, key):
    give_passkey(dana.user, "Key", key)
    browser, answer = by_code(dana.email)
    assert answer["Location"] == "/"
    assert browser.get("/children/").status_code == 200


def test_a_parent_removes_the_last_passkey_and_never_that_of_another(dana, staff, enter):
    mine, theirs = give_passkey(dana.user, "Mine"), give_passkey(staff.head.user, "Theirs")
    browser = enter(dana)
    assert browser.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    browser.post(reverse("mfa_remove_webauthn", args=[mine.pk]))
    assert list(Authenticator.objects.filter(pk__in=[mine.pk, theirs.pk])) == [theirs]


# --- what is kept, and who is known ----------------------------------------------------------


def test_nothing_of_a_door_is_kept_by_a_browser_or_a_proxy(dana, staff, enter):
    for browser, path in (
        (Client(), "/in/"),
        (Client(), "/in/code/?code=bbbb-bbbb"),
        (Client(), "/account/login/"),
        (Client(), "/account/invitation/x/"),
        (enter(dana), "/account/factors/"),
        (enter(staff.head), "/account/sessions/"),
    ):
        answer = browser.get(path)
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", ")), path
        assert answer["Referrer-Policy"] == "same-origin", path


@pytest.mark.parametrize("whom", ["head", "dana", "nobody", "left"])
def test_a_wrong_password_is_answered_alike_whoever_it_is_of(staff, dana, school, whom):
    gone = make_staff(school, "Mr Moss", Role.TEACHER)
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    address = {"head": staff.head.email, "dana": dana.email, "left": gone.email}.get(
        whom, "nobody@people.example"
    )
    page = Client().post("/account/login/", {"login": address, "password": "x"}).content
    said = re.sub(rb"\w{64}", b"", page).replace(address.encode(), b"X")
    other = Client().post("/account/login/", {"login": "q@people.example", "password": "x"}).content
    assert said == re.sub(rb"\w{64}", b"", other).replace(b"q@people.example", b"X")


def test_whose_address_a_door_is_shut_to_is_not_told(staff, dana):
    """The limits are those of the address as it was typed, known or not."""
    pages = []
    for address in (staff.head.email, "no@people.example"):
        answers = [Client().post("/account/forgotten/", {"email": address}) for _ in range(7)]
        pages.append([answer.status_code for answer in answers])
    assert pages[0] == pages[1] == [200] * 5 + [429] * 2
    assert Invitation.objects.filter(staff=None).count() == 1
