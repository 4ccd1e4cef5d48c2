"""Everyone on the staff shows a second factor, and gets no further without."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import demonstration_pass
from belisha.people.actions import factors as acts
from belisha.people.models import Staff, User
from belisha.people.rules import Role
from belisha.people.tests.cast import give_passkey, make_staff

PASSWORD = "lantern otter crossing kerb"


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_password(person):
    person.user.set_password(PASSWORD)
    person.user.save()
    return person


def by_password(person):
    browser = Client()
    answer = browser.post("/account/login/", {"login": person.user.email, "password": PASSWORD})
    return browser, answer


@pytest.fixture
def newcomer(school):
    """Somebody on the staff who has a password and no second factor yet."""
    person = with_password(make_staff(school, "Ms Okoro", Role.TEACHER))
    Authenticator.objects.filter(user=person.user).delete()
    return person


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.PARENT, Role.GUEST)], ids=str
)
def test_without_a_second_factor_no_role_opens_anything_but_setting_one_up(school, role):
    person = with_password(make_staff(school, "Ms Okoro", role))
    Authenticator.objects.filter(user=person.user).delete()
    browser, _ = by_password(person)
    for name in ("today", "people", "me", "sessions", "kept", "account_change_password"):
        assert browser.get(reverse(name))["Location"] == reverse("mfa_index"), name
    assert b"Set up your second step" in browser.get(reverse("mfa_index")).content
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200
    assert browser.post(reverse("account_logout")).status_code == 302


def test_an_app_is_set_up_and_then_all_is_open_and_the_codes_are_shown(newcomer):
    browser, _ = by_password(newcomer)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    assert '<svg class="qr"' in page
    secret = re.search(r'id="secret">(\w+)<', page)[1]
    wrong = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "There is something to put right" in wrong.content.decode()
    done = browser.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    shown = re.findall(r'class="mono">(\d{8})<', browser.get(done["Location"]).content.decode())
    assert len(shown) == 10
    assert browser.get(reverse("people")).status_code == 200
    assert Entry.objects.filter(verb="factor.added").count() == 1
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert not any(secret in str(entry.facts) for entry in Entry.objects.all())


def test_a_new_factor_ends_the_sessions_elsewhere(newcomer):
    elsewhere, _ = by_password(newcomer)
    here, _ = by_password(newcomer)
    page = here.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="secret">(\w+)<', page)[1]
    here.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert elsewhere.get("/").headers["Location"].startswith("/account/login/")
    assert here.get("/").status_code == 200


def test_a_password_alone_does_not_sign_in_who_has_a_factor(staff):
    person = with_password(staff.teacher)
    browser, answer = by_password(person)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session
    assert browser.get("/people/")["Location"].startswith("/account/login/")
    code = RecoveryCodes.activate(person.user).get_unused_codes()[0]
    assert browser.post(answer["Location"], {"code": "12345678"}).status_code == 200
    browser.post(answer["Location"], {"code": code})
    assert browser.get("/people/").status_code == 200
    again, answer = by_password(person)
    again.post(answer["Location"], {"code": code})
    assert "_auth_user_id" not in again.session, "a recovery code works once"


def test_a_session_that_has_shown_no_factor_cannot_add_one(staff):
    """As when a parent's mailed code signs in somebody who is on the staff too."""
    browser = Client()
    browser.force_login(staff.teacher.user)
    session = browser.session
    del session["account_authentication_methods"]
    session.save()
    for name in ("people", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        assert browser.get(reverse(name))["Location"].startswith(reverse("again")), name


def test_nobody_on_the_staff_removes_their_last_factor(staff, enter):
    browser = enter(staff.teacher)
    page = browser.get(reverse("mfa_deactivate_totp"))
    assert b"Set up another second step first" in page.content
    browser.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=staff.teacher.user).count() == 1
    passkey = give_passkey(staff.teacher.user, "My telephone")
    browser.post(reverse("mfa_deactivate_totp"))
    assert list(Authenticator.objects.filter(user=staff.teacher.user)) == [passkey]
    browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert list(Authenticator.objects.filter(user=staff.teacher.user)) == [passkey]


def test_one_renames_and_removes_only_ones_own_passkeys(staff, enter):
    mine, theirs = (
        give_passkey(person.user, "Key") for person in (staff.teacher, staff.other_teacher)
    )
    browser = enter(staff.teacher)
    browser.post(reverse("mfa_edit_webauthn", args=[mine.pk]), {"name": "My telephone"})
    assert b"My telephone" in browser.get(reverse("mfa_index")).content
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        url = reverse(name, args=[theirs.pk])
        assert browser.get(url).status_code == browser.post(url).status_code == 404
    browser.post(reverse("mfa_remove_webauthn", args=[mine.pk]))
    assert not Authenticator.objects.filter(pk=mine.pk).exists()


def test_a_lost_factor_is_taken_away_by_those_who_may_and_ends_all_sessions(staff, enter, now):
    teacher = enter(staff.teacher)
    reset = reverse("staff_reset_factors", args=[staff.teacher.pk])
    assert enter(staff.other_teacher).post(reset).status_code == 404
    assert b"Take away the second step" in enter(staff.office).get(reset).content
    enter(staff.office).post(reset)
    assert not Authenticator.objects.filter(user=staff.teacher.user).exists()
    assert teacher.get("/")["Location"].startswith("/account/login/")
    assert Entry.objects.get(verb="factors.reset").by == staff.office.user_id
    guarded = reverse("staff_reset_factors", args=[staff.lead.pk])
    assert enter(staff.office).post(guarded).status_code == 404
    with pytest.raises(Refused):
        acts.reset(staff.lead, by=staff.office.user, at=now)
    own = reverse("staff_reset_factors", args=[staff.head.pk])
    assert enter(staff.head).post(own).status_code == 404


def test_a_demonstration_asks_for_none_and_its_pass_opens_no_real_school(school, staff, client):
    Authenticator.objects.all().delete()
    school.demonstration = True
    school.save()
    address = demonstration_pass(User.objects.get(pk=staff.head.user_id))
    client.get(reverse("enter", args=[address]))
    assert client.get("/people/").status_code == 200
    school.demonstration = False
    school.save()
    assert client.get("/people/")["Location"] == reverse("mfa_index")


def test_parents_need_no_second_factor(dana, enter):
    assert enter(dana).get("/children/").status_code == 200


def test_erasing_someone_leaves_no_factor_and_no_session(staff, enter):
    enter(staff.teacher)
    head, person = enter(staff.head), staff.teacher
    head.post(reverse("staff_leave", args=[person.pk]), {"on": "2026-11-20"})
    head.post(reverse("staff_erase", args=[person.pk]), {"name": person.name})
    assert not Staff.objects.filter(pk=person.pk).exists()
    assert not Authenticator.objects.filter(user_id=person.user_id).exists()
    assert not UserSession.objects.filter(user_id=person.user_id).exists()


@pytest.mark.parametrize("sent", ["{}", "[]", "null", '"x"', '{"id": "x"}', "no json", ""])
def test_a_passkey_that_no_browser_made_is_refused_in_words(staff, enter, sent):
    stranger = Client()
    answer = stranger.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert answer["Location"] == reverse("account_login")
    second, step = by_password(with_password(staff.teacher))
    assert second.post(step["Location"], {"credential": sent}).status_code == 200
    mine = enter(staff.teacher)
    assert mine.post(reverse("mfa_add_webauthn"), {"credential": sent}).status_code == 200
    assert "_auth_user_id" not in stranger.session
    assert "_auth_user_id" not in second.session
