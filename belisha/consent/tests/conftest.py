"""A class of children, their families and those who work with them, all plainly invented."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.people.models import (
    Parent,
    Protection,
    Pupil,
    Relation,
    SchoolClass,
    Staff,
    StaffRole,
    Teaching,
    User,
)
from belisha.people.rules import Role
from belisha.people.tests.cast import give_second_factor
from belisha.policy.models import Purpose


class People:
    """Makes people of one school in one line each."""

    def __init__(self, school, now):
        self.school, self.now = school, now
        self.robins = SchoolClass.objects.create(school=school, name="Robins", year_group=2)
        self.wrens = SchoolClass.objects.create(school=school, name="Wrens", year_group=4)

    def user(self, name):
        mail = f"{name.replace(' ', '.').lower()}@kerbside.example"
        return User.objects.create(school=self.school, email=mail, name=name)

    def staff(self, role, name, teaches=None):
        user = self.user(name)
        give_second_factor(user)
        staff = Staff.objects.create(school=self.school, name=name, user=user)
        StaffRole.objects.create(school=self.school, staff=staff, role=role)
        if teaches:
            Teaching.objects.create(school=self.school, staff=staff, school_class=teaches)
        return user

    def pupil(self, first_name, last_name="Zebra", school_class=None, key=""):
        return Pupil.objects.create(
            school=self.school,
            first_name=first_name,
            last_name=last_name,
            key=key,
            school_class=school_class or self.robins,
        )

    def parent(self, *children, name="Pat Zebra", responsible=True, no_contact=False, key=""):
        first, last = name.split()
        parent = Parent.objects.create(
            school=self.school, first_name=first, last_name=last, key=key, user=self.user(name)
        )
        for child in children:
            Relation.objects.create(
                school=self.school,
                pupil=child,
                parent=parent,
                parental_responsibility=responsible,
                no_contact=no_contact,
            )
        return parent

    def protect(self, pupil):
        lead = User.objects.filter(name="Mr Pellow").first() or self.user("Mr Pellow")
        return Protection.objects.create(
            school=self.school, pupil=pupil, set_at=self.now, set_by=lead
        )


@pytest.fixture
def people(school, now):
    return People(school, now)


@pytest.fixture
def family(people):
    """Leo of the Robins, his two parents, and the office."""
    leo = people.pupil("Leo", key="P1")
    return SimpleNamespace(
        leo=leo,
        mum=people.parent(leo, name="Ada Zebra", key="A1"),
        dad=people.parent(leo, name="Bo Zebra", key="A2"),
        office=people.staff(Role.OFFICE, "Mrs Tern"),
    )


@pytest.fixture
def purpose(school):
    """Find a purpose by its key."""
    return lambda key="newsletter": Purpose.objects.get(key=key)


@pytest.fixture
def say(now):
    """Write an answer down as a command would."""

    def say(
        pupil,
        parent,
        kind,
        purpose=None,
        *,
        on=date(2026, 9, 1),
        at=now,
        expires=None,
        how=How.PAPER,
        by=None,
    ):
        draft = Answer(
            parent=parent,
            purpose=purpose or Purpose.objects.get(key="newsletter"),
            kind=kind,
            how=how,
            happened_on=on,
            expires_on=expires,
        )
        return record_answers(pupil, [draft], by=by, at=at)[0]

    return say


@pytest.fixture
def browse():
    """A browser in which a person has signed in."""

    def browse(user):
        client = Client()
        client.force_login(user)
        return client

    return browse
