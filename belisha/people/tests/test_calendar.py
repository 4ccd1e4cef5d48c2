"""Days and hours: what counts as a school day, a working day, a lesson."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.people.bank_holidays import Nation
from belisha.people.calendar import LONDON, Break, Calendar, Days, Hour, Mark

DAY = timedelta(days=1)
FRIDAY = date(2026, 11, 20)
AUTUMN = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18), "Autumn term")
SPRING = Days(Mark.TERM, date(2027, 1, 4), date(2027, 3, 25), "Spring term")
HALF_TERM = Days(Mark.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30), "Half-term")
INSET = Days(Mark.INSET, date(2026, 11, 23), date(2026, 11, 23))
CHRISTMAS_AT_COUNCIL = Days(Mark.AUTHORITY, date(2026, 12, 29), date(2026, 12, 31))
KEPT = Calendar(marked=(AUTUMN, SPRING, HALF_TERM, INSET, CHRISTMAS_AT_COUNCIL))

YEARS = {  # the zone comes with the strategy
    "min_value": datetime(2024, 1, 1),  # noqa: DTZ001
    "max_value": datetime(2030, 12, 31),  # noqa: DTZ001
}
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
spans = st.builds(
    lambda mark, first, length: Days(mark, first, first + length * DAY),
    st.sampled_from(Mark),
    days,
    st.integers(0, 120),
)
calendars = st.builds(
    Calendar, nation=st.sampled_from(Nation), marked=st.lists(spans, max_size=12).map(tuple)
)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (FRIDAY, True),
        (FRIDAY + DAY, False),
        (HALF_TERM.first_day, False),
        (INSET.first_day, False),
        (AUTUMN.last_day, True),
        (date(2026, 12, 21), False),
        (date(2027, 1, 4), True),
    ],
)
def test_a_school_day_is_a_weekday_in_a_term_on_which_the_school_is_open(day, counts):
    assert KEPT.is_school_day(day) is counts


def test_the_authority_works_in_the_holidays_but_not_when_it_is_closed():
    assert KEPT.is_working_day(HALF_TERM.first_day)
    assert KEPT.is_working_day(INSET.first_day)
    assert KEPT.is_working_day(date(2026, 12, 24))
    assert not KEPT.is_working_day(date(2026, 12, 28)), "Boxing Day, substitute"
    assert not KEPT.is_working_day(date(2026, 12, 30))
    assert not KEPT.is_working_day(FRIDAY + DAY)


def test_an_authority_that_is_closed_closes_no_school():
    closed = Days(Mark.AUTHORITY, FRIDAY, FRIDAY)
    assert Calendar(marked=(AUTUMN, closed)).is_school_day(FRIDAY)
    assert not Calendar(marked=(AUTUMN, closed)).is_working_day(FRIDAY)


def test_an_extra_bank_holiday_closes_both():
    extra = Calendar(marked=(AUTUMN, Days(Mark.BANK_HOLIDAY, FRIDAY, FRIDAY, "A coronation")))
    assert not extra.is_school_day(FRIDAY)
    assert not extra.is_working_day(FRIDAY)
    assert extra.closed_for(FRIDAY) == "A coronation"


def test_days_are_counted_over_weekends_inset_days_and_holidays():
    assert KEPT.add_school_days(FRIDAY, 1) == date(2026, 11, 24)
    assert KEPT.add_working_days(FRIDAY, 1) == date(2026, 11, 23)
    assert KEPT.add_school_days(AUTUMN.last_day, 1) == SPRING.first_day
    assert KEPT.add_working_days(date(2026, 12, 24), 1) == date(2027, 1, 4)
    assert KEPT.add_school_days(date(2026, 10, 23), 5) == date(2026, 11, 6)
    assert KEPT.add_school_days(FRIDAY, 0) == FRIDAY
    assert KEPT.add_school_days(FRIDAY + DAY, 0) == date(2026, 11, 24)


def test_days_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        KEPT.add_school_days(FRIDAY, -1)


@given(calendars, days, st.integers(1, 60))
def test_so_many_days_lie_between_and_the_last_of_them_counts(calendar, start, number):
    for add, counts in (
        (calendar.add_school_days, calendar.is_school_day),
        (calendar.add_working_days, calendar.is_working_day),
    ):
        end = add(start, number)
        assert counts(end)
        between = (start + step * DAY for step in range(1, (end - start).days + 1))
        assert sum(map(counts, between)) == number


@given(calendars, days, st.integers(0, 40), st.integers(0, 40))
def test_counting_in_two_goes_is_counting_once(calendar, start, one, other):
    for add in (calendar.add_school_days, calendar.add_working_days):
        assert add(add(start, one), other) == add(start, one + other) or one == 0


@given(calendars, days)
def test_a_later_start_never_ends_earlier(calendar, start):
    ends = [calendar.add_school_days(start + step * DAY, 10) for step in range(30)]
    assert all(one <= other for one, other in pairwise(ends))


@given(calendars, days)
def test_nobody_is_at_school_at_a_weekend_or_on_a_bank_holiday(calendar, day):
    if day.weekday() > 4 or calendar.bank_holiday(day):
        assert not calendar.is_school_day(day)
        assert not calendar.is_working_day(day)


@given(calendars, days, st.sampled_from([mark for mark in Mark if mark.closes_school]))
def test_closing_a_day_closes_it_and_opens_none(calendar, day, mark):
    closed = Calendar(nation=calendar.nation, marked=(*calendar.marked, Days(mark, day, day)))
    assert not closed.is_school_day(day)
    others = [day + step * DAY for step in range(-20, 21) if step]
    assert [closed.is_school_day(one) for one in others] == [
        calendar.is_school_day(one) for one in others
    ]


def test_without_terms_every_weekday_counts_but_the_usual_holidays():
    unset = Calendar()
    assert unset.is_school_day(FRIDAY)
    assert not unset.is_school_day(date(2026, 8, 12))
    assert not unset.is_school_day(date(2026, 12, 23))
    assert not unset.is_school_day(date(2027, 1, 1))
    assert unset.known_until is None
    assert Calendar(nation=Nation.SCOTLAND).is_school_day(date(2026, 8, 20))


def test_after_the_last_known_term_days_count_as_usual_and_between_terms_none_does():
    assert KEPT.known_until == SPRING.last_day
    assert KEPT.is_school_day(date(2027, 4, 20))
    assert not KEPT.is_school_day(date(2026, 12, 21))


def test_a_day_belongs_to_its_term_holidays_included():
    assert KEPT.term_of(HALF_TERM.first_day) == AUTUMN
    assert KEPT.term_of(date(2026, 12, 21)) is None


HOURS = Calendar(
    marked=(AUTUMN,),
    starts=time(8, 50),
    ends=time(15, 20),
    breaks=(Break(time(10, 30), time(10, 45)), Break(time(12), time(13))),
)


@pytest.mark.parametrize(
    ("clock", "hour"),
    [
        ("08:49", Hour.BEFORE),
        ("08:50", Hour.LESSON),
        ("10:29", Hour.LESSON),
        ("10:30", Hour.BREAK),
        ("10:45", Hour.LESSON),
        ("12:59", Hour.BREAK),
        ("13:00", Hour.LESSON),
        ("15:19", Hour.LESSON),
        ("15:20", Hour.AFTER),
    ],
)
def test_a_moment_is_a_lesson_a_break_or_neither(clock, hour):
    moment = datetime.combine(FRIDAY, time.fromisoformat(clock), UTC)  # winter: UTC is London
    assert HOURS.lesson_time(moment) is hour


def test_the_clock_is_that_of_the_school_in_summer_too():
    summer = datetime(2026, 9, 3, 7, 50, tzinfo=UTC)
    assert HOURS.lesson_time(summer) is Hour.LESSON
    assert HOURS.lesson_time(summer - timedelta(minutes=1)) is Hour.BEFORE


def test_no_moment_of_a_holiday_is_a_lesson():
    assert KEPT.lesson_time(datetime(2026, 10, 27, 10, tzinfo=UTC)) is Hour.CLOSED


@given(calendars, st.datetimes(timezones=st.just(UTC), **YEARS))
def test_a_lesson_is_on_a_school_day_within_school_hours(calendar, moment):
    here = moment.astimezone(LONDON)
    if calendar.lesson_time(moment) in (Hour.LESSON, Hour.BREAK):
        assert calendar.is_school_day(here.date())
        assert calendar.starts <= here.time() < calendar.ends
    elif calendar.is_school_day(here.date()):
        assert not calendar.starts <= here.time() < calendar.ends
