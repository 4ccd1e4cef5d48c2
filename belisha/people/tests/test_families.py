"""Classes, children and their families, as the office keeps them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people.actions import parents as parent_acts
from belisha.people.actions import protection
from belisha.people.actions import pupils as pupil_acts
from belisha.people.models import Parent, Protection, Pupil, Relation, SchoolClass, Staff, User
from belisha.people.rules import Role
from belisha.people.tests.cast import make_parent, make_pupil

TODAY = "2026-11-20"
FATHER = {
    "first_name": "Rex",
    "last_name": "Kerb",
    "email": "rex@people.example",
    "phone": "01632 960301",
    "tie-kind": "father",
    "tie-parental_responsibility": "on",
}


@pytest.fixture
def office(staff, enter):
    return enter(staff.office)


def page(browser, name, *args):
    return browser.get(reverse(name, args=args)).content.decode()


def send(browser, route, /, *args, **data):
    answer = browser.post(reverse(route, args=args), data)
    if answer.status_code == 302:
        browser.get(answer.headers["Location"])  # reads "Saved.", so that no later page says it
    return answer


# --- classes ---------------------------------------------------------------------------------


def test_a_class_is_made_with_its_year_and_teachers(office, staff):
    send(office, "class_add", name="Owls", year_group="0", teachers=[staff.teacher.pk])
    owls = SchoolClass.objects.get(name="Owls")
    assert (owls.year_group, list(owls.teachers.all())) == (0, [staff.teacher])
    send(office, "class_change", owls.pk, name="Barn Owls", year_group="", teachers=[])
    owls.refresh_from_db()
    assert (owls.name, owls.year_group, owls.teachers.count()) == ("Barn Owls", None, 0)


def test_two_classes_of_today_never_have_one_name(office, robins, wrens):
    assert send(office, "class_add", name="robins").status_code == 422
    answer = send(office, "class_change", wrens.pk, name="Robins")
    assert answer.status_code == 422
    assert "There is a class called Robins already." in answer.content.decode()


def test_a_class_ends_only_when_it_is_empty_and_can_be_opened_again(office, robins, maisie, wrens):
    assert send(office, "class_end", robins.pk, on=TODAY).status_code == 422
    send(office, "class_move", robins.pk, to=wrens.pk, pupils=[maisie.pk])
    maisie.refresh_from_db()
    assert (maisie.school_class, maisie.year_group) == (wrens, 1)
    send(office, "class_end", robins.pk, on=TODAY)
    assert "Robins" not in page(office, "people")
    assert "Robins" in page(office, "people_left")
    send(office, "class_reopen", robins.pk)
    assert "Robins" in page(office, "people")


def test_an_ended_class_whose_name_is_taken_stays_ended(office, robins):
    send(office, "class_end", robins.pk, on=TODAY)
    send(office, "class_add", name="Robins")
    send(office, "class_reopen", robins.pk)
    robins.refresh_from_db()
    assert robins.ended_on


# --- children --------------------------------------------------------------------------------


def test_a_child_added_to_a_class_is_in_its_year_group(office, robins):
    send(office, "pupil_add", first_name="Leo", last_name="Kerb", school_class=robins.pk)
    leo = Pupil.objects.get(first_name="Leo")
    assert (leo.year_group, leo.key_stage) == (2, "Key stage 1")
    assert "Leo K<" in page(office, "class", robins.pk)


def test_a_number_belongs_to_one_child(office, robins, maisie):
    maisie.key = "P7"
    maisie.save()
    answer = send(office, "pupil_add", first_name="Leo", last_name="Kerb", key="P7")
    assert answer.status_code == 422
    assert "Another child has this number." in answer.content.decode()


def test_a_child_who_leaves_goes_from_all_lists_and_can_come_back(office, staff, maisie, enter):
    send(office, "pupil_leave", maisie.pk, on=TODAY)
    assert "Maisie" not in page(office, "class", maisie.school_class_id)
    assert "Maisie T" in page(office, "people_left")
    assert enter(staff.teacher).get(reverse("pupil", args=[maisie.pk])).status_code == 404
    send(office, "pupil_return", maisie.pk)
    assert "Maisie T" in page(office, "class", maisie.school_class_id)


def test_a_child_comes_back_to_no_class_when_theirs_has_ended(office, maisie, robins):
    send(office, "pupil_leave", maisie.pk, on=TODAY)
    send(office, "class_end", robins.pk, on=TODAY)
    send(office, "pupil_return", maisie.pk)
    maisie.refresh_from_db()
    assert (maisie.left_on, maisie.school_class) == (None, None)
    assert "In no class" in page(office, "people")


def test_full_names_are_for_the_childs_own_teachers_and_the_offices(staff, maisie, enter):
    for person in (staff.head, staff.office, staff.lead, staff.teacher):
        assert "Maisie Tarmac" in page(enter(person), "pupil", maisie.pk)
    seen = page(enter(staff.other_teacher), "pupil", maisie.pk)
    assert "Maisie T" in seen
    assert "Tarmac" not in seen


def test_teachers_see_who_the_parents_are_but_never_how_to_reach_them(
    school, staff, maisie, dana, enter
):
    make_parent(school, maisie, "Rex", "Forbidden", no_contact=True)
    seen = page(enter(staff.teacher), "pupil", maisie.pk)
    assert "Dana Tarmac" in seen
    for hidden in (dana.email, dana.phone, "Forbidden", "order"):
        assert hidden not in seen
    assert "Dana" not in page(enter(staff.other_teacher), "pupil", maisie.pk)
    assert dana.phone in page(enter(staff.lead), "pupil", maisie.pk)


def test_erasing_a_child_leaves_a_number_and_nothing_else(
    school, office, staff, maisie, ada, dana, now
):
    rex = make_parent(school, maisie, "Rex", "Gone")
    maisie.key, maisie.known_as = "P7", "Mai"
    maisie.save()
    protection.protect(maisie, why="A refuge.", by=staff.lead.user, at=now)
    send(office, "pupil_leave", maisie.pk, on=TODAY)
    assert send(office, "pupil_erase", maisie.pk, name="Maisie").status_code == 422
    assert send(office, "pupil_erase", maisie.pk, name="maisie tarmac").status_code == 302
    erased = Pupil.objects.get(pk=maisie.pk)
    assert (erased.first_name, erased.last_name, erased.key, erased.known_as) == (
        "Erased",
        "",
        "",
        "",
    )
    assert erased.erased_at
    assert not Relation.objects.filter(pupil=maisie).exists()
    assert not Protection.objects.exists()
    gone = Parent.objects.get(pk=rex.pk)
    assert (str(gone), gone.email, gone.phone, gone.user) == ("Erased", "", "", None)
    assert "rex" not in User.objects.get(pk=rex.user_id).email
    assert str(Parent.objects.get(pk=dana.pk)) == "Dana Tarmac"  # she still has Ada here
    assert office.get(reverse("pupil", args=[maisie.pk])).status_code == 404


def test_a_child_still_at_school_is_never_erased(staff, maisie, now):
    with pytest.raises(ValidationError, match="still at the school"):
        pupil_acts.erase(maisie, by=staff.office.user, at=now)


# --- families --------------------------------------------------------------------------------


def test_somebody_new_joins_a_family(office, maisie):
    send(office, "parent_add", maisie.pk, **FATHER)
    tie = Relation.objects.get(pupil=maisie)
    assert (str(tie.parent), tie.kind, tie.parental_responsibility, tie.no_contact) == (
        "Rex Kerb",
        "father",
        True,
        False,
    )


def test_what_is_wrong_with_a_new_parent_is_said_and_nothing_is_kept(office, maisie):
    answer = send(office, "parent_add", maisie.pk, **FATHER | {"last_name": "", "email": "rex"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.content.decode()
    assert not Parent.objects.exists()


def test_one_parent_of_several_children_is_one_person(office, school, maisie, ada, dana, wrens):
    bea = make_pupil(school, "Bea", "Tarmac", wrens)
    found = office.get(reverse("parent_add", args=[bea.pk]), {"q": "dan"}).content.decode()
    join = reverse("parent_join", args=[bea.pk, dana.pk])
    assert join in found
    office.post(join, {"kind": "mother", "parental_responsibility": "on"})
    seen = page(office, "parent", dana.pk)
    assert all(name in seen for name in ("Maisie T", "Ada T", "Bea T"))
    assert all(name in page(office, "pupil", bea.pk) for name in ("Maisie T", "Ada T"))
    assert Parent.objects.count() == 1


def test_an_order_against_contact_takes_the_parents_view_at_once(office, maisie, dana, ada):
    for tie in dana.relations.all():
        send(office, "relation_change", tie.pk, kind="mother", no_contact="on")
    assert User.objects.get(pk=dana.user_id).roles == frozenset()
    assert "Order forbids contact" in page(office, "pupil", maisie.pk)


def test_an_ended_relation_can_be_taken_back(office, maisie, dana):
    tie = dana.relations.get(pupil=maisie)
    send(office, "relation_end", tie.pk, on=TODAY)
    user = User.objects.get(pk=dana.user_id)
    assert not Pupil.objects.visible_to(user).contains(maisie)
    assert "No longer family here" in page(office, "pupil", maisie.pk)
    send(office, "relation_resume", tie.pk)
    assert Pupil.objects.visible_to(user).contains(maisie)


def test_a_parent_is_erased_only_when_no_child_is_theirs(office, staff, maisie, ada, dana, now):
    with pytest.raises(ValidationError, match="still belong"):
        parent_acts.erase(dana, by=staff.office.user, at=now)
    for tie in dana.relations.all():
        send(office, "relation_end", tie.pk, on=TODAY)
    assert "Dana Tarmac" in page(office, "people_left")
    send(office, "parent_erase", dana.pk, name="Dana Tarmac")
    dana.refresh_from_db()
    assert (str(dana), dana.email, dana.user) == ("Erased", "", None)
    assert "Dana" not in page(office, "people_left")


def test_a_parent_may_change_their_email_address_and_signs_in_with_it(office, dana):
    send(office, "parent_change", dana.pk, last_name="Tarmac", email="dana@new.example")
    assert User.objects.get(pk=dana.user_id).email == "dana@new.example"


def test_a_parent_whose_address_is_taken_away_keeps_their_way_in_by_letter(office, dana):
    send(office, "parent_change", dana.pk, last_name="Tarmac")
    user = User.objects.get(pk=dana.user_id)
    assert (user.email, user.is_active) == (f"{dana.pk}@letter.invalid", True)


def test_the_office_does_not_move_the_sign_in_of_staff_from_a_parents_page(office, dana, staff):
    Staff.objects.filter(pk=staff.head.pk).update(user=dana.user)
    send(office, "parent_change", dana.pk, last_name="Tarmac", email="office@new.example")
    assert User.objects.get(pk=dana.user_id).email == "dana.tarmac@people.example"


def test_parents_and_governors_have_no_such_rights(staff, dana):
    assert dana.user.roles == {Role.PARENT}
    assert not Pupil.objects.visible_to(staff.governor.user).exists()


# --- the record ------------------------------------------------------------------------------


def test_every_act_is_in_the_record_and_no_name_is(office, maisie, ada, dana, robins):
    send(office, "parent_add", maisie.pk, **FATHER)
    send(office, "pupil_change", maisie.pk, first_name="Maisy", last_name="Tarmac")
    send(office, "pupil_leave", maisie.pk, on=TODAY)
    send(office, "pupil_erase", maisie.pk, name="Maisy Tarmac")
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == [
        "parent.added",
        "relation.made",
        "pupil.changed",
        "pupil.left",
        "parent.erased",
        "pupil.erased",
    ]
    assert set(Entry.objects.values_list("by", flat=True)) == {int(office.session["_auth_user_id"])}
    said = str(list(Entry.objects.values_list("about", "facts")))
    for name in ("Mais", "Tarmac", "Rex", "Kerb", "01632"):
        assert name not in said
