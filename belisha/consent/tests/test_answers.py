"""Writing answers down, and setting them aside."""

from datetime import date, timedelta

import pytest

from belisha.audit.actions import verify
from belisha.audit.models import Entry
from belisha.consent.actions import NotRecorded, record_answer, record_answers, set_aside
from belisha.consent.models import Answer, How, Standing, facts
from belisha.consent.rules import Fact, Kind
from belisha.people.access import Refused
from belisha.people.actions import pupils
from belisha.people.rules import Role

YES, NO, BACK = Kind.GIVEN, Kind.REFUSED, Kind.WITHDRAWN
TODAY = date(2026, 11, 20)


def fact(pupil, on=TODAY, key="newsletter"):
    return facts([pupil.pk], on=on)[pupil.pk, key]


def test_a_yes_counts_from_the_moment_it_is_written_down(family, say):
    assert fact(family.leo) is Fact.NONE
    say(family.leo, family.mum, YES)
    assert fact(family.leo) is Fact.GIVEN
    assert facts([family.leo.pk], on=TODAY)[family.leo.pk, "website"] is Fact.NONE


def test_a_refusal_by_either_parent_is_a_no(family, say):
    say(family.leo, family.mum, YES)
    say(family.leo, family.dad, NO)
    assert fact(family.leo) is Fact.CONFLICT


def test_a_no_after_a_yes_is_kept_as_taken_back(family, say):
    say(family.leo, family.mum, YES, on=date(2026, 9, 1))
    say(family.leo, family.mum, NO, on=date(2026, 10, 1))
    assert fact(family.leo) is Fact.WITHDRAWN
    kinds = Answer.objects.newest_first().values_list("kind", flat=True)
    assert list(kinds) == ["withdrawn", "given"]


def test_taking_back_a_yes_that_nobody_gave_is_a_refusal(family, say):
    assert say(family.leo, family.mum, BACK).kind == NO


def test_a_file_keeps_its_word(family, say):
    assert say(family.leo, family.mum, BACK, how=How.FILE).kind == BACK


def test_a_paper_form_of_last_week_does_not_undo_the_answer_of_yesterday(family, say):
    say(family.leo, family.mum, NO, on=date(2026, 11, 19))
    say(family.leo, family.mum, YES, on=date(2026, 11, 12))
    assert fact(family.leo) is Fact.REFUSED
    assert Answer.objects.count() == 2


def test_a_yes_runs_out_after_its_last_day(family, say):
    say(family.leo, family.mum, YES, expires=TODAY)
    assert fact(family.leo, on=TODAY) is Fact.GIVEN
    assert fact(family.leo, on=TODAY + timedelta(days=1)) is Fact.EXPIRED


def test_a_double_click_writes_one_answer(family, say, now):
    first = say(family.leo, family.mum, YES)
    again = say(family.leo, family.mum, YES, at=now + timedelta(seconds=1))
    assert again == first
    assert Answer.objects.count() == 1
    assert Entry.objects.filter(verb="answers.recorded").count() == 1


def test_a_no_clicked_twice_after_a_yes_is_written_once(family, say):
    say(family.leo, family.mum, YES, on=date(2026, 9, 1))
    assert say(family.leo, family.mum, NO, on=TODAY) == say(family.leo, family.mum, NO, on=TODAY)


def test_a_mind_changed_twice_in_a_day_ends_where_it_ended(family, say):
    for kind in (YES, NO, YES):
        say(family.leo, family.mum, kind, on=TODAY)
    assert fact(family.leo) is Fact.GIVEN
    assert Answer.objects.count() == 3


def test_only_those_responsible_for_the_child_answer(people, family, say):
    aunt = people.parent(family.leo, name="Cy Zebra", responsible=False)
    stranger = people.parent(name="Di Other")
    for person in (aunt, stranger):
        with pytest.raises(NotRecorded, match="parental responsibility"):
            say(family.leo, person, YES)
    assert not Answer.objects.exists()


def test_under_an_order_only_a_no_is_written_down(people, family, say):
    barred = people.parent(family.leo, name="Ed Zebra", no_contact=True)
    with pytest.raises(NotRecorded, match="An order"):
        say(family.leo, barred, YES)
    say(family.leo, family.mum, YES)
    say(family.leo, barred, NO)
    assert fact(family.leo) is Fact.CONFLICT


def test_an_order_that_comes_later_silences_an_earlier_yes(family, say):
    say(family.leo, family.dad, YES)
    family.leo.relations.filter(parent=family.dad).update(no_contact=True)
    assert fact(family.leo) is Fact.NONE


def test_who_is_no_longer_responsible_no_longer_counts(family, say):
    say(family.leo, family.mum, YES)
    say(family.leo, family.dad, NO)
    family.leo.relations.filter(parent=family.dad).update(ended_on=TODAY)
    assert fact(family.leo) is Fact.GIVEN


def test_an_answer_of_tomorrow_is_refused(family, say):
    with pytest.raises(NotRecorded, match="has not come"):
        say(family.leo, family.mum, YES, on=TODAY + timedelta(days=1))


def test_one_bad_answer_on_a_form_writes_none(people, family, purpose, now):
    barred = people.parent(family.leo, name="Ed Zebra", no_contact=True)
    told = {"how": How.PAPER, "happened_on": TODAY}
    drafts = [
        Answer(parent=barred, purpose=purpose("press"), kind=NO, **told),
        Answer(parent=barred, purpose=purpose("website"), kind=YES, **told),
    ]
    with pytest.raises(NotRecorded):
        record_answers(family.leo, drafts, by=family.office, at=now)
    assert not Answer.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OTHER_STAFF, Role.GOVERNOR])
def test_others_than_head_office_and_lead_write_nothing_down(people, family, say, role):
    someone = people.staff(role, "Mx Other", teaches=people.robins)
    with pytest.raises(Refused):
        say(family.leo, family.mum, YES, by=someone)
    answer = say(family.leo, family.mum, YES)
    with pytest.raises(Refused):
        set_aside(answer, why="wrong", by=someone, at=answer.recorded_at)
    assert Answer.objects.count() == 1


def test_an_answer_keeps_who_how_when_and_the_words(family, purpose, now):
    answer = record_answer(
        family.leo,
        parent=family.mum,
        purpose=purpose(),
        kind=YES,
        how=How.PHONE,
        happened_on=date(2026, 11, 2),
        by=family.office,
        at=now,
    )
    answer.refresh_from_db()
    assert (answer.recorded_by, answer.recorded_at, answer.how) == (family.office, now, "phone")
    assert answer.happened_on == date(2026, 11, 2)
    assert "Newsletter" in answer.wording
    assert "Every family of the school" in answer.wording
    assert answer.language == "en-gb"


def test_the_record_holds_numbers_and_codes_and_no_name(family, say):
    answer = say(family.leo, family.mum, YES, by=family.office)
    set_aside(answer, why="Leo was mistaken for Lea", by=family.office, at=answer.recorded_at)
    lines = list(Entry.objects.order_by("number"))
    assert [line.verb for line in lines] == ["answers.recorded", "answer.set-aside"]
    assert lines[0].facts == {
        "answers": [answer.pk],
        "parents": [family.mum.pk],
        "purposes": [answer.purpose_id],
        "kinds": ["given"],
    }
    assert all("Le" not in str(line.facts) for line in lines)
    assert [wrong for _, _, wrong in verify()] == [None]


def test_what_was_written_wrongly_is_set_aside_and_what_stood_before_counts_again(family, say, now):
    say(family.leo, family.mum, YES, on=date(2026, 9, 1))
    wrong = say(family.leo, family.mum, NO, on=date(2026, 10, 1))
    entry = set_aside(wrong, why="Meant for Lea", by=family.office, at=now)
    assert fact(family.leo) is Fact.GIVEN
    assert (entry.voids, entry.why) == (wrong, "Meant for Lea")
    assert Answer.objects.count() == 3


def test_with_nothing_before_it_a_set_aside_answer_counts_as_no(family, say, now):
    set_aside(say(family.leo, family.mum, YES), why="Wrong child", by=family.office, at=now)
    assert fact(family.leo) is Fact.INVALIDATED


def test_an_answer_is_set_aside_once(family, say, now):
    answer = say(family.leo, family.mum, YES)
    first = set_aside(answer, why="Wrong child", by=family.office, at=now)
    assert set_aside(answer, why="Once more", by=family.office, at=now) == first
    with pytest.raises(NotRecorded):
        set_aside(first, why="Undo", by=family.office, at=now)


def test_an_answer_can_be_given_again_after_it_was_set_aside(family, say, now):
    set_aside(say(family.leo, family.mum, YES), why="Wrong", by=family.office, at=now)
    say(family.leo, family.mum, YES)
    assert fact(family.leo) is Fact.GIVEN


def test_there_is_one_standing_answer_for_each_person_and_purpose(family, say):
    for kind in (YES, NO, YES):
        say(family.leo, family.mum, kind)
    say(family.leo, family.dad, NO)
    assert Standing.objects.count() == 2


def test_asking_for_many_children_takes_few_queries(
    people, say, purpose, django_assert_max_num_queries
):
    pupils = [people.pupil(f"Child{number}") for number in range(12)]
    parent = people.parent(*pupils)
    people.protect(pupils[0])
    for pupil in pupils:
        say(pupil, parent, YES)
    with django_assert_max_num_queries(5):
        said = facts([pupil.pk for pupil in pupils], on=TODAY)
    assert sum(one is Fact.GIVEN for one in said.values()) == 11


def test_of_an_erased_child_no_reason_stays(family, say, now):
    set_aside(
        say(family.leo, family.mum, "given"), why="Leo’s aunt signed", by=family.office, at=now
    )
    pupils.leave(family.leo, on=now.date(), by=family.office, at=now)
    pupils.erase(family.leo, by=family.office, at=now)
    assert set(Answer.objects.values_list("why", flat=True)) == {""}
