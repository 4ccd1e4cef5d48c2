"""Late, lost, counted, out of use, left, forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from belisha.devices.actions import checks, losses, register
from belisha.devices.actions.reminding import remind
from belisha.devices.actions.retention import KEPT_FOR, LOSSES_KEPT_FOR, forget_old
from belisha.devices.calendar_feed import events_of
from belisha.devices.clauses import kept_and_used_with_authority
from belisha.devices.models import Device, Loan, Loss, StockCheck
from belisha.devices.searching import find
from belisha.devices.todo import todo
from belisha.lib.state import Standing
from belisha.people.access import Refused
from belisha.people.actions import staff as staff_acts
from belisha.people.models import Mail

DAY = timedelta(days=1)


def titles(person, on):
    return [task.title for task in todo(person.user, on) if task.title != "Check the devices"]


def addressees():
    return sorted(Mail.objects.filter(kind="device-late").values_list("to", flat=True))


def test_a_late_device_goes_to_its_holder_then_the_office_then_the_head(
    school, cast, camera, out, now
):
    out(camera)
    evening, monday, wednesday = (now + timedelta(hours=hours) for hours in (8, 72, 120))
    assert titles(cast.teacher, now.date()) == ["Bring back Hall camera"]
    assert titles(cast.office, now.date()) == []
    late = "Hall camera is not back: Miss Puffin has it"
    assert titles(cast.office, monday.date()) == [late] and titles(cast.head, monday.date()) == []
    assert titles(cast.head, wednesday.date()) == [late]
    assert remind(school, at=now) == 0, "it is not late yet"
    for at in (evening, evening, monday, wednesday, wednesday):
        remind(school, at=at)
    people = (cast.teacher, cast.office, cast.head)
    assert addressees() == sorted(person.user.email for person in people)
    assert "Puffin" not in "".join(Mail.objects.values_list("body", flat=True))


def test_nobody_is_reminded_on_a_sunday(school, camera, out, now):
    out(camera)
    assert remind(school, at=now + 2 * DAY) == 0


def test_who_still_has_a_device_leaves_only_with_the_head_s_word(cast, camera, out, now):
    loan = out(camera, due_at=now + 5 * DAY)
    going = {"on": now.date(), "at": now + timedelta(hours=1)}
    with pytest.raises(ValidationError, match="Hall camera: Miss Puffin has it"):
        staff_acts.leave(cast.teacher, by=cast.office.user, **going)
    staff_acts.leave(cast.teacher, by=cast.head.user, all_the_same=True, **going)
    loan.refresh_from_db()
    assert loan.due_at == going["at"]
    assert titles(cast.office, now.date()) == ["Hall camera is not back: Miss Puffin has it"]


@pytest.mark.parametrize(("held", "hears"), [("unknown", True), ("nothing", False)])
def test_a_loss_waits_for_the_head_and_for_the_lead_if_children_are_on_it(
    cast, camera, now, held, hears
):
    loss = losses.report(camera, held=held, last_seen="Hall", by=cast.teacher.user, at=now)
    assert titles(cast.head, now.date()) == ["Hall camera is lost"]
    assert bool(titles(cast.lead, now.date())) is hears
    assert kept_and_used_with_authority(now.date()).standing is Standing.ATTENTION
    assert kept_and_used_with_authority(now.date() + 5 * DAY).standing is Standing.BROKEN
    losses.found(loss, where="A drawer", by=cast.colleague.user, at=now)
    assert titles(cast.head, now.date()), "found again, it is followed up all the same"
    with pytest.raises(Refused):
        losses.follow_up(loss, words="Nothing", by=cast.teacher.user, at=now)
    losses.follow_up(loss, words="The drawer is locked now", by=cast.head.user, at=now)
    assert titles(cast.head, now.date()) == []


def test_once_a_term_each_device_is_looked_for(school, cast, camera, out, now):
    on, office = now.date(), {"by": cast.office.user, "at": now}
    assert kept_and_used_with_authority(on).standing is Standing.BROKEN
    assert "Check the devices" in [task.title for task in todo(cast.office.user, on)]
    with pytest.raises(Refused):
        checks.start(school, by=cast.teacher.user, at=now)
    check = checks.start(school, **office)
    assert checks.start(school, **office) == check
    with pytest.raises(ValidationError, match="1 is still to be looked for"):
        checks.finish(check, **office)
    checks.tick(check, camera, seen=False, condition="good", **office)
    checks.tick(check, camera, seen=True, condition="worn", **office)
    checks.finish(check, **office)
    assert Device.objects.get().condition == "worn"
    line = check.lines.differing().get()
    assert (line.condition_before, line.condition) == ("good", "worn")
    with pytest.raises(ValidationError, match="finished"):
        checks.tick(check, camera, seen=False, condition="good", **office)
    assert kept_and_used_with_authority(on).standing is Standing.KEPT
    assert list(todo(cast.office.user, on)) == []


def test_a_check_begun_by_mistake_is_given_up(school, cast, camera, now):
    check = checks.start(school, by=cast.office.user, at=now)
    checks.give_up(check, by=cast.office.user, at=now)
    assert not StockCheck.objects.exists()


def test_out_of_use_it_is_wiped_for_good_or_said_why_not_and_back_again(
    school, cast, camera, out, now
):
    office = {"by": cast.office.user, "at": now}
    with pytest.raises(ValidationError, match="Wipe it first"):
        register.retire(camera, became="", wiped=False, **office)
    register.retire(camera, became="Recycled", wiped=True, **office)
    assert not Device.objects.in_use().exists()
    again = {"name": "Hall camera", "kind": "camera", "lives_in": "Safe"}
    register.add(school, **again, **office)
    with pytest.raises(ValidationError, match="Another device has this name"):
        register.use_again(camera, **office)
    with pytest.raises(ValidationError, match="not in use"):
        out(camera)


def test_what_somebody_has_is_not_taken_out_of_use_unless_it_is_lost(cast, camera, out, now):
    loan = out(camera)
    with pytest.raises(ValidationError, match="Sign it in first"):
        register.retire(camera, became="", wiped=True, by=cast.office.user, at=now)
    losses.report(camera, held="unknown", last_seen="", by=cast.teacher.user, at=now)
    register.retire(camera, became="Lost", wiped=False, by=cast.office.user, at=now)
    loan.refresh_from_db()
    assert (loan.back_at, loan.memory) == (now, "gone")


def test_old_loans_are_forgotten_and_a_loss_only_once_it_is_followed_up(
    school, cast, camera, out, back, now
):
    back(out(camera))
    loss = losses.report(camera, held="unknown", last_seen="", by=cast.teacher.user, at=now)
    forget_old(school, at=now + KEPT_FOR - DAY)
    assert Loan.objects.count() == 1
    forget_old(school, at=now + KEPT_FOR + DAY)
    assert Loan.objects.count() == 0 and Device.objects.exists()
    forget_old(school, at=now + LOSSES_KEPT_FOR + DAY)
    assert Loss.objects.count() == 1
    losses.follow_up(loss, words="Told", by=cast.head.user, at=now)
    register.retire(camera, became="Lost", wiped=False, by=cast.office.user, at=now)
    forget_old(school, at=now + LOSSES_KEPT_FOR + DAY)
    assert not Loss.objects.exists() and not Device.objects.exists()


def test_whoever_is_erased_leaves_neither_name_nor_signature(school, cast, camera, out, back, now):
    loan = back(out(camera))
    staff_acts.leave(cast.teacher, on=now.date(), by=cast.head.user, at=now)
    staff_acts.erase(cast.teacher, by=cast.head.user, at=now)
    forget_old(school, at=now)
    loan.refresh_from_db()
    assert (loan.who, loan.signed_out, loan.signed_in) == ("Somebody who has left", "", "")


def test_a_device_is_found_and_a_loan_stands_in_its_holder_s_calendar(cast, camera, out, now):
    assert [one.title for one in find(cast.teacher.user, "hall")] == ["Hall camera"]
    assert find(cast.governor.user, "hall") == []
    out(camera)
    assert [event.title for event in events_of(cast.teacher.user, now.date())] == [
        "Bring a device back"
    ]
    assert list(events_of(cast.colleague.user, now.date())) == []
