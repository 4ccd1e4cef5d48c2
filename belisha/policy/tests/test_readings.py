"""Reading in a school: who is asked, who says it, who writes it down, who is reminded, who sees."""

import csv
import io
import os
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import staff as staff_acts
from belisha.people.models import Mail, Staff
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_staff
from belisha.policy import reading_jobs as jobs
from belisha.policy.actions import duties as acts
from belisha.policy.actions import reading as reading_acts
from belisha.policy.duties import Recurrence, State
from belisha.policy.guidance import GUIDANCE
from belisha.policy.models import (
    Clause,
    Document,
    HowRead,
    Question,
    Read,
    ReadingDuty,
    ReadingReminder,
    Version,
)
from belisha.policy.models.documents import MAIN, clauses_of
from belisha.policy.outline import Item, Outline
from belisha.policy.readings import (
    people_on,
    reading_figures,
    readings_of,
    roles_on,
    text_of,
)
from belisha.policy.todo import todo

DAY = timedelta(days=1)


@pytest.fixture
def cast(school):
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    make_class(school, "Robins", teacher, year=2)
    return SimpleNamespace(
        school=school,
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        assistant=make_staff(school, "Ms Refuge", Role.OTHER_STAFF),
        governor=make_staff(school, "Dr Pegasus", Role.GOVERNOR),
        teacher=teacher,
    )


TEXT = (
    Item("i", "A. Pupils", "Pupils bring no phones.", "A"),
    Item("i", "B. Staff", "Staff add no pupils as friends.", "B"),
    Item("ii", "B. Staff", "Staff ask before they post.", "B"),
)
LATER = (
    Item("i", "A. Pupils", "Pupils bring no phones or watches.", "A"),
    Item("i", "B. Staff", "Staff add no pupils and no parents as friends.", "B"),
    Item("iii", "B. Staff", "Staff review their settings.", "B"),
)


@pytest.fixture
def issue(cast, now):
    """Issue a version of the policy: `issue(1)`, `issue(2, text=LATER)`, `issue(1, 1)`."""

    def issue(major, minor=0, *, text=TEXT, at=now, **more):
        document, _ = Document.objects.get_or_create(
            school=cast.school, key=MAIN, defaults={"title": "Social media policy"}
        )
        version = Version.objects.create(
            school=cast.school,
            document=document,
            major=major,
            minor=minor,
            title="Social media policy",
            made_at=at,
            made_by=cast.head.user,
            issued_at=at,
            issued_on=at.date(),
            issued_by=cast.head.user,
            **more,
        )
        Clause.objects.bulk_create(clauses_of(version, Outline("Social media policy", text)))
        return version

    return issue


@pytest.fixture
def duty(cast, issue, now):
    """Version 1 was issued now, and all staff read all of it within 14 days."""
    version = issue(1)
    acts.begin_usual_duties(by=cast.head.user, at=now)
    return ReadingDuty.objects.get(document=version.document)


@pytest.fixture
def says(duty, now):
    """The person says that they have read what is in force: `says(cast.teacher)`."""

    def says(person, *, shown=None, answers=None, at=now, under=None):
        under = under or duty
        newest = Version.objects.issued().filter(document=under.document).in_force(at).first()
        return reading_acts.acknowledge_reading(
            under, shown=shown or newest.pk, answers=answers or {}, by=person.user, at=at
        )

    return says


@pytest.fixture
def enter():
    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered


@pytest.fixture
def is_now(now, monkeypatch):
    """The clock of the pages stands at this moment."""

    def is_now(at=now):
        monkeypatch.setattr(timezone, "now", lambda: at)

    is_now()
    return is_now


def state_of(person, at):
    return [one.state for one in readings_of(person, at.date())]


# Duties


def test_the_usual_duties_bind_all_staff_and_no_governor(cast, duty, now):
    assert state_of(cast.teacher, now) == state_of(cast.office, now) == [State.DUE]
    assert state_of(cast.governor, now) == []


def test_the_usual_duties_begin_once(cast, duty, now):
    assert acts.begin_usual_duties(by=cast.head.user, at=now) == []
    acts.end_duty(duty, by=cast.head.user, at=now)
    assert acts.begin_usual_duties(by=cast.head.user, at=now) == [], "the head ended it"


def test_the_statutory_guidance_asks_each_role_for_its_part(cast, now):
    acts.put_edition_in_use(
        "safeguarding", edition="2026", read_at="https://x.example", by=cast.head.user, at=now
    )
    parts = {
        who: readings_of(getattr(cast, who), now.date())[0].duty.part
        for who in ("head", "leader", "teacher", "assistant", "office")
    }
    assert parts == {
        "head": "",
        "leader": "",
        "teacher": "Part one and annex B",
        "assistant": "Part one and annex B",
        "office": "Annex A, the condensed part one",
    }


def test_a_new_edition_asks_again_and_a_small_edit_does_not(cast, now):
    put = {"read_at": "https://x.example", "by": cast.head.user}
    acts.put_edition_in_use("safer-working", edition="2022", at=now, **put)
    (duty,) = ReadingDuty.objects.filter(document__key="safer-working")
    (reading,) = readings_of(cast.teacher, now.date())
    shown = reading.version.pk
    reading_acts.acknowledge_reading(duty, shown=shown, answers={}, by=cast.teacher.user, at=now)
    acts.put_edition_in_use(
        "safer-working", edition="2022, corrected", small_change=True, at=now + DAY, **put
    )
    assert state_of(cast.teacher, now + DAY) == [State.DONE]
    acts.put_edition_in_use("safer-working", edition="2027", at=now + 2 * DAY, **put)
    assert state_of(cast.teacher, now + 2 * DAY) == [State.DUE]
    labels = [one.label for one in Version.objects.filter(document__key="safer-working")]
    assert labels == ["2.0", "1.1", "1.0"]
    assert ReadingDuty.objects.filter(document__key="safer-working").count() == 1


@pytest.mark.parametrize("who", ["leader", "office", "teacher"])
def test_the_head_alone_says_who_must_read_what(cast, duty, now, who):
    by = getattr(cast, who).user
    with pytest.raises(Refused):
        acts.end_duty(duty, by=by, at=now)
    with pytest.raises(Refused):
        acts.begin_usual_duties(by=by, at=now)
    with pytest.raises(Refused):
        acts.set_questions(Version.objects.get(), [], by=by, at=now)


def test_a_duty_that_somebody_else_changed_is_not_changed_twice(cast, duty, now):
    change = {"roles": [Role.TEACHER], "days": 7, "recurrence": Recurrence.YEARLY}
    acts.change_duty(duty, **change, by=cast.head.user, at=now)
    with pytest.raises(ValidationError, match="changed or ended already"):
        acts.change_duty(duty, **change, by=cast.head.user, at=now)
    assert ReadingDuty.objects.filter(ended_on=None).count() == 1


# Saying that one has read it


def test_an_acknowledgement_keeps_the_version_the_part_the_time_and_the_words(
    cast, duty, says, now
):
    said = says(cast.teacher)
    assert (said.version.label, said.part, said.recorded_at) == ("1.0", "", now)
    assert said.wording == "I have read Social media policy, version 1.0. I will keep to it."
    assert state_of(cast.teacher, now) == [State.DONE]
    assert Entry.objects.filter(verb="reading.acknowledged").count() == 1


def test_a_second_tap_writes_nothing_new(cast, says):
    assert says(cast.teacher) == says(cast.teacher)
    assert Read.objects.count() == 1


def test_what_was_on_the_page_must_still_be_what_is_asked(cast, duty, says, issue, now):
    old = Version.objects.get()
    issue(2, text=LATER)
    with pytest.raises(ValidationError, match="has changed since"):
        says(cast.teacher, shown=old.pk)
    assert not Read.objects.exists()


def test_who_is_not_asked_cannot_say_it(cast, duty, says):
    with pytest.raises(ValidationError):
        says(cast.governor)


def test_a_version_of_substance_asks_again_and_keeps_what_was_said_before(cast, says, issue, now):
    first = says(cast.teacher)
    issue(1, 1, at=now + DAY)
    assert state_of(cast.teacher, now + DAY) == [State.DONE]
    issue(2, text=LATER, at=now + 2 * DAY)
    assert state_of(cast.teacher, now + 2 * DAY) == [State.DUE]
    second = says(cast.teacher, at=now + 2 * DAY)
    assert set(Read.objects.standing()) == {first, second}


def test_a_joiner_has_their_days_from_the_first_and_a_leaver_is_listed_no_more(
    cast, duty, says, now
):
    at = now + 100 * DAY
    joiner = staff_acts.add(
        cast.school, name="Mr New", email="new@people.example", by=cast.head.user, at=at
    )
    staff_acts.set_roles(joiner, [Role.TEACHER], by=cast.head.user, at=at)
    (reading,) = readings_of(joiner, at.date())
    assert reading.due_on == at.date() + 15 * DAY, "the 14th is a Sunday"
    says(cast.teacher)
    staff_acts.leave(cast.teacher, on=at.date(), by=cast.head.user, at=at)
    assert "Miss Puffin" not in {one.staff.name for one in people_on(at.date())}
    # The list of that time can be printed a year later: she was there, and had read it.
    then = {one.staff.name: one.readings for one in people_on(now.date())}
    assert then["Miss Puffin"][0].state is State.DONE
    assert "Mr New" not in then


def test_the_list_of_a_past_day_knows_the_roles_of_that_day(cast, duty, now):
    staff_acts.set_roles(cast.teacher, [Role.GOVERNOR], by=cast.head.user, at=now + 5 * DAY)
    staff_acts.set_roles(
        cast.teacher, [Role.OFFICE, Role.GOVERNOR], by=cast.head.user, at=now + 9 * DAY
    )
    staff = list(Staff.objects.filter(pk=cast.teacher.pk).prefetch_related("roles"))
    roles = [sorted(roles_on(staff, (now + n * DAY).date())[staff[0].pk]) for n in (0, 5, 9)]
    assert roles == [["teacher"], ["governor"], ["governor", "office"]]


def test_departments_follow_from_roles_and_the_years_that_one_teaches(cast, duty, now):
    departments = {one.staff.name: one.department for one in people_on(now.date())}
    assert departments == {
        "Mrs Zebrahart": "Leaders and safeguarding",
        "Mr Lantern": "Leaders and safeguarding",
        "Miss Puffin": "Teachers of Year 2",
        "Mrs Toucan": "Office",
        "Ms Refuge": "Other staff",
        "Dr Pegasus": "Governors",
    }


# Questions on what changed


@pytest.fixture
def questions(cast, duty, now):
    version = Version.objects.get()
    drafts = [
        acts.Draft("May staff add pupils?", ["Yes", "No"], 2, "It protects both.", "B.i"),
        acts.Draft("Who asks first?", ["Staff", "Nobody"], 1),
    ]
    acts.set_questions(version, drafts, by=cast.head.user, at=now)
    return list(Question.objects.filter(version=version))


def test_a_wrong_answer_lets_one_try_again_and_is_never_kept(cast, says, questions, now):
    friends, first = questions
    before = Entry.objects.count()
    with pytest.raises(reading_acts.WrongAnswers) as raised:
        says(cast.teacher, answers={friends.pk: 1, first.pk: 1})
    assert raised.value.questions == [friends]
    with pytest.raises(reading_acts.WrongAnswers):
        says(cast.teacher)
    assert (Read.objects.count(), Entry.objects.count()) == (0, before)
    said = says(cast.teacher, answers={friends.pk: 2, first.pk: 1})
    assert said.questions_passed


def test_nobody_is_asked_about_a_clause_that_is_not_of_their_part(cast, duty, questions, now):
    acts.change_duty(
        duty,
        roles=[Role.TEACHER],
        sections=["A"],
        days=14,
        recurrence=Recurrence.VERSION,
        by=cast.head.user,
        at=now,
    )
    (reading,) = readings_of(cast.teacher, now.date())
    assert reading.duty.part == "Section A"
    assert reading_acts.questions_of(reading) == [questions[1]]
    assert [part.heading for part in text_of(reading).parts] == ["A. Pupils"]


def test_more_than_three_questions_are_too_many(cast, duty, now):
    drafts = [acts.Draft(f"{n}?", ["a", "b"], 1) for n in range(4)]
    with pytest.raises(ValidationError, match="3 questions at most"):
        acts.set_questions(Version.objects.get(), drafts, by=cast.head.user, at=now)


# The page of one reading


def test_the_page_shows_the_text_what_changed_and_what_is_gone(
    cast, duty, says, issue, enter, is_now, now
):
    says(cast.teacher)
    page = enter(cast.teacher).get(reverse("read_it", args=[duty.pk])).text
    assert "Staff add no pupils as friends." in page
    assert "You read this on 20 November 2026" in page
    issue(2, text=LATER, at=now, what_changed="Watches, parents, settings.")
    page = enter(cast.teacher).get(reverse("read_it", args=[duty.pk])).text
    assert "Watches, parents, settings." in page
    assert "You last read version 1.0." in page
    assert "What it said before" in page
    assert "<del>Staff ask before they post.</del>" in page


def test_a_wrong_answer_shows_the_clause_and_keeps_nothing(cast, duty, questions, enter, is_now):
    client, address = enter(cast.teacher), reverse("read_it", args=[duty.pk])
    friends, first = questions
    typed = {"shown": Version.objects.get().pk, f"question-{first.pk}": 1}
    page = client.post(address, {**typed, f"question-{friends.pk}": 1})
    assert page.status_code == 422
    assert "Not that one. It protects both." in page.text
    assert "Staff add no pupils as friends." in page.text
    assert not Read.objects.exists()
    assert client.post(address, {**typed, f"question-{friends.pk}": 2}).status_code == 302
    assert Read.objects.get().questions_passed


def test_a_reading_that_is_not_mine_does_not_exist(cast, duty, enter, is_now):
    assert enter(cast.governor).get(reverse("read_it", args=[duty.pk])).status_code == 404


def test_my_page_says_what_waits_and_what_i_have_read(cast, duty, says, enter, is_now):
    client = enter(cast.teacher)
    assert "By Friday 4 December 2026" in client.get(reverse("to_read")).text
    says(cast.teacher)
    page = client.get(reverse("to_read")).text
    assert "You have read all that is asked of you." in page
    assert "on their own page" in page


# On paper, and set aside


def test_the_office_writes_down_what_was_read_on_paper_and_sets_it_aside(cast, duty, now):
    said = reading_acts.write_reading_down(
        cast.assistant,
        duty,
        how=HowRead.MEETING,
        on=now.date(),
        by=cast.office.user,
        at=now,
    )
    assert (said.how, said.recorded_by) == (HowRead.MEETING, cast.office.user)
    assert state_of(cast.assistant, now) == [State.DONE]
    reading_acts.set_read_aside(said, why="The wrong person", by=cast.office.user, at=now)
    assert state_of(cast.assistant, now) == [State.DUE]
    assert Read.objects.count() == 2, "both stay"
    with pytest.raises(ValidationError, match="already"):
        reading_acts.set_read_aside(said, why="Again", by=cast.office.user, at=now)


@pytest.mark.parametrize(("off", "why"), [(-1, "not issued yet"), (1, "still to come")])
def test_a_day_that_cannot_be_is_not_written_down(cast, duty, now, off, why):
    with pytest.raises(ValidationError, match=why):
        reading_acts.write_reading_down(
            cast.assistant,
            duty,
            how=HowRead.PAPER,
            on=(now + off * DAY).date(),
            by=cast.office.user,
            at=now,
        )


def test_a_teacher_writes_nothing_down_for_others(cast, duty, says, now):
    with pytest.raises(Refused):
        reading_acts.write_reading_down(
            cast.assistant,
            duty,
            how=HowRead.PAPER,
            on=now.date(),
            by=cast.teacher.user,
            at=now,
        )
    with pytest.raises(Refused):
        reading_acts.set_read_aside(says(cast.teacher), why="x", by=cast.teacher.user, at=now)


def test_who_is_erased_leaves_no_reading_behind(cast, says, now):
    says(cast.teacher)
    staff_acts.leave(cast.teacher, on=now.date(), by=cast.head.user, at=now)
    staff_acts.erase(cast.teacher, by=cast.head.user, at=now)
    assert not Read.objects.exists()


# Lists


def test_the_office_sees_who_has_not_and_a_teacher_sees_no_list(cast, duty, says, enter, is_now):
    says(cast.teacher)
    page = enter(cast.office).get(reverse("readers"))
    assert "Ms Refuge" in page.text
    assert "Miss Puffin" not in page.text
    assert "Miss Puffin" in enter(cast.office).get(reverse("readers") + "?who=everyone").text
    assert enter(cast.teacher).get(reverse("readers")).status_code == 404
    assert enter(cast.governor).get(reverse("readers")).status_code == 404


def test_the_lists_narrow_to_a_department_a_document_and_a_past_day(
    cast, duty, says, enter, is_now, now
):
    is_now(now + 30 * DAY)
    says(cast.teacher, at=now + 20 * DAY)
    client = enter(cast.head)
    page = client.get(reverse("readers") + "?department=Office").text
    assert "Mrs Toucan" in page
    assert "Ms Refuge" not in page
    then = (now + 19 * DAY).date().isoformat()
    page = client.get(reverse("readers") + f"?on={then}").text
    assert "Miss Puffin" in page, "on that day she had not read it yet"
    assert "Miss Puffin" not in client.get(reverse("readers")).text
    # What makes no sense narrows nothing, and no day to come can be asked for.
    assert "As on Sunday 20 December 2026" in client.get(reverse("readers") + "?on=2099-01-01").text
    assert client.get(reverse("readers") + "?on=no&document=x").status_code == 200


def test_governors_see_counts_and_no_name(cast, duty, says, enter, is_now, now):
    says(cast.teacher)
    assert reading_figures(now.date()) == [("Social media policy", 1, 5)]
    page = enter(cast.governor).get(reverse("reader_figures")).text
    assert "1 of 5" in page
    names = [one.name for one in Staff.objects.exclude(pk=cast.governor.pk)]
    assert [name for name in names if name in page.replace(cast.governor.name, "")] == []


def test_the_sheet_comes_after_a_fresh_sign_in_and_is_recorded(cast, duty, says, enter, now):
    says(cast.teacher)
    client = enter(cast.office)
    session = client.session
    fresh, session["fresh_at"] = session["fresh_at"], "2026-01-01T00:00:00+00:00"
    session.save()
    assert client.get(reverse("readers_csv")).status_code == 302
    session["fresh_at"] = fresh
    session.save()
    said = client.get(reverse("readers_csv") + f"?on={timezone.localdate()}").content.decode()
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(said.removeprefix("\ufeff")))}
    assert rows["Miss Puffin"]["state"] == "done"
    assert rows["Miss Puffin"]["read"] == "2026-11-20"
    assert rows["Ms Refuge"]["read"] == ""
    assert Entry.objects.filter(verb="readers.exported").count() == 1


# Reminders


@pytest.fixture
def look():
    """Let the worker look: `look(at)`."""

    def look(at):
        jobs.LOOK.forget()
        jobs.remind_readers(at)

    return look


def test_staff_are_reminded_when_asked_and_once_a_day(cast, duty, says, look, now):
    says(cast.teacher)
    look(now)
    look(now + timedelta(hours=1))
    to = sorted(Mail.objects.values_list("to", flat=True))
    assert to == sorted(one.email for one in (cast.head, cast.leader, cast.office, cast.assistant))


def test_a_reminder_names_the_thing_and_the_date_and_nobody(cast, duty, look, now):
    look(now)
    mail = Mail.objects.get(to=cast.teacher.email)
    assert mail.subject == "To read by 4 December 2026: Social media policy"
    assert "Social media policy: by 4 December 2026" in mail.body
    assert "/reading/" in mail.body
    assert "Puffin" not in mail.body


def test_a_week_before_on_the_day_and_each_week_when_late(cast, duty, look, now):
    days = []
    for number in range(30):
        look(now + number * DAY)
        if Mail.objects.filter(to=cast.teacher.email).count() > len(days):
            days.append(number)
    assert days == [0, 7, 14, 21, 28]
    late = Mail.objects.filter(to=cast.teacher.email).order_by("-posted_at").first()
    assert "(late)" in late.body


def test_nobody_is_reminded_at_night_or_of_what_they_have_read(cast, duty, says, look, now):
    says(cast.teacher)
    look(now.replace(hour=2))
    assert not Mail.objects.exists()
    look(now)
    assert not Mail.objects.filter(to=cast.teacher.email).exists()


def test_an_address_that_does_not_work_is_not_mailed_by_itself(cast, duty, look, now):
    look(now)
    broken = Mail.objects.get(to=cast.teacher.email)
    Mail.objects.filter(pk=broken.pk).update(bounced_at=now, given_up_at=now, trouble="No such")
    look(now + 7 * DAY)
    assert Mail.objects.filter(to=cast.teacher.email).count() == 1
    assert Mail.objects.filter(to=cast.office.email).count() == 2


def test_the_office_reminds_by_a_button_and_no_second_mail_goes_that_day(
    cast, duty, enter, is_now, look, now
):
    look(now)
    is_now(now + DAY)
    client = enter(cast.office)
    for _ in range(2):
        client.post(reverse("remind_readers"), {"staff": [cast.teacher.pk]})
    assert Mail.objects.filter(to=cast.teacher.email).count() == 2
    assert ReadingReminder.objects.filter(staff=cast.teacher).count() == 2
    assert enter(cast.teacher).post(reverse("remind_readers")).status_code == 404


def test_of_several_processes_one_reminds(tmp_path, figure):
    """Six processes look in the same instant; each person gets one mail (run with real commits)."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(tmp_path / "trial"),
        "BELISHA_DATABASE": "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "belisha.policy.tests.trials.reminders"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    people, processes, mails, notes = (int(number) for number in done.stdout.split())
    assert mails == notes == people
    figure(f"Reminders: {processes} processes, {people} people, {mails} mails")


# What waits


def titles(person, at):
    return [task.title for task in todo(person.user, at.date())]


def test_a_reading_waits_on_my_first_page_until_it_is_done(cast, duty, says, now):
    assert "Read Social media policy" in titles(cast.teacher, now)
    (task,) = [one for one in todo(cast.teacher.user, now.date()) if "policy" in one.title]
    assert str(task.due) == "2026-12-04"
    says(cast.teacher)
    assert "Read Social media policy" not in titles(cast.teacher, now)


def test_the_office_hears_how_many_are_late_and_teachers_do_not(cast, duty, now):
    late = now + 15 * DAY
    assert "5 people are late with readings" in titles(cast.office, late)
    assert not [title for title in titles(cast.teacher, late) if "late with" in title]
    assert not [title for title in titles(cast.office, now) if "late with" in title]


def test_the_head_is_told_when_nobody_must_read_the_policy(cast, issue, now):
    issue(1)
    assert "Say who must read your policy" in titles(cast.head, now)
    assert "Say who must read your policy" not in titles(cast.office, now)
    acts.begin_usual_duties(by=cast.head.user, at=now)
    assert "Say who must read your policy" not in titles(cast.head, now)


# The head's pages


def test_the_head_begins_changes_and_ends_duties_on_their_pages(cast, issue, enter, is_now, now):
    issue(1)
    client = enter(cast.head)
    client.post(reverse("duties_begin"))
    duty = ReadingDuty.objects.get(ended_on=None)
    typed = {
        "roles": ["teacher", "governor"],
        "part": "",
        "sections": "B.",
        "days": 10,
        "recurrence": "yearly",
    }
    assert client.post(reverse("duty_change", args=[duty.pk]), typed).status_code == 302
    changed = ReadingDuty.objects.get(ended_on=None)
    assert (changed.sections, changed.part, changed.days) == (["B"], "Section B", 10)
    assert state_of(cast.governor, now) == [State.DUE]
    client.post(reverse("duty_end", args=[changed.pk]))
    assert not ReadingDuty.objects.filter(ended_on=None).exists()
    page = client.post(reverse("duty_add"), {"document": changed.document_id})
    assert page.status_code == 422
    assert "Say who must read it." in page.text


def test_the_head_puts_an_edition_in_use_and_writes_questions(cast, enter, is_now):
    client = enter(cast.head)
    for key, guidance in GUIDANCE.items():
        assert guidance.title in client.get(reverse("reading_duties")).text
        typed = {"edition": "2026", "read_at": guidance.read_at}
        assert client.post(reverse("edition", args=[key]), typed).status_code == 302
    version = Version.objects.get(document__key="safeguarding")
    address = reverse("questions", args=[version.pk])
    typed = {"1-text": "Who leads?", "1-choices": "Head\nLead", "1-answer": "2", "1-why": ""}
    assert client.post(address, {**typed, "2-text": "Only this"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert Question.objects.get().choices == ["Head", "Lead"]
    assert "Who leads?" in client.get(address).text
    client.post(address, {})
    assert not Question.objects.exists()
