"""What can be done with a device, by whom, and what can never happen to it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.devices.confiscations import (
    clauses,
    erasing,
    exempting,
    jobs,
    keeping,
    matters,
    returning,
    seizing,
)
from belisha.devices.confiscations.counting import counted
from belisha.devices.confiscations.rules import KEPT_FOR, Over
from belisha.devices.confiscations.stands import stands_of, waiting_for_family
from belisha.devices.confiscations.tests.conftest import anew, enter, receive
from belisha.devices.models import Confiscation, ContactTry, Exemption, Matter, Returned
from belisha.devices.models.confiscations import State
from belisha.lib.state import Standing
from belisha.lib.verdict import Outcome
from belisha.people.access import Refused
from belisha.people.actions.mail import came_back
from belisha.people.actions.protection import protect
from belisha.people.actions.pupils import erase as erase_pupil
from belisha.people.actions.pupils import leave
from belisha.people.models import Mail
from belisha.people.tests.cast import make_pupil
from belisha.policy.actions.approvals import answer
from belisha.policy.actions.sanctions import write_ladder
from belisha.policy.models import HeadRequest, Sanction
from belisha.policy.sanctions import PHONES, Step

HOME_TIME = timedelta(hours=6, minutes=15)  # after nine on that Friday
MONDAY = date(2026, 11, 23)


def collect(cast, row, at, **more):
    told = {
        "parent": cast.mother,
        "adult": "",
        "identity": Returned.Identity.KNOWN,
        "signature": "typed",
        "same_condition": True,
        "words": "",
        "by": cast.office.user,
    }
    return returning.collect(row, at=at, **told | more)


def agree(cast, row, at, *, yes=True):
    request = HeadRequest.objects.about(HeadRequest.Kind.KEEPING, row.ref).open().get()
    words = {} if yes else {"reason": "Give it back."}
    answer(request, yes=yes, digest=request.digest, by=cast.head.user, at=at, **words)


def test_a_phone_is_taken_kept_tried_and_collected(cast, stored, now):
    row = stored()
    assert anew(row).state is State.OFFICE
    for reached in (False, True):
        keeping.write_try(
            row,
            cast.mother,
            how=ContactTry.How.PHONE,
            reached=reached,
            agreed="",
            tried_at=now,
            by=cast.teacher.user,
            at=now,
        )
    stands = stands_of(anew(row), at=now)
    assert stands.reached and not stands.late and not stands.must_ask
    collect(cast, row, now)
    assert anew(row).state is State.BACK
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {f"confiscation.{verb}" for verb in ("seized", "stored", "contact", "returned")} <= verbs


def test_a_button_tapped_twice_takes_one_device(taken, now):
    assert taken() == taken(written=now + timedelta(seconds=30))
    assert taken(kind="watch") != taken()


def test_a_device_in_the_toilets_is_mailed_at_once_to_whoever_safeguards(cast, taken):
    taken()
    assert not Mail.objects.filter(kind="confiscation-toilets").exists()
    row = taken(where="toilets", description="Green")
    mail = Mail.objects.get(kind="confiscation-toilets")
    assert mail.to == cast.lead.user.email and row.ref in mail.body
    assert cast.child.first_name not in mail.body + mail.subject
    page = reverse("confiscation", args=[row.ref])
    assert "told by mail at once" in enter(cast.teacher).get(page).text
    came_back(mail.message_id, why="There is no such address.", at=row.written_at)
    assert "No mail about this arrived" in enter(cast.teacher).get(page).text


def test_what_a_child_may_have_is_taken_only_after_asking(cast, taken, now):
    exempting.exempt(
        cast.child,
        kind="phone",
        named="",
        says="It stays in the bag",
        until=MONDAY,
        by=cast.lead.user,
        at=now,
    )
    with pytest.raises(ValidationError, match="may have this device"):
        taken()
    assert taken(kind="watch")
    assert taken(despite="Mrs Toucan: take it for now")
    assert taken(at=now + timedelta(days=7), description="Later: it had run out")


@pytest.mark.parametrize("who", ["teacher", "assistant"])
def test_only_those_who_keep_devices_say_what_a_child_may_have(cast, now, who):
    with pytest.raises(Refused):
        exempting.exempt(
            cast.child,
            kind="phone",
            named="",
            says="x",
            until=MONDAY,
            by=getattr(cast, who).user,
            at=now,
        )
    assert not Exemption.objects.exists()


def test_who_opens_a_device_says_why_and_the_head_is_told(taken):
    with pytest.raises(ValidationError):
        taken(not_unlocked=False)
    row = taken(not_searched=False, opened_why="A picture of another child was on the screen.")
    assert Matter.objects.open().get().confiscation == row


def test_a_time_that_cannot_be_is_refused(taken, now):
    with pytest.raises(ValidationError):
        taken(at=now + timedelta(hours=1), written=now)
    with pytest.raises(ValidationError):
        taken(at=now - timedelta(days=15), written=now)


def test_after_school_the_head_is_asked_at_once(cast, taken, now):
    row = taken(at=now + timedelta(hours=7), during="event")
    asked = HeadRequest.objects.get(about=row.ref)
    assert asked.title == "Keep a pupil’s phone over the weekend"
    assert "Ada" not in asked.title + asked.words + asked.why
    later = now + timedelta(hours=8)
    stands = stands_of(anew(row), at=later)
    assert stands.goes_back.over is Over.WEEKEND and stands.waits_for_head and not stands.late
    agree(cast, row, later, yes=False)
    stands = stands_of(anew(row), at=later)
    assert stands.late and stands.must_ask


def test_a_weekend_needs_the_head_s_yes_and_the_yes_has_a_day(cast, stored, now):
    row, home = stored(), now + HOME_TIME
    assert not stands_of(anew(row), at=home - timedelta(minutes=1)).late
    assert stands_of(anew(row), at=home).must_ask
    assert clauses.kept_and_collected(now.date()).standing is Standing.BROKEN
    seizing.ask_to_keep(row, MONDAY, why="Nobody answers", by=cast.office.user, at=home)
    assert stands_of(anew(row), at=home).late, "asking is no yes"
    agree(cast, row, home)
    stands = stands_of(anew(row), at=home)
    assert stands.head.outcome is Outcome.YES and not stands.late
    assert stands_of(anew(row), at=home + timedelta(days=3)).late
    seizing.ask_to_keep(
        row,
        date(2026, 11, 24),
        why="Tomorrow",
        by=cast.office.user,
        at=home + timedelta(days=2, hours=20),
    )
    sunday = stands_of(anew(row), at=home + timedelta(days=2, hours=21))
    assert sunday.waits_for_head and not sunday.late, "a newer question ends no yes"


@pytest.mark.parametrize("until", [date(2026, 11, 20), date(2026, 11, 21)])
def test_no_day_is_asked_for_on_which_nobody_could_give_it_back(cast, stored, now, until):
    with pytest.raises(ValidationError):
        seizing.ask_to_keep(stored(), until, why="x", by=cast.office.user, at=now)


def test_it_goes_to_nobody_under_an_order_by_whatever_name(cast, stored, now):
    row = stored()
    for told in ({"parent": cast.barred}, {"adult": "Mr Ivo  SIGNPOST"}, {"signature": ""}):
        with pytest.raises(ValidationError):
            collect(cast, row, now, **told)
    with pytest.raises(ValidationError):
        keeping.write_home(row, cast.barred, by=cast.office.user, at=now)
    assert anew(row).is_open and not Mail.objects.filter(kind="confiscation").exists()


def test_it_is_given_back_once_and_what_was_written_wrongly_stays_to_be_read(cast, stored, now):
    row = stored()
    first = collect(cast, row, now)
    with pytest.raises(ValidationError, match="was quicker"):
        returning.hand_to_pupil(row, decided_by=cast.head, words="", by=cast.office.user, at=now)
    returning.not_returned(row, why="Wrong envelope", by=cast.office.user, at=now)
    assert anew(row).state is State.OFFICE
    collect(cast, row, now)
    assert [one.pk == first.pk for one in row.returns.all()].count(True) == 1


def test_two_devices_do_not_lie_in_one_envelope(cast, stored, now):
    stored(envelope="A7")
    other = stored(kind="watch", envelope="A8")
    with pytest.raises(ValidationError):
        receive(cast, other, now, "a7")
    receive(cast, other, now, "A9")
    receive(cast, stored(kind="tablet", envelope="A8"), now, "A8")


def test_a_mistake_is_undone_at_once_and_by_the_office_once_it_has_it(cast, taken, now):
    row, how = taken(), Confiscation.Undone.GIVEN_BACK
    with pytest.raises(Refused):
        seizing.undo(row, how, why="x", by=cast.teacher.user, at=now)
    seizing.undo(row, how, why="It was a reader", by=cast.colleague.user, at=now)
    assert anew(row).state is State.ASIDE
    seizing.take_up(row, by=cast.colleague.user, at=now)
    receive(cast, row, now)
    with pytest.raises(Refused):
        seizing.undo(row, how, why="x", by=cast.colleague.user, at=now)
    seizing.undo(row, how, why="x", by=cast.office.user, at=now)
    assert counted(2026)[1] == 0, "it is no breach"


def test_a_correction_stands_beside_what_was_written(cast, taken, now):
    row = taken()
    seizing.correct(row, "It was blue", by=cast.colleague.user, at=now)
    with pytest.raises(Refused):
        seizing.correct(row, "x", by=cast.assistant.user, at=now)
    assert anew(row).description == "Black, in a red case"
    assert [str(one) for one in row.corrections.all()] == ["It was blue"]


def test_the_ladder_suggests_by_what_came_before_and_a_person_decides(cast, taken, now):
    for days in (3, 2):
        taken(at=now - timedelta(days=days))
    taken(at=now.replace(month=7), written=now.replace(month=7), description="Last school year")
    row, by = taken(), cast.teacher.user
    with pytest.raises(ValidationError, match="Write why"):
        matters.decide_sanction(row, chosen="Contact home", why="", by=by, at=now)
    with pytest.raises(Refused):
        matters.decide_sanction(row, chosen="No sanction", why="x", by=cast.colleague.user, at=now)
    made = matters.decide_sanction(row, chosen="Collected by a parent", why="", by=by, at=now)
    assert (made.earlier, made.departs) == (2, False)
    asked = HeadRequest.objects.get(about=row.ref)
    assert "until the end of Monday 23 November 2026" in asked.words, "a day more asks the head"
    again = matters.decide_sanction(row, chosen="No sanction", why="A misuse", by=by, at=now)
    assert again.departs and Sanction.objects.about(row.ref).first() == again


def test_the_head_writes_a_ladder_and_old_decisions_keep_their_words(cast, school, taken, now):
    made = matters.decide_sanction(
        taken(), chosen="Words with the pupil", why="", by=cast.teacher.user, at=now
    )
    with pytest.raises(Refused):
        write_ladder(school, PHONES, (Step("x"),), by=cast.lead.user, at=now)
    write_ladder(school, PHONES, (Step("A letter"),), by=cast.head.user, at=now)
    made.refresh_from_db()
    assert made.words == "Somebody whom the pupil trusts talks it through."
    with pytest.raises(ValidationError, match="changed meanwhile"):
        matters.decide_sanction(
            taken(kind="watch"), chosen="Contact home", why="", by=cast.teacher.user, at=now
        )


def test_what_is_lost_or_damaged_waits_for_the_head(cast, stored, now):
    row = stored()
    with pytest.raises(ValidationError):
        returning.pass_on(
            row,
            how=Returned.How.LOST,
            decided_by=cast.head,
            reference="",
            words="",
            by=cast.office.user,
            at=now,
        )
    collect(cast, row, now, same_condition=False, words="The screen is cracked")
    matter = Matter.objects.open().get()
    assert clauses.kept_and_collected(now.date()).standing is Standing.ATTENTION
    with pytest.raises(Refused):
        matters.settle(matter, outcome="x", by=cast.office.user, at=now)
    matters.settle(matter, outcome="Paid for", by=cast.head.user, at=now)
    assert clauses.kept_and_collected(now.date()).standing is Standing.KEPT


def test_office_and_head_hear_once_a_day_at_home_time_and_of_nobody_s_name(
    cast, school, stored, now
):
    stored()
    home = now + HOME_TIME
    assert jobs.nag_of(school, at=home - timedelta(minutes=1)) == 0
    assert jobs.nag_of(school, at=home) == 2
    assert jobs.nag_of(school, at=home + timedelta(minutes=5)) == 0
    assert jobs.nag_of(school, at=home + timedelta(days=1)) == 0, "nobody is there on a Saturday"
    assert jobs.nag_of(school, at=home + timedelta(days=3)) == 2
    mails = Mail.objects.filter(kind="still-here")
    assert {mail.to for mail in mails} == {cast.head.user.email, cast.office.user.email}
    assert not any(
        word in mail.subject + mail.body for mail in mails for word in ("Ada", "Kerbstone")
    )


def test_a_mail_home_says_what_where_and_until_when_and_names_no_child(cast, stored, now):
    keeping.write_home(stored(), cast.mother, by=cast.office.user, at=now)
    mail = Mail.objects.get(kind="confiscation")
    for words in ("Phone", "school office", "15:15 on 20 November 2026", "sign for it"):
        assert words in mail.body
    assert "Ada" not in mail.body + mail.subject
    assert ContactTry.objects.get().how == ContactTry.How.EMAIL


def test_a_parent_sees_what_waits_of_their_own_child_until_it_is_back(cast, school, stored, now):
    row = stored()
    assert [one.row for one in waiting_for_family(cast.mother.user, at=now)] == [row]
    assert waiting_for_family(cast.barred.user, at=now) == []
    protect(cast.child, why="x", by=cast.lead.user, at=now)
    assert [one.row for one in waiting_for_family(cast.mother.user, at=now)] == [row]
    collect(cast, row, now)
    assert waiting_for_family(cast.mother.user, at=now) == []


def test_who_sees_what(cast, school, taken):
    mine = taken()
    other = make_pupil(school, "Bo", "Bollard", None)
    foreign = taken(pupil=other, by=cast.head)
    visible = {
        name: set(Confiscation.objects.visible_to(getattr(cast, name).user))
        for name in ("colleague", "teacher", "assistant", "office", "head", "governor")
    }
    assert visible["colleague"] == visible["teacher"] == {mine}
    assert visible["office"] == visible["head"] == {mine, foreign}
    assert visible["assistant"] == visible["governor"] == set()


def test_no_count_tells_of_few_and_the_clauses_say_how_it_stands(cast, school, taken, now):
    today = now.date()
    assert clauses.not_used(today).standing is Standing.NOT_IN_USE
    children = [make_pupil(school, f"P{number}", "Q", cast.robins) for number in range(6)]
    for number, child in enumerate(children):
        taken(pupil=child, kind="phone" if number < 5 else "watch")
    groups, whole = counted(2026)
    assert whole == 6
    device = dict(next(group.rows for group in groups if group.title == "Device"))
    assert set(device.values()) == {"Fewer than 5, or kept back"}, "5 of 6 would tell of the one"
    year = dict(next(group.rows for group in groups if group.title == "Year group"))
    assert year == {"Year 4": "6"}
    assert clauses.not_used(today).says == "6 taken in this school year, each handed in"
    assert clauses.not_used(today + timedelta(days=1)).standing is Standing.ATTENTION
    assert clauses.decided(today).standing is Standing.NOT_IN_USE
    late = clauses.decided(today + timedelta(days=10))
    assert (late.standing, late.figure) == (Standing.ATTENTION, "0 of 6")


def test_a_year_after_it_went_back_it_is_erased_unless_it_is_kept_on_purpose(cast, stored, now):
    gone, kept, here = (
        stored(),
        stored(kind="watch", envelope="2"),
        stored(kind="other", envelope="3"),
    )
    for row in (gone, kept):
        matters.decide_sanction(
            row, chosen="Words with the pupil", why="x", by=cast.head.user, at=now
        )
        collect(cast, row, now)
    erasing.retain(kept, why="A quarrel", by=cast.head.user, at=now)
    later = now + KEPT_FOR + timedelta(days=1)
    assert erasing.erase_old(later.date() - timedelta(days=1), at=later) == 0
    assert erasing.erase_old(later.date(), at=later) == 1
    assert set(Confiscation.objects.all()) == {kept, here}
    assert not Sanction.objects.about(gone.ref).exists()
    erasing.release(kept, by=cast.head.user, at=now)
    assert erasing.erase_old(later.date(), at=later) == 1
    assert Entry.objects.filter(verb="confiscation.erased").count() == 2


def test_a_child_is_erased_with_all_of_it_but_not_while_the_school_has_a_device(cast, stored, now):
    row = stored()
    leave(cast.child, on=now.date(), by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="Give it back first"):
        erase_pupil(cast.child, by=cast.office.user, at=now)
    collect(cast, row, now)
    erase_pupil(cast.child, by=cast.office.user, at=now)
    assert not Confiscation.objects.exists() and not Returned.objects.exists()
