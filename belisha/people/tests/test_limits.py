"""How often the doors may be tried."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.utils import timezone

from belisha.people.actions import limits
from belisha.people.actions.limits import Door, give_back, take
from belisha.people.models import Limit, Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

TEN_A_MINUTE = Door("of a test", 10, timedelta(minutes=1))
SECOND = timedelta(seconds=1)


def passed(times, key="a", *, at):
    return [take(TEN_A_MINUTE, key, at=at) for _ in range(times)].count(None)


def test_as_many_tries_as_said_and_then_the_time_of_the_next(db, now):
    assert passed(25, at=now) == 10
    assert take(TEN_A_MINUTE, "a", at=now) == now + 6 * SECOND


def test_tries_come_back_evenly(db, now):
    passed(10, at=now)
    assert passed(5, at=now + 5.999 * SECOND) == 0
    assert passed(5, at=now + 6 * SECOND) == 1
    assert passed(20, at=now + 60 * SECOND) == 9
    assert passed(20, at=now + timedelta(days=1)) == 10


def test_keys_and_doors_do_not_touch_each_other(db, now):
    passed(10, at=now)
    assert passed(10, key="b", at=now) == 10
    assert take(Door("another", 10, timedelta(minutes=1)), "a", at=now) is None


def test_a_try_that_was_right_is_given_back(db, now):
    for _ in range(30):
        assert take(TEN_A_MINUTE, "a", at=now) is None
        give_back(TEN_A_MINUTE, "a", at=now)


def test_five_codes_for_one_address_and_then_a_page_that_says_when(school, client):
    for _ in range(5):
        assert client.post("/in/", {"email": "known@home.example"}).status_code == 302
    answer = client.post("/in/", {"email": "Known@HOME.example"})
    assert answer.status_code == 429
    assert b"You can try again after" in answer.content
    assert 0 < int(answer.headers["Retry-After"]) <= 720
    assert Mail.objects.count() == 5
    assert client.post("/in/", {"email": "other@home.example"}).status_code == 302


def test_a_stranger_elsewhere_does_not_shut_a_parent_out(school):
    stranger, parent = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(9):
        stranger.post("/in/", {"email": "dana@home.example"})
    assert parent.post("/in/", {"email": "dana@home.example"}).status_code == 302


def test_many_strangers_do_not_fill_a_mailbox(school):
    for number in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/in/", {"email": "dana@home.example"})
    assert Mail.objects.count() == limits.ASK_FOR_ADDRESS.times


def test_three_hundred_families_behind_one_address_come_in(school):
    for number in range(300):
        answer = Client().post("/in/", {"email": f"parent{number}@home.example"})
        assert answer.status_code == 302, number


def test_codes_that_nobody_asked_for_are_limited(school, client):
    answers = [client.post("/in/code/", {"code": "bbbb-bbbb"}).status_code for _ in range(22)]
    assert answers == [422] * 20 + [429] * 2


def test_wrong_letter_codes_are_limited_for_one_browser_and_not_for_its_neighbour(school, client):
    answers = [client.post("/in/letter/", {"code": "bbbb-bbbb-bbbb"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    neighbour = Client(headers={"user-agent": "another telephone"})
    assert neighbour.post("/in/letter/", {"code": "bbbb-bbbb-bbbb"}).status_code == 422


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::5", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
        ("203.0.113.9", "203.0.113.10", False),
    ],
)
def test_a_household_is_one_network(school, one, other, same):
    for _ in range(6):
        Client(REMOTE_ADDR=one).post("/in/", {"email": "dana@home.example"})
    answer = Client(REMOTE_ADDR=other).post("/in/", {"email": "dana@home.example"})
    assert answer.status_code == (429 if same else 302)


def test_without_a_proxy_nobody_chooses_their_own_address(school):
    for number in range(6):
        forged = Client(headers={"x-forwarded-for": f"203.0.113.{number}"})
        answer = forged.post("/in/", {"email": "dana@home.example"})
    assert answer.status_code == 429


# --- over processes --------------------------------------------------------------------------


def hammered(folder, *words):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(folder / "hammer"),
    }
    environment.pop("BELISHA_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-m", "belisha.people.tests.trials.hammer", *words],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


def test_eight_processes_get_exactly_what_one_would(tmp_path, figure):
    found = hammered(tmp_path)
    assert found["asked"] == 8 * 25
    assert found["passed"] == found["times"] == 40
    assert found["came in with one code"] == [1] * 10
    assert found["came in with one letter"] == [1] * 5
    assert found["counted wrong tries"] == [5] * 3
    assert found["looked at wrong second steps"] == [5] * 3
    assert found["came in with one app code"] == [1] * 3
    assert found["came in with one recovery code"] == [1] * 3
    figure(f"limits: 8 processes, {found['asked']} tries, {found['passed']} of 40 let through")


def test_counting_without_a_lock_would_let_more_through(tmp_path):
    assert hammered(tmp_path, "naive")["passed"] > 40


def test_wrong_passwords_are_counted_and_the_right_one_waits_then(school, now):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD).user
    head.set_password("four words that fit")
    head.save()

    def tried(password):
        client = Client()
        sent = client.post("/account/login/", {"login": head.email, "password": password})
        return sent.status_code, "too many tries" in sent.content.decode()

    assert [tried("four words that fit")[0] for _ in range(6)] == [302] * 6, (
        "right ones cost nothing"
    )
    assert [tried("four words that do not") for _ in range(5)] == [(200, False)] * 5
    assert tried("four words that fit") == (200, True)
    Limit.objects.update(full_at=now)
    assert tried("four words that fit")[0] == 302


def test_wrong_codes_of_the_second_step_are_counted_and_the_owner_elsewhere_comes_in(school, now):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD).user
    head.set_password("four words that fit")
    head.save()
    codes = iter(RecoveryCodes.activate(head).get_unused_codes())

    def typed(code, network):
        browser = Client(REMOTE_ADDR=network)
        browser.post("/account/login/", {"login": head.email, "password": "four words that fit"})
        said = browser.post("/account/login/step/", {"code": code}).content.decode()
        return "_auth_user_id" in browser.session, "too many tries" in said

    thief, owner = "203.0.113.9", "198.51.100.7"
    assert [typed(next(codes), owner) for _ in range(6)] == [(True, False)] * 6
    assert [typed("000000", thief) for _ in range(6)] == [(False, False)] * 5 + [(False, True)]
    assert typed(next(codes), thief) == (False, True), "not even the right one"
    assert typed(next(codes), owner) == (True, False)


def test_a_staff_room_behind_one_address_comes_in(school):
    for number in range(40):
        user = make_staff(school, f"Miss Finch {number}", Role.TEACHER).user
        user.set_password("four words that fit")
        user.save()
        sent = Client().post(
            "/account/login/", {"login": user.email, "password": "four words that fit"}
        )
        assert sent["Location"] == "/account/login/step/", number


def test_an_open_session_is_no_place_to_guess_the_password(school):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD).user
    head.set_password("four words that fit")
    head.save()
    browser = Client()
    browser.force_login(head)
    new = {"password1": "lantern otter crossing kerb", "password2": "lantern otter crossing kerb"}
    for old in ["a wrong one"] * 5 + ["four words that fit"]:
        browser.post("/account/password/", {"oldpassword": old} | new)
    head.refresh_from_db()
    assert head.check_password("four words that fit"), "the sixth try was not looked at"


def test_wrong_passkeys_are_limited_by_network_and_no_one_elsewhere_waits(school):
    def shown(network):
        browser = Client(REMOTE_ADDR=network)
        sent = browser.post("/account/login/passkey/", {"credential": '{"id": "x"}'}, follow=True)
        return "too many tries" in sent.content.decode()

    assert not shown("203.0.113.9")
    Limit.objects.update(full_at=timezone.now() + timedelta(hours=1))  # as after a hundred
    assert shown("203.0.113.9")
    assert not shown("198.51.100.7")
