"""The head's yes: asked, answered once, tied to the very thing, taken back, kept."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from belisha.lib.verdict import Outcome
from belisha.people.access import Refused
from belisha.people.actions.standing_in import end_stand_in, name_stand_in
from belisha.people.models import Mail, StandIn
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy import approvals as rule
from belisha.policy.actions import approvals as acts
from belisha.policy.approvals import Shown, answer_to, digest_of
from belisha.policy.approvals_todo import approvals_todo
from belisha.policy.models import HeadAnswer, HeadRequest, Stage
from belisha.policy.searching import find_requests

ACCOUNT, EXCEPTION = HeadRequest.Kind.ACCOUNT, HeadRequest.Kind.EXCEPTION


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        other_leader=make_staff(school, "Ms Flyover", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        colleague=make_staff(school, "Mr Tunnel", Role.TEACHER),
        governor=make_staff(school, "Mr Givewayson", Role.GOVERNOR),
    )


@pytest.fixture
def thing(monkeypatch):
    """A thing of an area above: what it is today can be changed, and so can what refuses it."""
    thing = SimpleNamespace(name="One", refuses="", breaks=False)
    thing.digest = lambda: digest_of(thing.name)

    def shown(request, user, on):
        if thing.breaks:
            raise RuntimeError("the thing cannot be read")
        return Shown(thing.digest(), refuses=thing.refuses) if thing.name else None

    monkeypatch.setitem(rule._shows, ACCOUNT, shown)
    return thing


@pytest.fixture
def ask(cast, thing, now):
    def ask(by=cast.teacher):
        return acts.ask_head(
            ACCOUNT,
            "thing",
            digest=thing.digest(),
            title="An account for Robins",
            words="Their own words.",
            clause="C.1",
            by=by.user,
            at=now,
        )

    return ask


@pytest.fixture
def say(cast, thing, now):
    def say(request, yes=True, by=cast.head, **more):
        more = {"digest": thing.digest(), **({} if yes else {"reason": "Not this year."}), **more}
        return acts.answer(request, yes=yes, by=by.user, at=now, **more)

    return say


@pytest.fixture
def gate(thing, now):
    def gate(days=0):
        on = timezone.localdate(now) + timedelta(days=days)
        return answer_to(ACCOUNT, "thing", digest=thing.digest(), clause="C.1", on=on)

    return gate


@pytest.fixture
def enter(now, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered


# The gate


def test_without_a_yes_it_waits_and_says_what_to_do(ask, gate):
    assert (gate().outcome, gate().remedy) == (Outcome.ASK, "Ask the head")
    ask()
    assert (gate().outcome, gate().remedy) == (Outcome.ASK, "Wait for the head's answer")


def test_a_yes_is_a_yes_with_its_conditions_until_its_last_day(ask, say, gate, now):
    until = timezone.localdate(now) + timedelta(days=3)
    say(ask(), conditions="Comments off.", until=until)
    assert gate() and gate(3)
    assert "On condition: Comments off." in [reason.ground for reason in gate().reasons]
    assert gate(4).outcome is Outcome.NO


def test_a_changed_thing_has_no_yes(ask, say, gate, thing):
    say(ask())
    thing.name = "Another"
    assert (gate().outcome, gate().remedy) == (Outcome.ASK, "Ask the head again")
    thing.name = "One"
    assert gate(), "the very same thing has it again"


def test_a_no_says_why_and_a_newer_yes_wins(ask, say, gate):
    say(ask(), yes=False)
    assert gate().outcome is Outcome.NO
    assert "Not this year." in gate().reasons[0].ground
    say(ask())
    assert gate()


def test_a_yes_goes_on_while_the_same_is_asked_anew(ask, say, gate):
    say(ask())
    ask()
    assert gate()


def test_a_yes_that_is_taken_back_is_a_no_at_once_and_who_asked_is_told(cast, ask, say, gate, now):
    row = say(ask())
    acts.say_read(row, by=cast.teacher.user, at=now)
    acts.take_back_yes(row, why="The class has changed.", by=cast.head.user, at=now)
    assert gate().outcome is Outcome.NO
    assert [mail.subject for mail in Mail.objects.order_by("id")] == [
        "The head has answered you – Kerbside Primary School",
        "The head took a yes back – Kerbside Primary School",
    ]
    assert not any("Robins" in mail.body for mail in Mail.objects.all()), "no word of what about"
    titles = [task.title for task in approvals_todo(cast.teacher.user, timezone.localdate(now))]
    assert titles == ["A yes was taken back: An account for Robins"]


# Who answers


def test_nobody_answers_what_they_asked_for_themselves(cast, ask, say):
    with pytest.raises(Refused):
        say(ask(by=cast.head))
    say(ask(by=cast.head), by=cast.leader)


def test_a_senior_leader_answers_only_while_the_head_named_them(cast, ask, say, now):
    request, today = ask(), timezone.localdate(now)
    with pytest.raises(Refused):
        say(request, by=cast.leader)
    name_stand_in(cast.leader, first_day=today, last_day=today, by=cast.head.user, at=now)
    assert say(request, by=cast.leader).as_stand_in
    with pytest.raises(Refused):
        say(ask(), by=cast.other_leader)


@pytest.mark.parametrize("fate", ["ended", "left", "no leader", "tomorrow"])
def test_who_does_not_stand_in_any_more_decides_no_more(cast, ask, say, now, fate):
    today = timezone.localdate(now)
    day = today + timedelta(days=1) if fate == "tomorrow" else today
    row = name_stand_in(cast.leader, first_day=day, last_day=day, by=cast.head.user, at=now)
    if fate == "ended":
        end_stand_in(row, by=cast.head.user, at=now)
    if fate == "left":
        cast.leader.left_on = today
        cast.leader.save()
    if fate == "no leader":
        cast.leader.roles.all().delete()
    assert not StandIn.objects.counting(today).exists()
    with pytest.raises(Refused):
        say(ask(), by=cast.leader)


def test_only_the_head_names_a_senior_leader_for_days_to_come(cast, now):
    today = timezone.localdate(now)
    days = {"first_day": today, "last_day": today + timedelta(days=2)}
    with pytest.raises(Refused):
        name_stand_in(cast.leader, **days, by=cast.leader.user, at=now)
    with pytest.raises(ValidationError, match="senior leader"):
        name_stand_in(cast.teacher, **days, by=cast.head.user, at=now)
    past = {"first_day": today - timedelta(days=2), "last_day": today - timedelta(days=1)}
    with pytest.raises(ValidationError, match="past"):
        name_stand_in(cast.leader, **past, by=cast.head.user, at=now)
    name_stand_in(cast.leader, **days, by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="already"):
        name_stand_in(cast.leader, **days, by=cast.head.user, at=now)


def test_there_is_one_answer_and_the_second_is_told_who_was_quicker(ask, say):
    request = ask()
    say(request)
    with pytest.raises(ValidationError, match="Mrs Zebrahart has answered already: yes"):
        say(request, yes=False)
    assert HeadAnswer.objects.count() == 1


# What cannot be agreed to


def test_what_another_rule_refuses_gets_no_yes_whatever_is_sent(ask, say, thing):
    request, thing.refuses = ask(), "A family said no."
    with pytest.raises(ValidationError, match="A family said no"):
        say(request)
    say(request, yes=False)


def test_what_was_changed_or_cannot_be_shown_gets_no_yes(ask, say, thing):
    request, seen = ask(), thing.digest()
    thing.name = "Another"
    with pytest.raises(ValidationError, match="asked anew"):
        say(request, digest=seen)
    thing.breaks = True
    with pytest.raises(ValidationError, match="cannot be shown now"):
        say(request, digest=seen)
    thing.breaks, thing.name = False, ""
    with pytest.raises(ValidationError, match="does not exist"):
        say(request, digest=seen)
    assert not HeadAnswer.objects.exists()


def test_asking_anew_takes_the_old_request_back(ask, say):
    first = ask()
    ask()
    first.refresh_from_db()
    assert first.withdrawn_at
    with pytest.raises(ValidationError, match="taken back"):
        say(first)


def test_a_no_needs_a_reason_and_a_day_that_is_past_is_refused(ask, say, now):
    request, yesterday = ask(), timezone.localdate(now) - timedelta(days=1)
    with pytest.raises(ValidationError, match="why not"):
        say(request, yes=False, reason=" ")
    with pytest.raises(ValidationError, match="past"):
        say(request, until=yesterday)


# Exceptions


def test_an_exception_is_asked_for_where_the_policy_has_one(cast, now):
    words = {"title": "My phone at the gala", "words": "I film.", "why": "The camera is broken."}
    by = {"by": cast.teacher.user, "at": now}
    row = acts.ask_for_exception("P.0", **words, **by)
    with pytest.raises(ValidationError, match="no exception"):
        acts.ask_for_exception("P.viii", **words, **by)
    with pytest.raises(Refused):
        acts.ask_for_exception("P.0", **words, by=cast.governor.user, at=now)
    acts.answer(row, yes=True, digest=row.digest, by=cast.head.user, at=now)
    cast.teacher.left_on = timezone.localdate(now)
    cast.teacher.save()
    again = acts.ask_for_exception("P.0", **words, by=cast.colleague.user, at=now)
    assert rule.shown(again, cast.head.user, timezone.localdate(now)).refuses == ""


# Who sees what


def test_others_see_no_exception_that_is_not_theirs(cast, ask, now):
    mine = acts.ask_for_exception(
        "P.0", title="Mine", words="x", why="x", by=cast.teacher.user, at=now
    )
    account = ask()
    seen = {
        person.name: set(HeadRequest.objects.visible_to(person.user))
        for person in (cast.head, cast.leader, cast.office, cast.teacher, cast.colleague)
    }
    assert seen == {
        "Mrs Zebrahart": {mine, account},
        "Mr Lantern": {mine, account},
        "Mrs Toucan": {account},
        "Miss Puffin": {mine, account},
        "Mr Tunnel": set(),
    }
    assert find_requests(cast.colleague.user, "mine") == []
    assert [hit.title for hit in find_requests(cast.teacher.user, "mine")] == ["Mine"]


def test_stages_are_the_same_in_the_list_and_on_the_page(cast, ask, say, now):
    from belisha.policy.models import answers_to, stage_of

    on = timezone.localdate(now)
    say(ask(), yes=False)
    say(ask(), until=on)
    acts.withdraw_request(ask(), by=cast.teacher.user, at=now)
    ask()
    for day in (on, on + timedelta(days=1)):
        rows = list(HeadRequest.objects.all())
        answers = answers_to(rows)
        for stage in Stage:
            listed = set(HeadRequest.objects.at_stage(stage, day))
            assert listed == {r for r in rows if stage_of(r, answers.get(r.pk), day) is stage}


# The pages


def test_the_head_decides_in_two_taps_and_what_was_typed_is_kept(cast, ask, enter):
    request = ask()
    head = enter(cast.head)
    page = head.get(f"/approvals/{request.ref}/").content.decode()
    assert "Their own words." in page and "Miss Puffin" in page
    sent = {"say": "no", "reason": ""}
    answer = head.post(f"/approvals/{request.ref}/answer/", sent)
    assert answer.status_code == 422 and "Say why not" in answer.content.decode()
    sent = {"say": "yes", "digest": request.digest, "conditions": "Comments off."}
    assert head.post(f"/approvals/{request.ref}/answer/", sent).status_code == 302
    page = enter(cast.teacher).get(f"/approvals/{request.ref}/").content.decode()
    assert "Comments off." in page and "I have read it" in page


def test_an_answer_leads_to_the_next_request(cast, ask, say, enter, now):
    said = {"title": "My phone", "words": "I film.", "why": "The camera is broken."}
    other = acts.ask_for_exception("P.0", **said, by=cast.teacher.user, at=now)
    request, head = ask(), enter(cast.head)
    page, onward = f"/approvals/{request.ref}/", f'href="/approvals/{other.ref}/">Next'
    assert onward not in head.get(page).text
    say(request)
    assert onward in head.get(page).text
    assert onward not in enter(cast.teacher).get(page).text


def test_a_page_that_cannot_be_drawn_offers_no_yes(cast, ask, enter, thing):
    request, thing.breaks = ask(), True
    page = enter(cast.head).get(f"/approvals/{request.ref}/").content.decode()
    assert 'value="yes"' not in page and 'value="no"' in page
    assert "cannot be shown now" in page


def test_strangers_find_nothing(cast, ask, enter):
    request = ask()
    for person in (cast.colleague, cast.governor):
        assert enter(person).get(f"/approvals/{request.ref}/").status_code == 404


def test_old_requests_are_erased_with_their_answers(cast, ask, say, now):
    say(ask(), yes=False)
    ask()  # waits, however old
    on = timezone.localdate(now)
    assert acts.forget_requests(on.replace(year=on.year + 5), at=now) == 0
    assert acts.forget_requests(on.replace(year=on.year + 7), at=now) == 1
    assert not HeadAnswer.objects.exists() and HeadRequest.objects.count() == 1
