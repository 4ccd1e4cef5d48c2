"""The rules of working on a case, without a database: clocks, E.i to E.iii, closing, figures."""

from datetime import date, datetime

import pytest

from belisha.incidents.rules import About, Kind
from belisha.incidents.working import keeping
from belisha.incidents.working.clocks import Rung, days_of, due_at, rung_of
from belisha.incidents.working.closing import Outcome, Ready, may_follow_up, why_not_close
from belisha.incidents.working.figures import FEW, table
from belisha.incidents.working.jurisdiction import may_sanction
from belisha.incidents.working.kinds import KINDS, answered_on, needs_of, settled_by
from belisha.lib.verdict import Outcome as Answer
from belisha.people.bank_holidays import Nation
from belisha.people.calendar import LONDON, Calendar, Days, Mark
from belisha.people.rules import Role
from belisha.policy.controls import CONTROLS

ENGLAND = Calendar()


def london(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("told", "days", "due"),
    [
        (london(2026, 11, 20), 1, london(2026, 11, 23, 17)),  # Friday, Monday
        (london(2026, 11, 22), 1, london(2026, 11, 23, 17)),  # Sunday counts from Monday on
        (london(2026, 11, 22), 2, london(2026, 11, 24, 17)),
        (london(2026, 4, 2), 1, london(2026, 4, 7, 17)),  # over Good Friday and Easter Monday
        (london(2026, 4, 2), 5, london(2026, 4, 13, 17)),
        (london(2026, 8, 7), 1, london(2026, 8, 10, 17)),  # the authority works in August
        (london(2026, 8, 28), 1, london(2026, 9, 1, 17)),  # over the bank holiday of August
        (london(2026, 12, 24), 1, london(2026, 12, 29, 17)),  # the 28th stands in for the 26th
        (london(2026, 11, 20), 0, london(2026, 11, 20, 17)),
        (london(2026, 11, 22), 0, london(2026, 11, 22, 17)),  # at once is at once on a Sunday too
    ],
)
def test_clocks_run_by_the_working_days_of_the_authority(told, days, due):
    assert due_at(ENGLAND, told, days) == due


def test_what_comes_in_on_the_evening_of_the_day_is_due_on_that_day():
    assert due_at(ENGLAND, london(2026, 11, 20, 20), 0).date() == date(2026, 11, 20)
    assert due_at(ENGLAND, london(2026, 11, 20, 20), 0) > london(2026, 11, 20, 20)


def test_a_scottish_easter_monday_and_a_closed_office_count_as_they_are():
    scotland = Calendar(nation=Nation.SCOTLAND)
    assert due_at(scotland, london(2026, 4, 2), 1) == london(2026, 4, 6, 17)
    closed = Days(Mark.AUTHORITY, date(2026, 11, 23), date(2026, 11, 23))
    assert due_at(Calendar(marked=(closed,)), london(2026, 11, 20), 1) == london(2026, 11, 24, 17)


def test_what_is_late_rises_to_the_leaders_then_to_the_chair():
    due = london(2026, 11, 20, 17)
    assert rung_of(ENGLAND, due, due) is None
    assert rung_of(ENGLAND, due, london(2026, 11, 20, 18)) is Rung.LEADERS
    assert rung_of(ENGLAND, due, london(2026, 11, 24, 23)) is Rung.LEADERS
    assert rung_of(ENGLAND, due, london(2026, 11, 25, 0)) is Rung.CHAIR


# --- what each kind asks -----------------------------------------------------------------------


def test_every_kind_has_its_questions_and_a_follow_up_with_a_clock():
    assert set(KINDS) == set(Kind)
    for kind, working in KINDS.items():
        needs = needs_of(kind, {}, harmed_pupil=False, subject_pupil=False)
        assert needs["follow-up"].days is not None
        assert working.sheets
        keys = [(sheet.key, one.key) for sheet in working.sheets for one in sheet.questions]
        assert len(keys) == len(set(keys))
        assert all(len(key) <= 20 for pair in keys for key in pair)
        assert all(one.days is None or one.days >= 0 for one in needs.values())


def test_what_is_settled_by_an_answer_is_needed_by_some_answer():
    for kind, working in KINDS.items():
        questions = [one for sheet in working.sheets for one in sheet.questions]
        can_be = {need.key for need in working.needs} | {
            need.key for one in questions for some in one.needs.values() for need in some
        }
        for one in questions:
            for keys in one.settles.values():
                assert set(keys) <= can_be, (kind, one.key)


@pytest.mark.parametrize("question", ["harmed", "crime", "risk", "suitable"])
def test_one_yes_to_the_harm_threshold_needs_a_referral_within_a_working_day(question):
    needs = needs_of(
        Kind.ALLEGATION, {("threshold", question): "yes"}, harmed_pupil=False, subject_pupil=False
    )
    assert needs["referral"].days == 1 and needs["referral"].since_report
    unsure = needs_of(
        Kind.ALLEGATION,
        {("threshold", question): "unsure"},
        harmed_pupil=False,
        subject_pupil=False,
    )
    assert "referral" not in unsure and unsure["consult"].days == 1


def test_a_whole_threshold_sheet_meets_its_need_and_half_of_it_does_not():
    three = {("threshold", key): "no" for key in ("harmed", "crime", "risk")}
    assert "threshold" not in settled_by(Kind.ALLEGATION, three)
    assert "threshold" in settled_by(Kind.ALLEGATION, three | {("threshold", "suitable"): "no"})


def test_the_chair_is_not_told_of_a_case_about_themselves_nor_of_one_that_is_theirs_to_work_on():
    def needed(*about):
        return needs_of(Kind.ALLEGATION, {}, harmed_pupil=False, subject_pupil=False, about=about)

    assert needed(About.STAFF)["governors"].tells
    assert "governors" not in {*needed(About.HEAD), *needed(About.STAFF, About.CHAIR)}


def test_a_task_leads_to_the_questions_that_meet_it():
    assert answered_on(Kind.ALLEGATION, "threshold") == "threshold"
    assert answered_on(Kind.ALLEGATION, "referral") == "officer"
    assert answered_on(Kind.BULLYING, "support") == answered_on(Kind.POST, "referral") == ""


def test_a_serious_case_is_followed_up_sooner_and_has_a_time_of_its_own():
    post, bullying = (
        needs_of(kind, {}, harmed_pupil=False, subject_pupil=False)["follow-up"]
        for kind in (Kind.POST, Kind.BULLYING)
    )
    assert (post.days, bullying.days) == (5, 2)
    assert days_of({"clock.follow-up": 9}, bullying.clock, bullying.days) == 2


def test_every_question_names_a_clause_of_the_policy():
    asked = [one for some in KINDS.values() for sheet in some.sheets for one in sheet.questions]
    assert {one.clause for one in asked} - {""} <= set(CONTROLS)


def test_parents_are_told_where_there_is_a_child():
    needs = needs_of(Kind.BULLYING, {}, harmed_pupil=True, subject_pupil=True)
    assert needs["parents-harmed"].tells and needs["parents-subject"].tells
    assert "parents-harmed" not in needs_of(
        Kind.BULLYING, {}, harmed_pupil=False, subject_pupil=True
    )


# --- E.i to E.iii ------------------------------------------------------------------------------

OUTSIDE = {
    "in-charge": ("outside", "On a Sunday, at home."),
    "orderly": ("yes", "Half of the class came in crying."),
    "threatens": ("no", "Nobody is threatened."),
    "reputation": ("no", "The school is not named."),
    "proof": ("He said so himself.", ""),
    "fair": ("yes", "One break inside, with a talk."),
    "lawful": ("yes", "At school, on Tuesday."),
}


def test_what_was_done_in_the_schools_charge_needs_no_ground():
    assert may_sanction({"in-charge": ("school", "In the library.")})


def test_outside_school_a_sanction_needs_every_answer_with_its_reasons():
    assert may_sanction(OUTSIDE)
    for key in OUTSIDE:
        left_out = may_sanction({one: OUTSIDE[one] for one in OUTSIDE if one != key})
        assert left_out.outcome is Answer.ASK and left_out.remedy, key
        if key != "proof":
            without = may_sanction(OUTSIDE | {key: (OUTSIDE[key][0], "")})
            assert without.outcome is Answer.ASK, key
        if key not in ("proof", "in-charge"):
            assert may_sanction(OUTSIDE | {key: ("unsure", "We asked.")}).outcome is Answer.ASK


@pytest.mark.parametrize("key", ["fair", "lawful", "orderly"])
def test_outside_school_there_is_none_without_a_ground_or_where_it_is_unfair(key):
    verdict = may_sanction(OUTSIDE | {key: ("no", "No.")})
    assert verdict.outcome is Answer.NO and verdict.remedy


@pytest.mark.parametrize("ground", ["orderly", "threatens", "reputation"])
def test_each_ground_alone_is_enough(ground):
    grounds = dict.fromkeys(("orderly", "threatens", "reputation"), ("no", "No."))
    verdict = may_sanction(OUTSIDE | grounds | {ground: ("yes", "Because.")})
    assert verdict and len(verdict.reasons) == 1


# --- closing -----------------------------------------------------------------------------------


def test_no_case_closes_without_follow_up_with_something_open_or_a_serious_one_as_a_slip():
    ready = Ready(Kind.BULLYING, followed_up=True, open_tasks=0, not_told=0)
    assert why_not_close(ready, Outcome.DEALT) == []
    for kind in Kind:
        some = Ready(kind, followed_up=False, open_tasks=1, not_told=1)
        assert len(why_not_close(some, Outcome.DEALT)) == 3
    assert why_not_close(ready, Outcome.MINOR)
    assert why_not_close(ready, Outcome.MERGED)
    assert not why_not_close(Ready(Kind.POST, True, 0, 0), Outcome.MINOR)
    refiled = Ready(Kind.POST, True, 0, 0, earlier=frozenset({Kind.BULLYING}))
    assert why_not_close(refiled, Outcome.MINOR)


def test_whose_follow_up_counts():
    def may(*roles, about_head=False, stands_in=False):
        return may_follow_up(frozenset(roles), about_head=about_head, stands_in=stands_in)

    assert may(Role.HEAD) and may(Role.SENIOR_LEADER) and may(Role.TEACHER, stands_in=True)
    assert not may(Role.CHAIR) and not may(Role.SAFEGUARDING_LEAD)
    for under_the_head in (Role.SENIOR_LEADER, Role.SAFEGUARDING_LEAD, Role.TEACHER):
        assert not may(under_the_head, Role.GOVERNOR, about_head=True, stands_in=True)
    assert may(Role.CHAIR, about_head=True) and may(Role.GOVERNOR, about_head=True)


# --- figures and periods -----------------------------------------------------------------------


def test_no_small_number_is_told_nor_can_it_be_worked_out():
    rows = (("a", "A"), ("b", "B"), ("c", "C"))
    pairs = [("a", "1")] * 7 + [("b", "1")] * 3 + [("a", "2")] * 6 + [("b", "2")] * 5
    lines = table(pairs, rows, ("1", "2"))
    assert [one.cells for one in lines] == [
        ("7", "6"),
        (FEW, "5"),
        ("0", "0"),
        ("not told", "11"),
    ]


def test_periods_are_the_schools_or_the_usual_ones():
    assert keeping.years_of({}, Kind.BULLYING) == 15
    assert keeping.years_of({"keep.bullying": 7}, Kind.BULLYING) == 7
    assert set(keeping.YEARS) == set(Kind)
    assert keeping.until(date(2024, 2, 29), 1) == date(2025, 2, 28)
