"""How the policy stands: each clause of the model policy has a state, and each state is true."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.consent.rules import Kind
from belisha.desk.evidence import evidence, plot
from belisha.desk.states import BY_PEOPLE, STATES, rows, states
from belisha.lib.state import Standing, State, gravest, share
from belisha.people.calendar import Calendar
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.awareness import school_year
from belisha.policy.clauses import READINGS
from belisha.policy.controls import CONTROLS
from belisha.policy.models import (
    MAIN,
    Binding,
    Clause,
    Document,
    Purpose,
    Version,
    clauses_of,
)
from belisha.policy.outline import Item, Outline

ON = date(2026, 11, 20)


@pytest.fixture
def head(school):
    return make_staff(school, "Mrs Adeyemi", Role.HEAD)


@pytest.fixture
def version(school, head, now):
    """Version 2.0 of the policy in force, with a bound, a people's and an undecided clause."""
    document = Document.objects.create(school=school, key=MAIN, title="Social media")
    version = Version.objects.create(
        school=school,
        document=document,
        major=2,
        title="Social media",
        commitment="We keep children safe.",
        made_at=now,
        made_by=head.user,
        issued_at=now,
        issued_on=ON,
        issued_by=head.user,
        review_on=ON + timedelta(days=300),
    )
    items = (
        Item("i", "B. Pictures", "Ask families first.", "B"),
        Item("ii", "B. Pictures", "Be kind.", "B"),
        Item("iii", "B. Pictures", "Watch the gate.", "B"),
    )
    Clause.objects.bulk_create(clauses_of(version, Outline("Social media", items)))
    first, second, _ = Clause.objects.filter(version=version)
    decided = {"school": school, "decided_at": now, "decided_by": head.user}
    Binding.objects.create(clause=first, control="P.i", **decided)
    Binding.objects.create(clause=first, control="G.2", **decided)
    Binding.objects.create(clause=second, kept_by="Mrs Adeyemi", proof="assembly book", **decided)
    return version


def test_every_state_is_of_a_clause_that_the_model_policy_has():
    assert {*STATES, *READINGS} <= set(CONTROLS)


@pytest.mark.parametrize("control", CONTROLS)
def test_every_clause_has_a_state_in_a_school_that_has_just_begun(school, control):
    state = states(ON, only=[control])[control]
    assert isinstance(state, State) and state.words
    assert state is BY_PEOPLE or control in {*STATES, *READINGS}
    assert state.standing is not Standing.KEPT or control == "B.v"


def test_a_share_is_kept_only_when_all_have_done_it():
    assert share(3, 3, "x").standing is Standing.KEPT
    assert share(2, 3, "x").standing is Standing.ATTENTION
    assert share(0, 0, "x").standing is Standing.NOT_IN_USE


def test_of_many_states_the_gravest_is_shown():
    kept, broken = State(Standing.KEPT, "a"), State(Standing.BROKEN, "b")
    assert gravest([kept, broken, State(Standing.ATTENTION, "c")]) is broken
    assert gravest([]) is None


def test_a_clause_shows_the_gravest_of_what_keeps_it_and_the_way_to_the_work(school, version, head):
    make_pupil(school, "Leo", "Xzebra", make_class(school, "Robins", year=2))
    first, second, third = rows(version, head.user, on=ON)
    assert first.state.says == "0 of 1 children have an answer from their family"
    assert first.url == "/consent/"
    assert (second.state.words, second.proof) == ("Kept by people", "assembly book")
    assert third.state is None


def test_who_may_not_do_the_work_sees_no_way_to_it(school, version):
    governor = make_staff(school, "Cllr Stone", Role.GOVERNOR)
    make_pupil(school, "Leo", "Xzebra", make_class(school, "Robins", year=2))
    assert [row.url for row in rows(version, governor.user, on=ON)] == ["", "", ""]
    assert [row.url for row in rows(version, None, on=ON)] == ["", "", ""]


def test_the_policy_is_late_on_the_day_after_its_review(school, version):
    due = version.review_on
    assert states(due, only=["G.1"])["G.1"].standing is Standing.ATTENTION
    assert states(due + timedelta(days=1), only=["G.1"])["G.1"].standing is Standing.BROKEN
    assert states(due - timedelta(days=61), only=["G.1"])["G.1"].standing is Standing.KEPT


def test_evidence_counts_lists_what_nothing_keeps_and_what_was_not_proven(school, version, head):
    found = evidence(version, head.user, on=ON)
    assert [heading for heading, _ in found.sections] == ["B. Pictures"]
    assert dict(found.counts)[Standing.NOT_IN_USE] == 1
    assert [one.address for one in found.unkept] == ["B.iii"]
    assert [one.address for one in found.without_proof(Calendar().term_began(ON))] == ["B.ii"]


def test_the_page_of_evidence_names_nobody(school, version, head):
    make_pupil(school, "Leo", "Xzebra", make_class(school, "Robins", year=2))
    browser = Client()
    browser.force_login(head.user)
    for address in ("/figures/", "/figures/report/"):
        page = browser.get(address).content.decode()
        assert "0 of 1 children have an answer" in page
        body = page[page.index("<main") : page.index("</main")]
        assert "Xzebra" not in body and "Adeyemi" not in body


def test_the_report_shows_the_year_that_was_asked_for(school, version, head):
    browser = Client()
    browser.force_login(head.user)
    year = school_year(timezone.localdate())
    assert f"{year} to {year + 1}" in browser.get("/figures/report/").content.decode()
    assert f"{year} to {year + 1}" in browser.get("/figures/report/?year=1066").content.decode()


def test_a_plot_measures_each_bar_by_the_longest():
    shown = plot("Answers", "answers", [("Sep", 2), ("Oct", 4), ("Nov", 0)])
    assert [bar.share for bar in shown.bars] == [0.5, 1.0, 0.0]
    assert plot("Answers", "answers", [("Sep", 0)]).bars[0].share == 0


@pytest.mark.parametrize(
    ("day", "year", "term"),
    [
        (date(2026, 8, 31), 2025, date(2026, 4, 1)),
        (date(2026, 9, 1), 2026, date(2026, 9, 1)),
        (date(2027, 1, 5), 2026, date(2027, 1, 1)),
    ],
)
def test_a_school_year_begins_in_september(day, year, term):
    assert (school_year(day), Calendar().term_began(day)) == (year, term)


def test_a_figure_is_never_older_than_the_last_act(school, version, head, now):
    """The page keeps what it worked out until something is recorded, and no longer."""
    leo = make_pupil(school, "Leo", "Xzebra", make_class(school, "Robins", year=2))
    mother = make_parent(school, leo, "Ada", "Xmum")
    browser = Client()
    browser.force_login(head.user)
    assert "0 of 1 children have an answer" in browser.get("/figures/").content.decode()
    website = Purpose.objects.get(key="website")
    said = Answer(
        parent=mother, purpose=website, kind=Kind.GIVEN, how=How.PAPER, happened_on=now.date()
    )
    record_answers(leo, [said], by=head.user, at=now)
    assert "1 of 1 children have an answer" in browser.get("/figures/").content.decode()
