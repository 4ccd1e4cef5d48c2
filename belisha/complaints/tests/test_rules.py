"""The rules of complaints, without a database."""

from datetime import UTC, date, datetime
from itertools import chain, combinations, product

import pytest

from belisha.complaints.rules import (
    HIDDEN,
    UNSAID,
    Rung,
    Seat,
    Stage,
    Status,
    Subject,
    day_of,
    due,
    hide_small,
    is_for_governors,
    is_near,
    kept_from,
    may_decide,
    may_go_on,
    named_in,
    route,
    status,
    wrong_with_panel,
)
from belisha.people.calendar import Calendar, Days, Mark

TEACHER, HEAD, LEADER, CHAIR, GOVERNOR = range(1, 6)
SEATS = tuple(Seat(number, rung) for number, rung in enumerate(Rung, start=1))
# The same people, when the head also teaches a class and the chair is a governor, too.
MORE_SEATS = (*SEATS, Seat(HEAD, Rung.TEACHER), Seat(CHAIR, Rung.GOVERNOR))
NEAREST = {rung: number for number, rung in enumerate(Rung)}


def some_of(people):
    return chain.from_iterable(combinations(people, number) for number in range(len(people) + 1))


def test_nobody_whom_it_is_about_hears_it_and_no_formal_stage_is_heard_twice():
    """Every stage, every subject, every set of people concerned and involved: 49 152 questions."""
    asked = 0
    people = range(1, 6)
    for seats in (SEATS, MORE_SEATS):
        for stage, subject in product(Stage, Subject):
            for concerned, involved in product(some_of(people), some_of(people)):
                asked += 1
                seat = route(stage, subject, seats, concerned=concerned, involved=involved)
                about_head = subject is Subject.HEAD or HEAD in concerned
                about_chair = subject is Subject.CHAIR or CHAIR in concerned
                if seat is None:
                    # The two who can hear anything are kept from it, or have heard it already.
                    free = {CHAIR, GOVERNOR} - set(concerned)
                    free -= set(involved) if stage is not Stage.PANEL else set()
                    free -= {CHAIR} if about_chair else set()
                    assert not free
                    continue
                assert seat.staff not in concerned
                assert seat.staff not in kept_from(subject, seats, concerned)
                assert stage is Stage.PANEL or seat.staff not in involved
                if about_head:
                    assert seat.staff in (CHAIR, GOVERNOR)
                if about_chair:
                    assert seat.staff != CHAIR
                if HEAD in involved:
                    assert seat.rung is not Rung.LEADER
                if stage in (Stage.TWO, Stage.PANEL):
                    assert seat.rung in (Rung.CHAIR, Rung.GOVERNOR)
    assert asked == 2 * 4 * 6 * 32 * 32


@pytest.mark.parametrize(
    ("stage", "subject", "hears"),
    [
        (Stage.CONCERN, Subject.CLASS, TEACHER),
        (Stage.CONCERN, Subject.SCHOOL, HEAD),
        (Stage.CONCERN, Subject.STAFF, HEAD),
        (Stage.CONCERN, Subject.HEAD, CHAIR),
        (Stage.CONCERN, Subject.GOVERNOR, CHAIR),
        (Stage.CONCERN, Subject.CHAIR, GOVERNOR),
        (Stage.ONE, Subject.CLASS, HEAD),
        (Stage.TWO, Subject.CLASS, CHAIR),
        (Stage.PANEL, Subject.CLASS, CHAIR),
    ],
)
def test_it_goes_to_the_nearest_person_first(stage, subject, hears):
    assert route(stage, subject, SEATS).staff == hears


def test_when_the_nearest_cannot_the_next_does():
    assert route(Stage.CONCERN, Subject.CLASS, SEATS, concerned={TEACHER}).staff == HEAD
    assert route(Stage.ONE, Subject.CLASS, SEATS, involved={TEACHER}).staff == HEAD
    assert route(Stage.ONE, Subject.SCHOOL, SEATS, involved={HEAD}).staff == CHAIR
    without_head = [seat for seat in SEATS if seat.rung is not Rung.HEAD]
    assert route(Stage.CONCERN, Subject.SCHOOL, without_head).staff == LEADER
    assert route(Stage.CONCERN, Subject.HEAD, SEATS[:3]) is None


def test_naming_the_head_keeps_it_from_the_head_whatever_was_ticked():
    assert route(Stage.CONCERN, Subject.CLASS, SEATS, concerned={HEAD}).staff == CHAIR
    assert kept_from(Subject.HEAD, SEATS, ()) == {HEAD}
    assert kept_from(Subject.HEAD, SEATS, {CHAIR}) == {HEAD, CHAIR}
    assert kept_from(Subject.CHAIR, SEATS, ()) == {CHAIR}


def test_who_is_named_is_found_by_the_last_name():
    people = [(1, "Mrs Zebrahart"), (2, "Dr Élodie Pegasus")]
    assert named_in("It was mrs zebrahart!", people) == {1}
    assert named_in("Elodie Pégasus", people) == {2}
    assert named_in("the dinner ladies", people) == frozenset()


OCTOBER = Calendar(
    marked=(
        Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18)),
        Days(Mark.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30)),
        Days(Mark.TERM, date(2027, 1, 4), date(2027, 3, 25)),
    )
)


def test_a_target_counts_school_days_over_half_term_and_the_change_of_the_clock():
    """The clocks go back on Sunday 25 October 2026, and the half-term week follows."""
    late_on_saturday = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert day_of(late_on_saturday) == date(2026, 10, 25), "half past midnight in summer time"
    a_week_later = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert day_of(a_week_later) == date(2026, 10, 31), "the same moment of UTC, in winter time"
    thursday = date(2026, 10, 22)
    assert due(thursday, 1, OCTOBER) == date(2026, 10, 23)
    assert due(thursday, 2, OCTOBER) == date(2026, 11, 2)
    assert due(day_of(late_on_saturday), 5, OCTOBER) == date(2026, 11, 6)
    assert due(date(2026, 12, 17), 2, OCTOBER) == date(2027, 1, 4), "over Christmas"


def test_a_bank_holiday_and_a_day_of_snow_do_not_count():
    snow = Calendar(marked=(Days(Mark.WEATHER, date(2026, 2, 3), date(2026, 2, 3)),))
    assert due(date(2026, 2, 2), 1, snow) == date(2026, 2, 4)
    assert due(date(2026, 5, 1), 1, Calendar()) == date(2026, 5, 5)


def test_a_target_is_near_two_school_days_before():
    friday = date(2026, 10, 23)
    assert is_near(date(2026, 11, 3), friday, OCTOBER)
    assert not is_near(date(2026, 11, 4), friday, OCTOBER)
    assert not is_near(date(2026, 10, 22), friday, OCTOBER)


DAY = date(2026, 11, 20)
BEFORE, AFTER = date(2026, 11, 19), date(2026, 11, 23)


def stands(**given):
    usual = {"acknowledge_by": DAY, "acknowledged": True, "due_on": DAY, "decided": False}
    return status(**{**usual, "closed": False, "on": DAY, **given})


def test_how_it_stands():
    assert stands() is Status.UNDERWAY
    assert stands(acknowledged=False) is Status.NEW
    assert stands(acknowledged=False, acknowledge_by=BEFORE) is Status.LATE
    assert stands(due_on=BEFORE) is Status.LATE
    assert stands(due_on=BEFORE, decided=True) is Status.ANSWERED
    assert stands(decided=True, closed=True) is Status.CLOSED


def goes_on(stage=Stage.ONE, decided=True, go_on_by=DAY, due_on=DAY):
    return may_go_on(stage, decided=decided, go_on_by=go_on_by, due_on=due_on, on=DAY)


def test_a_family_may_go_on_after_an_answer_for_some_days_and_when_none_came():
    assert goes_on()
    assert not goes_on(go_on_by=BEFORE)
    assert not goes_on(decided=False, go_on_by=None, due_on=DAY)
    assert goes_on(decided=False, go_on_by=None, due_on=BEFORE)
    assert not goes_on(Stage.PANEL)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ((11, 12, "Una Outside"), []),
        ((11, 12), ["A panel has three people."]),
        ((11, 12, 11), ["Somebody is named twice."]),
        ((11, 12, 1), ["Somebody cannot sit on this panel."]),
        ((11, 12, 2), ["Somebody has had to do with it before."]),
        ((11, 12, 3), ["Somebody works at the school."]),
    ],
)
def test_a_panel_is_three_people_without_a_part_in_it(members, words):
    assert wrong_with_panel(members, concerned={1}, involved={2}, employed={3}) == words


def test_small_numbers_stay_hidden_and_no_total_gives_them_away():
    assert hide_small({"a": 0, "b": 9}) == {"a": "0", "b": "9"}
    assert hide_small({"a": 1, "b": 4, "c": 9}) == {"a": HIDDEN, "b": HIDDEN, "c": "9"}
    assert hide_small({"a": 1, "b": 6, "c": 9}) == {"a": HIDDEN, "b": UNSAID, "c": "9"}
    for counts in product((0, 1, 4, 5, 20), repeat=3):
        shown = hide_small(dict(zip("abc", counts, strict=True)))
        secret = [name for name, said in shown.items() if said in (HIDDEN, UNSAID)]
        assert len(secret) != 1 or sum(count > 0 for count in counts) == 1


def test_a_stage_is_decided_by_fresh_eyes_whoever_answers_for_it():
    for stage, had_part in product(Stage, (False, True)):
        assert may_decide(stage, hears=True, had_part=had_part)
        early = stage in (Stage.CONCERN, Stage.ONE)
        assert may_decide(stage, hears=False, had_part=had_part) is (early and not had_part)


def test_nobody_but_governors_is_given_what_the_head_has_heard_or_what_is_high():
    def is_high(stage, subject=Subject.CLASS, **people):
        return is_for_governors(stage, subject, SEATS, **people)

    assert not is_high(Stage.CONCERN)
    assert not is_high(Stage.CONCERN, involved={HEAD})  # opened again, say
    assert not is_high(Stage.ONE, involved={TEACHER})
    assert is_high(Stage.ONE, involved={HEAD})
    assert is_high(Stage.TWO)
    assert is_high(Stage.PANEL)
    assert is_high(Stage.CONCERN, Subject.HEAD)
    assert is_high(Stage.CONCERN, concerned={HEAD})
