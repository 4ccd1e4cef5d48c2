"""Who may take which device where, when it is late, and what its memory owes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from belisha.devices.rules import (
    Late,
    Terms,
    agrees,
    check_due,
    lateness,
    may_borrow,
    may_leave,
    usual_due,
    wipe_due,
)
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import LONDON, Calendar

FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)
YES, ASK = Verdict(Outcome.YES), Verdict(Outcome.ASK, remedy="Ask the head")
SCHOOL = Calendar()


@pytest.mark.parametrize(
    ("terms", "entitled", "ground"),
    [
        (Terms(retired=True), True, "It is not in use any more"),
        (Terms(lost=True), True, "It is reported lost"),
        (Terms(has_it="Mr Tactile"), True, "Mr Tactile has it"),
        (Terms(broken=True), True, "It does not work"),
        (Terms(users="the staff of Robins"), False, "It is kept for the staff of Robins"),
    ],
)
def test_a_device_stays_when_it_cannot_be_taken(terms, entitled, ground):
    verdict = may_borrow(terms, entitled=entitled)
    assert verdict.outcome is Outcome.NO
    assert [(reason.clause, reason.text) for reason in verdict.reasons] == [("P.ix", ground)]


def test_whoever_it_is_kept_for_takes_it_in_school_without_asking():
    assert may_borrow(Terms(), entitled=True)


def test_off_site_the_word_about_leaving_counts():
    assert may_borrow(Terms(), entitled=True, off_site=ASK).outcome is Outcome.ASK
    assert not may_borrow(Terms(), entitled=False, off_site=YES)


@pytest.mark.parametrize(
    ("days", "visit", "agreed", "on", "outcome"),
    [
        ((FRIDAY, FRIDAY), (FRIDAY, FRIDAY), YES, FRIDAY, Outcome.YES),
        ((FRIDAY - DAY, FRIDAY + DAY), (FRIDAY, FRIDAY), YES, FRIDAY + DAY, Outcome.YES),
        ((FRIDAY, FRIDAY), (FRIDAY, FRIDAY), ASK, FRIDAY, Outcome.ASK),
        ((FRIDAY, FRIDAY), None, YES, FRIDAY, Outcome.NO),  # the visit was cancelled
        ((FRIDAY - 2 * DAY, FRIDAY), (FRIDAY, FRIDAY), YES, FRIDAY, Outcome.NO),
        ((FRIDAY, FRIDAY + 2 * DAY), (FRIDAY, FRIDAY), YES, FRIDAY, Outcome.NO),
        ((FRIDAY, FRIDAY), (FRIDAY, FRIDAY), YES, FRIDAY - DAY, Outcome.NO),
        ((FRIDAY, FRIDAY), (FRIDAY, FRIDAY), YES, FRIDAY + DAY, Outcome.NO),
    ],
)
def test_it_leaves_only_for_a_visit_around_its_days_and_with_the_head_s_yes(
    days, visit, agreed, on, outcome
):
    assert may_leave(days, visit, agreed, on=on).outcome is outcome


def test_it_comes_back_when_school_ends_or_on_the_next_school_day():
    morning = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert usual_due(morning, SCHOOL) == datetime(2026, 11, 20, 15, 15, tzinfo=LONDON)
    evening = morning.replace(hour=17)
    assert usual_due(evening, SCHOOL) == datetime(2026, 11, 23, 15, 15, tzinfo=LONDON)


def test_the_holder_hears_first_then_the_office_then_the_head():
    days = [FRIDAY - DAY, FRIDAY, FRIDAY + DAY, FRIDAY + 3 * DAY, FRIDAY + 5 * DAY]
    heard = [lateness(FRIDAY, day, SCHOOL) for day in days]
    assert heard == [Late.NOT, Late.HOLDER, Late.HOLDER, Late.OFFICE, Late.HEAD]


def test_a_memory_is_wiped_by_the_next_school_day():
    assert wipe_due(FRIDAY, SCHOOL) == date(2026, 11, 23)


def test_devices_are_counted_within_twenty_school_days_of_the_term():
    assert check_due(date(2026, 9, 1), SCHOOL) == date(2026, 9, 28)


def test_as_many_are_deleted_as_came_in_or_somebody_says_why():
    assert agrees(3, 3, "")
    assert not agrees(3, 2, " ")
    assert agrees(3, 2, "One was blurred")
