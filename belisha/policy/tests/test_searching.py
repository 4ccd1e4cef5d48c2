"""Clauses in force are found by their words, and by nobody who may not read them."""

from types import SimpleNamespace

import pytest

from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy.models import MAIN, Clause, Document, Version, clauses_of
from belisha.policy.outline import Item, Outline
from belisha.policy.searching import find_clauses


@pytest.fixture
def cast(school):
    return SimpleNamespace(
        head=make_staff(school, "Mrs Adeyemi", Role.HEAD).user,
        teacher=make_staff(school, "Miss Raman", Role.TEACHER).user,
    )


@pytest.fixture
def version(school, cast, now):
    document = Document.objects.create(school=school, key=MAIN, title="Social media")
    made = {"school": school, "document": document, "made_at": now, "made_by": cast.head}
    version = Version.objects.create(major=1, title="Social media", issued_at=now, **made)
    items = (
        Item("ii", "B. Staff", "Nobody posts pictures of a school event.", "B"),
        Item("iii", "B. Staff", "Cafés are no exception; a teacher’s phone stays away.", "B"),
    )
    Clause.objects.bulk_create(clauses_of(version, Outline("Social media", items)))
    draft = Version.objects.create(major=2, title="Social media", **made)
    later = Outline("Social media", (Item("ii", "B. Staff", "Nobody posts dragons.", "B"),))
    Clause.objects.bulk_create(clauses_of(draft, later))
    return version


def addresses(user, typed):
    return [found.title.split()[0] for found in find_clauses(user, typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("picture", ["B.ii"]),  # its stem
        ("PICTURES events", ["B.ii"]),
        ("pict", ["B.ii"]),  # its beginning
        ("staff", ["B.ii", "B.iii"]),  # the heading
        ("b.iii", ["B.iii"]),  # the number
        ("teacher's", ["B.iii"]),
        ("dragons", []),  # a draft is nobody's to find
        ("nothing like it", []),
        ('" OR (', []),
        ("*", []),
        ("&|!:'", []),
        ("", []),
    ],
)
def test_a_clause_is_found_by_its_words(cast, version, typed, found):
    assert addresses(cast.teacher, typed) == found


def test_what_was_changed_is_found_by_its_new_words_alone(cast, version):
    clause = Clause.objects.get(version=version, number="ii")
    clause.text = "Nobody sells marbles."
    clause.save()
    assert addresses(cast.head, "marbles") == ["B.ii"]
    assert addresses(cast.head, "pictures") == []
    clause.delete()
    assert addresses(cast.head, "marbles") == []


def test_who_has_no_place_at_school_finds_nothing(cast, version, school):
    assert addresses(SimpleNamespace(has_role=lambda *roles: False), "pictures") == []
