"""When a device goes back, which step is suggested, what a count may show."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.devices.confiscations.rules import (
    FEWEST,
    Over,
    covers,
    few,
    next_envelope,
    return_of,
    shown,
    stays_over,
)
from belisha.people.calendar import LONDON, Calendar, Days, Mark
from belisha.policy.sanctions import (
    LADDERS,
    PHONES,
    Step,
    steps_in,
    suggested,
    text_of,
    why_no_ladder,
)

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
TERM = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18))
HALF_DAY = Days(Mark.EARLY, FRIDAY, FRIDAY, ends=time(12, 30))
SPRING = Days(Mark.TERM, date(2027, 1, 5), date(2027, 3, 26))
CALENDAR = Calendar(marked=(TERM, SPRING))


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("taken", "calendar", "back", "over"),
    [
        (at(FRIDAY, 14), CALENDAR, at(FRIDAY, 15, 15), None),
        (at(FRIDAY, 12), Calendar(marked=(TERM, HALF_DAY)), at(FRIDAY, 12, 30), None),
        (at(FRIDAY, 15, 15), CALENDAR, at(MONDAY, 15, 15), Over.WEEKEND),
        (at(FRIDAY, 13), Calendar(marked=(TERM, HALF_DAY)), at(MONDAY, 15, 15), Over.WEEKEND),
        (at(MONDAY, 16), CALENDAR, at(date(2026, 11, 24), 15, 15), Over.NIGHT),
        (at(date(2026, 12, 18), 16), CALENDAR, at(date(2027, 1, 5), 15, 15), Over.HOLIDAY),
    ],
)
def test_it_goes_back_by_the_end_of_the_school_day(taken, calendar, back, over):
    assert (return_of(taken, calendar).at, return_of(taken, calendar).over) == (back, over)


def test_it_stays_at_least_until_the_next_school_day_and_longer_if_asked():
    assert stays_over(FRIDAY, CALENDAR, FRIDAY) == (Over.WEEKEND, MONDAY)
    assert stays_over(date(2026, 11, 22), CALENDAR) == (Over.WEEKEND, MONDAY), "on a Sunday too"
    assert stays_over(MONDAY, CALENDAR, date(2026, 11, 25)) == (Over.NIGHT, date(2026, 11, 25))


def test_a_ladder_ends_with_its_last_step_and_begins_with_its_first():
    steps = LADDERS[PHONES].steps
    titles = [suggested(steps, earlier).title for earlier in (-1, 0, 1, 99)]
    assert titles == [steps[0].title, steps[0].title, steps[1].title, steps[-1].title]


def test_the_ladder_that_comes_with_us_is_one_and_is_read_back_as_it_was_written():
    steps = LADDERS[PHONES].steps
    assert why_no_ladder(steps) == ""
    assert steps_in(text_of(steps)) == steps


def test_days_stand_in_brackets_after_the_name():
    assert steps_in("Kept (2 days): In the safe (locked)\n\n Words ") == (
        Step("Kept", "In the safe (locked)", 2),
        Step("Words"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write at least one step."),
        (": only words", "Begin each line with the name of the step."),
        ("Talk\ntalk", "Two steps have the same name."),
        ("No sanction", "Two steps have the same name."),
        ("Kept (9 days)", "A device is kept for 5 school days at most."),
        ("x" * 90, "Name a step in 80 letters"),
        ("\n".join(map(str, range(11))), "These are 11 steps."),
    ],
)
def test_what_is_no_ladder_is_said_in_words(text, words):
    assert why_no_ladder(steps_in(text)).startswith(words)


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 30), max_size=6))
def test_no_small_count_is_shown_or_can_be_worked_out(counts):
    said = shown(counts)
    hidden = [counts[group] for group, number in said.items() if number is None]
    assert all(number is None or number >= FEWEST for number in said.values())
    shown_all = len(said) == len(hidden)
    assert not hidden or shown_all or (len(hidden) > 1 and sum(hidden) >= FEWEST)


def test_a_whole_that_is_small_is_not_told_either():
    assert [few(count) for count in (0, 1, 4, 5)] == ["0", "Fewer than 5", "Fewer than 5", "5"]


def test_another_device_may_be_the_very_one():
    assert covers(["watch"], "watch") and covers(["other"], "phone")
    assert not covers(["watch"], "phone")


def test_envelopes_are_numbered_on():
    assert next_envelope([]) == "1"
    assert next_envelope({"7", "12", "box"}) == "13"
