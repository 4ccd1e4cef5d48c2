"""The reminder at an event: said with one tap, undone, told later, missed and followed up (P.v)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.events import clauses
from belisha.events.actions import keeping, occasions, reminders
from belisha.events.jobs import EACH_MINUTE, find_breaches
from belisha.events.models import Event, FollowUp, Said, WhoComes
from belisha.events.rules import MONTH, Spoken
from belisha.events.standing import stands_one
from belisha.events.todo import todo
from belisha.lib.state import Standing
from belisha.people.access import Refused


def titles(person, at):
    return [task.title for task in todo(person.user, at.date())]


def hours(now, many):
    return now + timedelta(hours=many)


def test_one_tap_says_it_with_its_words_and_who_speaks_sees_it_no_more(cast, planned, now):
    event = planned(speaker=cast.assistant, reminder="Film your own child.")
    assert titles(cast.assistant, now) == ["Say the reminder at Sports day"]
    said = reminders.say(event, by=cast.assistant.user, at=hours(now, 1))
    assert said.words == "Film your own child."
    assert titles(cast.assistant, now) == []
    assert stands_one(event, hours(now, 4)) is Spoken.SAID
    with pytest.raises(ValidationError, match="written down already"):
        reminders.say(event, by=cast.teacher.user, at=hours(now, 2))


def test_a_slip_is_undone_at_once_and_needs_a_reason_later(cast, planned, now):
    event = planned()
    said = reminders.say(event, by=cast.teacher.user, at=hours(now, 1))
    later = hours(now, 1) + timedelta(minutes=11)
    for by, at in ((cast.teacher, later), (cast.head, hours(now, 1))):
        with pytest.raises(ValidationError, match="too late"):
            reminders.take_back(said, by=by.user, at=at)
    reminders.take_back(said, by=cast.teacher.user, at=hours(now, 1))
    assert stands_one(event, hours(now, 2)) is Spoken.DUE
    again = reminders.say(event, by=cast.teacher.user, at=hours(now, 2))
    with pytest.raises(Refused):
        reminders.set_aside(again, why="Not so", by=cast.assistant.user, at=hours(now, 5))
    reminders.set_aside(again, why="Not so", by=cast.leader.user, at=hours(now, 5))
    assert stands_one(event, hours(now, 5)) is Spoken.MISSED
    assert Said.objects.count() == 2, "what was tapped stays"


def test_it_is_neither_said_too_early_nor_after_the_event(cast, planned, now):
    event = planned(starts_at=hours(now, 10), ends_at=hours(now, 11))
    with pytest.raises(ValidationError, match="too early"):
        reminders.say(event, by=cast.teacher.user, at=now)
    with pytest.raises(ValidationError, match="is over"):
        reminders.say(event, by=cast.teacher.user, at=hours(now, 11))


def test_what_was_told_later_counts_once_another_leader_accepts_it(cast, planned, now):
    event = planned()
    with pytest.raises(ValidationError, match="not over"):
        reminders.tell_later(
            event, said_at=hours(now, 1), note="I", by=cast.head.user, at=hours(now, 2)
        )
    said = reminders.tell_later(
        event, said_at=hours(now, 1), note="I did", by=cast.head.user, at=hours(now, 4)
    )
    assert stands_one(event, hours(now, 4)) is Spoken.TOLD_LATER
    assert titles(cast.leader, now) == ["Was the reminder said at Sports day?"]
    assert titles(cast.head, now) == []
    with pytest.raises(ValidationError, match="yourself"):
        reminders.accept(said, by=cast.head.user, at=hours(now, 5))
    with pytest.raises(Refused):
        reminders.accept(said, by=cast.teacher.user, at=hours(now, 5))
    reminders.accept(said, by=cast.leader.user, at=hours(now, 5))
    assert stands_one(event, hours(now, 5)) is Spoken.SAID
    assert clauses.spoken(now.date()).figure == "1 of 1"


def test_an_event_that_ended_in_silence_breaks_the_clause_until_a_leader_followed_it_up(
    cast, planned, now
):
    event = planned(speaker=cast.teacher)
    planned(title="Staff tea", comes=WhoComes.STAFF, classes=[])
    cancelled = planned(title="Fair")
    occasions.cancel(cancelled, by=cast.office.user, at=now)
    EACH_MINUTE.forget()
    find_breaches(hours(now, 4))
    EACH_MINUTE.forget()
    find_breaches(hours(now, 5))
    assert [one.missed_at for one in Event.objects.exclude(missed_at=None)] == [hours(now, 4)]
    assert clauses.spoken(now.date()).standing is Standing.BROKEN
    assert "Nobody said the reminder at Sports day" in titles(cast.head, now)
    assert titles(cast.teacher, now) == ["Was the reminder said at Sports day?"]
    with pytest.raises(Refused):
        reminders.follow_up(event, words="We wrote", by=cast.teacher.user, at=hours(now, 6))
    reminders.follow_up(event, words="We wrote to all.", by=cast.head.user, at=hours(now, 6))
    assert titles(cast.head, now) == []
    state = clauses.spoken(now.date())
    assert (state.standing, state.figure) == (Standing.KEPT, "0 of 1")


def test_an_event_that_is_over_is_not_rewritten(cast, planned, now):
    event = planned()
    for act in (
        lambda: occasions.change(event, [], title="Other", by=cast.teacher.user, at=hours(now, 4)),
        lambda: occasions.cancel(event, by=cast.teacher.user, at=hours(now, 4)),
    ):
        with pytest.raises(ValidationError, match="is over"):
            act()
    with pytest.raises(Refused):
        occasions.cancel(event, by=cast.assistant.user, at=now)


def test_an_event_is_erased_after_its_years_and_one_that_waits_is_not(cast, planned, now, school):
    said, silent, handled = planned(), planned(title="Play"), planned(title="Fair")
    reminders.say(said, by=cast.teacher.user, at=hours(now, 1))
    reminders.follow_up(handled, words="We wrote", by=cast.head.user, at=hours(now, 4))
    assert keeping.erase_old(school, at=now + 83 * MONTH) == 0
    assert keeping.erase_old(school, at=now + 85 * MONTH) == 2
    assert list(Event.objects.all()) == [silent]
    assert not Said.objects.exists() and not FollowUp.objects.exists()
