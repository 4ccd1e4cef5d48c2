"""An account that seems to be ours and is not: told, decided, followed up, erased (D.iv)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.channels.actions import found as acts
from belisha.channels.actions.forgetting import erase_old
from belisha.channels.clauses import STATES
from belisha.channels.models import FoundAccount
from belisha.channels.rules import FOUND_KEPT
from belisha.channels.tests.conftest import enter
from belisha.channels.todo import todo
from belisha.lib.state import Standing
from belisha.people.access import Refused

DAY = timedelta(days=1)


@pytest.fixture
def found(cast, now):
    details = {
        "service": "whatsapp",
        "other_service": "",
        "name": "Robins group",
        "url": "",
        "seen": "It has our badge.",
        "seen_on": now.date(),
        "told_by": "family",
    }
    return acts.record_found(details=details, by=cast.assistant.user, at=now)


def decide(found, person, at, *, ours, seen=None):
    return acts.decide(found, ours=ours, words="We wrote.", seen=seen, by=person.user, at=at)


def titles(person, at):
    return [task.title for task in todo(person.user, at.date())]


def test_the_head_decides_and_the_office_follows_up(cast, found, now):
    assert titles(cast.head, now) == ["Is Robins group on WhatsApp ours?"]
    assert titles(cast.office, now) == []
    assert STATES["D.iv"](now.date()).standing is Standing.ATTENTION
    with pytest.raises(Refused):
        decide(found, cast.office, now, ours=False)
    decide(found, cast.head, now, ours=False)
    assert titles(cast.office, now) == ["Follow up Robins group on WhatsApp"]
    assert STATES["D.iv"](now.date()).standing is Standing.BROKEN
    word = {"by": cast.office.user, "at": now}
    acts.follow_up(found, words="It is gone.", closes=True, **word)
    assert titles(cast.office, now) == []
    assert STATES["D.iv"](now.date()).standing is Standing.KEPT
    acts.follow_up(found, words="It is back.", closes=False, **word)
    assert titles(cast.office, now) == ["Follow up Robins group on WhatsApp"]


def test_nothing_is_closed_before_the_head_decides(cast, found, now):
    with pytest.raises(ValidationError, match="The head decides first"):
        acts.follow_up(found, words="x", closes=True, by=cast.office.user, at=now)


def test_ours_after_all_closes_it_and_can_be_decided_otherwise(cast, found, now):
    decide(found, cast.head, now, ours=True)
    assert titles(cast.head, now) == []
    decide(found, cast.head, now, ours=False, seen=True)
    found.refresh_from_db()
    assert (found.ours, found.closed_at) == (False, None)
    assert found.steps.count() == 2


def test_of_two_who_decide_at_once_one_is_told(cast, found, now):
    decide(found, cast.head, now, ours=False)
    with pytest.raises(ValidationError, match="already"):
        decide(found, cast.head, now, ours=True)


def test_one_of_ours_is_recognised(cast, approved, now):
    account = approved()
    told = {"service": "facebook", "other_service": "", "name": "Kerbside", "url": "", "seen": ""}
    found = acts.tell(account.school, details=told, at=now)
    assert acts.matches(found) == [account]
    assert found.recorded_by is None


def test_three_years_after_its_end_it_is_erased(cast, found, now):
    assert erase_old(now + 5000 * DAY) == 0, "what is open stays"
    decide(found, cast.head, now, ours=True)
    assert erase_old(now + FOUND_KEPT) == 0
    assert erase_old(now + FOUND_KEPT + DAY) == 1
    assert not FoundAccount.objects.exists()


def test_staff_write_it_down_and_the_head_decides_on_a_page(cast, school, is_now):
    client = enter(cast.assistant)
    typed = {"service": "whatsapp", "name": "Robins", "seen_on": "2026-11-19", "told_by": "pupil"}
    page = client.post(reverse("found_add"), {**typed, "told_by": "page"})
    assert page.status_code == 422
    assert 'value="Robins"' in page.text, "what was typed stays"
    client.post(reverse("found_add"), typed)
    row = FoundAccount.objects.get()
    page = client.get(reverse("found_account", args=[row.ref])).text
    assert "Decide" not in page
    assert client.get(reverse("found_decide", args=[row.ref])).status_code == 404
    head = enter(cast.head)
    decided = {"ours": "no", "words": "I wrote to them.", "seen": ""}
    head.post(reverse("found_decide", args=[row.ref]), decided)
    again = head.post(reverse("found_decide", args=[row.ref]), decided)
    assert again.status_code == 422
    assert "I wrote to them." in again.text
    page = head.get(reverse("found_account", args=[row.ref])).text
    assert "How to report it to WhatsApp" in page


def test_other_people_know_nothing_of_it(cast, found):
    for person in (cast.association, cast.governor):
        client = enter(person)
        assert client.get(reverse("found_accounts")).status_code == 404
        assert client.get(reverse("found_account", args=[found.ref])).status_code == 404
