"""The purposes: who sees them, who changes them, and what is kept of a change."""

import pytest
from django.test import Client

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.models import Staff, StaffRole, User
from belisha.people.rules import Role
from belisha.people.tests.cast import give_second_factor
from belisha.policy.actions import change
from belisha.policy.models import Purpose


@pytest.fixture
def staff(school):
    def staff(role):
        user = User.objects.create(school=school, email=f"{role}@kerbside.example", name="Mx Tern")
        give_second_factor(user)
        one = Staff.objects.create(school=school, name="Mx Tern", user=user)
        StaffRole.objects.create(school=school, staff=one, role=role)
        return user

    return staff


def browse(user):
    client = Client()
    client.force_login(user)
    return client


TYPED = {
    "name": "Our website",
    "audience": "Anyone.",
    "basis": "consent",
    "in_use": "on",
    "substance": "no",
}


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        (Role.HEAD, 200, 200),
        (Role.OFFICE, 200, 404),
        (Role.SAFEGUARDING_LEAD, 200, 404),
        (Role.TEACHER, 404, 404),
        (Role.OTHER_STAFF, 404, 404),
        (Role.GOVERNOR, 404, 404),
    ],
)
def test_who_sees_and_who_changes_purposes(staff, role, sees, changes):
    browser = browse(staff(role))
    assert browser.get("/purposes/").status_code == sees
    assert browser.get("/purposes/website/").status_code == changes


def test_the_head_changes_the_words_and_the_record_says_so(staff, school):
    head = staff(Role.HEAD)
    page = browse(head).post("/purposes/website/", TYPED, follow=True)
    assert "The purpose is changed." in page.text
    assert Purpose.objects.get(key="website").name == "Our website"
    line = Entry.objects.get()
    assert (line.verb, line.by) == ("purpose.changed", head.pk)
    assert line.facts == {"fields": ["audience", "name"], "in_use": True}


def test_a_change_of_nothing_leaves_no_line(staff, school, now):
    purpose = Purpose.objects.get(key="website")
    change(purpose, by=staff(Role.HEAD), at=now, name=purpose.name, in_use=True)
    assert not Entry.objects.exists()


def test_only_the_head_changes_a_purpose(staff, school, now):
    with pytest.raises(Refused):
        change(Purpose.objects.first(), by=staff(Role.OFFICE), at=now, in_use=False)
    assert Purpose.objects.in_use().count() == Purpose.objects.count()


def test_a_purpose_needs_a_name_and_an_audience(staff, school):
    page = browse(staff(Role.HEAD)).post("/purposes/website/", TYPED | {"audience": ""})
    assert page.status_code == 422
    assert "<h1>School website</h1>" in page.text
    assert Purpose.objects.get(key="website").name == "School website"


def test_the_head_says_whether_a_change_alters_who_sees_the_pictures(staff, school):
    browser = browse(staff(Role.HEAD))
    unsaid = {name: value for name, value in TYPED.items() if name != "substance"}
    page = browser.post("/purposes/website/", unsaid)
    assert page.status_code == 422
    assert "Say whether this changes who sees the pictures." in page.text
    browser.post("/purposes/website/", TYPED)
    assert Purpose.objects.get(key="website").asked_since is None
    browser.post("/purposes/website/", TYPED | {"substance": "yes"})
    assert Purpose.objects.get(key="website").asked_since is not None
