"""Sessions: they end by themselves and at a word, and what was typed meanwhile is not lost."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.people.models import Relation
from belisha.people.rules import device, session_ends
from belisha.people.sessions import SEEN_EVERY

MINUTE = timedelta(minutes=1)
LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"


def last_used(person, ago, begun=timedelta(0)):
    """As though the person had done nothing for so long."""
    at = timezone.now()
    UserSession.objects.filter(user=person.user).update(
        last_seen_at=at - ago, created_at=at - max(ago, begun)
    )


def is_in(browser):
    answer = browser.get("/")
    return not (answer.status_code == 302 and answer["Location"].startswith("/account/login/"))


@pytest.mark.parametrize(("who", "minutes"), [("head", 15), ("governor", 15), ("dana", 30)])
def test_a_session_ends_after_its_idle_time_and_not_before(staff, dana, enter, who, minutes):
    person = dana if who == "dana" else getattr(staff, who)
    browser = enter(person)
    last_used(person, minutes * MINUTE - timedelta(seconds=5))
    assert is_in(browser)
    last_used(person, minutes * MINUTE)
    assert not is_in(browser)
    assert not is_in(browser), "and it does not come back"


def test_what_is_used_goes_on_but_never_longer_than_twelve_hours(staff, enter):
    browser = enter(staff.teacher)
    last_used(staff.teacher, MINUTE, begun=timedelta(hours=11, minutes=59))
    assert is_in(browser)
    last_used(staff.teacher, timedelta(0), begun=timedelta(hours=12))
    assert not is_in(browser)


def test_the_rule_of_the_end_of_a_session(now):
    hour = timedelta(hours=1)
    assert session_ends(now, now, staff=True) == now + 15 * MINUTE
    assert session_ends(now, now, staff=False) == now + 30 * MINUTE
    assert session_ends(now - 12 * hour + MINUTE, now, staff=True) == now + MINUTE


def test_use_is_noted_but_a_page_that_asks_by_itself_is_no_use(staff, enter):
    browser = enter(staff.teacher)
    last_used(staff.teacher, 5 * MINUTE)
    browser.get("/people/", headers={"HX-Request": "true"})
    seen = UserSession.objects.get(user=staff.teacher.user).last_seen_at
    assert timezone.now() - seen > 4 * MINUTE
    browser.get("/people/")
    seen = UserSession.objects.get(user=staff.teacher.user).last_seen_at
    assert timezone.now() - seen < SEEN_EVERY


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(staff, enter):
    here, there, elsewhere = (enter(staff.teacher) for _ in range(3))
    other = enter(staff.head)
    there.get("/", headers={"User-Agent": LINUX})
    page = here.get(reverse("sessions"))
    assert page.content.count(b"Sign out there") == 2
    row = next(row for row in page.context["sessions"] if row["here"] is False)
    ended = reverse("session_end", args=[row["ref"]])
    assert other.post(ended).status_code == 404
    assert here.get(ended).status_code == 405
    here.post(ended)
    assert [is_in(browser) for browser in (here, there, elsewhere)].count(True) == 2
    here.post(reverse("sessions"))
    assert [is_in(browser) for browser in (here, there, elsewhere)] == [True, False, False]
    assert is_in(other)


def test_no_address_names_the_key_of_a_session(staff, enter):
    here, there = enter(staff.teacher), enter(staff.teacher)
    page = here.get(reverse("sessions")).content.decode()
    for session in Session.objects.all():
        assert session.session_key not in page
    assert is_in(there)


def test_a_device_has_a_name_that_people_know():
    assert device(LINUX) == "Chrome on Linux"
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    assert device(iphone) == "Safari on iPhone"
    assert device("curl/8") == ""


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(staff, enter):
    browser = enter(staff.teacher)
    answer = browser.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(browser)


def test_other_roles_end_the_sessions_at_once(staff, enter):
    teacher = enter(staff.teacher)
    enter(staff.head).post(
        reverse("staff_roles", args=[staff.teacher.pk]), {"roles": ["other-staff"]}
    )
    assert not is_in(teacher)
    assert not UserSession.objects.filter(user=staff.teacher.user).exists()


def test_an_order_ends_the_parents_sessions_at_once(staff, dana, maisie, enter):
    parent = enter(dana)
    tie = Relation.objects.get(parent=dana, pupil=maisie)
    enter(staff.office).post(
        reverse("relation_change", args=[tie.pk]), {"kind": "mother", "no_contact": "on"}
    )
    assert Relation.objects.get(pk=tie.pk).no_contact
    assert not is_in(parent)


def test_leaving_ends_the_sessions_also_of_a_parent_here(staff, dana, enter):
    staff.teacher.user, dana.user = dana.user, dana.user
    staff.teacher.save()
    both = enter(dana)
    enter(staff.head).post(reverse("staff_leave", args=[staff.teacher.pk]), {"on": "2026-11-20"})
    assert not is_in(both)


TYPED = {"first_name": "Otto", "last_name": "Kerb", "known_as": "", "key": "77", "year_group": "2"}


PASSWORD = "lantern otter crossing kerb"


def come_in(browser, person):
    """Sign in by password and code, as a browser does."""
    person.user.set_password(PASSWORD)
    person.user.save()
    browser.post("/account/login/", {"login": person.user.email, "password": PASSWORD})
    code = RecoveryCodes.activate(person.user).get_unused_codes()[0]
    browser.post("/account/login/step/", {"code": code})
    assert is_in(browser)


def test_a_form_left_overnight_keeps_what_was_typed(staff, enter):
    browser = enter(staff.office)
    last_used(staff.office, timedelta(hours=16))
    page = reverse("pupil_add")
    answer = browser.post(page, TYPED, headers={"Referer": f"http://testserver{page}"})
    assert answer["Location"] == f"/account/login/?next={reverse('kept')}"
    come_in(browser, staff.office)
    shown = browser.get(reverse("kept")).content.decode()
    assert 'value="Otto"' in shown
    assert f'action="{page}"' in shown
    assert 'name="key" value="77"' in shown
    browser.post(page, TYPED)
    assert browser.get(reverse("kept"))["Location"] == "/", "sent once, it waits no longer"


def test_what_one_person_typed_is_never_shown_to_the_next_at_the_device(staff, enter):
    browser = enter(staff.office)
    last_used(staff.office, timedelta(hours=16))
    browser.post(reverse("pupil_add"), TYPED)
    come_in(browser, staff.teacher)
    assert browser.get(reverse("kept"))["Location"] == "/"
    assert "kept" not in browser.session


def test_passwords_and_codes_are_never_kept(staff, enter):
    browser = enter(staff.office)
    last_used(staff.office, timedelta(hours=16))
    told = {"oldpassword": "x", "password1": "y", "password2": "y", "code": "1", "credential": "z"}
    answer = browser.post(reverse("account_change_password"), told)
    assert "kept" not in answer["Location"]
    assert "kept" not in browser.session


def test_of_whom_nobody_knows_who_they_were_nothing_is_kept(client, school):
    answer = client.post(reverse("pupil_add"), TYPED)
    assert answer["Location"] == "/account/login/?next=/"
    assert "kept" not in client.session


def test_an_old_key_of_a_form_keeps_what_was_typed_but_not_what_another_site_sends(staff):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.office.user)
    page = reverse("pupil_add")
    here = browser.post(page, TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    assert here.status_code == 403
    assert b'value="Otto"' in here.content
    there = browser.post(page, TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert there.status_code == 403
    assert b"Otto" not in there.content


def test_an_old_key_and_an_ended_session_together_lose_nothing(staff):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.office.user)
    last_used(staff.office, timedelta(hours=16))
    answer = browser.post(reverse("pupil_add"), TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer["Location"] == f"/account/login/?next={reverse('kept')}"
    assert browser.session["kept"]["user"] == staff.office.user_id


def test_what_is_kept_can_be_thrown_away_and_goes_by_itself(staff, enter):
    browser = enter(staff.office)
    for days, shown in ((0, True), (4, False)):
        at = timezone.now() - timedelta(days=days)
        session = browser.session
        session["kept"] = {
            "user": staff.office.user_id,
            "at": at.isoformat(),
            "path": "/people/pupils/add/",
            "fields": [["last_name", "Kerb"]],
            "files": False,
            "page": "/people/",
        }
        session.save()
        assert (browser.get(reverse("kept")).status_code == 200) is shown
    session["kept"]["at"] = timezone.now().isoformat()
    session.save()
    browser.post(reverse("kept"))
    assert "kept" not in browser.session


def test_the_page_that_one_goes_back_to_is_one_of_this_site(staff, enter):
    browser = enter(staff.office)
    last_used(staff.office, timedelta(hours=16))
    browser.post(reverse("pupil_add"), TYPED, headers={"Referer": "https://evil.example/x"})
    assert browser.session["kept"]["page"] == "/"
