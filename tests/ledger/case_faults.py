"""Faults that somebody could make in the work on cases, planted one by one."""

from belisha.incidents.actions import deciding, handling, needs, rising
from belisha.incidents.models.cases import CaseQuerySet
from belisha.incidents.working import clocks
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import Calendar


def a_case_closes_without_its_follow_up(monkeypatch):
    real = deciding.why_not_close
    monkeypatch.setattr(
        deciding,
        "why_not_close",
        lambda ready, outcome: [one for one in real(ready, outcome) if "follow it up" not in one],
    )


def an_old_follow_up_counts_after_opening_again(monkeypatch):
    def ready_of(case):
        return deciding.Ready(
            deciding.Kind(case.kind),
            followed_up=case.follow_ups.exists(),
            open_tasks=0,
            not_told=0,
        )

    monkeypatch.setattr(deciding, "ready_of", ready_of)


def whom_it_is_about_is_not_barred(monkeypatch):
    monkeypatch.setattr(CaseQuerySet, "without_those_barred", lambda self, user, staff: self)


def whom_it_turns_out_to_be_about_goes_on(monkeypatch):
    monkeypatch.setattr(handling, "let_go", lambda case, *, by, at: None)


def what_is_late_rises_to_whomever(monkeypatch):
    monkeypatch.setattr(rising, "may_be_given", lambda staff, case: True)


def a_sanction_needs_no_test(monkeypatch):
    monkeypatch.setattr(deciding, "may_sanction", lambda replies: Verdict(Outcome.YES))


def a_bank_holiday_counts_as_a_working_day(monkeypatch):
    monkeypatch.setattr(Calendar, "is_working_day", lambda self, day: day.weekday() < 5)


def a_clock_begins_a_day_late(monkeypatch):
    real = clocks.due_at
    monkeypatch.setattr(
        needs, "due_at", lambda calendar, began, days: real(calendar, began, days + 1)
    )


def anybody_follows_up(monkeypatch):
    monkeypatch.setattr(deciding, "can_follow_up", lambda user, case, at: True)


FAULTS = [
    a_case_closes_without_its_follow_up,
    an_old_follow_up_counts_after_opening_again,
    whom_it_is_about_is_not_barred,
    whom_it_turns_out_to_be_about_goes_on,
    what_is_late_rises_to_whomever,
    a_sanction_needs_no_test,
    a_bank_holiday_counts_as_a_working_day,
    a_clock_begins_a_day_late,
    anybody_follows_up,
]
