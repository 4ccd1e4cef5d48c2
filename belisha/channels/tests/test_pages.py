"""The pages of accounts: the register, an application, the public page."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry as Recorded
from belisha.channels.actions import accounts as acts
from belisha.channels.actions.page import show_page
from belisha.channels.models import Account, FoundAccount
from belisha.channels.tests.conftest import enter
from belisha.channels.views.public import TELL_FROM_NETWORK
from belisha.people.actions import staff as staff_acts
from belisha.people.tests.cast import make_class
from belisha.policy.models import HeadRequest

TYPED = {
    "service": "facebook",
    "name": "@kerbside",
    "url": "",
    "purpose": "News",
    "audience": "public",
    "comments": "off",
    "run_by": "school",
    "recovery": "media@kerbside.example",
    "owned": "on",
    "review_every": "12",
}


def apply(person, **typed):
    return enter(person).post(reverse("account-apply"), TYPED | typed)


def errors(page):
    return re.findall(r'<div class="error"[^>]*>\s*<p>([^<]*)', page.text)


def test_a_teacher_applies_a_colleague_looks_and_the_head_is_asked(cast, is_now):
    people = {"first": cast.teacher.pk, "second": cast.colleague.pk}
    page = apply(cast.teacher, **people)
    account = Account.objects.get()
    here = reverse("account", args=[account.ref])
    assert page.url == here
    teacher, colleague = enter(cast.teacher), enter(cast.assistant)
    assert "Let someone else on the staff" in teacher.get(here).text
    assert teacher.get(reverse("account-factor", args=[account.ref])).status_code == 404
    assert "I have seen it" in colleague.get(reverse("account-factor", args=[account.ref])).text
    colleague.post(reverse("account-factor", args=[account.ref]))
    assert "Everything is there." in teacher.get(here).text
    teacher.post(reverse("account-ask", args=[account.ref]), {"why": "For the fair"})
    request = HeadRequest.objects.get()
    assert (request.about, request.why, request.clause) == (account.ref, "For the fair", "C.1")
    assert "Waits for the head" in teacher.get(reverse("accounts")).text


def test_half_an_application_is_kept(cast, is_now):
    apply(cast.teacher, purpose="", recovery="", owned="")
    account = Account.objects.get()
    page = enter(cast.teacher).get(reverse("account", args=[account.ref])).text
    for words in ("Say what it is for.", "Name two people", "Write the recovery address"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"service": "", "other_service": ""}, "Choose a service, or write its name here."),
        ({"url": "https://elsewhere.example/x"}, "This is no address of Facebook"),
        ({"recovery": "miss.puffin@people.example"}, "This is somebody’s own address."),
        ({"audience": "pupils"}, "Say which pupils are the youngest."),
        ({"run_by": "class"}, "Say which class."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_what_does_not_fit_is_said_beside_it_and_nothing_is_lost(cast, is_now, typed, words):
    page = apply(cast.teacher, **typed)
    assert page.status_code == 422
    assert any(said.startswith(words) for said in errors(page)), errors(page)
    assert "News</textarea>" in page.text
    assert not Account.objects.exists()


def test_two_people_are_two_people(cast, is_now):
    page = apply(cast.teacher, first=cast.teacher.pk, second=cast.teacher.pk)
    assert page.status_code == 422
    assert "Choose somebody else" in page.text


def test_an_account_of_a_class_is_of_that_class(cast, school, is_now):
    robins = make_class(school, "Robins", year=2)
    apply(cast.teacher, run_by="class", school_class=robins.pk, audience="pupils", pupils_from=2)
    account = Account.objects.get()
    assert account.school_class == robins
    page = enter(cast.teacher).get(reverse("account", args=[account.ref])).text
    assert "These pupils can be 6." in page


def test_the_association_applies_for_itself_alone(cast, approved, is_now):
    approved()
    client = enter(cast.association)
    page = client.get(reverse("account-apply")).text
    assert "Mrs Crossguard" in page
    assert "Miss Puffin" not in page, "it does not learn who works here"
    assert client.post(reverse("account-apply"), TYPED).status_code == 422
    mine = {"run_by": "association", "names": "Ada Kerbstone\n", "first": cast.association.pk}
    client.post(reverse("account-apply"), TYPED | mine | {"name": "@friends"})
    account = Account.objects.get(name="@friends")
    assert [str(one) for one in account.people.all()] == ["Mrs Crossguard", "Ada Kerbstone"]
    register = client.get(reverse("accounts")).text
    assert "@friends" in register
    assert "@kerbside" not in register
    theirs = Account.objects.get(name="@kerbside")
    for route in ("account", "account-change", "account-close", "account-people"):
        assert client.get(reverse(route, args=[theirs.ref])).status_code == 404


def test_governors_read_the_register_and_change_nothing(cast, approved, is_now):
    account = approved()
    client = enter(cast.governor)
    page = client.get(reverse("account", args=[account.ref])).text
    assert "It may be used" in page
    assert "Close it" not in page
    assert client.get(reverse("account-close", args=[account.ref])).status_code == 404


def test_the_register_is_looked_through_and_saved_as_a_sheet(cast, approved, written, is_now):
    approved()
    written(name="=draft", service="instagram", url="")
    client = enter(cast.office)
    page = client.get(reverse("accounts"), {"stage": "approved"}).text
    assert "@kerbside" in page
    assert "=draft" not in page
    sheet = client.get(reverse("accounts_csv")).content.decode("utf-8-sig").splitlines()
    assert sheet[1].split(",")[:4] == ["Facebook", "'@kerbside", *sheet[1].split(",")[2:4]]
    assert "'=draft" in sheet[2], "no spreadsheet reckons with it"
    assert Recorded.objects.filter(verb="accounts.exported").count() == 1


def test_a_leaver_is_shown_what_to_hand_over_first(cast, approved, is_now, now):
    account = approved()
    leaving = reverse("staff_leave", args=[cast.teacher.pk])
    office, head = enter(cast.office), enter(cast.head)
    page = office.get(leaving).text
    assert "Hand over first" in page
    assert "all_the_same" not in page
    assert office.post(leaving, {"on": "2026-11-20", "all_the_same": "on"}).status_code == 422
    person = account.people.get(staff=cast.teacher)
    hand_over = reverse("account-hand-over", args=[person.pk])
    assert hand_over in page
    day = {"password_changed_on": "2026-11-20", "factor_moved_on": "2026-11-20"}
    assert office.post(hand_over, {"to": cast.assistant.pk}).status_code == 422
    office.post(hand_over, day | {"to": cast.assistant.pk})
    assert "Hand over first" not in office.get(leaving).text
    assert head.post(leaving, {"on": "2026-11-20"}).status_code == 302


def test_a_hand_over_is_planned_with_a_day_to_come(cast, approved, is_now):
    account = approved()
    page = reverse("account-hand-over", args=[account.people.get(staff=cast.teacher).pk])
    office = enter(cast.office)
    for day in ("", "2026-11-19"):
        assert office.post(f"{page}begin/", {"due_on": day}).status_code == 422
    office.post(f"{page}begin/", {"due_on": "2026-12-18"})
    assert "To be done by 18 December 2026." in office.get(page).text
    office.post(f"{page}stays/")
    assert "To be done by" not in office.get(page).text


def test_the_head_may_let_them_go_at_once(cast, approved, is_now):
    approved()
    leaving = reverse("staff_leave", args=[cast.teacher.pk])
    head = enter(cast.head)
    assert "They are gone today" in head.get(leaving).text
    assert head.post(leaving, {"on": "2026-11-20"}).status_code == 422
    assert head.post(leaving, {"on": "2026-11-20", "all_the_same": "on"}).status_code == 302
    assert "Hand it over" in head.get(reverse("accounts")).text


def test_the_world_sees_our_accounts_and_no_person(cast, approved, written, is_now, now):
    approved(people=acts.People([cast.teacher, cast.colleague], posters=[cast.assistant]))
    written(name="@draft")
    approved(name="@closed-group", public=False)
    page = Client().get(reverse("our_accounts")).text
    assert "@kerbside" in page
    assert "These are our only accounts." in page
    for hidden in ("@draft", "@closed-group", "Puffin", "Tactile", "Whistle", "media@"):
        assert hidden not in page


def test_without_a_public_account_there_is_no_page_until_the_head_wishes(cast, approved, is_now):
    approved(public=False)
    stranger = Client()
    assert stranger.get(reverse("our_accounts")).status_code == 404
    assert stranger.get(reverse("our_accounts_tell")).status_code == 404
    assert enter(cast.office).post(reverse("accounts_page"), {"shown": "yes"}).status_code == 404
    enter(cast.head).post(reverse("accounts_page"), {"shown": "yes"})
    assert "We have no accounts" in stranger.get(reverse("our_accounts")).text
    enter(cast.head).post(reverse("accounts_page"), {"shown": "no"})
    assert stranger.get(reverse("our_accounts")).status_code == 404


def test_an_account_late_with_its_renewal_is_still_ours(cast, approved, now, monkeypatch):
    approved()
    monkeypatch.setattr(timezone, "now", lambda: now.replace(year=2028))
    assert "@kerbside" in Client().get(reverse("our_accounts")).text


def test_anyone_tells_of_another_and_not_without_end(cast, approved, is_now, now):
    approved()
    cache.clear()
    stranger, form = Client(), reverse("our_accounts_tell")
    assert stranger.post(form, {"name": ""}).status_code == 422
    told = {"service": "whatsapp", "name": "Robins group", "seen": "It has your badge."}
    page = stranger.post(form, told, follow=True)
    assert "Thank you. The head will look at it." in page.text
    row = FoundAccount.objects.get()
    assert (row.told_by, row.recorded_by) == (FoundAccount.ToldBy.PAGE, None)
    for _ in range(TELL_FROM_NETWORK.times - 1):
        stranger.post(form, told)
    assert stranger.post(form, told).status_code == 429
    assert FoundAccount.objects.count() == TELL_FROM_NETWORK.times


def test_the_page_follows_the_readers_language_and_its_words_are_marked(cast, school, now, is_now):
    show_page(True, by=cast.head.user, at=now)
    page = Client().get(reverse("our_accounts"), headers={"Accept-Language": "pl"}).text
    assert '<html lang="pl"' in page


def test_a_list_of_people_lets_nobody_go_who_holds_an_account(cast, approved):
    approved()
    assert [one.act for one in staff_acts.to_do_before_leaving(cast.teacher)] == ["Hand it over"]
    assert staff_acts.to_do_before_leaving(cast.assistant) == []
