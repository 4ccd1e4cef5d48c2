"""Who comes in, and where to."""

import pytest
from django.test import Client
from django.urls import reverse

from belisha.people import actions
from belisha.people.models import School, User
from belisha.people.rules import LEADERS, SAFEGUARDING, Role
from belisha.people.urls import urlpatterns

NEVER_ASKED = {"setup", "enter", "language"}  # open to anyone, each for its own reason
KEEPERS = {Role.HEAD, Role.OFFICE}


def pages(**pks):
    for pattern in urlpatterns:
        if str(pattern.pattern).startswith("in/"):
            continue  # the families' own: see test_family_doors.py
        if pattern.name not in NEVER_ASKED and not pattern.name.startswith("roster"):
            names = pattern.pattern.converters
            yield pattern, reverse(pattern.name, kwargs=dict.fromkeys(names, pks["pk"]))


@pytest.fixture
def made(settings):
    """What the first page asks."""
    return {
        "name": "Zebra Lane Primary",
        "phone": "",
        "head_name": "Mr Stripe",
        "email": "Head@zebra.example",
        "password": "crossing globe amber pole",
    }


# Term dates are no secret.
OPEN_TO_THE_SCHOOL = {"calendar", "calendar_csv", "calendar_ics"}


def test_a_stranger_is_sent_to_sign_in_and_then_back(school, client):
    for pattern, url in pages(pk=1):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/account/login/?next={url}",
        ), pattern.name


def test_no_page_of_people_is_there_for_governors_and_parents(staff, dana, maisie, enter):
    for person in (staff.governor, dana):
        browser = enter(person)
        for pattern, url in pages(pk=maisie.pk):
            if pattern.name in OPEN_TO_THE_SCHOOL:
                continue
            assert browser.get(url).status_code == 404, (pattern.name, person)
            assert browser.post(url).status_code == 404, (pattern.name, person)


def test_nobody_sees_a_page_that_is_not_open_to_their_role(staff, maisie, enter):
    for person, role in ((staff.teacher, Role.TEACHER), (staff.lead, Role.SAFEGUARDING_LEAD)):
        browser = enter(person)
        for pattern, url in pages(pk=maisie.pk):
            if role not in pattern.callback.opened_to:
                assert browser.get(url).status_code == 404, pattern.name
                assert browser.post(url, {"why": "x"}).status_code == 404, pattern.name


def test_only_head_and_office_change_the_lists_and_only_by_post(staff, maisie):
    open_to_more = {"people", "class", "class_csv", "pupil", "parent", "staff_list", "staff"}
    open_to_more |= OPEN_TO_THE_SCHOOL
    for pattern, _ in pages(pk=maisie.pk):
        opened = pattern.callback.opened_to
        if pattern.name in {"protected", "protection"}:
            assert opened == SAFEGUARDING
        elif pattern.name == "stand_ins":
            assert opened == LEADERS
        elif pattern.name in {"staff_roles", "stand_in_end"} or pattern.name.startswith("guest"):
            assert opened == {Role.HEAD}
        elif pattern.name not in open_to_more:
            assert opened == KEEPERS, pattern.name


def test_a_number_that_no_database_can_hold_is_just_not_found(staff, enter):
    assert enter(staff.head).get(reverse("pupil", args=[10**30])).status_code == 404


def test_before_there_is_a_school_every_page_leads_to_the_first_run(db, client):
    for url in ("/", "/people/", "/school/"):
        assert client.get(url).headers["Location"] == reverse("setup")
    assert b"Make the school" in client.get(reverse("setup")).content


def test_the_first_run_makes_the_school_and_its_head_once(db, client, made):
    assert client.post(reverse("setup"), made).headers["Location"] == "/"
    user = User.objects.get()
    assert (user.email, user.check_password(made["password"])) == ("head@zebra.example", True)
    assert int(client.session["_auth_user_id"]) == user.pk
    assert client.get(reverse("people"))["Location"] == reverse("mfa_index")
    again = Client().post(reverse("setup"), made | {"email": "other@zebra.example"})
    assert again.status_code == 404
    assert School.objects.count() == User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "123456789123456789", "head@zebra.example"])
def test_the_first_run_refuses_a_weak_password_in_words(db, client, made, password):
    answer = client.post(reverse("setup"), made | {"password": password})
    assert answer.status_code == 422
    assert b"There is something to put right" in answer.content
    assert not School.objects.exists()


def test_a_demonstrations_address_signs_in(school, staff, client):
    school.demonstration = True
    school.save()
    address = actions.demonstration_pass(User.objects.get(pk=staff.head.user_id))
    client.get(reverse("enter", args=[address]))
    assert int(client.session["_auth_user_id"]) == staff.head.user_id


def test_a_real_school_has_no_such_addresses_and_takes_none(school, staff, client):
    with pytest.raises(ValueError, match="demonstration"):
        actions.demonstration_pass(staff.head.user)
    school.demonstration = True
    school.save()
    address = actions.demonstration_pass(User.objects.get(pk=staff.head.user_id))
    school.demonstration = False
    school.save()
    assert client.get(reverse("enter", args=[address])).status_code == 404
    assert client.get(reverse("enter", args=["made-up"])).status_code == 404


def test_name_and_telephone_of_the_school_are_kept_by_the_office(school, staff, enter):
    office = enter(staff.office)
    wrong = office.post(reverse("school"), {"name": "", "phone": "01632 960114"})
    assert wrong.status_code == 422
    assert b"Error: " in wrong.content
    office.post(reverse("school"), {"name": "Beacon Primary", "phone": "01632 960114"})
    school.refresh_from_db()
    assert (school.name, school.phone) == ("Beacon Primary", "01632 960114")
    assert b"01632 960114" in office.get("/people/").content
