"""Signed out and in; on a visit with the head's yes; imported, and wiped."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.devices.actions import loans, losses, memory, off_site, register
from belisha.devices.clauses import stay_and_are_wiped
from belisha.devices.leaving import may_go
from belisha.devices.models import Device, Import, Loan, Memory, Wipe
from belisha.devices.standing import camera_held_by, standing_of
from belisha.devices.todo import todo
from belisha.lib.state import Standing
from belisha.lib.verdict import Outcome
from belisha.people.access import Refused
from belisha.people.tests.cast import make_class
from belisha.policy.actions.approvals import answer, take_back_yes
from belisha.policy.approvals import shown
from belisha.policy.models import HeadRequest

DAY = timedelta(days=1)


def said(error):
    return " ".join(error.value.messages)


def test_a_device_goes_out_and_comes_back_signed_on_both_legs(cast, camera, out, back, now):
    loan = back(out(camera))
    assert (loan.holder, loan.brought_by) == (cast.teacher, cast.teacher)
    assert loan.signed_out and loan.signed_in and loan.due_at.hour == 15
    assert standing_of(camera).stands == ("yes", "In")


def test_who_comes_second_is_told_who_has_it(cast, camera, out):
    out(camera)
    with pytest.raises(ValidationError) as error:
        out(camera, cast.colleague)
    assert said(error) == "Miss Puffin has it (P.ix). Ask them, or take another one."
    assert Loan.objects.count() == 1


def test_what_came_back_once_does_not_come_back_twice(camera, out, back):
    loan = out(camera)
    back(loan)
    with pytest.raises(ValidationError, match="signed in already"):
        back(loan)


def test_a_device_of_one_class_goes_to_its_staff_alone(cast, school, camera, out, now):
    robins = make_class(school, "Robins", cast.colleague)
    camera.users, camera.school_class = Device.Users.CLASS, robins
    register.change(camera, by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="kept for the staff of Robins"):
        out(camera)
    assert out(camera, cast.colleague)


def test_a_governor_borrows_nothing(cast, camera, out):
    with pytest.raises(ValidationError, match="kept for all staff"):
        out(camera, cast.governor, by=cast.teacher.user)
    with pytest.raises(Refused):
        out(camera, by=cast.governor.user)


def test_it_leaves_the_school_only_once_the_head_has_agreed(cast, camera, out, planned, now):
    plan = planned()
    with pytest.raises(ValidationError, match="The head has not answered yet"):
        out(camera, plan=plan)
    request = HeadRequest.objects.get(about=plan.ref)
    thing = shown(request, cast.head.user, now.date())
    yes = answer(request, yes=True, digest=thing.digest, by=cast.head.user, at=now)
    loan = out(camera, plan=plan)
    assert loan.purpose == "The locks" and standing_of(camera).stands[1] == "Off site"
    assert stay_and_are_wiped(now.date()).standing is Standing.KEPT
    take_back_yes(yes, why="Too many cameras", by=cast.head.user, at=now)
    assert stay_and_are_wiped(now.date()).standing is Standing.BROKEN


def test_a_yes_is_no_yes_for_a_visit_that_was_moved_or_cancelled(planned, visit, cast, now):
    plan, today = planned(yes=True), now.date()
    assert may_go(plan, today)
    visit.place = "The seaside"
    visit.save()
    plan.refresh_from_db()
    assert may_go(plan, today).outcome is Outcome.ASK
    assert "Ask the head again" in next(iter(todo(cast.teacher.user, today))).title
    visit.cancelled_at = now
    visit.save()
    plan.refresh_from_db()
    assert may_go(plan, today).outcome is Outcome.NO


def test_nobody_takes_it_on_the_visit_of_another(cast, camera, out, planned):
    with pytest.raises(Refused):
        out(camera, cast.colleague, plan=planned(yes=True))


def test_a_visit_that_is_no_event_has_a_title_and_days_that_are_free(cast, camera, planned, now):
    with pytest.raises(ValidationError, match="say what it is"):
        planned(visit=None)
    plan = planned(visit=None, title="Library", back_on=now.date() + 5 * DAY)
    assert plan.where_to == "Library"
    with pytest.raises(ValidationError, match="Miss Puffin has planned it for Library"):
        planned(holder=cast.colleague, by=cast.colleague.user)
    off_site.cancel(plan, by=cast.teacher.user, at=now)
    assert HeadRequest.objects.get(about=plan.ref).withdrawn_at
    assert planned(holder=cast.colleague, by=cast.colleague.user)


def test_a_plan_is_not_cancelled_while_the_device_is_away(cast, camera, out, planned, now):
    plan = planned(yes=True)
    out(camera, plan=plan)
    with pytest.raises(ValidationError, match="Sign it in first"):
        off_site.cancel(plan, by=cast.teacher.user, at=now)


def test_the_head_cannot_agree_to_a_plan_that_is_over(cast, planned, now):
    request = HeadRequest.objects.get(about=planned().ref)
    later = now.date() + 2 * DAY
    assert shown(request, cast.head.user, later).refuses == "These days are past."


def test_a_camera_with_pictures_nags_until_it_is_wiped(cast, camera, out, back, now):
    loan = out(camera)
    memory.imported(camera, about="album", count=2, by=cast.teacher.user, at=now)
    memory.imported(camera, about="album", count=1, by=cast.teacher.user, at=now)
    assert Import.objects.get().count == 3
    with pytest.raises(ValidationError, match="3 pictures came in"):
        back(loan, memory=Memory.UNUSED)
    back(loan, memory=Memory.FULL)
    assert [task.title for task in todo(cast.teacher.user, now.date())] == ["Wipe Hall camera"]
    assert "Wipe Hall camera" not in {task.title for task in todo(cast.office.user, now.date())}
    monday = now + 4 * DAY
    assert "Wipe Hall camera" in {task.title for task in todo(cast.office.user, monday.date())}
    assert stay_and_are_wiped(monday.date()).standing is Standing.ATTENTION
    memory.wipe(camera, wiper=cast.teacher, by=cast.teacher.user, at=monday)
    assert (Wipe.objects.get().imported, Wipe.objects.get().wiped) == (3, 3)
    assert list(todo(cast.teacher.user, monday.date())) == []
    memory.imported(camera, about="album", count=1, by=cast.teacher.user, at=monday + DAY)
    assert Import.objects.count() == 2  # what comes after a wipe is counted anew


def test_a_wipe_that_is_not_as_many_says_why_and_its_witness_signs(cast, camera, now):
    by = cast.teacher.user
    memory.imported(camera, about="", count=3, by=by, at=now)
    said = {"wiper": cast.teacher, "by": by, "at": now}
    with pytest.raises(ValidationError, match="Say why 2 were deleted"):
        memory.wipe(camera, wiped=2, **said)
    with pytest.raises(ValidationError, match="Somebody else attests"):
        memory.wipe(camera, witness=cast.teacher, signed="typed", **said)
    with pytest.raises(ValidationError, match="Mr Tactile signs here"):
        memory.wipe(camera, witness=cast.colleague, **said)
    row = memory.wipe(
        camera, wiped=2, why="One broke", witness=cast.colleague, signed="typed", **said
    )
    assert (row.wiped, row.why, row.witness) == (2, "One broke", cast.colleague)


def test_signing_in_finds_what_was_lost_and_writes_the_wipe_down(cast, camera, out, back, now):
    loan = out(camera)
    loss = losses.report(camera, held="unknown", last_seen="", by=cast.teacher.user, at=now)
    with pytest.raises(ValidationError, match="reported lost already"):
        losses.report(camera, held="unknown", last_seen="", by=cast.teacher.user, at=now)
    back(loan)
    loss.refresh_from_db()
    assert loss.found_at and Wipe.objects.count() == 1


def test_it_comes_back_later_as_its_holder_says_but_not_after_the_visit(
    cast, camera, out, planned, now
):
    loan = out(camera, plan=planned(yes=True))
    later = {"due_at": now + 2 * DAY, "at": now}
    with pytest.raises(Refused):
        loans.change_due(loan, by=cast.colleague.user, **later)
    with pytest.raises(ValidationError, match="The head agreed until"):
        loans.change_due(loan, by=cast.teacher.user, **later)


def test_an_album_is_offered_the_camera_that_its_maker_took_last(cast, camera, out):
    assert camera_held_by(cast.teacher) is None
    out(camera)
    assert camera_held_by(cast.teacher) == camera
