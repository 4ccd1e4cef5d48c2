"""Bank holidays are computed, and are those that the government lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.people.bank_holidays import Nation, bank_holidays, easter_sunday

ENGLAND, SCOTLAND = Nation.ENGLAND_AND_WALES, Nation.SCOTLAND
NORTHERN_IRELAND = Nation.NORTHERN_IRELAND

# gov.uk/bank-holidays, as (month, day): years with substitute days and with proclaimed ones.
LISTED = {
    (2020, ENGLAND): [(1, 1), (4, 10), (4, 13), (5, 8), (5, 25), (8, 31), (12, 25), (12, 28)],
    (2021, ENGLAND): [(1, 1), (4, 2), (4, 5), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
    (2022, ENGLAND): [
        *((1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29), (9, 19), (12, 26), (12, 27)),
    ],
    (2023, ENGLAND): [
        *((1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)),
    ],
    (2026, ENGLAND): [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
    (2027, ENGLAND): [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
    (2022, SCOTLAND): [
        *((1, 3), (1, 4), (4, 15), (5, 2), (6, 2), (6, 3), (8, 1), (9, 19)),
        *((11, 30), (12, 26), (12, 27)),
    ],
    (2026, SCOTLAND): [
        *((1, 1), (1, 2), (4, 3), (5, 4), (5, 25), (6, 15), (8, 3), (11, 30), (12, 25), (12, 28)),
    ],
    (2026, NORTHERN_IRELAND): [
        *((1, 1), (3, 17), (4, 3), (4, 6), (5, 4), (5, 25), (7, 13), (8, 31), (12, 25), (12, 28)),
    ],
}


@pytest.mark.parametrize(("year", "nation"), LISTED)
def test_they_are_those_that_the_government_lists(year, nation):
    listed = [date(year, month, day) for month, day in LISTED[year, nation]]
    assert list(bank_holidays(year, nation)) == listed


@pytest.mark.parametrize(
    "easter",
    [
        *(date(2000, 4, 23), date(2008, 3, 23), date(2019, 4, 21), date(2024, 3, 31)),
        *(date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25), date(2049, 4, 18)),
    ],
)
def test_easter_is_where_the_almanac_has_it(easter):
    assert easter_sunday(easter.year) == easter


@given(year=st.integers(1980, 2200), nation=st.sampled_from(Nation))
def test_each_is_a_weekday_and_none_is_lost(year, nation):
    days = bank_holidays(year, nation)
    assert all(day.weekday() < 5 and day.year == year for day in days)
    fewest = {ENGLAND: 8, SCOTLAND: 9, NORTHERN_IRELAND: 10}
    assert len(days) >= fewest[nation]


@given(year=st.integers(1980, 2200))
def test_easter_is_a_sunday_within_its_five_weeks(year):
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 3, 22) + timedelta(days=34)


def test_a_substitute_day_is_named_as_one():
    assert bank_holidays(2022, ENGLAND)[date(2022, 12, 26)] == "Boxing Day"
    assert bank_holidays(2022, ENGLAND)[date(2022, 12, 27)] == "Christmas Day (substitute day)"
