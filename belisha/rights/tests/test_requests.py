"""What people ask about their own data: gathered by rights, looked at, given, put right, erased."""

import io
import json
import zipfile
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.consent.rules import Kind
from belisha.lib.state import Standing
from belisha.people.access import Refused
from belisha.people.actions import pupils
from belisha.people.actions.protection import protect
from belisha.people.models import Mail, Pupil, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.models import Purpose
from belisha.rights.actions import requests as acts
from belisha.rights.calendar_feed import events_of
from belisha.rights.clauses import STATES
from belisha.rights.gathering import names_covered
from belisha.rights.models import Backup, Handing, Item, Request, leavers_with_a_file
from belisha.rights.rules import Asked, Choice, Part, covered, due_on
from belisha.rights.schedule import schedule
from belisha.rights.todo import todo

DAY = timedelta(days=1)
SCHOOL, SEALED = Part.SCHOOL, Part.SEALED


@pytest.fixture
def cast(school, now):
    robins = make_class(school, "Robins", make_staff(school, "Miss Puffin", Role.TEACHER))
    child = make_pupil(school, "Ada", "Crosswell", robins)
    make_pupil(school, "Bo", "Kerbstone", robins)
    parent = make_parent(school, child, "Cleo", "Crosswell")
    Relation.objects.filter(parent=parent).update(parental_responsibility=True)
    cast = SimpleNamespace(
        school=school,
        child=child,
        parent=parent,
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD).user,
        office=make_staff(school, "Mrs Toucan", Role.OFFICE).user,
        lead=make_staff(school, "Mr Lantern", Role.SAFEGUARDING_LEAD).user,
        teacher=make_staff(school, "Miss Pelican", Role.TEACHER).user,
    )
    drafts = [
        Answer(
            parent=parent,
            purpose=Purpose.objects.filter(each_picture=False).first(),
            kind=Kind.GIVEN,
            how=How.PAPER,
            happened_on=now.date(),
        )
    ]
    record_answers(child, drafts, by=cast.office, at=now)
    return cast


@pytest.fixture
def asked(cast, now):
    """`asked(kind, person)` is a request whose asker is known."""

    def asked(kind=Asked.COPY, person=None, **more):
        row = acts.receive(
            cast.school,
            kind,
            person or cast.child,
            by=cast.office,
            at=now,
            asked_by="Cleo Crosswell",
            how=Request.How.LETTER,
            email="cleo@home.example",
            received_on=now.date(),
            **more,
        )
        return acts.identify(row, how="Known to the office", by=cast.office, at=now)

    return asked


def keep_all(row, part, by, now):
    acts.gather(row, part, by=by, at=now)
    said = {item.pk: ("keep", "") for item in Item.objects.of(row, part)}
    return acts.choose(row, part, said, by=by, at=now)


def held_in(pieces):
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as bundle:
        assert bundle.read("held.pdf").startswith(b"%PDF")
        return json.loads(bundle.read("held.json"))


def test_an_answer_is_due_in_one_calendar_month_or_three():
    assert due_on(date(2027, 1, 31)) == date(2027, 2, 28)
    assert due_on(date(2026, 12, 15)) == date(2027, 1, 15)
    assert due_on(date(2026, 11, 30), longer=True) == date(2027, 2, 28)


def test_names_are_covered_as_whole_words_the_longest_first():
    names = {"Bo", "Bo Kerbstone", "Kerbstone"}
    said = covered("Bo Kerbstone pushed Bob. Bo’s hat.", names)
    assert said == "[someone else] pushed Bob. [someone else]’s hat."
    assert covered("Nobody", set()) == "Nobody"


def test_what_is_held_is_gathered_looked_at_and_given(cast, asked, now):
    row = asked(words="Everything on Ada.")
    with pytest.raises(ValidationError, match="decide on each"):
        acts.fetch(row, SCHOOL, by=cast.office, at=now)
    assert acts.gather(row, SCHOOL, by=cast.office, at=now) == 3
    family, entry, answer = (
        Item.objects.get(title__startswith=t) for t in ("Fam", "The c", "An a")
    )
    with pytest.raises(ValidationError, match="Say why"):
        acts.choose(row, SCHOOL, {family.pk: (Choice.HIDE, "")}, by=cast.office, at=now)
    said = {
        entry.pk: ("keep", ""),
        answer.pk: ("keep", ""),
        family.pk: ("hide", "Order of a court"),
    }
    assert acts.choose(row, SCHOOL, said, by=cast.office, at=now) == 0
    assert acts.gather(row, SCHOOL, by=cast.office, at=now) == 3, "what was decided stays"
    held = held_in(acts.fetch(row, SCHOOL, by=cast.office, at=now))["held"]
    assert [one["title"] for one in held] == [answer.title, entry.title]
    assert held[0]["facts"]["Said by"] == "Cleo Crosswell", "who asks knows their own name"
    acts.give(row, SCHOOL, to="Cleo", how="By hand", on=now.date(), by=cast.office, at=now)
    row.refresh_from_db()
    assert row.stands == "Given" and not Request.objects.open().exists()
    with pytest.raises(ValidationError):
        acts.choose(row, SCHOOL, said, by=cast.office, at=now)
    assert Entry.objects.filter(verb="rights.fetched").count() == 1


def test_other_families_are_covered_and_who_asked_is_not(cast, asked):
    names = names_covered(asked())
    assert {"Bo", "Kerbstone", "Bo Kerbstone"} <= names
    assert names.isdisjoint({"Ada", "Cleo", "Crosswell", "Cleo Crosswell"})


def test_nobody_gathers_before_it_is_known_who_asks_or_without_the_right(cast, now, asked):
    row = asked()
    Request.objects.update(identity_at=None)
    with pytest.raises(ValidationError, match="who asked"):
        acts.gather(row, SCHOOL, by=cast.office, at=now)
    for who, part in ((cast.teacher, SCHOOL), (cast.lead, SCHOOL), (cast.head, SEALED)):
        with pytest.raises(Refused):
            acts.gather(row, part, by=who, at=now)


def test_the_schools_part_reads_the_same_with_protection_and_a_case(cast, asked, now):
    """Of a protected child it shows no yes, as of a family that never answered."""
    row = asked()
    protect(cast.child, why="xsecret", by=cast.lead, at=now)
    acts.gather(row, SCHOOL, by=cast.office, at=now)
    titles = set(Item.objects.of(row, SCHOOL).values_list("title", flat=True))
    assert titles == {"Family", "The child’s entry in the lists"}
    acts.gather(row, SEALED, by=cast.lead, at=now)
    row.refresh_from_db()
    assert row.sealed_at is None, "there is something to decide"
    sealed = Item.objects.of(row, SEALED)
    assert {one.title for one in sealed} == {"A protection", "An answer about pictures"}
    before = Entry.objects.count()
    keep_all(row, SEALED, cast.lead, now)
    acts.fetch(row, SEALED, by=cast.lead, at=now)
    acts.give(row, SEALED, to="Cleo", how="By hand", on=now.date(), by=cast.lead, at=now)
    assert Entry.objects.count() == before, "the school's record tells nothing of it"
    row.refresh_from_db()
    assert row.closed_at is None and len(row.sealed_log) == 5


def test_the_lead_is_asked_about_every_request_alike(cast, asked, now):
    row = asked()
    assert [task.due for task in todo(cast.lead, now.date())] == [row.due_on]
    acts.gather(row, SEALED, by=cast.lead, at=now)
    assert not list(todo(cast.lead, now.date())), "nothing of theirs ends it"
    assert row.due_on in [task.due for task in todo(cast.office, now.date())]


def test_longer_is_said_once_in_the_first_month_and_told(cast, asked, now):
    row = asked()
    late = now + 40 * DAY
    with pytest.raises(ValidationError):
        acts.take_longer(row, why="Much", by=cast.office, at=late)
    acts.take_longer(row, why="Many albums", by=cast.office, at=now)
    assert "Many albums" in Mail.objects.get(kind="rights").body
    with pytest.raises(ValidationError):
        acts.take_longer(row, why="Again", by=cast.office, at=now)


def test_a_refusal_says_why_and_where_to_complain(cast, asked, now):
    acts.refuse(asked(), why="You have it already.", by=cast.head, at=now)
    body = Mail.objects.get(kind="rights").body
    assert "You have it already." in body and "Information Commissioner" in body


def test_something_is_put_right_or_stands_beside_what_they_say(cast, asked, now):
    row = asked(Asked.CORRECTION)
    acts.state(row, words="My name is spelt Adah.", by=cast.office, at=now)
    acts.put_right(row, why="The list says Adah now.", by=cast.office, at=now)
    assert row.statements.get().words.endswith("Adah.")
    with pytest.raises(ValidationError):
        acts.put_right(asked(Asked.COPY), why="No", by=cast.office, at=now)


def test_two_people_erase_and_the_certificate_names_nobody(cast, asked, now):
    row = asked(Asked.ERASURE)
    acts.propose_to_erase(row, by=cast.office, at=now)
    with pytest.raises(ValidationError, match="Another person"):
        acts.erase(row, by=cast.office, at=now)
    with pytest.raises(ValidationError, match="still at the school"):
        acts.erase(row, by=cast.head, at=now)
    pupils.leave(cast.child, on=now.date(), by=cast.office, at=now)
    acts.erase(row, by=cast.head, at=now)
    row.refresh_from_db()
    assert (row.called, row.asked_by, row.email) == ("Erased", "", "")
    assert Pupil.objects.get(pk=cast.child.pk).erased_at
    assert acts.certificate(row, by=cast.head).startswith(b"%PDF")
    client = Client()
    client.force_login(cast.head)
    assert client.get(f"/rights/{row.ref}/certificate/").content.startswith(b"%PDF")


def test_a_leavers_file_waits_until_the_next_school_has_it(cast, asked, now):
    assert not leavers_with_a_file().exists()
    Pupil.objects.filter(pk=cast.child.pk).update(left_on=now.date())
    row = asked(Asked.FILE)
    keep_all(row, SCHOOL, cast.office, now)
    acts.give(row, SCHOOL, to="Hilltop", how="By post", on=now.date(), by=cast.office, at=now)
    assert leavers_with_a_file().get() == cast.child, "there is no receipt yet"
    acts.arrived(row, SCHOOL, received_by="Ms Hill", on=now.date(), by=cast.office, at=now)
    assert not leavers_with_a_file().exists()
    assert Handing.objects.get().received_by == "Ms Hill"


def test_what_was_gathered_goes_first_and_the_request_later(cast, asked, now):
    row = asked()
    keep_all(row, SCHOOL, cast.office, now)
    acts.take_back(row, why="Found it", by=cast.office, at=now)
    later = now + acts.ITEMS_KEPT + DAY
    due = {one.kind: one.due for one in schedule(cast.head, later)}
    assert due["What was gathered for a request"] == 3
    assert acts.forget_old(later) == 3 and not Item.objects.exists() and Request.objects.exists()
    acts.forget_old(now + acts.REQUESTS_KEPT + DAY)
    assert not Request.objects.exists()


def test_the_list_of_periods_counts_no_case_and_deletes_nothing(cast, now):
    rows = schedule(cast.head, now)
    assert len({row.kind for row in rows}) == len(rows) > 20
    assert all(row.due is None for row in rows if row.kind.startswith("Cases"))


def test_the_office_goes_through_all_of_it_on_pages(client, cast, asked, now):
    row = asked()
    client.force_login(cast.office)
    here = reverse("rights_request", args=[row.ref])
    assert client.post(reverse("rights_act", args=[row.ref, "gather"])).url == here
    items, page = reverse("rights_items", args=[row.ref, "school"]), client.get(here)
    assert "3 things, 3 not decided yet" in page.text
    assert here in client.get(reverse("search"), {"q": "crossw"}).text
    one, *others = Item.objects.of(row, SCHOOL)
    typed = {f"choice-{item.pk}": "keep" for item in others}
    wrong = client.post(items, {**typed, f"choice-{one.pk}": "hide"})
    assert wrong.status_code == 422 and "Say why." in wrong.text
    assert client.post(items, {**typed, f"choice-{one.pk}": "keep"}).url == here
    assert held_in(client.get(reverse("rights_bundle", args=[row.ref, "school"])))
    assert client.get(reverse("rights_items", args=[row.ref, "sealed"])).status_code == 404
    for name in ("rights", "rights_csv", "rights_add", "periods", "periods_csv"):
        assert client.get(reverse(name)).status_code == 200
    add = {"kind": "file", "asked_by": "C", "how": "letter", "received_on": "2026-01-05"}
    assert client.post(reverse("rights_add"), add).status_code == 422
    added = client.post(reverse("rights_add"), {**add, "pupil": cast.child.pk})
    assert added.status_code == 302 and Request.objects.count() == 2


def test_the_register_is_filtered_on_the_page_and_in_its_sheet(
    client, cast, asked, now, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: now + 40 * DAY)
    late, over = asked(), asked(Asked.CORRECTION)
    acts.put_right(over, why="Spelt anew.", by=cast.office, at=now)
    client.force_login(cast.office)
    for query, found in (
        ("q=cross&state=late", late),
        ("state=over", over),
        ("kind=correction", over),
        ("q=zzz", None),
    ):
        page = client.get(f"{reverse('rights')}?{query}").text
        assert [one for one in (late, over) if f"/rights/{one.ref}/" in page] == [found][
            : bool(found)
        ]
        assert ("None found" in page) is (found is None)
        sheet = client.get(f"{reverse('rights_csv')}?{query}").text.splitlines()[1:]
        assert len(sheet) == bool(found)


def test_days_of_answers_stand_in_the_calendar_of_who_answers(cast, asked, now):
    row = asked()
    assert [event.first_day for event in events_of(cast.office, now.date())] == [row.due_on]
    assert not list(events_of(cast.teacher, now.date()))
    acts.refuse(row, why="x", by=cast.head, at=now)
    assert not list(events_of(cast.office, now.date()))


def test_the_clause_of_consent_also_says_what_is_late_and_what_would_not_come_back(
    cast, asked, now
):
    def stands(day, figure="1 of 1"):
        state = STATES["P.i"](day)
        assert state.figure == figure
        return state.standing, state.route

    on = now.date()
    Pupil.objects.exclude(pk=cast.child.pk).delete()
    assert stands(on) == (Standing.ATTENTION, "backups"), "no backup was ever made"
    sizes = dict.fromkeys(("size", "rows", "files", "seconds"), 1)
    Backup.objects.create(made_at=now, proven_at=now, place="x", sha256="0", **sizes)
    row = asked()
    assert stands(on) == (Standing.KEPT, "answers")
    Backup.objects.update(made_at=now + 60 * DAY)
    assert stands(row.due_on - 7 * DAY) == (Standing.ATTENTION, "rights")
    assert stands(row.due_on + DAY) == (Standing.BROKEN, "rights")
    Pupil.objects.update(left_on=on)
    assert stands(row.due_on + DAY, "0 of 0") == (Standing.BROKEN, "rights")
    assert stands(on, "0 of 0") == (Standing.NOT_IN_USE, "answers")
    Pupil.objects.update(left_on=None)
    acts.refuse(row, why="x", by=cast.head, at=now)
    Backup.objects.update(made_at=now + 121 * DAY)
    assert stands(on + 121 * DAY) == (Standing.ATTENTION, "backups"), "to be proven anew"


def test_a_parent_asks_once_on_their_own_page_and_sees_where_it_is(client, cast, now):
    client.force_login(cast.parent.user)
    page = client.post(reverse("my_data"), {"child": cast.child.pk}, follow=True)
    assert "We are working on it" in page.text
    assert client.post(reverse("my_data"), {"child": cast.child.pk}).status_code == 422
    assert Request.objects.get().identity == acts.SIGNED_IN
    assert client.get(reverse("rights")).status_code == 404
