"""The rule of readings: what is due by when, for whom, and how it stands (B.0 and others)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.people.calendar import Calendar, Days, Mark
from belisha.policy.awareness import first_day, school_year
from belisha.policy.duties import (
    USUAL,
    Acknowledged,
    Asked,
    Duty,
    Edition,
    Reader,
    Recurrence,
    State,
    asked_of,
    forget_declarations_on,
    reminder_days,
    review_due,
    review_state,
    wants_reminder,
    why_no_question,
)

DAY = timedelta(days=1)
ISSUED = date(2026, 11, 2)
POLICY, KCSIE = 1, 2
TEACHER = Reader(1, frozenset({"teacher"}))
DUTY = Duty(
    10, POLICY, frozenset({"teacher", "head"}), "", 14, Recurrence.VERSION, date(2026, 1, 1)
)
FIRST = Edition(100, POLICY, 1, 0, ISSUED)


def read(edition, on, part="", reader=TEACHER, pk=1000):
    return Acknowledged(pk, reader.pk, edition.document, edition.major, part, on)


def asked(reader=TEACHER, *, on=ISSUED, duties=(DUTY,), editions=(FIRST,), reads=()):
    return asked_of(reader, on=on, duties=duties, editions=editions, reads=reads)


def state(**what):
    (one,) = asked(**what)
    return one.state


def test_a_reading_is_due_until_its_last_day_and_late_after_it():
    (one,) = asked(on=ISSUED)
    assert (one.asked_on, one.due_on, one.state) == (ISSUED, ISSUED + 14 * DAY, State.DUE)
    assert state(on=one.due_on) is State.DUE
    assert state(on=one.due_on + DAY) is State.LATE
    assert state(on=one.due_on + DAY, reads=[read(FIRST, one.due_on + DAY)]) is State.DONE


def test_nobody_is_asked_before_the_version_is_issued():
    assert asked(on=ISSUED - DAY) == []
    assert asked(editions=()) == []


def test_whoever_has_no_role_of_the_duty_is_not_asked():
    assert asked(Reader(1, frozenset({"office"}))) == []


def test_a_joiner_is_asked_from_the_first_day_and_a_leaver_no_more():
    joiner = replace(TEACHER, joined_on=ISSUED + 100 * DAY, left_on=ISSUED + 150 * DAY)
    assert asked(joiner, on=ISSUED + 99 * DAY) == []
    (one,) = asked(joiner, on=ISSUED + 100 * DAY)
    assert (one.asked_on, one.due_on) == (ISSUED + 100 * DAY, ISSUED + 114 * DAY)
    assert len(asked(joiner, on=ISSUED + 149 * DAY)) == 1
    assert asked(joiner, on=ISSUED + 150 * DAY) == []


def test_a_small_edit_asks_nobody_again_and_a_change_of_substance_asks_all():
    done = [read(FIRST, ISSUED)]
    small = Edition(101, POLICY, 1, 1, ISSUED + 5 * DAY)
    large = Edition(102, POLICY, 2, 0, ISSUED + 9 * DAY)
    (one,) = asked(on=ISSUED + 6 * DAY, editions=(FIRST, small), reads=done)
    assert (one.state, one.edition) == (State.DONE, small)
    (one,) = asked(on=ISSUED + 9 * DAY, editions=(FIRST, small, large), reads=done)
    assert (one.state, one.asked_on) == (State.DUE, ISSUED + 9 * DAY)
    # Who had not read yet gets no more days by a small edit.
    (one,) = asked(on=ISSUED + 6 * DAY, editions=(FIRST, small))
    assert (one.edition, one.due_on) == (small, ISSUED + 14 * DAY)


@pytest.mark.parametrize(
    ("recurrence", "asked_again_on"),
    [
        (Recurrence.YEARLY, date(2027, 9, 1)),
        (Recurrence.TERMLY, date(2027, 1, 1)),
    ],
)
def test_what_recurs_is_asked_anew_when_the_round_begins(recurrence, asked_again_on):
    duty, done = replace(DUTY, recurrence=recurrence), [read(FIRST, ISSUED)]
    assert state(on=asked_again_on - DAY, duties=[duty], reads=done) is State.DONE
    (one,) = asked(on=asked_again_on, duties=[duty], reads=done)
    assert (one.state, one.asked_on) == (State.DUE, asked_again_on)


def test_who_must_read_all_of_it_has_not_by_reading_a_part():
    leaders = Duty(
        20, KCSIE, frozenset({"head"}), "", 28, Recurrence.VERSION, date(2026, 1, 1), None, 1
    )
    others = replace(
        leaders, pk=21, roles=frozenset({"teacher"}), part="Part one", days=14, position=2
    )
    book = Edition(200, KCSIE, 1, 0, ISSUED)
    head = Reader(2, frozenset({"head", "teacher"}))
    know = {"duties": [others, leaders], "editions": [book]}
    (one,) = asked(head, **know)
    assert one.duty == leaders, "for the one with two duties, all of it counts"
    part, whole = read(book, ISSUED, "Part one", head), read(book, ISSUED, "", head)
    assert asked(head, reads=[part], **know)[0].state is State.DUE
    assert asked(head, reads=[whole], **know)[0].state is State.DONE
    # And whoever read all of it has read each part.
    everything = read(book, ISSUED, "", TEACHER)
    assert asked(TEACHER, reads=[everything], **know)[0].state is State.DONE
    other_part = read(book, ISSUED, "Annex A", TEACHER)
    assert asked(TEACHER, reads=[other_part], **know)[0].state is State.DUE


def test_a_changed_duty_leaves_the_past_as_it_was():
    changed_on = ISSUED + 30 * DAY
    old, new = replace(DUTY, ended_on=changed_on), replace(DUTY, pk=11, days=7, began_on=changed_on)
    (then,) = asked(on=changed_on - DAY, duties=[old, new])
    (now,) = asked(on=changed_on, duties=[old, new])
    assert (then.duty, then.state) == (old, State.LATE)
    assert (now.duty, now.due_on) == (new, changed_on + 7 * DAY)


days = st.dates(date(2026, 7, 1), date(2027, 3, 1))
late_days = st.dates(date(2026, 11, 1), date(2027, 6, 1))
editions = st.lists(
    st.builds(
        Edition,
        st.integers(1, 10**6),
        st.sampled_from((POLICY, KCSIE)),
        st.integers(1, 4),
        st.integers(0, 3),
        days,
    ),
    min_size=1,
    max_size=6,
)
duties = st.lists(
    st.builds(
        Duty,
        st.integers(1, 10**6),
        st.sampled_from((POLICY, KCSIE)),
        st.frozensets(st.sampled_from(("head", "teacher", "office")), min_size=1),
        st.sampled_from(("", "Part one", "Annex A")),
        st.integers(1, 200),
        st.sampled_from(Recurrence),
        days,
        st.none() | late_days,
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=6,
)
readers = st.builds(
    Reader,
    st.just(1),
    st.frozensets(st.sampled_from(("head", "teacher", "office")), min_size=1),
    st.none() | days,
    st.none() | late_days,
)
reads = st.lists(
    st.builds(
        Acknowledged,
        st.integers(1, 10**6),
        st.just(1),
        st.sampled_from((POLICY, KCSIE)),
        st.integers(1, 4),
        st.sampled_from(("", "Part one", "Annex A")),
        days,
    ),
    max_size=8,
)
facts = st.fixed_dictionaries({"duties": duties, "editions": editions, "reads": reads})


@given(readers, late_days, facts)
def test_a_reading_is_done_exactly_when_the_right_thing_was_read_in_time_to_count(reader, on, know):
    for one in asked_of(reader, on=on, **know):
        assert reader.is_here(on)
        assert one.asked_on <= on
        days = one.asked_on + timedelta(days=one.duty.days)
        assert one.due_on >= days and USUAL.is_school_day(one.due_on)
        assert not any(
            USUAL.is_school_day(days + timedelta(days=more))
            for more in range((one.due_on - days).days)
        )
        newest = max(
            (each.major, each.minor)
            for each in know["editions"]
            if each.document == one.duty.document and each.issued_on <= on
        )
        assert (one.edition.major, one.edition.minor) == newest
        right = [
            each
            for each in know["reads"]
            if each.document == one.duty.document
            and each.major == newest[0]
            and each.on <= on
            and each.part in ("", one.duty.part)
        ]
        if one.state is State.DONE:
            assert one.read in right
        elif one.duty.recurrence is Recurrence.VERSION:
            assert right == []
        assert (one.state is State.LATE) == (one.read is None and on > one.due_on)


@given(readers, late_days, facts)
def test_one_document_is_asked_for_once_and_all_of_it_before_a_part(reader, on, know):
    found = asked_of(reader, on=on, **know)
    assert len({one.duty.document for one in found}) == len(found)
    binding = [
        duty
        for duty in know["duties"]
        if duty.began_on <= on < (duty.ended_on or date.max) and duty.roles & reader.roles
    ]
    for one in found:
        assert one.duty in binding
        if any(duty.part == "" for duty in binding if duty.document == one.duty.document):
            assert one.duty.part == ""


@given(readers, late_days, facts, reads)
def test_what_comes_later_changes_no_list_of_a_past_day(reader, on, know, more):
    """Last year's list can be printed next year: the later facts of all kinds alter nothing."""
    later = [one for one in more if one.on > on]
    now = asked_of(reader, on=on, **know)
    then = asked_of(reader, on=on, **{**know, "reads": [*know["reads"], *later]})
    assert now == then
    issued_later = Edition(7, POLICY, 9, 0, on + DAY)
    begun_later = Duty(8, POLICY, reader.roles, "", 7, Recurrence.TERMLY, on + DAY)
    know = {
        **know,
        "editions": [*know["editions"], issued_later],
        "duties": [*know["duties"], begun_later],
    }
    assert asked_of(reader, on=on, **know) == now


@given(days)
def test_every_day_lies_in_the_term_and_the_school_year_that_began_last(on):
    began = USUAL.term_began(on)
    assert began <= on < began + timedelta(days=160)
    assert first_day(school_year(on)) <= on < first_day(school_year(on) + 1)
    assert USUAL.term_began(began) == began


# Reminders


def open_reading(asked_on=ISSUED, days=14):
    duty = replace(DUTY, days=days)
    due = asked_on + timedelta(days=days)
    return Asked(TEACHER, duty, FIRST, asked_on, due, None, State.DUE)


def test_a_person_is_reminded_when_asked_a_week_before_on_the_day_and_weekly_when_late():
    one = open_reading()
    weeks = [ISSUED, ISSUED + 7 * DAY, ISSUED + 14 * DAY, ISSUED + 21 * DAY, ISSUED + 28 * DAY]
    assert sorted(reminder_days(one, ISSUED + 30 * DAY)) == weeks


def test_a_short_time_to_read_has_no_reminder_before_it_is_asked():
    assert min(reminder_days(open_reading(days=3), ISSUED + 30 * DAY)) == ISSUED


@given(st.integers(1, 60), st.integers(0, 120))
def test_looking_every_day_sends_one_mail_on_each_of_the_days(days, length):
    one, last, sent = open_reading(days=days), None, []
    for number in range(length):
        on = ISSUED + number * DAY
        if wants_reminder([one], last_on=last, on=on):
            last = on
            sent.append(on)
    assert sent == sorted(reminder_days(one, ISSUED + (length - 1) * DAY) if length else [])


@given(st.integers(1, 60), st.sets(st.integers(0, 120), min_size=1))
def test_a_worker_that_stood_still_makes_up_with_one_mail(days, awake):
    one, last, sent = open_reading(days=days), None, 0
    for number in sorted(awake):
        on = ISSUED + number * DAY
        missed = {day for day in reminder_days(one, on) if day > (last or date.min)}
        assert wants_reminder([one], last_on=last, on=on) == bool(missed)
        if missed:
            last, sent = on, sent + 1
        assert not wants_reminder([one], last_on=last, on=on), "once a day at most"
    assert sent <= len(awake)


# The review of privacy settings


def test_a_review_is_asked_each_term_and_late_after_four_weeks():
    someone = Reader(1, frozenset())
    autumn = date(2026, 9, 1)
    assert review_due(someone, autumn) == autumn + 28 * DAY
    assert review_state(someone, [], autumn + 28 * DAY) is State.DUE
    assert review_state(someone, [], autumn + 29 * DAY) is State.LATE
    assert review_state(someone, [autumn], date(2026, 12, 31)) is State.DONE
    assert review_state(someone, [autumn], date(2027, 1, 1)) is State.DUE
    assert review_state(someone, [date(2026, 8, 31)], autumn) is State.DUE


def test_a_joiner_has_four_weeks_for_the_review():
    joiner = Reader(1, frozenset(), joined_on=date(2026, 11, 20))
    assert review_due(joiner, date(2026, 11, 20)) == date(2026, 12, 18)


# Questions, what changed, what is forgotten


@pytest.mark.parametrize(
    ("question", "why_not"),
    [
        (("", ["a", "b"], 1), "Write the question."),
        (("Who?", ["a"], 1), "Write 2 to 5 answers to choose from, one to a line."),
        (("Who?", ["a", "A"], 1), "Two of the answers are the same."),
        (("Who?", ["a", "b"], 3), "Say which answer is right by its number."),
        (("Who?", ["a", "b"], 0), "Say which answer is right by its number."),
        (("Who?", ["a", "b"], 2), ""),
    ],
)
def test_a_question_needs_words_choices_and_a_right_answer(question, why_not):
    assert why_no_question(*question) == why_not


def test_a_declaration_is_kept_until_a_year_after_leaving():
    assert forget_declarations_on(None) is None
    assert forget_declarations_on(date(2026, 7, 20)) == date(2027, 7, 20)


def test_nothing_falls_due_while_the_school_is_closed():
    snow = Days(Mark.WEATHER, date(2026, 12, 17), date(2026, 12, 18), "Snow")
    joined = date(2026, 11, 20)  # 28 days before the second day of snow, a Friday
    assert review_due(Reader(1, frozenset(), joined), joined) == date(2026, 12, 18)
    held_up = Reader(1, frozenset(), joined, calendar=Calendar(marked=(snow,)))
    assert review_due(held_up, joined) == date(2026, 12, 21), "the Monday after"


def test_the_school_s_own_terms_count():
    spring = Days(Mark.TERM, date(2027, 1, 11), date(2027, 3, 26))
    autumn = Days(Mark.TERM, date(2026, 9, 3), date(2026, 12, 18))
    someone = Reader(1, frozenset(), calendar=Calendar(marked=(autumn, spring)))
    done = [date(2026, 10, 1)]
    assert review_state(someone, done, date(2027, 1, 10)) is State.DONE, "holidays belong to it"
    assert review_state(someone, done, date(2027, 1, 11)) is State.DUE
    assert review_due(someone, date(2027, 1, 11)) == date(2027, 2, 8)
