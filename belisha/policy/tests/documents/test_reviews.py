"""Whoever reviews a document is reminded in time, once for each day, and weekly once it is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.people.models import Mail
from belisha.policy import jobs
from belisha.policy.actions import documents as acts
from belisha.policy.actions.reviews import remind, to_remind
from belisha.policy.documents_todo import documents_todo
from belisha.policy.models import Approval, ReviewReminder
from belisha.policy.reviewing import reminder_due
from belisha.policy.tests.documents.text import FRONT

DUE = date(2027, 6, 30)
SINCE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (-61, None),
        (-60, -60),
        (-31, -60),
        (-30, -30),
        (-7, -7),
        (0, -7),
        (1, 1),
        (7, 1),
        (8, 8),
        (400, 400 - 399 % 7),
    ],
)
def test_a_reminder_is_due_60_30_and_7_days_before_and_each_week_after(days, due):
    found = reminder_due(DUE, since=SINCE, on=DUE + timedelta(days=days))
    assert found == (None if due is None else DUE + timedelta(days=due))


@given(st.integers(-80, 120), st.integers(-80, 60))
def test_no_reminder_is_of_a_day_before_the_version_or_after_today(days, since):
    on, issued = DUE + timedelta(days=days), DUE + timedelta(days=since)
    found = reminder_due(DUE, since=issued, on=on)
    assert found is None or issued < found <= on


@pytest.fixture
def every_day():
    """Let the job of the background run as though each call were an hour later."""

    def run(at):
        jobs.LOOK.forget()
        return jobs.remind_reviewers(at)

    yield run
    jobs.LOOK.forget()


def mails():
    return [(mail.to, mail.subject) for mail in Mail.objects.filter(kind="review").order_by("id")]


def test_the_head_is_reminded_by_mail_once_for_each_day(cast, main, in_force, every_day, now):
    in_force.review_on = now.date() + timedelta(days=62)
    in_force.save()
    told = []
    for day in range(80):
        at = now + timedelta(days=day)
        for _ in range(2):  # two workers, say
            every_day(at)
        told += [day] * (len(mails()) - len(told))
    assert told == [2, 32, 55, 63, 70, 77]
    assert {to for to, _ in mails()} == {cast.head.email}
    subjects = [subject for _, subject in mails()]
    assert "is due on 21 January 2027" in subjects[0]
    assert "was due on 21 January 2027" in subjects[-1]
    body = Mail.objects.filter(kind="review").first().body
    assert "/policy/social-media/" in body


def test_who_is_named_as_reviewer_is_reminded_and_the_head_when_they_have_left(
    cast, main, in_force, now
):
    in_force.review_on = now.date() + timedelta(days=60)
    in_force.save()
    word = {"title": main.title, "by": cast.head.user, "at": now}
    acts.change_document(main, reviewer=cast.leader, **word)
    on = now.date()
    assert [staff for _, staff, _ in to_remind(on)] == [cast.leader]
    cast.leader.left_on = on
    cast.leader.save()
    assert [staff for _, staff, _ in to_remind(on)] == [cast.head]


def test_the_next_version_ends_the_reminders(cast, main, in_force, issue, now):
    in_force.review_on = now.date() - timedelta(days=3)
    in_force.save()
    on = now.date()
    assert [staff for _, staff, _ in to_remind(on)] == [cast.head]
    draft = acts.start_draft(main, substance=False, by=cast.head.user, at=now)
    acts.change_front(draft, review_on=on + timedelta(days=365), by=cast.head.user, at=now)
    issue(draft)
    assert list(to_remind(on)) == []


def test_a_reminder_that_another_process_posted_is_not_posted_again(cast, in_force, now):
    in_force.review_on = now.date()
    in_force.save()
    on = now.date()
    ((version, staff, due_on),) = to_remind(on)
    assert remind(version, staff, due_on, on=on, at=now)
    assert not remind(version, staff, due_on, on=on, at=now)
    assert len(mails()) == ReviewReminder.objects.count() == 1


def titles(staff, on):
    return [task.title for task in documents_todo(staff.user, on)]


def test_today_shows_what_waits_for_the_head_and_the_chair(cast, drafted, approve, now):
    on, name = now.date(), "Version 1.0 of “Social media and digital photography”"
    assert titles(cast.head, on) == [f"{name} waits for you to approve"]
    assert titles(cast.chair, on) == []
    seen = drafted.digest
    acts.approve(drafted, Approval.Side.HEAD, seen=seen, by=cast.head.user, at=now)
    assert titles(cast.head, on) == []
    assert titles(cast.chair, on) == [f"{name} waits for the governors"]
    approve(drafted)
    assert titles(cast.head, on) == [f"{name} waits for you to issue"]
    assert titles(cast.chair, on) == []
    assert titles(cast.teacher, on) == titles(cast.governor, on) == []


def test_today_shows_the_review_to_whoever_is_its_reviewer(cast, main, in_force, now):
    review = in_force.review_on
    assert titles(cast.head, review - timedelta(days=61)) == []
    for days in (-60, 1):
        (task,) = documents_todo(cast.head.user, review + timedelta(days=days))
        assert task.title.startswith("Review “") and task.due == review
    assert titles(cast.leader, review) == []
    assert FRONT["review_on"] == review
