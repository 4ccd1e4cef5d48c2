"""What waits stands in the order of how late it is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from belisha.lib.task import Task, When, by_lateness, grouped

FRIDAY = date(2026, 11, 20)


def task(title, days=None):
    due = None if days is None else FRIDAY + timedelta(days=days)
    return Task(title, "", "/", "Do it", "clock", due)


def test_late_comes_first_then_by_day_then_what_has_none_in_the_order_it_came():
    tasks = [task("b"), task("week", 6), task("today", 0), task("a"), task("late", -2)]
    titles = [one.title for one in by_lateness([*tasks, task("latest", -9), task("far", 7)])]
    assert titles == ["latest", "late", "today", "week", "far", "b", "a"]


def test_groups_are_late_today_within_a_week_and_later_and_none_is_empty():
    tasks = [task("none"), task("far", 7), task("week", 1), task("edge", 6), task("late", -1)]
    groups = {near: [one.title for one in some] for near, some in grouped(tasks, FRIDAY).items()}
    assert groups == {
        When.LATE: ["late"],
        When.WEEK: ["week", "edge"],
        When.LATER: ["far", "none"],
    }


@given(st.lists(st.none() | st.integers(-400, 400)))
def test_grouping_loses_nothing_and_keeps_the_order(days):
    tasks = [task(str(number), one) for number, one in enumerate(days)]
    groups = grouped(tasks, FRIDAY)
    assert [one for some in groups.values() for one in some] == by_lateness(tasks)
    assert list(groups) == [near for near in When if near in groups]
