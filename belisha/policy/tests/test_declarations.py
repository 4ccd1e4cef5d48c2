"""A contact from a pupil, or a slip of one's own: told to one person, and to nobody else (B.i)."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import staff as staff_acts
from belisha.people.models import Mail
from belisha.people.rules import GOVERNORS, STAFF, Role
from belisha.people.tests.cast import make_staff
from belisha.policy import reading_jobs as jobs
from belisha.policy.actions import declarations as acts
from belisha.policy.models import Declaration, DeclarationNote
from belisha.policy.todo import todo

DAY = timedelta(days=1)
CONTACT = Declaration.Kind.CONTACT


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        colleague=make_staff(school, "Mr Tactile", Role.TEACHER),
        chair=make_staff(school, "Mrs Trafficisland", Role.CHAIR),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
    )


@pytest.fixture
def tell(now):
    def tell(person, **more):
        told = {"kind": CONTACT, "happened_on": now.date(), "words": "Xwords", "at": now} | more
        return acts.declare(by=person.user, **told)

    return tell


@pytest.fixture
def is_now(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)


def enter(person):
    client = Client()
    client.force_login(person.user)
    return client


def titles(person, now):
    return [task.title for task in todo(person.user, now.date())]


def waiting(person, now):
    return [title for title in titles(person, now) if "told you" in title]


def test_two_taps_tell_the_head(cast, is_now, now):
    client = enter(cast.teacher)
    page = client.get(reverse("declarations")).text
    assert "This protects you." in page
    assert 'value="2026-11-20"' in page, "the day is filled in, so a kind and the button are enough"
    client.post(reverse("declarations"), {"kind": "contact", "happened_on": "2026-11-20"})
    row = Declaration.objects.get()
    assert (row.kind, row.to, row.staff, row.words) == (CONTACT, "head", cast.teacher, "")
    assert waiting(cast.head, now) == ["A member of staff told you something on 20 November"]


def test_the_head_says_it_was_received_and_the_declarer_sees_that_alone(cast, tell, is_now, now):
    row = tell(cast.teacher)
    client = enter(cast.head)
    assert "Xwords" in client.get(reverse("received_one", args=[row.ref])).text
    client.post(reverse("received_one", args=[row.ref]), {"note": "Xnote"})
    client.post(reverse("received_one", args=[row.ref]), {"note": "Xmore"})
    assert [note.note for note in DeclarationNote.objects.all()] == ["Xnote", "Xmore"]
    page = enter(cast.teacher).get(reverse("declaration", args=[row.ref])).text
    assert "Received on 20 November 2026" in page
    assert "Xnote" not in page
    assert waiting(cast.head, now) == []


@pytest.mark.parametrize("who", ["leader", "lead", "office", "colleague", "chair", "governor"])
def test_for_everybody_else_it_does_not_exist(cast, tell, is_now, now, who):
    """Their every page is the same, letter by letter, before and after."""
    person = getattr(cast, who)
    names = ("today", "me", "to_read", "readers", "reader_figures", "received", "declarations")
    names += ("privacy", "people", "staff_list", "mail", "figures", "reading_duties")

    def seen():
        client = enter(person)
        pages = {name: client.get(reverse(name)) for name in names}
        return {
            name: (page.status_code, re.sub(rb"\w{64}", b"", page.content))
            for name, page in pages.items()
        }

    before = seen(), titles(person, now)
    row = tell(cast.teacher)
    acts.receive(row, note="Xnote", by=cast.head.user, at=now)
    assert (seen(), titles(person, now)) == before
    for route in ("declaration", "received_one"):
        assert enter(person).get(reverse(route, args=[row.ref])).status_code == 404
    with pytest.raises(Refused):
        acts.receive(row, note="", by=person.user, at=now)
    assert not Mail.objects.exists(), "the office sees what mail goes out"


def test_the_record_says_not_by_whom(cast, tell, now):
    acts.receive(tell(cast.teacher), note="Xnote", by=cast.head.user, at=now)
    entries = Entry.objects.filter(verb__startswith="declaration.")
    assert [(one.by, one.facts) for one in entries] == [(None, {}), (None, {})]


def test_what_the_head_tells_goes_to_the_chair_and_no_head_receives_it(cast, school, tell, now):
    other_head = make_staff(school, "Ms Cohead", Role.HEAD)
    row = tell(cast.head)
    assert row.to == "chair"
    assert [list(Declaration.objects.to(one.user)) for one in (cast.chair, cast.head)] == [
        [row],
        [],
    ]
    assert list(Declaration.objects.to(other_head.user)) == []
    assert waiting(cast.chair, now)
    assert not waiting(cast.head, now)
    with pytest.raises(Refused):
        acts.receive(row, note="", by=cast.head.user, at=now)


def test_who_becomes_head_meanwhile_does_not_receive_their_own(cast, tell, now):
    row = tell(cast.teacher)
    staff_acts.set_roles(cast.teacher, [Role.HEAD], by=cast.head.user, at=now)
    staff_acts.set_roles(cast.head, [Role.TEACHER], by=cast.head.user, at=now)
    fresh = type(cast.teacher.user).objects.get(pk=cast.teacher.user.pk)
    assert list(Declaration.objects.to(fresh)) == []
    assert list(Declaration.objects.to(cast.chair.user)) == [row]


def test_what_was_put_wrongly_is_put_right_by_a_further_one(cast, tell, is_now, now):
    first = tell(cast.teacher)
    client = enter(cast.teacher)
    client.post(
        reverse("declarations") + f"?corrects={first.ref}",
        {"kind": "posted", "happened_on": "2026-11-19", "words": "It was a post."},
    )
    second = Declaration.objects.exclude(pk=first.pk).get()
    assert (second.corrects, Declaration.objects.count()) == (first, 2)
    # Another's own is not there to be put right.
    enter(cast.colleague).post(
        reverse("declarations") + f"?corrects={first.ref}",
        {"kind": "other", "happened_on": "2026-11-19"},
    )
    assert Declaration.objects.get(staff=cast.colleague).corrects is None
    with pytest.raises(Refused):
        tell(cast.colleague, corrects=first)


def test_a_day_that_is_still_to_come_is_not_taken(cast, tell, now):
    with pytest.raises(ValidationError, match="still to come"):
        tell(cast.teacher, happened_on=(now + DAY).date())


def test_governors_have_nothing_to_declare_and_no_page_for_it(cast, tell):
    with pytest.raises(Refused):
        tell(cast.governor)
    assert enter(cast.governor).get(reverse("declarations")).status_code == 404
    assert not GOVERNORS & STAFF


def test_the_sheet_holds_what_this_person_receives_and_no_more(cast, tell, now):
    tell(cast.teacher, words="Xteacher")
    tell(cast.head, words="Xhead")
    client = enter(cast.head)
    said = client.get(reverse("received_csv")).text
    assert "Xteacher" in said
    assert "Xhead" not in said
    said = enter(cast.chair).get(reverse("received_csv")).text
    assert "Xhead" in said
    assert "Xteacher" not in said
    session = client.session
    session["fresh_at"] = "2026-01-01T00:00:00+00:00"
    session.save()
    assert client.get(reverse("received_csv")).status_code == 302


def test_it_is_erased_a_year_after_its_declarer_left(cast, tell, now):
    acts.receive(tell(cast.teacher), note="Xnote", by=cast.head.user, at=now)
    kept = tell(cast.colleague)
    staff_acts.leave(cast.teacher, on=now.date(), by=cast.head.user, at=now)

    def look(at):
        jobs.LOOK.forget()
        jobs.remind_readers(at)

    look(now + 364 * DAY)
    assert Declaration.objects.count() == 2
    look(now + 365 * DAY)
    assert list(Declaration.objects.all()) == [kept]
    assert not DeclarationNote.objects.exists()


def test_it_goes_with_the_person_who_is_erased(cast, tell, now):
    acts.receive(tell(cast.teacher), note="Xnote", by=cast.head.user, at=now)
    staff_acts.leave(cast.teacher, on=now.date(), by=cast.head.user, at=now)
    staff_acts.erase(cast.teacher, by=cast.office.user, at=now)
    assert not Declaration.objects.exists()
    assert not DeclarationNote.objects.exists()
