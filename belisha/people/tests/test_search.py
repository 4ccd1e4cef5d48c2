"""Finding people, and taking lists away."""

import csv
import io

import pytest
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people.rules import fits
from belisha.people.tests.cast import make_pupil


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mai", "Maisie Tarmac"),
        ("TARM mai", "Maisie Tarmac"),
        ("elo", "Élodie Signal-Green"),
        ("green", "Élodie Signal-Green"),
        ("obr", "Sean O’Brien"),
        ("o'b", "Sean O’Brien"),
        ("strasse", "Otto Straße"),
    ],
)
def test_a_name_is_found_by_the_beginning_of_its_words(typed, name):
    assert fits(typed, name)


@pytest.mark.parametrize("typed", ["sie", "mai kerb", "tarmacs", "+", "-", " ", "’", ""])
def test_nothing_else_fits(typed):
    assert not fits(typed, "Maisie Tarmac")


def test_a_class_list_is_in_the_order_of_the_alphabet(school, staff, robins, enter):
    for name in ("Zac", "Élodie", "Ed", "ada"):
        make_pupil(school, name, "Kerb", robins)
    page = enter(staff.office).get(reverse("class", args=[robins.pk])).content.decode()
    places = [page.index(f">{name} K<") for name in ("ada", "Ed", "Élodie", "Zac")]
    assert places == sorted(places)


def found(browser, typed):
    page = browser.get(reverse("people"), {"q": typed}).content.decode()
    return page.partition('id="found"')[2].partition('aria-labelledby="classes"')[0]


def test_the_office_finds_children_parents_and_staff(staff, dana, enter):
    office = enter(staff.office)
    assert "Maisie T" in found(office, "tarmac")
    assert "family of Ada T, Maisie T" in found(office, "dana")
    assert "Miss Raman" in found(office, "raman")
    assert "Nobody here" in found(office, "xyz")


@pytest.mark.parametrize(
    "typed",
    ["dana.tarmac@people.example", "DANA.TARMAC@", "01632 960201", "960201", "+44 1632 960 201"],
)
def test_the_office_finds_a_parent_by_email_and_telephone(typed, staff, dana, enter):
    assert "Dana Tarmac" in found(enter(staff.office), typed)
    assert "Nobody here" in found(enter(staff.teacher), typed)


@pytest.mark.parametrize("typed", ["@people.example", "960", "tarmac@people", "01632 960202"])
def test_a_piece_of_an_address_or_number_finds_nobody(typed, staff, dana, enter):
    assert "Nobody here" in found(enter(staff.office), typed)


def test_search_and_lists_lead_to_the_whole_page_of_a_child(staff, robins, maisie, dana, enter):
    office, link = enter(staff.office), f'href="{reverse("about_child", args=[maisie.pk])}"'
    assert link in found(office, "maisie")
    for name, pk in (("class", robins.pk), ("parent", dana.pk)):
        assert link in office.get(reverse(name, args=[pk])).content.decode()


def test_a_teacher_finds_no_parents_and_no_child_by_more_than_an_initial(staff, dana, enter):
    teacher = enter(staff.teacher)
    assert "Maisie T" in found(teacher, "maisie t")
    assert "Nobody here" in found(teacher, "tarm")
    assert "Nobody here" in found(teacher, "dana")


def test_those_who_left_are_found_by_the_office_alone(staff, maisie, enter, now):
    maisie.left_on = now.date()
    maisie.save()
    assert "has left" in found(enter(staff.office), "maisie")
    assert "Nobody here" in found(enter(staff.teacher), "maisie")


def test_what_was_typed_is_never_a_part_of_the_page_itself(staff, enter):
    assert "<script>" not in found(enter(staff.office), "<script>alert(1)</script>")


def sheet(answer):
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_a_class_as_a_sheet_is_for_those_who_see_full_names(staff, robins, maisie, enter):
    url = reverse("class_csv", args=[robins.pk])
    answer = enter(staff.teacher).get(url)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="robins.csv"'
    assert sheet(answer)[1] == ["", "Maisie", "Tarmac", "", "Robins", "Year 2"]
    assert enter(staff.other_teacher).get(url).status_code == 404
    assert Entry.objects.get().facts == {"count": 1}


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1+1", "-2+3", '=HYPERLINK("x")'])
def test_no_name_becomes_a_formula(school, staff, robins, enter, formula):
    make_pupil(school, formula, formula, robins)
    for url in (reverse("class_csv", args=[robins.pk]), reverse("pupils_csv")):
        cells = sheet(enter(staff.office).get(url))[1]
        assert cells[1] == cells[2] == f"'{formula}"


def test_all_children_as_a_sheet_is_for_head_and_office(staff, maisie, ada, enter):
    assert len(sheet(enter(staff.head).get(reverse("pupils_csv")))) == 3
    assert enter(staff.lead).get(reverse("pupils_csv")).status_code == 404


def test_an_empty_school_says_what_to_do_next(staff, enter):
    assert "Add a class" in enter(staff.office).get("/people/").content.decode()
    assert "The office brings in" in enter(staff.teacher).get("/people/").content.decode()
