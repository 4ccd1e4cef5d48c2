"""What can be done with a complaint, and what cannot."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.audit.models import Entry as Recorded
from belisha.complaints import calendar_feed, clauses, searching
from belisha.complaints.actions import family, hearing, limits, offers, passing
from belisha.complaints.actions.panels import call
from belisha.complaints.actions.receiving import Told, behind, replace_codes, write_down
from belisha.complaints.actions.targets import set_targets
from belisha.complaints.beside import beside
from belisha.complaints.figures import terms
from belisha.complaints.models import Closing, Complaint, Concerned, Offer, Step
from belisha.complaints.rules import Outcome, Stage, Subject, Targets
from belisha.complaints.standing import entry_of
from belisha.complaints.tests.conftest import TYPED, enter, reread
from belisha.complaints.todo import todo
from belisha.incidents.models import Case, Post
from belisha.lib.state import Standing
from belisha.people.access import Refused
from belisha.people.actions.mail import came_back
from belisha.people.models import Mail, StaffRole, calendar_of
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

DAY = timedelta(days=1)


def step_of(complaint):
    return Step.objects.get(complaint=complaint, ended_at=None)


def answered(complaint, by, at, outcome=Outcome.NOT_UPHELD):
    return hearing.answer(step_of(complaint), outcome, "We looked.", by=by.user, at=at)


def panel_of(cast, complaint, at, members=None, others=()):
    return call(
        complaint,
        members=cast.governors if members is None else members,
        others=others,
        meets_at=at + 10 * DAY,
        place="The hall",
        papers_by=(at + 5 * DAY).date(),
        by=cast.chair.user,
        at=at,
    )


def test_it_goes_up_stage_by_stage_each_heard_by_fresh_eyes(cast, sent, now):
    complaint, _ = sent()
    heard = []
    for stage in Stage:
        step = step_of(complaint)
        heard.append((step.stage, step.handler.name))
        if stage is Stage.PANEL:
            panel_of(cast, complaint, now)
        answered(complaint, step.handler, now)
        if stage is not Stage.PANEL:
            family.go_on(complaint, "It is not settled.", by=None, at=now)
    assert heard == [
        ("concern", "Miss Puffin"),
        ("one", "Mrs Zebrahart"),
        ("two", "Dr Pegasus"),
        ("panel", "Dr Pegasus"),
    ]
    assert Closing.objects.get().why == Closing.Why.LAST
    hearing.reopen(complaint, "New facts", by=cast.chair.user, at=now)
    assert (step_of(complaint).stage, step_of(complaint).handler) == ("panel", cast.chair)
    assert complaint.steps.count() == 5


@pytest.mark.parametrize("subject", ["school", "class"])
def test_the_head_decides_nothing_more_on_what_the_head_heard_or_answered(cast, sent, now, subject):
    complaint, _ = sent(subject=subject)
    answered(complaint, cast.head, now)
    family.go_on(complaint, "It is not settled.", by=None, at=now)
    step = step_of(complaint)
    assert (step.stage, step.handler) == ("one", cast.chair)
    for act in (
        lambda: answered(complaint, cast.head, now),
        lambda: hearing.send_elsewhere(complaint, "admissions", "", by=cast.head.user, at=now),
        lambda: hearing.end(complaint, "withdrawn", "They rang.", by=cast.head.user, at=now),
    ):
        with pytest.raises(ValidationError, match="fresh eyes"):
            act()
    # A governor who works here is under the head all the same.
    StaffRole.objects.create(school=cast.school, staff=cast.leader, role=Role.GOVERNOR)
    with pytest.raises(ValidationError, match="Only the chair or a governor"):
        hearing.give(step, cast.leader, "", by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="at an earlier stage"):
        hearing.give(step, cast.head, "", by=cast.chair.user, at=now)
    hearing.write(complaint, "The chair looks at it now.", by=cast.head.user, at=now)
    answered(complaint, cast.chair, now)
    assert step_of(complaint).decided_by == cast.chair.user


def test_the_code_is_kept_as_a_hash_alone_and_a_new_one_stops_the_old(sent, now):
    complaint, code = sent()
    assert behind(code.upper().replace("-", " ")) == complaint
    assert code not in repr(Complaint.objects.values())
    replace_codes("XENIA@home.example", at=now)
    assert behind(code) is None
    body = Mail.objects.get(to="xenia@home.example").body
    assert behind(next(line.strip() for line in body.splitlines() if line[:4] == "    "))
    replace_codes("nobody@home.example", at=now)
    assert Mail.objects.filter(to="nobody@home.example").count() == 0


def test_no_mail_says_what_it_is_about(cast, sent, now):
    complaint, _ = sent(who="Miss Puffin", words="Xsecret", parent=cast.parent, child=cast.child)
    hearing.write(complaint, "Xreply", by=cast.head.user, at=now)
    family.write(complaint, "Xanswer", by=None, at=now)
    hearing.extend(step_of(complaint), date(2026, 12, 4), "Xlonger", by=cast.head.user, at=now)
    answered(complaint, cast.head, now)
    mails = list(Mail.objects.all())
    assert {mail.to for mail in mails} == {"xenia@home.example", cast.head.email}
    said = " ".join(f"{mail.subject} {mail.body}" for mail in mails)
    for word in ("Xsecret", "Xreply", "Xanswer", "Xlonger", "Puffin", "Ada", "Backstreet"):
        assert word not in said
    assert Mail.objects.visible_to(cast.office.user).count() == 0


@pytest.mark.parametrize("typed", [{"subject": "head"}, {"subject": "staff", "who": "zebrahart"}])
def test_for_whom_it_is_about_it_does_not_exist(cast, sent, now, typed):
    complaint, _ = sent(**typed)
    assert step_of(complaint).handler == cast.chair
    for person in (cast.head, cast.leader, cast.office, cast.teacher, *cast.governors):
        user, on = reread(person), now.date()
        assert not Complaint.objects.visible_to(user, on).exists()
        assert [*todo(user, on), *calendar_feed.events_of(user, on)] == []
        assert searching.find(user, "Xenia") == []
        with pytest.raises(Refused):
            hearing.write(complaint, "I know", by=user, at=now)
    assert Complaint.objects.visible_to(reread(cast.chair), now.date()).get() == complaint
    assert searching.find(reread(cast.chair), "Xenia")


def test_a_complaint_about_a_person_changes_nothing_that_all_staff_read(cast, sent, now):
    before = [(one, state(now.date())) for one, state in clauses.STATES.items()]
    sent(at=now - 60 * DAY, subject="head")
    sent(at=now - 60 * DAY, subject="staff", who="Miss Puffin")
    assert [(one, state(now.date())) for one, state in clauses.STATES.items()] == before
    sent(at=now - 60 * DAY)
    assert clauses.STATES["D.vi"](now.date()).standing is Standing.BROKEN


def test_naming_somebody_later_takes_it_from_them_at_once(cast, sent, now):
    complaint, _ = sent()
    hearing.name_concerned(complaint, [cast.teacher], by=cast.head.user, at=now)
    assert step_of(complaint).handler == cast.head
    assert not Complaint.objects.visible_to(reread(cast.teacher), now.date()).exists()
    with pytest.raises(ValidationError, match="cannot hear it"):
        hearing.give(step_of(complaint), cast.teacher, "Busy", by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="about you"):
        hearing.name_concerned(complaint, [cast.head], by=cast.head.user, at=now)


def test_a_teacher_does_not_hear_their_own_complaint_as_a_parent(cast, sent, now):
    cast.parent.user = None
    cast.parent.save()
    cast.parent.user = cast.teacher.user
    cast.parent.save()
    complaint, _ = sent(parent=cast.parent, child=cast.child)
    assert step_of(complaint).handler == cast.head
    assert not Complaint.objects.visible_to(reread(cast.teacher), now.date()).exists()


def test_of_two_who_answer_one_wins_and_the_other_is_told(cast, sent, now):
    complaint, _ = sent()
    read = step_of(complaint)
    hearing.answer(read, Outcome.UPHELD, "First", by=cast.teacher.user, at=now)
    for act in (
        lambda: hearing.answer(read, Outcome.NOT_UPHELD, "Second", by=cast.head.user, at=now),
        lambda: hearing.acknowledge(read, "Late", by=cast.head.user, at=now),
        lambda: hearing.extend(read, date(2026, 12, 4), "Why", by=cast.head.user, at=now),
    ):
        with pytest.raises(ValidationError, match="Somebody was quicker"):
            act()
    family.settle(complaint, by=None, at=now)
    with pytest.raises(ValidationError, match="closed already"):
        hearing.end(complaint, "withdrawn", "Rang", by=cast.head.user, at=now)
    assert (step_of(complaint).outcome, step_of(complaint).reasons) == ("upheld", "First")


def test_the_family_takes_it_further_in_time_or_when_no_answer_came(cast, sent, now):
    complaint, _ = sent()
    with pytest.raises(ValidationError):
        family.go_on(complaint, "Now", by=None, at=now)
    late = now + 10 * DAY
    assert entry_of(complaint, late.date()).may_go_on, "five school days are over"
    family.go_on(complaint, "No answer came", by=None, at=late)
    answered(complaint, cast.head, late)
    last = step_of(complaint).go_on_by
    too_late = datetime.combine(last + DAY, late.time(), ZoneInfo("Europe/London"))
    with pytest.raises(ValidationError):
        family.go_on(complaint, "Too late", by=None, at=too_late)
    hearing.take_further(step_of(complaint), "Was ill", by=cast.head.user, at=too_late)
    assert step_of(complaint).stage == Stage.TWO


def test_a_parent_is_told_on_their_own_page_that_an_answer_is_there(cast, sent, now):
    complaint, _ = sent(parent=cast.parent, child=cast.child)
    on, here = now.date(), reverse("complain_one", args=[complaint.ref])
    assert list(todo(cast.parent.user, on)) == []
    answered(complaint, cast.teacher, now)
    assert [(one.url, one.due) for one in todo(cast.parent.user, on)] == [
        (here, step_of(complaint).go_on_by)
    ]
    family.settle(complaint, by=cast.parent.user, at=now)
    assert list(todo(cast.parent.user, on)) == []


def test_longer_needs_a_later_school_day_and_the_family_reads_why(cast, sent, now):
    complaint, _ = sent()
    step = step_of(complaint)
    assert step.due_on == date(2026, 11, 27)
    for wrong in (step.due_on, date(2026, 12, 6)):
        with pytest.raises(ValidationError):
            hearing.extend(step, wrong, "Why", by=cast.teacher.user, at=now)
    hearing.extend(step, date(2026, 12, 4), "A witness is ill", by=cast.teacher.user, at=now)
    assert step_of(complaint).due_on == date(2026, 12, 4)
    assert step.extensions.get().was_due_on == date(2026, 11, 27)


def test_a_panel_has_three_people_without_a_part_in_it_before_it_answers(cast, sent, now):
    complaint, _ = sent(formal=True)
    for by in (cast.head, cast.chair):
        answered(complaint, by, now)
        family.go_on(complaint, "On", by=None, at=now)
    with pytest.raises(ValidationError, match="who sits"):
        answered(complaint, cast.chair, now)
    one, two, three = cast.governors
    for members, others in (
        ([one, two], ()),
        ([one, two, cast.chair], ()),
        ([one, two, cast.teacher], ()),
    ):
        with pytest.raises(ValidationError):
            panel_of(cast, complaint, now, members, others)
    assert not Complaint.objects.visible_to(reread(one), now.date()).exists()
    panel_of(cast, complaint, now, [one, two], ["Una Outside"])
    assert Complaint.objects.visible_to(reread(one), now.date()).exists()
    with pytest.raises(Refused):
        hearing.write(complaint, "A member writes", by=reread(one), at=now)
    panel_of(cast, complaint, now, [two, three], ["Una Outside"])
    assert not Complaint.objects.visible_to(reread(one), now.date()).exists()


def test_two_that_are_the_same_become_one_and_stay_apart_when_about_others(cast, sent, now):
    first, _ = sent()
    again, _ = sent(how="letter")
    about_head, _ = sent(subject="head")
    hearing.merge(again, first, by=cast.head.user, at=now)
    assert Closing.objects.get(complaint=again).why == Closing.Why.MERGED
    assert TYPED["words"] in first.messages.get().words
    with pytest.raises(Refused):
        hearing.merge(about_head, first, by=cast.head.user, at=now)
    StaffRole.objects.create(school=cast.school, staff=cast.leader, role=Role.CHAIR)
    cast.head.roles.all().delete()
    hearing.take_further(step_of(first), "On", by=cast.teacher.user, at=now)
    hearing.take_further(step_of(first), "On", by=cast.leader.user, at=now)
    with pytest.raises(ValidationError, match="stay apart"):
        hearing.merge(about_head, first, by=reread(cast.chair), at=now)


def test_contact_is_limited_by_two_for_a_time_and_new_words_are_still_read(cast, sent, now):
    complaint, _ = sent(formal=True)
    typed = {"limit": "By letter", "reasons": "90 mails", "tried": "A meeting"}
    for wrong in (now.date(), now.date() + 365 * DAY):
        with pytest.raises(ValidationError):
            limits.propose(complaint, **typed, review_on=wrong, by=cast.head.user, at=now)
    review_on = now.date() + 90 * DAY
    limit = limits.propose(complaint, **typed, review_on=review_on, by=cast.head.user, at=now)
    with pytest.raises(Refused):
        limits.confirm(limit, by=cast.head.user, at=now)
    with pytest.raises(Refused):
        limits.confirm(limit, by=cast.teacher.user, at=now)
    limits.confirm(limit, by=cast.leader.user, at=now)
    with pytest.raises(ValidationError):
        limits.confirm(limit, by=cast.chair.user, at=now)
    new, _ = sent(at=now + DAY)
    assert step_of(new).handler == cast.teacher
    assert any("Look again at" in one.title for one in todo(reread(cast.head), review_on))
    limits.end(limit, "It is calm", by=cast.head.user, at=now)
    assert not any("Look again at" in one.title for one in todo(reread(cast.head), review_on))


def test_what_goes_another_way_is_closed_with_words(cast, sent, now):
    complaint, _ = sent()
    with pytest.raises(ValidationError):
        hearing.send_elsewhere(complaint, "nowhere", "", by=cast.head.user, at=now)
    hearing.send_elsewhere(complaint, "admissions", "", by=cast.head.user, at=now)
    assert entry_of(complaint, now.date()).closed.elsewhere == "admissions"


def test_an_offer_is_found_by_where_the_post_was(cast, now):
    typed = {"seen": "Lunch", "seen_on": now.date(), "reply": "Write here", "by": cast.office.user}
    offers.offer(where="https://x.example/1", offered_on=now.date(), at=now, **typed)
    assert offers.offered(" HTTPS://x.example/1", on=now.date()).reply == "Write here"
    assert offers.offered("https://x.example/1", on=now.date() - DAY) is None
    assert offers.offered("https://x.example/2", on=now.date()) is None
    with pytest.raises(ValidationError):
        offers.offer(where="x", offered_on=now.date() - DAY, at=now, **typed)
    told = {"what": "A post", "kind": "bullying", "about": "nobody", "way": "staff"}
    case = Case.objects.create(school=cast.school, reported_at=now, **told)
    post = {"thing": "post", "where": "A group", "url": "https://x.example/1"}
    Post.objects.create(school=cast.school, case=case, at=now, by=cast.head.user, **post)
    assert len(list(beside(case, cast.head.user, now))) == 1
    mistaken = Offer.objects.get()
    with pytest.raises(Refused):
        offers.strike(mistaken, "Another post", by=cast.teacher.user, at=now)
    offers.strike(mistaken, "Another post", by=cast.head.user, at=now)
    assert offers.offered("https://x.example/1", on=now.date()) is None
    assert list(beside(case, cast.head.user, now)) == []
    with pytest.raises(ValidationError):
        offers.strike(mistaken, "Another post", by=cast.head.user, at=now)


def test_no_time_runs_out_for_a_family_that_the_answer_did_not_reach(cast, sent, now):
    complaint, _ = sent()
    answered(complaint, cast.teacher, now)
    mail = Mail.objects.filter(to=complaint.email).latest("pk")
    came_back(mail.message_id, why="There is no such address.", at=now)
    over = (
        datetime.combine(step_of(complaint).go_on_by, now.time(), ZoneInfo("Europe/London")) + DAY
    )

    def waits(person):
        tasks = todo(reread(person), over.date())
        return [one.words for one in tasks if "did not arrive" in one.title]

    assert len(waits(cast.teacher)) == 1 and complaint.email in waits(cast.teacher)[0]
    assert waits(cast.leader) == []
    page = enter(cast.teacher).get(reverse("complaint", args=[complaint.ref])).content.decode()
    assert "did not arrive" in page
    assert passing.close_answered(at=over) == 0
    hearing.note(complaint, "Read to them by telephone.", by=cast.teacher.user, at=over)
    assert waits(cast.teacher) == [] and passing.close_answered(at=over) == 1


def test_time_reminds_once_near_and_once_late_then_closes_then_erases(cast, sent, now):
    complaint, _ = sent()
    calendar = calendar_of(cast.school)
    Mail.objects.all().delete()
    assert passing.remind(calendar, at=now) == 0
    near = now + 5 * DAY
    assert (passing.remind(calendar, at=near), passing.remind(calendar, at=near)) == (1, 0)
    late = now + 10 * DAY
    assert (passing.remind(calendar, at=late), passing.remind(calendar, at=late)) == (1, 0)
    assert Mail.objects.filter(to=cast.teacher.email).count() == 2
    answered(complaint, cast.teacher, late)
    last = step_of(complaint).go_on_by
    at = datetime.combine(last, late.time(), ZoneInfo("Europe/London"))
    assert passing.close_answered(at=at) == 0
    assert passing.close_answered(at=at + DAY) == 1
    assert Closing.objects.get().why == Closing.Why.TIME
    assert passing.erase_old(at + 6 * 365 * DAY) == 0
    assert passing.erase_old(at + (6 * 366 + 2) * DAY) == 1
    assert not Complaint.objects.exists()
    assert Recorded.objects.filter(verb="complaint.erased").exists()


def test_the_school_sets_its_own_times_for_what_begins_then(cast, sent, now):
    before, _ = sent()
    set_targets(Targets(concern=2), by=cast.head.user, at=now)
    after, _ = sent()
    assert step_of(before).due_on == date(2026, 11, 27)
    assert step_of(after).due_on == date(2026, 11, 24)
    with pytest.raises(Refused):
        set_targets(Targets(), by=cast.office.user, at=now)


def test_a_letter_counts_from_the_day_on_which_it_came(cast, now):
    typed = Told({**TYPED, "how": "letter"}, formal=True)
    monday = date(2026, 11, 16)
    complaint, code = write_down(typed, received_on=monday, by=cast.office.user, at=now)
    assert step_of(complaint).acknowledge_by == date(2026, 11, 19)
    assert behind(code) == complaint
    assert not Complaint.objects.visible_to(reread(cast.office), now.date()).exists()
    with pytest.raises(ValidationError):
        write_down(typed, received_on=now.date() + DAY, by=cast.office.user, at=now)


def test_figures_hide_small_numbers_and_what_is_about_the_reader(cast, sent, now):
    for _ in range(6):
        sent()
    sent(subject="head")

    def first(person):
        return terms(cast.school, reread(person), now.date())[0].lines[0]

    assert first(cast.chair).begun == "7"
    assert first(cast.head).begun == "6"
    answered(Complaint.objects.filter(subject=Subject.CLASS)[0], cast.teacher, now)
    assert first(cast.head).in_time == {
        "Answered in time": "1 to 4",
        "Answered late": "0",
        "Not answered yet": "not shown",
    }


def test_who_left_is_seen_and_somebody_else_hears_it(cast, sent, now):
    complaint, _ = sent()
    cast.teacher.left_on = now.date()
    cast.teacher.save()
    waiting = [one.title for one in todo(reread(cast.head), now.date())]
    assert waiting == ["Nobody hears a complaint"]
    hearing.give(step_of(complaint), cast.leader, "Has left", by=cast.head.user, at=now)
    assert [one.url for one in todo(reread(cast.leader), now.date())] == [
        reverse("complaint", args=[complaint.ref])
    ]


def test_when_the_chair_is_missing_a_governor_hears_what_is_about_the_head(cast, sent, now):
    cast.chair.roles.filter(role=Role.CHAIR).delete()
    complaint, _ = sent(subject="head")
    assert StaffRole.objects.filter(staff=step_of(complaint).handler, role=Role.GOVERNOR)
    assert clauses.STATES["D.ii"](now.date()).standing is Standing.ATTENTION
    make_staff(cast.school, "Prof Newchair", Role.CHAIR)
    assert clauses.STATES["D.ii"](now.date()).standing is not Standing.ATTENTION
    assert Concerned.objects.count() == 0 and Offer.objects.count() == 0
