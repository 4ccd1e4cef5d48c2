"""A case that speaks about somebody who asks: whoever works on it decides, and nobody learns."""

import io
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pdfminer.high_level import extract_text

from belisha.audit.models import Entry
from belisha.incidents.actions import telling
from belisha.incidents.models import Happening
from belisha.incidents.rules import About, Kind, Way
from belisha.incidents.rules import Part as Of
from belisha.people.access import Refused
from belisha.people.actions.protection import protect
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.rights.actions import cases
from belisha.rights.actions import requests as acts
from belisha.rights.cases import mentions
from belisha.rights.models import Item, Request
from belisha.rights.rules import Asked, Ground, Part
from belisha.rights.tests.test_requests import held_in
from belisha.rights.todo import todo

TOLD = {"kind": Kind.BULLYING, "what": "Ada Crosswell pushed Bo Kerbstone.", "about": About.PUPIL}
TOKENS = re.compile(r'(?<="X-CSRFToken": ")\w+|(?<=csrfmiddlewaretoken" value=")\w+')
TOLD |= {"who": "", "where": "", "when": "", "way": Way.SPOKEN}


@pytest.fixture
def cast(school, now, monkeypatch):
    """Ada is protected, so that the lead's part holds something; her mother asks about her."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    robins = make_class(school, "Robins", make_staff(school, "Miss Puffin", Role.TEACHER))
    child = make_pupil(school, "Ada", "Crosswell", robins)
    cast = SimpleNamespace(
        school=school,
        child=child,
        other=make_pupil(school, "Bo", "Kerbstone", robins),
        parent=make_parent(school, child, "Cleo", "Crosswell"),
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD).user,
        office=make_staff(school, "Mrs Toucan", Role.OFFICE).user,
        lead=make_staff(school, "Mr Lantern", Role.SAFEGUARDING_LEAD).user,
        teacher=make_staff(school, "Miss Pelican", Role.TEACHER).user,
    )
    protect(child, why="Told", by=cast.lead, at=now)
    asked = acts.receive(
        school,
        Asked.COPY,
        child,
        by=cast.office,
        at=now,
        asked_by="Cleo Crosswell",
        asker=cast.parent,
        how=Request.How.LETTER,
        received_on=now.date(),
    )
    cast.row = acts.identify(asked, how="Known", by=cast.office, at=now)
    return cast


@pytest.fixture
def case(cast, now):
    def case(named=(), **details):
        both = [telling.Named(Of.SUBJECT, pupil=cast.child), *named]
        said = TOLD | details
        return telling.tell(cast.school, details=said, named=both, by=cast.teacher, at=now).case

    return case


def keep(row, part, by, now):
    acts.gather(row, part, by=by, at=now)
    said = {item.pk: ("keep", "") for item in Item.objects.of(row, part)}
    acts.choose(row, part, said, by=by, at=now)


def all_of_it(cast, now):
    """All that anybody can read or be given of the request, but for ids and moments."""
    said = []
    for part, by in (
        (Part.SCHOOL, cast.office),
        (Part.SCHOOL, cast.head),
        (Part.SEALED, cast.lead),
    ):
        keep(cast.row, part, by, now)
        said.append(held_in(acts.fetch(cast.row, part, by=by, at=now)))
        said += list(todo(by, now.date()))
    for who in (cast.office, cast.head, cast.parent.user):
        client = Client()
        client.force_login(who)
        names = ["my_data"] if who == cast.parent.user else ["rights", "rights_csv", "periods"]
        pages = [reverse(name) for name in names]
        if who != cast.parent.user:
            pages.append(reverse("rights_request", args=[cast.row.ref]))
        said += [TOKENS.sub("", client.get(page).text) for page in pages]
    cast.row.refresh_from_db()
    return [*said, cast.row.closed_at, cast.row.sealed_at, cast.row.handings.count()]


def test_a_case_that_is_held_back_leaves_no_trace_in_what_is_given_or_read(cast, case, now):
    written = [Entry.objects.count()]
    before = all_of_it(cast, now)
    written.append(Entry.objects.count())
    one = case()
    cases.hold_back(
        cast.row, one, ground=Ground.INQUIRY, why="The police ask.", by=cast.lead, at=now
    )
    assert Entry.objects.count() == written[1]
    assert all_of_it(cast, now) == before
    assert Entry.objects.count() - written[1] == written[1] - written[0] > 0


def test_whoever_works_on_it_decides_before_their_part_is_given(cast, case, now):
    one = case()
    keep(cast.row, Part.SEALED, cast.lead, now)
    with pytest.raises(ValidationError, match="Decide first"):
        acts.fetch(cast.row, Part.SEALED, by=cast.lead, at=now)
    assert any(one.reference in task.words for task in todo(cast.lead, now.date()))
    keep(cast.row, Part.SCHOOL, cast.office, now)
    assert acts.fetch(cast.row, Part.SCHOOL, by=cast.office, at=now), "who knows nothing, is free"
    with pytest.raises(ValidationError, match="Say why"):
        cases.hold_back(cast.row, one, ground=Ground.HARM, why=" ", by=cast.lead, at=now)
    cases.hold_back(cast.row, one, ground=Ground.HARM, why="She is at risk.", by=cast.lead, at=now)
    cases.release(cast.row, one, by=cast.lead, at=now)
    [mention] = mentions(cast.row, cast.lead, now)
    assert mention.released and mention.stands == "Released", "the last word counts"
    assert not any(one.reference in task.words for task in todo(cast.lead, now.date()))
    assert acts.fetch(cast.row, Part.SEALED, by=cast.lead, at=now)


def test_nobody_else_finds_the_page_or_decides(cast, case, now):
    one = case()
    page = reverse("rights_case", args=[cast.row.ref, one.ref])
    for who in (cast.head, cast.office, cast.teacher, cast.parent.user):
        client = Client()
        client.force_login(who)
        assert client.get(page).status_code == client.post(f"{page}part/").status_code == 404
        with pytest.raises(Refused):
            cases.release(cast.row, one, by=who, at=now)
    other = case(about=About.STAFF, named=[])
    other.parties.update(struck_at=now)
    assert [one] == [mention.case for mention in mentions(cast.row, cast.lead, now)]


def words_of(made):
    return " ".join(extract_text(io.BytesIO(made.pdf)).split())


def test_the_part_calls_others_by_letters_and_who_told_us_gets_their_own_words(cast, case, now):
    one = case(named=[telling.Named(Of.HARMED, pupil=cast.other)])
    cases.hold_back(cast.row, one, ground=Ground.OTHERS, why="xwhy", by=cast.lead, at=now)
    cases.release(cast.row, one, by=cast.lead, at=now)
    said = words_of(cases.part_of(cast.row, one, by=cast.lead, at=now))
    assert "Ada Crosswell pushed Pupil A." in said and "Who is part of it" in said
    assert "Kerbstone" not in said and "xwhy" not in said
    Request.objects.update(pupil=None, staff=cast.teacher.staff)
    cast.row.refresh_from_db()
    said = words_of(cases.part_of(cast.row, one, by=cast.lead, at=now))
    assert "What was told" in said and "Who is part of it" not in said
    assert Happening.objects.filter(case=one, what=Happening.What.GIVEN).count() == 2


def test_on_the_cases_page_it_is_released_or_held_back(client, cast, case, now):
    one = case(named=[telling.Named(Of.SUBJECT, parent=cast.parent)])
    client.force_login(cast.lead)
    page = reverse("rights_case", args=[cast.row.ref, one.ref])
    assert page in client.get(reverse("case", args=[one.ref])).text
    said = client.get(page).text
    assert "somebody whom this case is about" in said
    assert said.count(f'href="{reverse("case", args=[one.ref])}"') == 2, "above, and to go back"
    wrong = client.post(page, {"release": "no", "why": ""})
    assert wrong.status_code == 422 and "Say why it is held back" in wrong.text
    held = client.post(page, {"release": "no", "ground": "harm", "why": "xwhy"}, follow=True)
    assert "Held back." in held.text and "xwhy" in held.text
    assert "Released" in client.post(page, {"release": "yes"}, follow=True).text
    assert client.post(f"{page}part/").content.startswith(b"%PDF")
    assert client.post(page, {"how": ""}).status_code == 422
    back = client.post(page, {"how": "By hand, xhow."}, follow=True)
    assert "xhow" in back.text and f"Given on {now:%-d %B %Y}" in back.text
    [mention] = mentions(cast.row, cast.lead, now)
    assert mention.released and mention.given.by == cast.lead
    cases.hold_back(cast.row, one, ground=Ground.HARM, why="x", by=cast.lead, at=now)
    with pytest.raises(ValidationError, match="Release it first"):
        cases.given(cast.row, one, how="x", by=cast.lead, at=now)
