"""What all tests share: a school with a few plainly invented people."""

from datetime import UTC, datetime

import pytest
from django_scopes import scope

from belisha.people.models import School
from belisha.policy.models import add_shipped_purposes

pytest_plugins = ["tests.no_network"]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """A Friday morning in school."""
    return NOW


@pytest.fixture
def school(db):
    """An empty school with the shipped purposes, in whose scope the test runs."""
    school = School.objects.create(name="Kerbside Primary School", created_at=NOW)
    with scope(school=school):
        add_shipped_purposes(school)
        yield school
