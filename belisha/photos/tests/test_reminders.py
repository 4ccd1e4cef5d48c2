"""Those who have not answered about a picture are reminded, and nobody learns who they are."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions.protection import protect
from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_staff
from belisha.photos.actions import requests
from belisha.photos.models import PictureReminder
from belisha.photos.tests.conftest import TODAY, same_robins, same_school
from belisha.photos.tests.test_requests import UNTIL, USE, ask, promotion, say

robins, school = same_robins, same_school  # the names by which tests ask for them

__all__ = ["promotion"]
DAY = timedelta(days=1)


@pytest.fixture
def asked(settled, promotion):
    return ask(settled, promotion)


def remind(robins, asked, by=None, after=timedelta()):
    at = robins.at + after
    requests.remind(asked, by=by or robins.office, at=at, on=timezone.localdate(at))


def reminded():
    return sorted(Mail.objects.filter(kind="picture-reminder").values_list("to", flat=True))


def test_only_those_who_have_not_answered_are_reminded(settled, school, asked):
    make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    make_parent(school, settled.malik, "Vesna", "Wayfinder", pr=False)
    without = make_parent(school, settled.tilly, "Ilse", "Crossley")
    without.email = ""
    without.save()
    say(settled, asked, settled.mother, yes=False)
    remind(settled, asked)
    assert reminded() == [settled.father.email]


def test_the_reminder_is_in_their_language_and_names_nobody(settled, asked):
    settled.mother.language = "cy"
    settled.mother.save()
    remind(settled, asked)
    for mail in Mail.objects.filter(kind="picture-reminder"):
        for word in ("Malik", "Tilly", "Prospectus", "Bridge", "Robins", "Wanda", "Cleo"):
            assert word not in mail.subject + mail.body
    english = Mail.objects.get(kind="picture-reminder", to=settled.father.email)
    assert "May we use this picture?" in english.subject
    assert "You have not answered." in english.body
    welsh = Mail.objects.get(kind="picture-reminder", to=settled.mother.email)
    assert welsh.language == "cy"
    assert welsh.body != english.body


def test_it_goes_out_once_a_day(settled, asked):
    remind(settled, asked)
    with pytest.raises(requests.NotAsked, match="today already"):
        remind(settled, asked)
    assert len(reminded()) == 2
    remind(settled, asked, after=DAY)
    assert len(reminded()) == 4
    assert PictureReminder.objects.filter(request=asked).count() == 2


def test_nobody_is_reminded_of_two_pictures_on_one_day(settled, promotion, asked):
    other = ask(settled, promotion, use="A banner at the gate")
    remind(settled, asked)
    remind(settled, other)
    assert reminded() == sorted([settled.mother.email, settled.father.email])
    assert PictureReminder.objects.count() == 2


def test_an_address_that_does_not_work_is_left_alone(settled, asked):
    Mail.objects.filter(to=settled.father.email).update(
        bounced_at=settled.at, trouble="There is no such address."
    )
    remind(settled, asked)
    assert reminded() == [settled.mother.email]


def test_when_it_is_over_or_all_have_answered_nobody_is_reminded(settled, asked):
    with pytest.raises(requests.NotAsked, match="over"):
        remind(settled, asked, after=UNTIL - TODAY + DAY)
    say(settled, asked, settled.mother, yes=True)
    say(settled, asked, settled.father, yes=False, pupil=settled.tilly)
    with pytest.raises(requests.NotAsked, match="Everyone has answered"):
        remind(settled, asked)
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    with pytest.raises(requests.NotAsked, match="over"):
        remind(settled, asked)
    assert reminded() == []
    assert not PictureReminder.objects.exists()


def test_whoever_may_ask_may_remind(settled, school, asked):
    other = make_staff(school, "Mr Handsignal", Role.TEACHER)
    make_class(school, "Wrens", other, year=1)
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    for who in (other.user, lead, settled.mother.user):
        with pytest.raises(Refused):
            remind(settled, asked, by=who)
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    for number, who in enumerate((settled.teacher, settled.office, head)):
        remind(settled, asked, by=who, after=number * DAY)


def test_a_family_that_said_yes_for_a_protected_child_gets_none_and_no_page_tells(
    settled, school, asked
):
    """The page names her among those who have not answered; the reminder passes her by."""
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    say(settled, asked, settled.father, yes=True, pupil=settled.tilly)

    def pages():
        def read(who):
            client = Client()
            client.force_login(who)
            there = (f"/requests/{asked.ref}/", "/people/mail/")
            return [re.sub(r"\w{64}", "", client.get(page).text) for page in there]

        return [read(who) for who in (settled.teacher, settled.office, lead)]

    protect(settled.malik, why="A court order", by=lead, at=settled.at)
    remind(settled, asked)
    assert reminded() == [settled.mother.email], "she has not answered"
    silent = pages()
    say(settled, asked, settled.mother, yes=True)
    assert pages() == silent
    remind(settled, asked, after=DAY)
    assert len(reminded()) == 1, "she has answered, whatever the page says"
    facts = [entry.facts for entry in Entry.objects.filter(verb="picture.families-reminded")]
    assert facts == [{"photo": settled.photo.pk}] * 2


def test_the_button_stands_below_the_list_and_says_what_was_sent(settled, promotion):
    today = timezone.localdate()
    asked = requests.ask_families(
        settled.photo,
        promotion,
        use=USE,
        until=today + 90 * DAY,
        by=settled.teacher,
        at=timezone.now(),
        on=today,
    )
    settled.father.email = ""
    settled.father.save()
    page = f"/requests/{asked.ref}/"
    office, teacher = Client(), Client()
    office.force_login(settled.office)
    teacher.force_login(settled.teacher)
    before = office.get(page).text
    assert "Remind those who have not answered" in before
    assert before.count("No mail reaches them.") == 1
    assert office.get(f"{page}remind/").status_code == 405
    after = office.post(f"{page}remind/", follow=True).text
    assert "Whoever has not answered gets a reminder by email." in after
    assert "Reminded by email" in after
    assert ", by Mrs Toucan" in after
    assert "Remind those who have not answered" not in after
    assert "today already" in teacher.post(f"{page}remind/", follow=True).text
    assert "Reminded by email" in teacher.get(page).text
    assert "Wanda" not in teacher.get(page).text
