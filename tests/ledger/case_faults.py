"""Faults that somebody could make in the work on cases, planted one by one."""

from belisha.incidents.actions import deciding
from belisha.incidents.models.cases import CaseQuerySet
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import Calendar


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


FAULTS = [
    a_case_closes_without_its_follow_up,
    whom_it_is_about_is_not_barred,
    a_sanction_needs_no_test,
    a_bank_holiday_counts_as_a_working_day,
]
