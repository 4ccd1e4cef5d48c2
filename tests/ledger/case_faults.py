"""Faults that somebody could make in the work on cases, planted one by one."""

from datetime import UTC

from belisha.incidents.actions import deciding
from belisha.incidents.models.cases import CaseQuerySet
from belisha.incidents.working import clocks
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import Calendar

AUGUST = 8


def a_case_closes_without_its_follow_up(monkeypatch):
    real = deciding.why_not_close
    monkeypatch.setattr(
        deciding,
        "why_not_close",
        lambda ready, outcome: [one for one in real(ready, outcome) if "follow it up" not in one],
    )


def whom_it_is_about_is_not_barred(monkeypatch):
    monkeypatch.setattr(CaseQuerySet, "without_those_barred", lambda self, user, staff: self)


def a_sanction_needs_no_test(monkeypatch):
    monkeypatch.setattr(deciding, "may_sanction", lambda replies: Verdict(Outcome.YES))


def a_bank_holiday_counts_as_a_working_day(monkeypatch):
    monkeypatch.setattr(Calendar, "is_working_day", lambda self, day: day.weekday() < 5)


def the_clock_stands_still_in_the_holidays_of_august(monkeypatch):
    real = Calendar.is_working_day
    monkeypatch.setattr(
        Calendar, "is_working_day", lambda self, day: day.month != AUGUST and real(self, day)
    )


def an_office_closes_by_the_clock_of_winter(monkeypatch):
    monkeypatch.setattr(clocks, "LONDON", UTC)


FAULTS = [
    a_case_closes_without_its_follow_up,
    whom_it_is_about_is_not_barred,
    a_sanction_needs_no_test,
    a_bank_holiday_counts_as_a_working_day,
    the_clock_stands_still_in_the_holidays_of_august,
    an_office_closes_by_the_clock_of_winter,
]
