"""A large register: page by page, in order, and with as many questions as a small one asks."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belisha.audit.models import Entry
from belisha.consent.register import PAGE
from belisha.people.models import Parent, Pupil, Relation, SchoolClass
from belisha.people.rules import Role


def names(page):
    return re.findall(r"/\d+/\">(\w+) [^<]+</a><br>", page.text)


@pytest.fixture
def office(people, browse):
    return browse(people.staff(Role.OFFICE, "Mrs Tern"))


@pytest.fixture
def crowd(people):
    """Three pages of Robins and ten children more, named in the order of the alphabet."""
    return Pupil.objects.bulk_create(
        Pupil(
            school=people.school,
            first_name=f"Kid{number:03}",
            last_name=f"Row{999 - number}",
            school_class=people.robins,
        )
        for number in range(3 * PAGE + 10)
    )


def test_a_large_register_comes_in_pages_and_the_numbers_go_by_all(crowd, office):
    first, last = office.get("/consent/"), office.get("/consent/?page=4")
    assert names(first) == [child.first_name for child in crowd[:PAGE]]
    assert names(last) == [child.first_name for child in crowd[3 * PAGE :]]
    for page in (first, last):
        assert f"0 of {len(crowd)} families have answered everything" in page.text
    assert "Page 1 of 4" in first.text
    assert 'rel="prev"' not in first.text
    assert 'rel="next" href="?page=2"' in first.text
    assert 'rel="next"' not in last.text


@pytest.mark.parametrize(("asked", "number"), [("0", 4), ("99", 4), ("-1", 4), ("x", 1), ("", 1)])
def test_a_page_that_is_not_there_is_answered_with_one_that_is(asked, number, crowd, office):
    assert f"Page {number} of 4" in office.get("/consent/", {"page": asked}).text


def test_the_answer_is_looked_for_on_all_pages(crowd, people, office, say):
    said_no = crowd[-1]
    say(said_no, people.parent(said_no), "refused")
    page = office.get("/consent/?state=refused")
    assert names(page) == [said_no.first_name]
    assert f"of {len(crowd)} families" in page.text
    page = office.get("/consent/?state=none&purpose=newsletter&page=4")
    assert names(page) == [child.first_name for child in crowd[3 * PAGE : -1]]
    assert "state=none&amp;purpose=newsletter&amp;page=3" in page.text


def test_the_csv_has_all_pages_and_leaves_an_entry_in_the_record(crowd, office):
    answer = office.get("/consent/answers.csv?words=kid&page=2")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(crowd)
    assert Entry.objects.get(verb="answers.exported").facts == {"count": len(crowd)}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Zac", "Ada", "Élodie", "Bo"]),
        ("class", ["Zac", "Ada", "Élodie", "Bo"]),
        ("first-name", ["Ada", "Bo", "Élodie", "Zac"]),
        ("last-name", ["Élodie", "Bo", "Ada", "Zac"]),
        ("nonsense", ["Zac", "Ada", "Élodie", "Bo"]),
    ],
)
def test_the_register_stands_in_the_order_that_was_asked_for(sort, order, people, office):
    people.pupil("Bo", "Ólafs").save()
    Pupil.objects.filter(first_name="Bo").update(school_class=None)
    people.pupil("Ada", "Park", people.wrens)
    people.pupil("Élodie", "Arch", people.wrens)
    people.pupil("Zac", "Verge", people.robins)
    assert names(office.get("/consent/", {"sort": sort})) == order


def test_a_name_is_found_as_people_type_it(people, office):
    people.pupil("Élodie", "O’Brien")
    assert names(office.get("/consent/?words=elod+obr")) == ["Élodie"]
    assert names(office.get("/consent/?words=lodie")) == []


def test_a_page_of_two_thousand_children_asks_no_more_than_a_page_of_two(people, office, say):
    def asked(path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get(path).status_code == 200
        return len(queries)

    paths = ("/consent/", "/consent/?state=none", "/consent/answers.csv", "/consent/?page=9")
    few = people.pupil("Leo")
    say(few, people.parent(few), "given")
    before = [asked(path) for path in paths]
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(school=people.school, name=f"Class {number}", year_group=number % 7)
        for number in range(70)
    )
    children = Pupil.objects.bulk_create(
        Pupil(school=people.school, first_name="Kid", last_name=f"Row{number}", school_class=taught)
        for number, taught in zip(range(2000), classes * 30, strict=False)
    )
    parents = Parent.objects.bulk_create(
        Parent(school=people.school, last_name=child.last_name) for child in children
    )
    Relation.objects.bulk_create(
        Relation(school=people.school, pupil=child, parent=parent, parental_responsibility=True)
        for child, parent in zip(children, parents, strict=True)
    )
    assert [asked(path) for path in paths] == before
    assert max(before) <= 20
