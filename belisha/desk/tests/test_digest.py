"""The morning's mail: for those who want it, once, on school days, with counts and links alone."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.urls import reverse

from belisha.desk import worker
from belisha.desk.jobs import digest
from belisha.people.actions import calendar
from belisha.people.actions import choices as acts
from belisha.people.actions import staff as staff_acts
from belisha.people.calendar import Days, Mark
from belisha.people.models import Choices, Mail, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.actions.agreements import issue
from belisha.policy.rules import Audience

DAY, HALF_HOUR = timedelta(days=1), timedelta(minutes=30)


@pytest.fixture
def office(school):
    return make_staff(school, "Ms Bright", Role.OFFICE)


@pytest.fixture
def morning(now):
    """Half past seven on the Friday of these tests; London keeps UTC in November."""
    return now.replace(hour=7, minute=30)


@pytest.fixture
def wants(morning):
    def wants(person):
        acts.choose(person.user, digest=True, slash_key=True, at=morning - DAY)

    return wants


def work(at):
    """What the worker does until nothing is left; returns what lies in the outbox."""
    while digest(at):
        pass
    return list(Mail.objects.filter(kind="digest").order_by("id"))


def test_who_wants_it_hears_how_much_waits_and_where(school, office, wants, morning, settings):
    settings.ADDRESS = "https://belisha.kerbside.example"
    make_pupil(school, "Maisie", "Tarmac", make_class(school, "Robins"))
    wants(office)
    (mail,) = work(morning)
    assert mail.to == office.email
    assert "things wait for you" in mail.subject
    assert "https://belisha.kerbside.example/\n" in mail.body
    assert "https://belisha.kerbside.example/me/" in mail.body
    for word in ("Maisie", "Tarmac", "Robins", "children", "answer"):
        assert word not in mail.subject + mail.body


def test_what_is_late_is_counted(school, office, wants, morning):
    old = Days(Mark.TERM, date(2026, 1, 5), date(2026, 7, 21))
    calendar.mark(school, old, by=office.user, at=morning)
    make_pupil(school, "Maisie", "Tarmac")
    wants(office)
    assert "3 things wait for you. 1 of them is late." in work(morning)[0].body


def test_it_comes_once_a_day(office, wants, morning):
    wants(office)
    assert len(work(morning)) == 1
    assert len(work(morning + HALF_HOUR)) == 1
    assert len(work(morning + 3 * DAY)) == 2, "on Monday again"


def test_nobody_hears_who_has_not_asked_or_asked_today_or_asked_no_more(office, morning, wants):
    assert work(morning) == []
    acts.choose(office.user, digest=True, slash_key=True, at=morning - HALF_HOUR)
    assert work(morning) == [], "it begins with the next school day"
    acts.choose(office.user, digest=False, slash_key=True, at=morning)
    assert work(morning + 3 * DAY) == []


def test_nothing_comes_when_nothing_waits(school, wants, morning):
    cook = make_staff(school, "Mr Ladle", Role.OTHER_STAFF)
    wants(cook)
    assert work(morning) == []
    assert Choices.objects.get().digested_on == morning.date()


def test_nothing_comes_before_half_past_seven_nor_in_the_evening(office, wants, morning):
    wants(office)
    assert work(morning - timedelta(seconds=1)) == []
    assert work(morning + timedelta(hours=7, minutes=30)) == []
    assert len(work(morning + timedelta(hours=2))) == 1, "a server that was down catches up"


def test_half_past_seven_is_that_of_the_school_in_summer_too(office, wants, morning):
    wants(office)
    summer = morning.replace(year=2027, month=6, day=18)
    assert len(work(summer - timedelta(hours=1))) == 1


@pytest.mark.parametrize("mark", [Mark.STRIKE, Mark.HALF_TERM, Mark.INSET])
def test_nothing_comes_while_the_school_is_closed(school, office, wants, morning, mark):
    wants(office)
    friday = morning.date()
    row = calendar.mark(school, Days(mark, friday, friday), by=office.user, at=morning)
    assert work(morning) == []
    assert work(morning + DAY) == [], "nor on a Saturday"
    calendar.take_out(row, by=office.user, at=morning)
    assert len(work(morning + 3 * DAY)) == 1


def test_nothing_comes_to_those_who_are_gone(school, office, wants, morning):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD)
    wants(office)
    staff_acts.leave(office, on=morning.date(), by=head.user, at=morning)
    assert work(morning) == []


def test_a_parent_hears_in_their_language_and_one_under_an_order_hears_nothing(
    school, wants, morning
):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD)
    issue(Audience.FAMILIES, by=head.user, at=morning)
    maisie = make_pupil(school, "Maisie", "Tarmac", make_class(school, "Robins", year=2))
    dana = make_parent(school, maisie, "Dana", "Tarmac")
    barred = make_parent(school, maisie, "Bo", "Tarmac", no_contact=True)
    dana.language = "pl"
    dana.save()
    for person in (dana, barred):
        wants(person)
    (mail,) = work(morning)
    assert (mail.to, mail.language) == (dana.email, "pl")
    assert "Maisie" not in mail.subject + mail.body
    Relation.objects.update(no_contact=True)
    assert len(work(morning + 3 * DAY)) == 1


def test_the_office_does_not_read_in_its_list_whom_it_went_to(
    school, office, wants, morning, client
):
    wants(office)
    work(morning)
    client.force_login(office.user)
    assert "wait for you" not in client.get(reverse("mail")).text


def test_erasing_someone_leaves_no_choice_and_no_mail(school, office, wants, morning):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD)
    wants(office)
    work(morning)
    acts.make_address(office.user, at=morning)
    staff_acts.leave(office, on=morning.date(), by=head.user, at=morning)
    staff_acts.erase(office, by=head.user, at=morning)
    assert not Choices.objects.exists()
    assert not Mail.objects.filter(kind="digest").exists()


def test_the_worker_writes_it():
    assert digest in worker.JOBS


def run_trial(tmp_path, *words):
    environment = {**os.environ, "BELISHA_DATA": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("BELISHA_DATABASE", None)
    ran = subprocess.run(
        [sys.executable, "-m", "belisha.desk.tests.trials.digests", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    return json.loads(ran.stdout)


@pytest.mark.once
def test_four_workers_at_once_write_to_each_person_once(tmp_path, figure):
    sent = run_trial(tmp_path)
    assert sent == [1] * 30
    figure("30 people, 4 workers at the same moment: each got 1 digest")


@pytest.mark.once
def test_the_trial_can_fail(tmp_path):
    assert max(run_trial(tmp_path, "naive")) > 1
