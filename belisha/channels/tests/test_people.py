"""Who looks after an account: handed over before somebody leaves, and anew each school year."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.channels import approvals
from belisha.channels.actions import accounts as acts
from belisha.channels.actions import people as people_acts
from belisha.channels.actions.accounts import People
from belisha.channels.models import AccountPerson, HandOver
from belisha.channels.rules import Need, Stage
from belisha.channels.standing import entry_of
from belisha.channels.tests.conftest import digest_of
from belisha.channels.todo import todo
from belisha.people.access import Refused
from belisha.people.actions import staff as staff_acts
from belisha.people.models import Staff
from belisha.policy.actions.approvals import answer
from belisha.policy.models import HeadRequest

DAY = timedelta(days=1)


def part_of(account, staff):
    return AccountPerson.objects.current().get(account=account, staff=staff)


def keys(at):
    return {"password_changed_on": at.date(), "factor_moved_on": at.date()}


def titles(person, at):
    return [task.title for task in todo(person.user, at.date())]


@pytest.fixture
def leave(cast, now):
    def leave(staff, by=None, **more):
        return staff_acts.leave(staff, on=now.date(), by=(by or cast.head).user, at=now, **more)

    return leave


def test_who_looks_after_an_account_hands_it_over_before_leaving(cast, approved, leave, now):
    approved()
    with pytest.raises(ValidationError, match="@kerbside on Facebook: Miss Puffin looks after it"):
        leave(cast.teacher)
    assert Staff.objects.get(pk=cast.teacher.pk).left_on is None


def test_who_only_posts_hands_over_too(cast, approved, leave):
    approved(people=People([cast.teacher, cast.colleague], posters=[cast.assistant]))
    with pytest.raises(ValidationError, match="Ms Whistle posts there"):
        leave(cast.assistant)


def test_a_draft_and_a_closed_account_hold_nobody(cast, approved, leave, now):
    account = approved()
    acts.close(account, why="x", by=cast.office.user, at=now)
    leave(cast.teacher)


def test_handed_over_they_leave_and_the_head_is_asked_by_itself(cast, approved, leave, now):
    account = approved()
    entry = people_acts.hand_over(
        part_of(account, cast.teacher), to=cast.assistant, **keys(now), by=cast.office.user, at=now
    )
    assert [str(one) for one in entry.administrators] == ["Mr Tactile", "Ms Whistle"]
    assert entry.waits, "the office has seen the second step, so the head is asked at once"
    assert not approvals.may_use(account, now.date())
    leave(cast.teacher)
    request = HeadRequest.objects.open().get()
    digest = digest_of(account, now)
    answer(request, yes=True, digest=digest, by=cast.head.user, at=now)
    assert approvals.may_use(account, now.date())
    row = HandOver.objects.get()
    assert (row.done_by, row.taken_by.staff) == (cast.office.user, cast.assistant)


def test_the_head_lets_somebody_go_today_and_it_nags(cast, approved, leave, now):
    account = approved()
    with pytest.raises(ValidationError):
        leave(cast.teacher, by=cast.office, all_the_same=True)
    leave(cast.teacher, all_the_same=True)
    assert HandOver.objects.open().get().person.staff == cast.teacher
    entry = entry_of(account, now.date())
    assert entry.stage is Stage.ATTENTION
    assert not approvals.may_use(account, now.date())
    for person in (cast.colleague, cast.office, cast.head):
        assert "Hand over @kerbside: Miss Puffin has left" in titles(person, now)
    task = next(iter(todo(cast.office.user, now.date())))
    assert task.due == now.date(), "it is late from tomorrow"
    with pytest.raises(ValidationError, match="have left the school"):
        people_acts.set_hand_over_aside(HandOver.objects.get(), by=cast.office.user, at=now)
    people_acts.hand_over(
        part_of(account, cast.teacher), to=cast.assistant, **keys(now), by=cast.office.user, at=now
    )
    assert "Hand over @kerbside: Miss Puffin has left" not in titles(cast.office, now)
    assert entry_of(account, now.date()).stage is Stage.WAITING


def test_handed_over_to_nobody_one_is_left_and_the_head_is_not_asked(cast, approved, now):
    account = approved()
    entry = people_acts.hand_over(
        part_of(account, cast.teacher), **keys(now), by=cast.office.user, at=now
    )
    assert entry.stage is Stage.CHANGED
    assert Need.TWO_ADMINISTRATORS in entry.missing
    assert "Ask the head again about @kerbside" in titles(cast.office, now)


def test_who_posts_hands_over_without_the_head(cast, approved, now):
    account = approved(people=People([cast.teacher, cast.colleague], posters=[cast.assistant]))
    people_acts.hand_over(
        part_of(account, cast.assistant), **keys(now), by=cast.teacher.user, at=now
    )
    assert approvals.may_use(account, now.date())


def test_of_two_who_hand_over_at_once_one_is_told(cast, approved, now):
    account = approved()
    person = part_of(account, cast.teacher)
    people_acts.hand_over(person, to=cast.assistant, **keys(now), by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="already"):
        people_acts.hand_over(person, to=cast.head, **keys(now), by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="still to come"):
        later = {"password_changed_on": now.date() + DAY, "factor_moved_on": now.date()}
        people_acts.hand_over(
            part_of(account, cast.colleague), **later, by=cast.office.user, at=now
        )


def test_a_hand_over_that_was_planned_stands_on_today_until_they_stay(cast, approved, now):
    account = approved()
    row = people_acts.begin_hand_over(
        part_of(account, cast.teacher),
        due_on=now.date() + 20 * DAY,
        by=cast.office.user,
        at=now,
    )
    assert "Hand over @kerbside: Miss Puffin hands over" in titles(cast.teacher, now)
    assert approvals.may_use(account, now.date())
    people_acts.set_hand_over_aside(row, by=cast.office.user, at=now)
    assert titles(cast.teacher, now) == []
    people_acts.begin_hand_over(
        part_of(account, cast.teacher), due_on=now.date(), by=cast.office.user, at=now
    )


def test_who_was_erased_leaves_an_account_that_needs_a_hand_over(cast, approved, leave, now):
    account = approved()
    leave(cast.teacher, all_the_same=True)
    staff_acts.erase(Staff.objects.get(pk=cast.teacher.pk), by=cast.head.user, at=now)
    entry = entry_of(account, now.date())
    assert entry.stage is Stage.ATTENTION
    assert not entry.may_use
    assert "Hand over @kerbside: Someone who was erased has left" in titles(cast.office, now)


@pytest.fixture
def of_association(cast, approved):
    return approved(
        by=cast.association,
        run_by="association",
        name="@friends",
        url="https://www.facebook.com/friends",
        people=People([cast.association], names=["Ada Kerbstone"]),
    )


def test_the_association_sees_and_runs_its_own_and_no_other(cast, approved, of_association, now):
    other = approved()
    assert approvals.may_use(of_association, now.date())
    with pytest.raises(Refused):
        acts.close(other, why="x", by=cast.association.user, at=now)
    acts.close(of_association, why="x", by=cast.successor.user, at=now)


def test_the_association_asks_for_no_account_of_the_school(cast, written):
    with pytest.raises(Refused):
        written(by=cast.association)


def test_each_school_year_the_association_says_who_runs_it(cast, of_association, now):
    account, autumn = of_association, now.replace(year=2027, month=9, day=10)
    entry = entry_of(account, autumn.date())
    assert entry.due_on.isoformat() == "2027-09-30"
    assert entry.stage is Stage.DUE
    assert "Renew @friends" in titles(cast.successor, autumn)
    assert entry.missing == (Need.PEOPLE,)
    with pytest.raises(ValidationError, match="who runs it this school year"):
        acts.ask(account, by=cast.association.user, at=autumn)
    people = People([cast.successor], names=["Ada Kerbstone"])
    with pytest.raises(ValidationError, match="change the password"):
        people_acts.say_people(account, people, by=cast.association.user, at=autumn)
    entry = people_acts.say_people(
        account, people, **keys(autumn), by=cast.association.user, at=autumn
    )
    assert entry.missing == (Need.FACTOR,)
    assert not entry.may_use
    acts.see_factor(account, by=cast.office.user, at=autumn)
    request = acts.ask(account, by=cast.successor.user, at=autumn)
    digest = digest_of(account, autumn)
    answer(request, yes=True, digest=digest, by=cast.head.user, at=autumn)
    entry = entry_of(account, autumn.date())
    assert entry.may_use
    assert entry.due_on.isoformat() == "2028-09-10"


def test_the_same_people_are_said_again_without_new_keys(cast, of_association, now):
    autumn = now.replace(year=2027, month=9, day=10)
    people = People([cast.association], names=["Ada Kerbstone"])
    entry = people_acts.say_people(of_association, people, by=cast.association.user, at=autumn)
    assert entry.missing == ()
    assert entry.may_use
    assert acts.ask(of_association, by=cast.association.user, at=autumn)


def test_without_a_renewal_it_may_not_be_used_any_more(of_association, now):
    assert not approvals.may_use(of_association, now.date().replace(year=2027, month=10, day=31))
