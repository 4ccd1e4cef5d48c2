"""Visitors: in, out, put right and erased; tablets at doors; challenges (P.vii)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.events import clauses
from belisha.events.actions import challenges, keeping, tablets, visitors
from belisha.events.models import Challenge, Visitor
from belisha.events.rules import MONTH, Keeps
from belisha.events.tests.conftest import enter
from belisha.events.todo import todo
from belisha.lib.state import Standing
from belisha.people.access import Refused
from belisha.people.actions.mail import came_back
from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

DAY = timedelta(days=1)
SCRIPTS = ["ن" * 200, "山" * 200, "á̈" * 100, "<script>alert(1)</script>"]


@pytest.fixture
def come(cast, now):
    """`come("Ann Example")` is a visitor whom the office signed in."""

    def come(name="Ann Example", at=now, **more):
        said = {"firm": "", "sees": "The boiler", "rule": "No phone."} | more
        return visitors.sign_in(name=name, by=cast.office.user, at=at, **said)

    return come


def test_a_name_of_any_script_signs_in_and_out(come, now):
    for name in SCRIPTS:
        assert come(name).name == name
        assert visitors.sign_out_by(name, at=now).out_at == now


def test_the_code_of_a_badge_or_the_whole_name_signs_out_and_a_shared_name_needs_the_code(
    come, now
):
    first, second = come(), come()
    with pytest.raises(ValidationError, match="cannot find"):
        visitors.sign_out_by("Ann Example", at=now)
    visitors.sign_out_by(f" {first.code.lower()} ", at=now)
    assert visitors.sign_out_by("ann example", at=now) == second
    for typed in ("", "Ann", first.code):
        with pytest.raises(ValidationError, match="cannot find"):
            visitors.sign_out_by(typed, at=now)


def test_who_was_signed_out_by_mistake_comes_back_the_same_day_alone(come, cast, now):
    visitor = come()
    visitors.sign_out(visitor, by=cast.teacher.user, at=now)
    with pytest.raises(ValidationError):
        visitors.come_back(visitor, by=cast.teacher.user, at=now + DAY)
    visitors.come_back(visitor, by=cast.teacher.user, at=now)
    assert list(Visitor.objects.inside()) == [visitor]


def test_an_entry_is_put_right_by_another_and_both_stay(come, cast, now):
    wrong = come("Ann Exmaple")
    challenge(cast, now, visitor=wrong)
    with pytest.raises(Refused):
        visitors.correct(wrong, name="x", firm="", sees="x", by=cast.teacher.user, at=now)
    right = visitors.correct(
        wrong, name="Ann Example", firm="", sees="x", by=cast.office.user, at=now
    )
    assert list(Visitor.objects.real()) == [right]
    assert (right.corrects, right.code, right.in_at) == (wrong, wrong.code, wrong.in_at)
    assert Challenge.objects.get().visitor == right
    with pytest.raises(Refused):
        visitors.cancel(wrong, why="again", by=cast.office.user, at=now)


def test_who_stays_overnight_is_asked_about_next_morning(come, cast, now):
    visitor = come()
    assert list(todo(cast.office.user, now.date())) == []
    assert [task.title for task in todo(cast.office.user, (now + DAY).date())] == [
        "Has Ann Example left?"
    ]
    assert list(todo(cast.teacher.user, (now + DAY).date())) == []
    assert clauses.challenged((now + DAY).date()).standing is Standing.ATTENTION
    visitors.sign_out(visitor, by=cast.office.user, at=now + DAY)
    assert clauses.challenged((now + DAY).date()).standing is Standing.KEPT


def test_visits_are_erased_after_the_months_that_the_school_chose(come, cast, now, school):
    gone, inside = come(), come("Ben Example")
    visitors.sign_out(gone, by=cast.office.user, at=now)
    keeping.set_period(school, Keeps.VISITS, 3, by=cast.office.user, at=now)
    for months in (0, 121):
        with pytest.raises(ValidationError):
            keeping.set_period(school, Keeps.VISITS, months, by=cast.office.user, at=now)
    with pytest.raises(Refused):
        keeping.set_period(school, Keeps.VISITS, 3, by=cast.teacher.user, at=now)
    assert keeping.erase_old(school, at=now + 2 * MONTH) == 0
    assert keeping.erase_old(school, at=now + 4 * MONTH) == 1
    assert list(Visitor.objects.all()) == [inside]


def test_a_tablet_that_was_ended_signs_nobody_in(cast, now):
    tablet, token = tablets.set_up("Front door", by=cast.office.user, at=now)
    assert tablets.tablet_of(token) == tablet
    said = {"firm": "", "sees": "x", "rule": "No phone.", "at": now}
    visitors.sign_in(name="Ann Example", tablet=tablet, **said)
    tablets.end(tablet, by=cast.office.user, at=now)
    assert tablets.tablet_of(token) is None
    tablet.refresh_from_db()
    with pytest.raises(Refused):
        visitors.sign_in(name="Ben Example", tablet=tablet, **said)
    with pytest.raises(Refused):
        tablets.set_up("Back door", by=cast.teacher.user, at=now)


def challenge(cast, now, **more):
    said = {"place": "hall", "what": "phone", "done": "stopped"} | more
    return challenges.write_down(by=cast.teacher.user, at=now, **said)


@pytest.mark.parametrize(
    ("said", "is_open"),
    [({}, False), ({"done": "would-not"}, True), ({"place": "changing"}, True)],
)
def test_a_challenge_that_did_not_end_well_waits_for_a_leader(cast, now, said, is_open):
    row = challenge(cast, now, **said)
    assert row.is_open is is_open
    assert Challenge.objects.open().exists() is is_open
    assert bool(list(todo(cast.head.user, now.date()))) is is_open
    broken = clauses.challenged(now.date()).standing is Standing.BROKEN
    assert broken is is_open
    if is_open:
        with pytest.raises(Refused):
            challenges.close(row, words="Spoke to them", by=cast.teacher.user, at=now)
        challenges.close(row, words="Spoke to them", by=cast.head.user, at=now)
        assert list(todo(cast.head.user, now.date())) == []


def test_a_camera_near_toilets_is_mailed_at_once_to_whoever_safeguards_and_to_nobody_else(
    cast, school, now
):
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD)
    challenge(cast, now, place="hall")
    row = challenge(cast, now, place="changing", words="Ann Example by the sinks")
    mail = Mail.objects.get()
    assert mail.to == lead.user.email and row.ref in mail.body
    assert "Ann" not in mail.body + mail.subject
    assert "told by mail at once" in enter(lead).get(f"/challenges/{row.ref}/").text
    came_back(mail.message_id, why="There is no such address.", at=now)
    assert "No mail about this arrived" in enter(lead).get(f"/challenges/{row.ref}/").text


def test_who_wrote_a_challenge_by_mistake_crosses_it_out_and_a_colleague_does_not(cast, now):
    row = challenge(cast, now)
    with pytest.raises(Refused):
        challenges.cancel(row, why="Not so", by=cast.assistant.user, at=now)
    challenges.cancel(row, why="Not so", by=cast.teacher.user, at=now)
    assert not Challenge.objects.real().exists()
    assert not Challenge.objects.visible_to(cast.assistant.user).exists()
