"""No account is used before the head agrees, and only while that yes stands (C.1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.audit.models import Entry as Recorded
from belisha.channels import approvals
from belisha.channels.actions import accounts as acts
from belisha.channels.actions.accounts import People
from belisha.channels.actions.forgetting import erase_old
from belisha.channels.calendar_feed import events_of
from belisha.channels.clauses import STATES
from belisha.channels.models import Account, Closing, Seen
from belisha.channels.rules import CLOSED_KEPT, Need, Stage
from belisha.channels.searching import find
from belisha.channels.standing import entries, entry_of
from belisha.channels.tests.conftest import DETAILS, digest_of
from belisha.channels.todo import todo
from belisha.lib.state import Standing
from belisha.people.access import Refused
from belisha.policy.actions.approvals import answer, take_back_yes
from belisha.policy.models import HeadAnswer, HeadRequest

DAY = timedelta(days=1)


def stage_of(account, at):
    return entry_of(account, at.date()).stage


def titles(person, at):
    return [task.title for task in todo(person.user, at.date())]


def change(account, person, at, **details):
    return acts.change(account, details=DETAILS | details, owned=True, by=person.user, at=at)


def test_a_draft_may_not_be_used_and_says_what_it_lacks(cast, written, now):
    account = written(purpose="", people=People([cast.teacher]))
    entry = entry_of(account, now.date())
    assert entry.missing == (Need.PURPOSE, Need.TWO_ADMINISTRATORS, Need.FACTOR)
    assert not approvals.may_use(account, now.date())
    assert entry.stage is Stage.DRAFT
    with pytest.raises(ValidationError, match="Name two people"):
        acts.ask(account, by=cast.teacher.user, at=now)
    assert not HeadRequest.objects.exists()


def test_the_head_agrees_and_it_may_be_used(cast, asked, now):
    account, request = asked()
    assert stage_of(account, now) is Stage.WAITING
    assert not approvals.may_use(account, now.date())
    shown = approvals.shown(request, cast.head.user, now.date())
    answer(request, yes=True, digest=shown.digest, by=cast.head.user, at=now)
    assert approvals.may_use(account, now.date())
    assert stage_of(account, now) is Stage.APPROVED


def test_the_second_step_is_seen_by_other_eyes(cast, written, now):
    account = written()
    with pytest.raises(Refused):
        acts.see_factor(account, by=cast.teacher.user, at=now)
    with pytest.raises(Refused):
        acts.see_factor(account, by=cast.association.user, at=now)
    acts.see_factor(account, by=cast.assistant.user, at=now)
    assert entry_of(account, now.date()).missing == ()


@pytest.mark.parametrize(
    "details",
    [
        {"service": "instagram", "url": ""},
        {"name": "@kerbside.school"},
        {"audience": Account.Audience.FAMILIES},
        {"comments": Account.Comments.ON},
        {"purpose": "Selling cakes"},
        {"recovery": "other@kerbside.example"},
        {"review_every": 4},
        {"run_by": "association"},
    ],
)
def test_whoever_changes_what_the_head_agreed_to_must_ask_again(cast, approved, now, details):
    account = approved()
    change(account, cast.teacher, now, **details)
    assert not approvals.may_use(account, now.date())
    assert stage_of(account, now) is Stage.CHANGED


def test_what_is_of_no_substance_leaves_the_yes(cast, approved, now):
    account = approved()
    url = "https://www.facebook.com/kerbside.new"
    change(account, cast.teacher, now, url=url, public=False)
    assert approvals.may_use(account, now.date())


def test_changed_back_is_as_it_was(cast, approved, now):
    account = approved()
    change(account, cast.teacher, now, comments=Account.Comments.ON)
    change(account, cast.teacher, now)
    assert approvals.may_use(account, now.date())


def test_a_new_recovery_address_must_be_confirmed_anew(cast, approved, now):
    account = approved()
    other = DETAILS | {"recovery": "other@kerbside.example"}
    acts.change(account, details=other, owned=False, by=cast.teacher.user, at=now)
    assert entry_of(account, now.date()).missing == (Need.OWNED,)


def test_who_confirmed_an_address_stands_there_as_long_as_the_address(cast, approved, now):
    account = approved()
    word = {"by": cast.office.user, "at": now}
    kept = acts.change(account, details=DETAILS | {"name": "@new"}, owned=False, **word)
    assert kept.owned_by == cast.teacher.user
    other = DETAILS | {"recovery": "other@kerbside.example"}
    assert acts.change(account, details=other, owned=True, **word).owned_by == cast.office.user
    assert acts.change(account, details=DETAILS, owned=False, **word).owned_by is None


def test_a_no_is_a_no(cast, asked, now):
    account, request = asked()
    answer(request, yes=False, digest="", reason="Too many", by=cast.head.user, at=now)
    assert stage_of(account, now) is Stage.REFUSED
    assert "The head said no: Too many" in approvals.may_use(account, now.date()).reasons[0].ground
    assert "The head said no to @kerbside" in titles(cast.teacher, now)


def test_a_yes_taken_back_counts_no_more(cast, approved, now):
    account = approved()
    take_back_yes(HeadAnswer.objects.get(), why="Trouble", by=cast.head.user, at=now)
    assert not approvals.may_use(account, now.date())
    assert stage_of(account, now) is Stage.REFUSED


def test_the_yes_is_renewed_each_year(cast, approved, now):
    account = approved()
    due = entry_of(account, now.date()).due_on
    assert due.isoformat() == "2027-11-20"
    assert "Renew @kerbside" not in titles(cast.teacher, now)
    early = now + 336 * DAY
    assert stage_of(account, early) is Stage.DUE
    task = next(one for one in todo(cast.teacher.user, early.date()) if "Renew" in one.title)
    assert task.due == due
    assert "Renew @kerbside" in titles(cast.office, early)
    assert titles(cast.assistant, early) == []
    late = now + 396 * DAY
    assert stage_of(account, late) is Stage.OVERDUE
    assert approvals.may_use(account, due + 30 * DAY)
    assert not approvals.may_use(account, due + 31 * DAY)
    assert STATES["C.1"](late.date()).standing is Standing.BROKEN


def test_while_a_renewal_waits_the_last_yes_counts(cast, approved, now):
    account, then = approved(), now + 340 * DAY
    with pytest.raises(ValidationError, match="The head has agreed"):
        acts.ask(account, by=cast.teacher.user, at=now + DAY)
    request = acts.ask(account, by=cast.teacher.user, at=then)
    assert approvals.may_use(account, then.date())
    assert stage_of(account, then) is Stage.WAITING
    digest = digest_of(account, then)
    answer(request, yes=True, digest=digest, by=cast.head.user, at=then + DAY)
    assert stage_of(account, then + DAY) is Stage.APPROVED
    assert approvals.may_use(account, (then + 360 * DAY).date())


def test_a_renewal_that_is_refused_ends_it(cast, approved, now):
    account, then = approved(), now + 340 * DAY
    request = acts.ask(account, by=cast.teacher.user, at=then)
    answer(request, yes=False, digest="", reason="Nobody reads it", by=cast.head.user, at=then)
    assert not approvals.may_use(account, then.date())


def test_the_head_may_agree_for_a_shorter_time(cast, asked, now):
    account, request = asked()
    until = now.date() + 60 * DAY
    digest = digest_of(account, now)
    answer(request, yes=True, digest=digest, until=until, by=cast.head.user, at=now)
    assert entry_of(account, now.date()).due_on == until
    assert not approvals.may_use(account, until + DAY)
    assert stage_of(account, now + 61 * DAY) is Stage.OVERDUE


def test_nobody_has_said_for_half_a_year_that_it_is_used(cast, approved, now):
    account, then = approved(), now + 200 * DAY
    assert stage_of(account, then) is Stage.DORMANT
    assert "Is @kerbside still used?" in titles(cast.office, then)
    assert STATES["C.1"](then.date()).standing is Standing.ATTENTION
    acts.say_used(account, by=cast.colleague.user, at=then)
    assert stage_of(account, then) is Stage.APPROVED


def test_closed_and_opened_again_the_head_is_asked_anew(cast, approved, now):
    account = approved()
    acts.close(account, why="Nobody used it", by=cast.office.user, at=now)
    assert not approvals.may_use(account, now.date())
    assert list(Account.objects.current()) == []
    with pytest.raises(ValidationError, match="closed"):
        change(account, cast.teacher, now)
    acts.reopen(account, by=cast.office.user, at=now)
    assert not approvals.may_use(account, now.date())
    assert stage_of(account, now) is Stage.CHANGED
    request = acts.ask(account, by=cast.teacher.user, at=now)
    answer(request, yes=True, digest=digest_of(account, now), by=cast.head.user, at=now)
    assert approvals.may_use(account, now.date())


def test_of_two_who_close_at_once_one_is_told(cast, approved, now):
    account = approved()
    acts.close(account, why="x", by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="closed"):
        acts.close(account, why="x", by=cast.teacher.user, at=now)
    acts.reopen(account, by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="open already"):
        acts.reopen(account, by=cast.teacher.user, at=now)
    assert Closing.objects.count() == 1


def test_of_two_who_ask_at_once_one_is_told(cast, asked, now):
    account, _ = asked()
    with pytest.raises(ValidationError, match="asked already"):
        acts.ask(account, by=cast.colleague.user, at=now)
    assert HeadRequest.objects.open().count() == 1


def test_one_account_stands_in_the_register_once(written):
    written()
    with pytest.raises(ValidationError, match="already"):
        written(name="@KERBSIDE")
    written(service="instagram", url="")


def test_a_draft_is_thrown_away_but_not_what_was_asked(cast, written, asked, now):
    draft = written()
    acts.throw_away(draft, by=cast.teacher.user, at=now)
    assert not Account.objects.exists()
    account, _ = asked()
    with pytest.raises(ValidationError, match="Close it"):
        acts.throw_away(account, by=cast.teacher.user, at=now)


def test_who_has_nothing_to_do_with_it_changes_nothing(cast, approved, now):
    account = approved()
    for person in (cast.assistant, cast.governor, cast.association):
        with pytest.raises(Refused):
            acts.close(account, why="x", by=person.user, at=now)
        with pytest.raises(Refused):
            change(account, person, now)


def test_pupils_younger_than_the_service_wants_are_a_warning(cast, asked, now):
    _, request = asked(audience=Account.Audience.PUPILS, pupils_from=2)
    shown = approvals.shown(request, cast.head.user, now.date())
    assert "Facebook asks for 13 years. These pupils can be 6." in shown.rules[0].reasons[0].ground


def test_the_head_says_no_yes_while_something_is_missing(cast, asked, now):
    account, request = asked()
    person = account.people.first()
    person.until_at = now
    person.save()
    shown = approvals.shown(request, cast.head.user, now.date())
    assert "Name two people" in shown.refuses
    assert shown.digest != request.digest


def test_the_request_and_the_record_name_nobody(cast, asked, now):
    _, request = asked()
    said = f"{request.title} {request.words} {list(Recorded.objects.values_list('facts'))}"
    for person in (cast.teacher, cast.colleague, cast.office):
        assert person.name not in said
    assert "media@kerbside" not in said


def test_the_register_costs_the_same_for_many(approved, django_assert_num_queries, now):
    for number in range(5):
        approved(name=f"@kerbside{number}")
    with django_assert_num_queries(8):
        assert len([one.stage for one in entries(Account.objects.all(), now.date())]) == 5


def test_the_calendar_says_when_and_not_which(cast, approved, now):
    account = approved()
    [event] = events_of(cast.teacher.user, now.date())
    assert event.first_day == entry_of(account, now.date()).due_on
    assert "kerbside" not in event.title
    assert list(events_of(cast.assistant.user, now.date())) == []
    assert len(list(events_of(cast.office.user, now.date()))) == 1


def test_an_account_is_found_by_its_name_and_service(cast, approved):
    approved()
    assert [one.title for one in find(cast.governor.user, "kerb")] == ["@kerbside"]
    assert [one.title for one in find(cast.teacher.user, "face")] == ["@kerbside"]
    assert find(cast.association.user, "kerb") == []


def test_six_years_after_its_closing_it_is_erased_with_its_people(cast, approved, now):
    account = approved()
    acts.close(account, why="x", by=cast.office.user, at=now)
    assert erase_old(now + CLOSED_KEPT) == 0
    assert erase_old(now + CLOSED_KEPT + DAY) == 1
    assert not Account.objects.exists()
    assert not Seen.objects.exists()


def test_the_state_of_the_clause_counts_accounts_in_use(approved, written, now):
    assert STATES["C.1"](now.date()).standing is Standing.NOT_IN_USE
    written(name="@draft")
    approved()
    state = STATES["C.1"](now.date())
    assert (state.standing, state.figure) == (Standing.KEPT, "1 of 1")


def test_what_was_changed_has_no_day_of_renewal(cast, approved, now):
    account = approved()
    change(account, cast.teacher, now, comments=Account.Comments.ON)
    assert entry_of(account, now.date()).due_on is None
    assert list(events_of(cast.office.user, now.date())) == []
