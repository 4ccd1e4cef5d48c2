"""Working on a case: asked, done in time, decided, followed up, closed."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from belisha.devices.models import Confiscation
from belisha.incidents.actions import deciding, handling, needs, rising
from belisha.incidents.actions.record import verify
from belisha.incidents.actions.telling import Named, answer, ask, tell
from belisha.incidents.models import Case, Closing, Handler, Reply, StaffOutcome, Task, Told
from belisha.incidents.progress_todo import HAND_IT_OVER, work_for
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.todo import todo
from belisha.incidents.working.closing import ForStaff, Outcome
from belisha.incidents.working.kinds import BULLYING, JURISDICTION, OFFICER, THRESHOLD
from belisha.people.access import Refused
from belisha.people.actions.mail import came_back
from belisha.people.calendar import LONDON
from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_pupil, make_staff
from belisha.policy.actions.sanctions import decide
from belisha.policy.sanctions import PHONES

SUNDAY = datetime(2026, 11, 22, 16, 0, tzinfo=LONDON)
DAY = timedelta(days=1)
OUTSIDE = {
    "in-charge": needs.Typed("outside", "On a Sunday, at home."),
    "orderly": needs.Typed("yes", "Half of the class spoke of nothing else."),
    "threatens": needs.Typed("no", "Nobody is threatened."),
    "reputation": needs.Typed("no", "The school is not named."),
    "proof": needs.Typed("He said so himself."),
    "fair": needs.Typed("yes", "One break inside, with a talk."),
    "lawful": needs.Typed("yes", "At school, on Tuesday."),
}


@pytest.fixture
def cast(school):
    year5 = make_class(school, "Skylarks", year=5)
    return SimpleNamespace(
        school=school,
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        lead=make_staff(school, "Mr Pellow", Role.SAFEGUARDING_LEAD),
        chair=make_staff(school, "Dr Pegasus", Role.CHAIR),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        robin=make_pupil(school, "Robin", "Amberlight", year5),
        wren=make_pupil(school, "Wren", "Kerbstone", year5),
    )


def begin(cast, kind, about, *named, at=SUNDAY, by=None):
    details = {"kind": kind, "what": "It was seen.", "about": about, "way": Way.STAFF}
    return tell(cast.school, details=details, named=named, by=by and by.user, at=at).case


@pytest.fixture
def bullying(cast):
    return begin(
        cast,
        Kind.BULLYING,
        About.PUPIL,
        Named(Part.SUBJECT, pupil=cast.robin),
        Named(Part.HARMED, pupil=cast.wren),
        by=cast.teacher,
    )


@pytest.fixture
def allegation(cast):
    return begin(cast, Kind.ALLEGATION, About.STAFF, Named(Part.SUBJECT, staff=cast.teacher))


def subject(case):
    return case.parties.get(part=Part.SUBJECT)


def settle_all(case, by, at):
    for told in Told.objects.waiting().filter(case=case):
        handling.settle(told, was_told=True, how="By telephone.", by=by.user, at=at)
    for task in Task.objects.open().filter(case=case).exclude(rule="follow-up"):
        needs.finish(task, needed=True, words="Done.", by=by.user, at=at)


def close(case, by, at, outcome=Outcome.DEALT):
    return deciding.close(
        case, outcome=outcome, words="Over.", learnt="Ask earlier.", by=by.user, at=at
    )


def test_what_comes_in_on_a_sunday_is_due_from_monday_on(bullying):
    due = {one.rule: one.due_at for one in (*bullying.tasks.all(), *bullying.told.all())}
    assert due["parents-harmed"] == datetime(2026, 11, 23, 17, tzinfo=LONDON)
    assert due["follow-up"] == due["parents-subject"] == datetime(2026, 11, 24, 17, tzinfo=LONDON)


def test_a_changed_answer_leaves_the_earlier_one_and_changes_what_is_needed(cast, bullying):
    def say(value, at):
        typed = {"threat": needs.Typed(value)}
        needs.answer_sheet(bullying, BULLYING, typed, by=cast.lead.user, at=at)

    say("yes", SUNDAY)
    assert bullying.told.waiting().filter(rule="police").exists()
    say("yes", SUNDAY)  # nothing new
    say("no", SUNDAY + DAY)
    assert [one.value for one in Reply.objects.filter(question="threat")] == ["yes", "no"]
    assert not bullying.told.waiting().filter(rule="police").exists()
    say("yes", SUNDAY + 2 * DAY)
    police = bullying.told.get(rule="police")
    assert police.settled_at is None
    assert police.due_at == datetime(2026, 11, 25, 17, tzinfo=LONDON)


def test_the_threshold_starts_the_clock_of_the_referral_at_the_report(cast, allegation):
    later = SUNDAY + 4 * DAY
    typed = {"harmed": needs.Typed("yes", "She saw it herself.")}
    with pytest.raises(ValidationError, match="Say why"):
        without = {"harmed": needs.Typed("yes")}
        needs.answer_sheet(allegation, THRESHOLD, without, by=cast.head.user, at=later)
    needs.answer_sheet(allegation, THRESHOLD, typed, by=cast.head.user, at=later)
    referral = allegation.tasks.get(rule="referral")
    assert referral.due_at == datetime(2026, 11, 23, 17, tzinfo=LONDON)
    asked = {
        "advice": needs.Typed("Refer it. Ms Beacon."),
        "referred-on": needs.Typed("2026-11-26"),
    }
    needs.answer_sheet(allegation, OFFICER, asked, by=cast.head.user, at=later)
    referral.refresh_from_db()
    assert referral.done_at == later
    assert Reply.objects.get(question="referred-on").said == "26 November 2026"


def test_whoever_it_is_about_can_do_nothing_in_it(cast, allegation):
    for user in (cast.teacher.user, cast.chair.user):
        with pytest.raises(Refused):
            needs.answer_sheet(allegation, OFFICER, {}, by=user, at=SUNDAY)
        with pytest.raises(Refused):
            needs.add_task(allegation, what="x", days=1, by=user, at=SUNDAY)
        with pytest.raises(Refused):
            deciding.follow_up(allegation, words="x", by=user, at=SUNDAY)
        with pytest.raises(Refused):
            deciding.close(
                allegation, outcome=Outcome.DEALT, words="x", learnt="", by=user, at=SUNDAY
            )
        with pytest.raises(Refused):
            deciding.reopen(allegation, why="x", by=user, at=SUNDAY)
        assert deciding.outcomes_for_reading(allegation, user, SUNDAY) == []


def test_outside_school_there_is_no_sanction_without_the_test(cast, bullying):
    def punish():
        return deciding.sanction(
            bullying,
            party=subject(bullying),
            step="One break inside",
            why="Third time.",
            by=cast.lead.user,
            at=SUNDAY,
        )

    with pytest.raises(ValidationError, match="Nobody has said"):
        punish()
    needs.answer_sheet(bullying, JURISDICTION, OUTSIDE, by=cast.lead.user, at=SUNDAY)
    given = punish()
    assert given.ground.startswith("E.i:")
    other = begin(cast, Kind.BULLYING, About.PUPIL)
    assert deciding.in_like_cases(other, cast.lead.user) == [("One break inside", 1)]
    again = begin(cast, Kind.BULLYING, About.PUPIL, Named(Part.SUBJECT, pupil=cast.robin))
    assert deciding.earlier_of(subject(again), cast.lead.user, SUNDAY) == 1
    assert deciding.earlier_of(subject(again), cast.lead.user, SUNDAY + 365 * DAY) == 0
    assert deciding.earlier_of(subject(again), cast.leader.user, SUNDAY) == 0, "sees neither"
    deciding.take_back(given, why="It was his brother.", by=cast.lead.user, at=SUNDAY)
    assert deciding.in_like_cases(other, cast.lead.user) == []


def test_what_a_pupil_was_given_for_a_phone_and_in_another_case_is_seen_together(cast, bullying):
    def decided(chosen, at, about="phone-of-robin"):
        said = {"clause": "A.5", "earlier": 0, "chosen": chosen, "why": "So.", "at": at}
        decide(cast.robin, PHONES, about, by=cast.teacher.user, **said)

    decided("Contact home", SUNDAY - 3 * DAY)
    decided("Collected by a parent", SUNDAY - 2 * DAY)  # this one counts
    decided("Collected by a parent", SUNDAY - 400 * DAY, "another")  # of another school year
    seen_at = {"seized_at": SUNDAY, "written_at": SUNDAY, "set_aside_at": SUNDAY}
    stated = {"not_unlocked": True, "not_searched": True, "seized_by": cast.teacher.user}
    taken = {"school": cast.school, "pupil": cast.robin, **seen_at, **stated}
    Confiscation.objects.create(ref="mistake", **taken)
    decided("Meeting with the family", SUNDAY - DAY, "mistake")  # nothing was taken
    named = Named(Part.SUBJECT, pupil=cast.robin)
    other = begin(cast, Kind.BULLYING, About.PUPIL, named, at=SUNDAY - DAY)
    needs.answer_sheet(other, JURISDICTION, OUTSIDE, by=cast.lead.user, at=SUNDAY)
    party = other.parties.get(part=Part.SUBJECT)
    given = {"party": party, "step": "One break inside", "why": "x", "at": SUNDAY}
    deciding.sanction(other, by=cast.lead.user, **given)

    def seen(person):
        return [one.step for one in deciding.had_before(bullying, person.user, SUNDAY)]

    assert seen(cast.lead) == ["One break inside", "Collected by a parent"]
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    assert seen(cast.leader) == ["Collected by a parent"], "the other case is not theirs"


def test_who_was_harmed_is_asked_again_on_the_day_that_was_agreed(cast, bullying):
    wren = bullying.parties.get(part=Part.HARMED)

    def help_them(day):
        said = {"words": "A friend at lunch.", "ask_again_on": day}
        deciding.support(bullying, party=wren, **said, by=cast.lead.user, at=SUNDAY)

    with pytest.raises(ValidationError, match="a day to come"):
        help_them((SUNDAY - DAY).date())
    help_them((SUNDAY + 9 * DAY).date())
    due = bullying.tasks.get(what="Ask Wren Kerbstone how it is now").due_at
    assert due == datetime(2026, 12, 1, 17, tzinfo=LONDON)


def test_who_cannot_follow_it_up_is_told_to_hand_it_over(cast, bullying):
    def waits():
        return {one.title for one in work_for(cast.lead.user, SUNDAY)}

    assert HAND_IT_OVER in waits()
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    assert HAND_IT_OVER not in waits()


def test_after_closing_what_the_reporter_says_still_waits_for_somebody(cast, bullying):
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    settle_all(bullying, cast.lead, SUNDAY)
    deciding.follow_up(bullying, words="Met both.", by=cast.leader.user, at=SUNDAY)
    close(bullying, cast.leader, SUNDAY)
    with pytest.raises(ValidationError, match="closed"):
        ask(bullying, words="Who?", by=cast.lead.user, at=SUNDAY)
    more = f"There is more about case {bullying.reference}"
    assert more not in {one.title for one in todo(cast.lead.user, SUNDAY.date())}
    answer(bullying, words="It began again.", at=SUNDAY)
    assert more in {one.title for one in todo(cast.lead.user, SUNDAY.date())}


def test_no_case_closes_without_a_follow_up_of_the_head_or_a_named_leader(cast, bullying):
    with pytest.raises(ValidationError):
        close(bullying, cast.lead, SUNDAY)
    settle_all(bullying, cast.lead, SUNDAY)
    with pytest.raises(ValidationError, match="must follow it up"):
        close(bullying, cast.lead, SUNDAY)
    with pytest.raises(ValidationError, match="senior leader writes this"):
        deciding.follow_up(bullying, words="Done.", by=cast.lead.user, at=SUNDAY)
    with pytest.raises(ValidationError, match="itself"):
        task = bullying.tasks.get(rule="follow-up")
        needs.finish(task, needed=False, words="No.", by=cast.lead.user, at=SUNDAY)
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    deciding.follow_up(bullying, words="Met both.", by=cast.leader.user, at=SUNDAY)
    with pytest.raises(ValidationError, match="serious"):
        close(bullying, cast.lead, SUNDAY, Outcome.MINOR)
    close(bullying, cast.lead, SUNDAY)
    with pytest.raises(ValidationError, match=r"Mr Pellow closed it"):
        close(bullying, cast.leader, SUNDAY)
    assert Closing.objects.filter(case=bullying).count() == 1
    with pytest.raises(ValidationError, match="closed"):
        needs.add_task(bullying, what="x", days=1, by=cast.lead.user, at=SUNDAY)
    assert all(wrong is None for _, wrong in verify())


def test_what_was_filed_as_bullying_stays_serious_under_another_kind(cast, bullying):
    handling.change_kind(bullying, kind=Kind.POST, by=cast.lead.user, at=SUNDAY)
    bullying.refresh_from_db()
    ready = deciding.ready_of(bullying)
    assert (ready.kind, ready.earlier) == (Kind.POST, {Kind.BULLYING})


def test_a_case_that_was_opened_again_needs_a_follow_up_of_its_own(cast, bullying):
    settle_all(bullying, cast.lead, SUNDAY)
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    deciding.follow_up(bullying, words="Met both.", by=cast.leader.user, at=SUNDAY)
    close(bullying, cast.lead, SUNDAY)
    later = SUNDAY + 20 * DAY
    deciding.reopen(bullying, why="It goes on.", by=cast.lead.user, at=later)
    task = bullying.tasks.open().get(rule="follow-up")
    assert task.due_at > later
    with pytest.raises(ValidationError, match="must follow it up"):
        close(bullying, cast.lead, later)
    again = later + timedelta(minutes=1)  # one of the same moment may be the first
    deciding.follow_up(bullying, words="Met them again.", by=cast.leader.user, at=again)
    close(bullying, cast.lead, again)


def test_what_is_late_rises_to_the_leaders_then_to_the_chair_who_learns_nothing(cast, bullying):
    def mails(staff):
        return list(Mail.objects.filter(to=staff.email).values_list("subject", "body"))

    friday = SUNDAY + 5 * DAY
    before = len(mails(cast.head))
    monday_evening = datetime(2026, 11, 23, 19, 0, tzinfo=LONDON)
    assert rising.rise(SUNDAY) == 0
    assert rising.rise(monday_evening) == 1  # the parents of the harmed
    assert rising.rise(monday_evening) == 0
    assert Handler.objects.current().filter(case=bullying, staff=cast.head).exists()
    assert len(mails(cast.head)) > before and not mails(cast.chair)
    assert rising.rise(friday) > 0
    assert mails(cast.chair)
    for subject_, body in mails(cast.chair):
        assert bullying.ref not in body and bullying.reference not in subject_ + body
        assert "Robin" not in body and "Wren" not in body
    assert not Case.objects.visible_to(cast.chair.user, friday).exists()


def test_nothing_rises_to_whoever_it_is_about(cast):
    about_head = begin(cast, Kind.BREACH, About.HEAD)
    rising.rise(SUNDAY + 30 * DAY)
    assert not Mail.objects.filter(to=cast.head.email).exists()
    assert not Handler.objects.filter(case=about_head, staff=cast.head).exists()
    about_chair = begin(cast, Kind.BREACH, About.CHAIR)
    seen = set(Mail.objects.filter(to=cast.chair.email).values_list("pk", flat=True))
    rising.rise(SUNDAY + 30 * DAY)
    assert set(Mail.objects.filter(to=cast.chair.email).values_list("pk", flat=True)) == seen
    assert about_chair.risen.exists()


def test_a_mail_that_came_back_shows_on_the_case(cast, bullying):
    mail = Mail.objects.get(about=f"case:{bullying.pk}", to=cast.lead.email)
    assert rising.came_back_of(bullying) == {}
    came_back(mail.message_id, why="There is no such address.", at=SUNDAY)
    assert rising.came_back_of(bullying) == {bullying.pk: [mail]}


def test_a_mail_that_did_not_arrive_waits_until_somebody_notes_what_they_did(cast, bullying):
    def waits(person, day):
        tasks = todo(person.user, (SUNDAY + day * DAY).date())
        return [one.words for one in tasks if one.title == "A mail about a case did not arrive"]

    Mail.objects.filter(about=f"case:{bullying.pk}").update(given_up_at=SUNDAY + DAY)
    assert len(waits(cast.lead, 2)) == 1 and cast.lead.email in waits(cast.lead, 2)[0]
    assert waits(cast.head, 2) == []
    rung = SUNDAY + 2 * DAY
    handling.note(bullying, words="I rang her.", by=cast.lead.user, at=rung)
    assert waits(cast.lead, 3) == []
    assert rising.came_back_of(bullying) == {}


def test_an_outcome_for_staff_is_read_by_its_list_alone(cast, allegation):
    handling.hand_over(allegation, to=cast.leader, why="", stays=True, by=cast.head.user, at=SUNDAY)
    deciding.outcome_for(
        allegation,
        party=subject(allegation),
        outcome=ForStaff.DISCIPLINARY,
        words="A secret word.",
        readers=[],
        by=cast.head.user,
        at=SUNDAY,
    )
    assert len(deciding.outcomes_for_reading(allegation, cast.head.user, SUNDAY)) == 1
    assert deciding.outcomes_for_reading(allegation, cast.leader.user, SUNDAY) == []
    said = " ".join(allegation.happenings.values_list("words", flat=True))
    assert "A secret word." not in said and "Disciplinary" not in said
    with pytest.raises(ValidationError, match="cannot read this"):
        deciding.outcome_for(
            allegation,
            party=subject(allegation),
            outcome=ForStaff.NONE,
            words="x",
            readers=[cast.teacher],
            by=cast.head.user,
            at=SUNDAY,
        )
    assert StaffOutcome.objects.count() == 1


def test_two_cases_about_one_thing_become_one_and_nobody_sees_more(cast, bullying):
    other = begin(cast, Kind.POST, About.PUPIL, Named(Part.WITNESS, pupil=cast.wren))
    needs.add_task(bullying, what="Ask the neighbour.", days=3, by=cast.lead.user, at=SUNDAY)
    handling.hand_over(bullying, to=cast.leader, why="", stays=True, by=cast.lead.user, at=SUNDAY)
    deciding.join(bullying, other, by=cast.lead.user, at=SUNDAY)
    assert not Case.objects.get(pk=bullying.pk).is_open
    assert other.tasks.open().filter(what="Ask the neighbour.").exists()
    assert {cast.robin, cast.wren} <= {one.pupil for one in other.parties.standing()}
    assert not Case.objects.visible_to(cast.leader.user, SUNDAY).filter(pk=other.pk).exists()
    assert not bullying.tasks.open().exists() and not bullying.told.waiting().exists()
    with pytest.raises(Refused):
        deciding.join(other, bullying, by=cast.head.user, at=SUNDAY)


def test_the_clauses_that_were_breached_are_struck_out_and_never_removed(cast, bullying):
    deciding.breached(bullying, ["D.ix", "D.iii"], by=cast.lead.user, at=SUNDAY)
    deciding.breached(bullying, ["D.ix"], by=cast.lead.user, at=timezone.now())
    assert list(bullying.breached.filter(struck_at=None).values_list("clause", flat=True)) == [
        "D.ix"
    ]
    assert bullying.breached.count() == 2
