"""The people of these tests: a head, an office, a lead, two teachers, a family of two homes."""

from types import SimpleNamespace

import pytest
from django.test import Client

from belisha.people.rules import Role
from belisha.people.tests.cast import join, make_class, make_parent, make_pupil, make_staff


@pytest.fixture
def staff(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Adeyemi", Role.HEAD),
        lead=make_staff(school, "Mr Pellow", Role.SAFEGUARDING_LEAD),
        office=make_staff(school, "Ms Bright", Role.OFFICE),
        teacher=make_staff(school, "Miss Raman", Role.TEACHER),
        other_teacher=make_staff(school, "Mr Finch", Role.TEACHER),
        governor=make_staff(school, "Cllr Stone", Role.GOVERNOR),
    )


@pytest.fixture
def robins(school, staff):
    return make_class(school, "Robins", staff.teacher, year=2)


@pytest.fixture
def wrens(school, staff):
    return make_class(school, "Wrens", staff.other_teacher, year=1)


@pytest.fixture
def maisie(school, robins):
    return make_pupil(school, "Maisie", "Tarmac", robins)


@pytest.fixture
def ada(school, wrens):
    return make_pupil(school, "Ada", "Tarmac", wrens)


@pytest.fixture
def dana(school, maisie, ada):
    """The mother of Maisie and Ada."""
    dana = make_parent(school, maisie, "Dana", "Tarmac")
    dana.phone = "01632 960201"
    dana.save()
    join(dana, ada)
    return dana


@pytest.fixture
def enter():
    """Sign someone in: `enter(staff.head)` answers with their browser."""

    def entered(person):
        client = Client()
        client.force_login(person.user)
        return client

    return entered
