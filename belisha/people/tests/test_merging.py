"""Two contacts that may be one person: which are offered, and that nobody is merged by itself."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.people import todo
from belisha.people.access import Refused
from belisha.people.actions import letters, merging
from belisha.people.actions import parents as parent_acts
from belisha.people.actions import roster as roster_acts
from belisha.people.models import LetterCode, NotOne, Parent, Relation, User
from belisha.people.roster import read_roster
from belisha.people.rules import MANY, Contact, Ties, merged_ties, seem_one
from belisha.people.tests.cast import join, make_parent, make_pupil

JULY, MAY = date(2026, 7, 1), date(2026, 5, 1)
TODAY = date(2026, 11, 20)


def contact(id, name="Dana Tarmac", email="", phone="", *children):
    return Contact(id, name, email, phone, frozenset(children))


# --- who seems one ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (contact(1, email="dana@home.example"), contact(2, "D T", email="Dana@Home.example ")),
        (contact(1, phone="01632 960 201"), contact(2, "dana  TARMAC", phone="01632-960201")),
        (contact(1, "Zoë Ní Bhriain", "", "", 7), contact(2, "Zoe Ni Bhriain", "", "", 7, 8)),
    ],
    ids=["the same address", "the same name and telephone", "the same name and a child"],
)
def test_two_contacts_seem_one_person(one, other):
    assert seem_one([other, one]) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (contact(1), contact(2)),
        (contact(1, phone="01632 960201"), contact(2, "Rex Tarmac", phone="01632 960201")),
        (contact(1, "Dana Tarmac", "", "", 7), contact(2, "Dana Tarmac", "", "", 8)),
        (contact(1, "Dana Tarmac", "", "", 7), contact(2, "Rex Tarmac", "", "", 7)),
        (contact(1, "", "", "", 7), contact(2, "", "", "", 7)),
    ],
    ids=["a name alone", "a telephone alone", "other children", "a child alone", "no name"],
)
def test_two_contacts_do_not_seem_one_person(one, other):
    assert seem_one([one, other]) == []


def test_an_address_that_many_share_pairs_nobody():
    shared = [contact(n, f"Name{n} X", email="none@none.example") for n in range(MANY + 1)]
    assert seem_one(shared) == []
    assert len(seem_one(shared[:-1])) == MANY * (MANY - 1) / 2


@pytest.mark.parametrize(
    ("kept", "other", "merged"),
    [
        (Ties(True, False, None), Ties(False, True, None), Ties(True, True, None)),
        (Ties(False, False, None), Ties(True, False, None), Ties(True, False, None)),
        (Ties(True, False, MAY), Ties(False, False, None), Ties(False, False, None)),
        (Ties(False, True, MAY), Ties(True, False, None), Ties(True, True, None)),
        (Ties(True, False, MAY), Ties(False, True, JULY), Ties(True, True, JULY)),
    ],
    ids=["the order wins", "either answers", "what ended stays so", "an old order", "both ended"],
)
def test_the_stricter_of_two_ties_wins(kept, other, merged):
    assert merged_ties(kept, other) == merged


# --- merging, the half that is about people --------------------------------------------------


@pytest.fixture
def twin(school, dana, maisie):
    """Dana once more, from an old list, without a way in."""
    twin = Parent.objects.create(
        school=school,
        key="A9",
        first_name="D",
        last_name="Tarmac",
        email="DANA.TARMAC@people.example",
        phone="01632 960299",
        language="pl",
    )
    join(twin, make_pupil(school, "Bo", "Tarmac", maisie.school_class))
    join(twin, maisie, pr=False, no_contact=True)
    return twin


def test_what_moves_to_the_one_who_is_kept(staff, dana, twin, maisie, now):
    letters.issue(twin, by=staff.office.user, at=now)
    merging.merge(dana, twin, by=staff.office.user, at=now)
    dana.refresh_from_db()
    ties = {str(tie.pupil): tie for tie in Relation.objects.filter(parent=dana)}
    assert set(ties) == {"Maisie Tarmac", "Ada Tarmac", "Bo Tarmac"}
    assert (ties["Maisie Tarmac"].parental_responsibility, ties["Maisie Tarmac"].no_contact) == (
        True,
        True,
    )
    assert (dana.key, dana.language, dana.phone) == ("A9", "pl", "01632 960201")
    twin.refresh_from_db()
    assert (twin.merged_into, str(twin), twin.email, twin.phone, twin.key) == (
        dana,
        "Merged",
        "",
        "",
        "",
    )
    assert not Relation.objects.filter(parent=twin).exists()
    assert not LetterCode.objects.exists()
    with pytest.raises(ValidationError):
        merging.merge(dana, twin, by=staff.office.user, at=now)


def test_of_two_ways_in_that_of_the_kept_one_stays(school, staff, dana, maisie, now, enter):
    other = make_parent(school, maisie, "Dan", "Tarmac")
    door = enter(other)
    merging.merge(dana, other, by=staff.office.user, at=now)
    assert Parent.objects.get(pk=dana.pk).user == dana.user
    closed = User.objects.get(pk=other.user_id)
    assert (closed.is_active, closed.name) == (False, "Erased")
    assert door.get("/").status_code == 302


def test_a_way_in_moves_to_one_who_had_none_and_takes_their_address(
    school, staff, dana, twin, maisie, now
):
    merging.merge(twin, dana, by=staff.office.user, at=now)
    twin.refresh_from_db()
    assert twin.user == User.objects.get(pk=dana.user_id)
    assert twin.user.email == "dana.tarmac@people.example"


def test_nobody_takes_the_door_of_a_guarded_person_by_merging(school, staff, maisie, now):
    head = make_parent(school, maisie, "Ines", "Adeyemi")
    Parent.objects.filter(pk=head.pk).update(user=staff.head.user)
    twin = Parent.objects.create(school=school, first_name="Ines", last_name="Adeyemi")
    for keep, other in ((head, twin), (twin, head)):
        with pytest.raises(Refused):
            merging.merge(keep, other, by=staff.office.user, at=now)
    merging.merge(twin, head, by=staff.head.user, at=now)
    twin.refresh_from_db()
    assert twin.user == staff.head.user
    assert User.objects.get(pk=twin.user_id).email == staff.head.email


def test_only_those_who_keep_the_lists_merge(staff, dana, twin, now):
    for person in (staff.lead, staff.teacher, staff.governor):
        with pytest.raises(Refused):
            merging.merge(dana, twin, by=person.user, at=now)


def test_three_contacts_become_one_step_by_step(school, staff, dana, twin, now):
    third = Parent.objects.create(school=school, last_name="Tarmac", key="A10")
    merging.merge(twin, third, by=staff.office.user, at=now)
    merging.merge(dana, twin, by=staff.office.user, at=now)
    third.refresh_from_db()
    assert third.merged_into == dana


def test_erasing_the_kept_one_forgets_the_numbers_of_both(school, staff, maisie, now):
    kept = Parent.objects.create(school=school, last_name="Tarmac", key="A1")
    gone = Parent.objects.create(school=school, last_name="Tarmac", key="A2")
    third = Parent.objects.create(school=school, last_name="Tarmac")
    merging.say_two(kept, third, by=staff.office.user, at=now)
    merging.merge(kept, gone, by=staff.office.user, at=now)
    gone.refresh_from_db()
    assert gone.key == "A2"
    parent_acts.erase(kept, by=staff.office.user, at=now)
    assert set(Parent.objects.exclude(pk=third.pk).values_list("key", "email", "phone")) == {
        ("", "", "")
    }
    assert not NotOne.objects.exists()


# Tables that name a parent, and what merging does with them. Whoever adds one must think of it.
KEYS = {
    "Acknowledgement.parent": "stays: the one who is kept is asked to read it once more",
    "Answer.parent": "stays: whose it is follows from `merged_into`",
    "Asked.parent": "stays, and counts no more: nobody answers for a child by it",
    "Complaint.parent": "stays: whose it is follows from `merged_into`",
    "ContactTry.parent": "stays: whom somebody tried to reach on a day",
    "Interest.parent": "stays: whom it bars follows from `merged_into`",
    "LetterCode.parent": "the other's codes stop",
    "NotOne.one": "moves",
    "NotOne.other": "moves",
    "Parent.merged_into": "moves",
    "Party.parent": "stays: whom a case is about follows from `merged_into`",
    "PictureAnswer.parent": "stays: whose it is follows from `merged_into`",
    "Relation.parent": "moves, and the stricter wins",
    "Request.asker": "stays: whose it is follows from `merged_into`",
    "Request.parent": "stays: whom it was about on a day",
    "Returned.parent": "stays: to whom a device was given on a day",
    "SignInCode.parent": "the other's codes stop",
    "Signature.parent": "stays: the one who is kept is asked to sign once more",
    "Standing.parent": "is made anew",
}


def test_merging_has_thought_of_every_table_that_names_a_parent():
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Parent
    }
    assert found == set(KEYS)


# --- the list that knows both numbers --------------------------------------------------------

LIST = """pupil_id,first_name,last_name,class,parent_id,parent_first_name,parent_last_name,\
relation,parental_responsibility,order_against_contact
P1,Bo,Kerb,Robins,A1,Rex,Kerb,father,yes,no
P1,Bo,Kerb,Robins,A2,Rex J,Kerb,contact,no,yes
"""


def test_a_list_with_both_numbers_does_not_bring_the_second_contact_back(school, staff, now):
    def bring_in():
        read = read_roster({"children.csv": LIST.encode()})
        seen = roster_acts.plan(read, by=staff.office.user)
        roster_acts.take_over(read, school, seen=seen.digest, by=staff.office.user, at=now, on=JULY)
        return seen

    bring_in()
    first, second = Parent.objects.get(key="A1"), Parent.objects.get(key="A2")
    merging.merge(first, second, by=staff.office.user, at=now)
    assert bring_in().steps == ()
    tie = Relation.objects.get()
    assert (tie.parent, tie.parental_responsibility, tie.no_contact) == (first, True, True)


# --- the page --------------------------------------------------------------------------------


def offered(browser):
    return browser.get(reverse("seem_one")).context["pairs"]


def waiting(person):
    user = User.objects.get(pk=person.user.pk)
    return [task.title for task in todo.todo(user, TODAY)]


def test_both_are_shown_and_two_people_are_not_offered_again(staff, dana, twin, enter):
    office = enter(staff.office)
    page = office.get(reverse("seem_one")).text
    for words in ("Dana Tarmac", "D Tarmac", dana.phone, "01632 960299", "Order forbids contact"):
        assert words in page
    assert "Two contacts may be one person" in waiting(staff.office)
    pair = sorted((dana.pk, twin.pk))
    office.post(reverse("say_two", args=pair))
    assert offered(office) == []
    assert "Two contacts may be one person" not in waiting(staff.office)
    assert office.post(reverse("say_two", args=pair)).status_code == 404
    office.post(reverse("take_back_two", args=[NotOne.objects.get().pk]))
    assert len(offered(office)) == 1


def test_who_is_not_the_one_is_not_the_other_either(school, staff, dana, twin, maisie, now):
    third = Parent.objects.create(school=school, last_name="X", email="dana.tarmac@people.example")
    merging.say_two(third, twin, by=staff.office.user, at=now)
    assert len(merging.pairs_that_seem_one()) == 2
    merging.merge(dana, twin, by=staff.office.user, at=now)
    assert merging.pairs_that_seem_one() == []


def test_a_page_of_many_pairs_asks_the_database_the_same_number_of_times(
    school, staff, dana, twin, enter, django_assert_max_num_queries
):
    for number in range(30):
        for _ in range(2):
            parent = Parent.objects.create(
                school=school, last_name="Kerb", email=f"kerb{number}@people.example"
            )
            join(parent, make_pupil(school, "Bo", f"Kerb{number}"))
    office = enter(staff.office)
    with django_assert_max_num_queries(25):
        page = office.get(reverse("seem_one"))
    assert "There are 11 more." in page.text
