"""What all tests share: a school with a few plainly invented people."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from django.db import transaction
from django_scopes import scope

from belisha.people.models import School
from belisha.people.tests import cast  # noqa: F401 - `force_login` becomes a whole sign-in
from belisha.policy.models import add_shipped_purposes

pytest_plugins = ["tests.no_network"]
# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("belisha", deadline=None)
hypothesis.settings.load_profile("belisha")
LONGEST = ("test_consent_holds.py", "test_races.py", "test_matrix.py", "test_new_database.py")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks no database is not tried again on the next one, nor what asks it by way of pages:
    there the doors open every page once for everyone. The journeys make databases of their own in
    the server. The longest come first, so that no core waits for another at the end.
    """
    for item in items:
        asks = item.get_closest_marker("django_db") or "db" in item.fixturenames
        of_pages = "client" in item.fixturenames and item.path.name != "test_doors.py"
        if (of_pages or not asks) and item.path.parent.name != "journeys":
            item.add_marker("once")
    yield
    items.sort(key=lambda item: (item.path.name not in LONGEST, not is_journey(item)))


def is_journey(item):
    return item.path.is_relative_to(Path(__file__).parent / "tests")


@pytest.fixture(scope="session")
def now():
    """A Friday morning in school."""
    return NOW


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """A database in which what is made stays until the end of the module, and then is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def school(db):
    """An empty school with the shipped purposes, in whose scope the test runs."""
    with new_school() as school:
        yield school


@pytest.fixture(scope="module")
def lasting_school(lasting):
    """The same until the end of the module, in nobody's scope."""
    with new_school() as school:
        return school


@contextmanager
def new_school():
    school = School.objects.create(name="Kerbside Primary School", created_at=NOW)
    with scope(school=school):
        add_shipped_purposes(school)
        yield school


@pytest.fixture
def figure(record_property):
    """Say a figure at the end of the run: `figure("12 routes, 400 cells, 0 leaks")`."""
    return lambda words: record_property("figure", words)
