"""How parents are told: the plan of a year, its gaps, what was done, and who may know it (D.0)."""

import csv
import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from belisha.audit.models import Entry
from belisha.lib.sealing import BrokenSeal
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.actions import acknowledging, agreements
from belisha.policy.actions import awareness as acts
from belisha.policy.awareness import (
    MOST_BYTES,
    NAMED,
    AwarenessState,
    Channel,
    Standing,
    first_day,
    gaps,
    in_next_year,
    laid_out,
    last_day,
    of_channel,
    school_year,
    standing,
    state_of,
    year_named,
)
from belisha.policy.awareness_plan import SHIPPED_PLAN
from belisha.policy.models import AwarenessFile, AwarenessStep, awareness_state
from belisha.policy.rules import Audience
from belisha.policy.todo import todo

TODAY = date(2026, 11, 20)
YEAR = 2026
DONE, PLANNED, LATE, SET_ASIDE = (
    Standing.DONE,
    Standing.PLANNED,
    Standing.LATE,
    Standing.SET_ASIDE,
)


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        leader=make_staff(school, "Mr Lantern", Role.SENIOR_LEADER),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        chair=make_staff(school, "Dr Pegasus", Role.CHAIR),
        governor=make_staff(school, "Mr Givewayson", Role.GOVERNOR),
        lead=make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
    )


@pytest.fixture
def add(cast, now):
    """Plan a step: `add(Channel.LETTER)`, today unless told otherwise."""

    def add(channel=Channel.LETTER, on=TODAY, *, name="", text="Words.", by=cast.office, year=YEAR):
        return acts.add_step(
            year, channel=channel, name=name, planned_on=on, text=text, by=by.user, at=now
        )

    return add


@pytest.fixture
def do(cast, now):
    """Write down that a step was done."""

    def do(step, on=TODAY, *, by=cast.office, evidence="Newsletter 12", link=""):
        return acts.mark_done(
            step, done_on=on, done_by=by, evidence=evidence, link=link, by=by.user, at=now
        )

    return do


@pytest.fixture
def enter(now, monkeypatch):
    """Sign someone in, on the day of these tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered


def titles(person, on=TODAY):
    return [task.title for task in todo(person.user, on) if "agreement" not in task.title]


# The rule


@pytest.mark.parametrize(
    ("planned_on", "done", "aside", "stands"),
    [
        (TODAY, False, False, PLANNED),
        (TODAY - timedelta(days=1), False, False, LATE),
        (TODAY - timedelta(days=1), True, False, DONE),
        (TODAY + timedelta(days=1), True, False, DONE),
        (TODAY - timedelta(days=1), False, True, SET_ASIDE),
    ],
)
def test_a_step_is_late_from_the_day_after_its_own(planned_on, done, aside, stands):
    assert standing(planned_on=planned_on, done=done, set_aside=aside, on=TODAY) == stands


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        ([], Standing.GAP),
        ([DONE, LATE, PLANNED], LATE),
        ([DONE, PLANNED], PLANNED),
        ([DONE, SET_ASIDE], DONE),
        ([SET_ASIDE, SET_ASIDE], SET_ASIDE),
    ],
)
def test_a_channel_stands_as_its_steps_do(steps, stands):
    assert of_channel(steps) == stands


def test_a_channel_that_the_policy_names_and_nobody_planned_is_a_gap():
    steps = [(Channel.LETTER, DONE), (Channel.OTHER, DONE), (Channel.SOCIAL_FEED, SET_ASIDE)]
    assert gaps(steps) == [
        Channel.PROSPECTUS,
        Channel.WEBSITE,
        Channel.NEWSLETTER,
        Channel.WORD_OF_MOUTH,
    ]
    assert gaps([]) == list(NAMED)
    assert gaps([(channel, PLANNED) for channel in NAMED]) == []


def test_the_year_is_counted():
    steps = [
        (Channel.LETTER, DONE),
        (Channel.LETTER, LATE),
        (Channel.WEBSITE, PLANNED),
        (Channel.SOCIAL_FEED, SET_ASIDE),
        (Channel.LETTER, SET_ASIDE),
    ]
    assert state_of(steps) == AwarenessState(done=1, planned=1, late=1, gaps=3, set_aside=1)
    assert not state_of(steps).is_kept
    assert state_of([(channel, DONE) for channel in NAMED]).is_kept


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_a_school_year_begins_in_september(day, year):
    assert school_year(day) == year
    assert first_day(year) <= day <= last_day(year)


def test_a_year_is_named_by_both_its_halves():
    assert [year_named(year) for year in (2026, 1999, 2099)] == ["2026/27", "1999/00", "2099/00"]


def test_the_same_day_next_year_is_the_same_weekday():
    assert in_next_year(date(2025, 9, 18)) == date(2026, 9, 17)
    assert in_next_year(TODAY).weekday() == TODAY.weekday()


def test_a_plan_falls_on_weekdays_and_what_is_past_comes_one_a_week():
    days = laid_out([date(2026, 9, 10), date(2026, 10, 8), date(2027, 1, 16)], on=TODAY)
    assert days == [date(2026, 11, 27), date(2026, 12, 4), date(2027, 1, 18)]


def test_the_shipped_plan_uses_every_channel_that_the_policy_names():
    assert {step.channel for step in SHIPPED_PLAN} == set(NAMED)
    assert all(len(step.text) > 80 for step in SHIPPED_PLAN)


# Planning


@pytest.mark.parametrize("who", ["head", "leader", "office"])
def test_a_year_is_planned_from_what_is_shipped(cast, now, who):
    steps = acts.plan_year(YEAR, by=getattr(cast, who).user, at=now)
    assert len(steps) == len(SHIPPED_PLAN)
    assert all(TODAY <= step.planned_on <= last_day(YEAR) for step in steps)
    assert all(step.planned_on.weekday() < 5 for step in steps)
    state = awareness_state(TODAY)
    assert (state.planned, state.late, state.gaps) == (len(steps), 0, 0)


@pytest.mark.parametrize("who", ["chair", "governor", "lead", "teacher"])
def test_nobody_else_plans_or_does(cast, now, add, who):
    step, user = add(), getattr(cast, who).user
    with pytest.raises(Refused):
        acts.plan_year(YEAR + 1, by=user, at=now)
    for act in (acts.undo_done, acts.take_up_again):
        with pytest.raises(Refused):
            act(step, by=user, at=now)
    with pytest.raises(Refused):
        acts.set_aside(step, why="No.", by=user, at=now)
    with pytest.raises(Refused):
        acts.mark_done(step, done_on=TODAY, done_by=cast.office, by=user, at=now)


def test_a_year_with_a_plan_is_not_filled_a_second_time(cast, now, add):
    add()
    for act in (acts.plan_year, acts.copy_last_year):
        with pytest.raises(ValidationError, match="already"):
            act(YEAR, by=cast.head.user, at=now)
    assert AwarenessStep.objects.count() == 1


def test_next_year_is_planned_on_its_own_days(cast, now):
    steps = acts.plan_year(YEAR + 1, by=cast.head.user, at=now)
    assert steps[0].planned_on == date(2027, 9, 10)
    assert all(school_year(step.planned_on) == YEAR + 1 for step in steps)


def test_a_year_that_is_nearly_over_is_not_filled(cast, now):
    july = now.replace(year=2027, month=7, day=20)
    with pytest.raises(ValidationError, match="nearly over"):
        acts.plan_year(YEAR, by=cast.head.user, at=july)
    assert not AwarenessStep.objects.exists()


def test_last_year_is_copied_without_what_was_set_aside_and_without_its_proof(cast, now, add, do):
    told = add(Channel.LETTER, date(2025, 9, 18), name="Autumn letter", year=YEAR - 1)
    do(told, date(2025, 9, 19))
    aside = add(Channel.SOCIAL_FEED, date(2025, 10, 1), year=YEAR - 1)
    acts.set_aside(aside, why="No feed.", by=cast.office.user, at=now)
    add(Channel.WEBSITE, date(2025, 9, 1), year=YEAR - 1)
    steps = acts.copy_last_year(YEAR, by=cast.office.user, at=now)
    assert [(step.title, step.planned_on, step.done_on) for step in steps] == [
        ("Website", first_day(YEAR), None),
        ("Letter: Autumn letter", date(2026, 9, 17), None),
    ]


def test_without_a_plan_last_year_there_is_nothing_to_copy(cast, now):
    with pytest.raises(ValidationError, match="2025/26"):
        acts.copy_last_year(YEAR, by=cast.office.user, at=now)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2027, 9, 1)])
def test_a_step_is_planned_within_its_year(cast, add, now, day):
    with pytest.raises(ValidationError, match="2026/27"):
        add(on=day)
    step = add()
    with pytest.raises(ValidationError, match="2026/27"):
        acts.change_step(
            step,
            channel=Channel.LETTER,
            name="",
            planned_on=day,
            text="",
            by=cast.office.user,
            at=now,
        )


# Doing


def test_what_is_done_says_when_by_whom_and_how_it_can_be_seen(cast, add, do):
    do(add(), TODAY - timedelta(days=2), link="https://kerbside.example/news/12")
    step = AwarenessStep.objects.get()
    assert (step.done_on, step.done_by, step.evidence, step.link) == (
        TODAY - timedelta(days=2),
        cast.office,
        "Newsletter 12",
        "https://kerbside.example/news/12",
    )
    assert awareness_state(TODAY).done == 1


def test_what_is_done_is_undone_and_leaves_no_proof_behind(cast, add, do, now):
    step = do(add())
    acts.undo_done(step, by=cast.office.user, at=now)
    step = AwarenessStep.objects.get()
    assert (step.done_on, step.done_by, step.evidence, step.link) == (None, None, "", "")


def test_the_words_of_what_is_done_stay(cast, add, do, now):
    step = do(add(text="What was sent."))
    with pytest.raises(ValidationError, match="This is done"):
        acts.change_step(
            step,
            channel=Channel.LETTER,
            name="",
            planned_on=TODAY,
            text="Other words.",
            by=cast.office.user,
            at=now,
        )
    with pytest.raises(ValidationError, match="This is done"):
        acts.set_aside(step, why="No.", by=cast.office.user, at=now)
    assert AwarenessStep.objects.get().text == "What was sent."


@pytest.mark.parametrize(
    ("day", "why"), [(TODAY + timedelta(days=1), "to come"), (date(2026, 8, 31), "before")]
)
def test_nothing_is_done_on_a_day_that_cannot_be(add, do, day, why):
    step = add()
    with pytest.raises(ValidationError, match=why):
        do(step, day)


def test_what_is_set_aside_says_why_and_can_be_taken_up_again(cast, add, do, now):
    step = add(Channel.SOCIAL_FEED)
    with pytest.raises(ValidationError, match="why"):
        acts.set_aside(step, why=" ", by=cast.office.user, at=now)
    acts.set_aside(step, why="We have no feed.", by=cast.office.user, at=now)
    with pytest.raises(ValidationError, match="set aside"):
        do(step)
    assert awareness_state(TODAY).set_aside == 1
    acts.take_up_again(step, by=cast.office.user, at=now)
    assert awareness_state(TODAY) == AwarenessState(planned=1, gaps=5)


def test_each_act_is_in_the_record_without_names_or_words(cast, add, do, now):
    do(add(name="Autumn letter"))
    entries = Entry.objects.filter(verb__startswith="awareness.")
    assert [entry.verb for entry in entries.order_by("id")] == ["awareness.added", "awareness.done"]
    said = str([entry.facts for entry in entries])
    assert not [word for word in ("Autumn", "Toucan", "Newsletter") if word in said]


# What waits


def test_those_who_plan_are_told_a_week_before_and_until_it_is_done(cast, add, do):
    step = add(on=TODAY + timedelta(days=8))
    assert titles(cast.office) == []
    week = TODAY + timedelta(days=1)
    for who in (cast.head, cast.leader, cast.office):
        assert titles(who, week) == ["Tell parents: Letter"]
    for who in (cast.chair, cast.teacher, cast.lead):
        assert titles(who, week) == []
    late = TODAY + timedelta(days=9)
    (task,) = [one for one in todo(cast.office.user, late) if one.icon == "news"]
    assert task.due == date(2026, 11, 28)
    do(step)
    assert titles(cast.office, late) == []


def test_what_is_set_aside_waits_for_nobody(cast, add, now):
    acts.set_aside(add(), why="No.", by=cast.office.user, at=now)
    assert titles(cast.office) == []


def test_a_school_that_planned_last_year_is_asked_for_this_years_plan(cast, add):
    assert titles(cast.head) == []
    add(on=date(2025, 9, 18), year=YEAR - 1)
    assert titles(cast.head) == ["Plan how to tell parents in 2026/27"]
    add()
    assert titles(cast.head) == ["Tell parents: Letter"]


# Pages


def test_the_page_shows_the_year_its_gaps_and_the_families_reached(
    school, cast, add, do, now, enter
):
    expectations = agreements.issue(
        Audience.FAMILIES, by=cast.head.user, at=now - timedelta(days=2)
    )
    robins = make_class(school, "Robins", year=2)
    maisie = make_pupil(school, "Maisie", "Tarmac", robins)
    make_pupil(school, "Leo", "Gravel", robins)
    dana = make_parent(school, maisie, "Dana", "Tarmac")
    acknowledging.acknowledge(shown=expectations.pk, by=dana.user, at=now)
    do(add(Channel.NEWSLETTER, name="Autumn news"))
    page = enter(cast.office).get("/awareness/").content.decode()
    assert "1 of 2 children have a parent who told us that they read it" in page
    assert "No letter this year" in page
    assert "Nothing in a newsletter this year" not in page
    assert "Newsletter: Autumn news" in page
    assert "Done on 20 November 2026 by Mrs Toucan" in page
    assert "Dana" not in page


@pytest.mark.parametrize("who", ["chair", "governor"])
def test_governors_read_and_change_nothing(cast, add, enter, who):
    step, client = add(), enter(getattr(cast, who))
    page = client.get("/awareness/").content.decode()
    assert "Add a step" not in page
    one = f"/awareness/steps/{step.pk}/"
    assert "It is done" not in client.get(one).content.decode()
    assert client.get("/awareness/awareness.csv").status_code == 200
    for end in ("change/", "done/", "set-aside/"):
        assert client.get(one + end).status_code == 404
    for end in ("done/", "not-done/", "take-up/"):
        assert client.post(one + end, {}).status_code == 404


@pytest.mark.parametrize("who", ["teacher", "lead"])
def test_for_others_it_does_not_exist(cast, add, enter, who):
    step, client = add(), enter(getattr(cast, who))
    for page in ("/awareness/", "/awareness/awareness.csv", f"/awareness/steps/{step.pk}/"):
        assert client.get(page).status_code == 404


def test_a_year_is_begun_from_the_page_once(cast, enter):
    client = enter(cast.head)
    assert "Use our plan" in client.get("/awareness/").content.decode()
    client.post("/awareness/plan/", {"year": "2026"})
    again = client.post("/awareness/plan/", {"year": "2026"}, follow=True).content.decode()
    assert "There is a plan of 2026/27 already." in again
    assert AwarenessStep.objects.count() == len(SHIPPED_PLAN)
    client.post("/awareness/copy/", {"year": "2027"})
    assert AwarenessStep.objects.of_year(2027).count() == len(SHIPPED_PLAN)


def test_a_year_that_nobody_has_is_this_year(cast, enter):
    for year in ("1900", "99999999999", "x", ""):
        page = enter(cast.head).get(f"/awareness/?year={year}")
        assert "School year 2026/27" in page.content.decode()


def test_a_step_goes_through_its_life_on_the_pages(cast, enter):
    client = enter(cast.office)
    planned = {"channel": "letter", "name": "Autumn", "planned_on": "2026-11-19", "text": "Dear"}
    client.post("/awareness/add/?year=2026", planned)
    step = AwarenessStep.objects.get()
    one = f"/awareness/steps/{step.pk}/"
    client.post(one + "change/", planned | {"text": "Dear all"})
    assert "Dear all" in client.get(one).content.decode()
    client.post(one + "set-aside/", {"why": "Not now."})
    assert "Set aside on 20 November 2026: Not now." in client.get(one).content.decode()
    client.post(one + "take-up/")
    wrong = client.post(one + "done/", {"done_on": "2026-12-01", "done_by": cast.head.pk})
    assert wrong.status_code == 422
    assert "This day is still to come." in wrong.content.decode()
    client.post(
        one + "done/",
        {"done_on": "2026-11-20", "done_by": cast.head.pk, "link": "https://kerbside.example/"},
    )
    shown = client.get(one).content.decode()
    assert "By Mrs Zebrahart" in shown
    assert 'href="https://kerbside.example/"' in shown
    client.post(one + "not-done/")
    step.refresh_from_db()
    assert step.done_on is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "kerbside", "ftp://kerbside.example/x"])
def test_an_address_that_a_browser_should_not_open_is_refused(cast, add, enter, link):
    step = add()
    typed = {"done_on": "2026-11-20", "done_by": cast.head.pk, "link": link}
    page = enter(cast.office).post(f"/awareness/steps/{step.pk}/done/", typed)
    assert page.status_code == 422
    step.refresh_from_db()
    assert step.link == ""


def test_the_sheet_has_a_line_for_each_step_and_no_formula(cast, add, do, enter):
    do(add(name="=1+1"), evidence="@SUM(A1)")
    add(Channel.WEBSITE, TODAY + timedelta(days=1))
    client = enter(cast.governor)
    said = client.get("/awareness/awareness.csv?year=2026").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(said)))
    assert [(line["way"], line["stands"]) for line in lines] == [
        ("Letter", "done"),
        ("Website", "planned"),
    ]
    assert lines[0]["name"].startswith("'=")
    assert lines[0]["evidence"].startswith("'@")
    assert Entry.objects.filter(verb="awareness.exported").count() == 1


# What shows it

PDF = b"%PDF-1.7 the newsletter"


def test_a_file_that_shows_it_lies_sealed_and_is_given_back_to_those_who_see_the_plan(
    cast, add, do, enter, now
):
    step = do(add())
    file = acts.keep_file(step, PDF, name="newsletter.pdf", by=cast.office.user, at=now)
    assert PDF not in bytes(file.sealed)
    address = f"/awareness/steps/{step.pk}/file/"
    answer = enter(cast.governor).get(address)
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="evidence.pdf"'
    assert enter(cast.teacher).get(address).status_code == 404


def test_a_new_file_takes_the_place_of_the_old_and_goes_with_what_was_not_done(cast, add, do, now):
    step = do(add())
    acts.keep_file(step, PDF, name="a.pdf", by=cast.office.user, at=now)
    acts.keep_file(step, b"\xff\xd8\xff", name="b.jpg", by=cast.office.user, at=now)
    assert [(file.kind, file.name) for file in AwarenessFile.objects.all()] == [("jpg", "b.jpg")]
    acts.undo_done(step, by=cast.office.user, at=now)
    assert not AwarenessFile.objects.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg onload=alert(1)>", "no PDF, JPEG or PNG"),
        (b"GIF89a%PDF-", "no PDF, JPEG or PNG"),
        (PDF + b"x" * MOST_BYTES, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused_in_words(cast, add, do, enter, data, why):
    step = do(add())
    sent = SimpleUploadedFile("evidence.pdf", data)
    answer = enter(cast.office).post(f"/awareness/steps/{step.pk}/file/add/", {"file": sent})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not AwarenessFile.objects.exists()


def test_who_may_not_plan_keeps_no_file_and_what_is_not_done_has_none(cast, add, do, now):
    with pytest.raises(Refused):
        acts.keep_file(do(add()), PDF, name="a.pdf", by=cast.teacher.user, at=now)
    with pytest.raises(ValidationError):
        acts.keep_file(add(), PDF, name="a.pdf", by=cast.office.user, at=now)


def test_a_file_that_changed_places_does_not_open(cast, add, do, now):
    one, other = (
        acts.keep_file(do(add()), PDF + name, name="a.pdf", by=cast.office.user, at=now)
        for name in (b"1", b"2")
    )
    one.sealed, one.wrapped_key = other.sealed, other.wrapped_key
    with pytest.raises(BrokenSeal):
        acts.bytes_of(one)
