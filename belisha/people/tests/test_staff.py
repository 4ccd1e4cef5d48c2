"""Staff: roles, ways in, and their end."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions import staff as acts
from belisha.people.models import Parent, Staff, User
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

TODAY = "2026-11-20"


def leave(browser, person, on=TODAY):
    answer = browser.post(reverse("staff_leave", args=[person.pk]), {"on": on})
    browser.get("/people/")  # reads "has left", so that no later page says it
    return answer


PASSWORD = "lantern otter crossing kerb"


def let_in(browser, person):
    """Invite somebody by hand; answers with the link, or None where there is none."""
    answer = browser.post(reverse("staff_let_in", args=[person.pk]), {"by": "hand"})
    found = re.search(rb'id="link">http://testserver([^<]+)<', answer.content)
    return found[1].decode() if found else None


def choose(link, password=PASSWORD):
    Client().post(link, {"password": password})
    return password


def sign_in(person, password, email=None):
    """Password and a code in a browser of its own; None when they open nothing."""
    browser, user = Client(), User.objects.get(pk=person.user_id)
    browser.post("/account/login/", {"login": email or user.email, "password": password})
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    browser.post("/account/login/step/", {"code": code})
    return browser if "_auth_user_id" in browser.session else None


def test_the_office_adds_someone_and_the_head_says_what_they_may_do(school, staff, enter):
    office, head = enter(staff.office), enter(staff.head)
    office.post(reverse("staff_add"), {"name": "Ms Okoro", "email": "Okoro@people.example"})
    okoro = Staff.objects.get(name="Ms Okoro")
    roles = reverse("staff_roles", args=[okoro.pk])
    assert office.post(roles, {"roles": ["teacher"]}).status_code == 404
    head.post(roles, {"roles": ["teacher", "safeguarding-lead"]})
    assert {role.role for role in okoro.roles.all()} == {"teacher", "safeguarding-lead"}
    head.post(roles, {})
    assert not okoro.roles.exists()


def test_an_invitation_by_hand_is_shown_once_and_lets_them_in(staff, enter):
    office = enter(staff.office)
    link = let_in(office, staff.teacher)
    assert re.fullmatch(r"/account/invitation/([a-z]{5}-){3}[a-z]{5}/", link)
    assert sign_in(staff.teacher, choose(link))
    assert link.encode() not in office.get(reverse("staff", args=[staff.teacher.pk])).content
    assert link.split("/")[3] not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_new_invitation_ends_the_sessions_and_the_password_before_it(staff, enter):
    office = enter(staff.office)
    old = sign_in(staff.teacher, choose(let_in(office, staff.teacher)))
    assert old.get("/people/").status_code == 200
    let_in(office, staff.teacher)
    assert old.get("/people/").status_code == 302
    assert not sign_in(staff.teacher, PASSWORD)


def test_without_an_email_address_there_is_no_way_in(school, staff, enter):
    quiet = Staff.objects.create(school=school, name="Mr Quiet")
    assert let_in(enter(staff.head), quiet) is None
    quiet.refresh_from_db()
    assert quiet.user is None


def test_nobody_gets_the_email_address_of_somebody_else(school, staff, enter):
    copy = Staff.objects.create(school=school, name="Mr Copy", email=staff.head.email)
    assert let_in(enter(staff.head), copy) is None
    answer = enter(staff.head).post(
        reverse("staff_change", args=[staff.teacher.pk]),
        {"name": "Miss Raman", "email": staff.office.email.upper()},
    )
    assert answer.status_code == 422
    staff.teacher.refresh_from_db()
    assert staff.teacher.email == staff.teacher.user.email


@pytest.mark.parametrize("act", ["staff_change", "staff_let_in", "staff_leave", "staff_return"])
@pytest.mark.parametrize("whom", ["head", "lead"])
def test_the_office_cannot_make_itself_head_or_lead(staff, enter, act, whom):
    person = getattr(staff, whom)
    data = {"name": "x", "email": "mine@people.example", "on": TODAY}
    answer = enter(staff.office).post(reverse(act, args=[person.pk]), data)
    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.left_on is None
    with pytest.raises(Refused):
        acts.let_in(person, by=staff.office.user, at=None, address=str, mail=False)


def test_who_changes_their_email_address_signs_in_with_the_new_one_alone(staff, enter):
    office = enter(staff.office)
    password = choose(let_in(office, staff.teacher))
    office.post(
        reverse("staff_change", args=[staff.teacher.pk]),
        {"name": "Mrs Raman-Hill", "email": "new@people.example"},
    )
    assert sign_in(staff.teacher, password)
    assert not sign_in(staff.teacher, password, email=staff.teacher.email)
    assert User.objects.get(pk=staff.teacher.user_id).name == "Mrs Raman-Hill"


def test_leaving_ends_all_rights_at_the_next_click(staff, enter, robins):
    office = enter(staff.office)
    password = choose(let_in(office, staff.teacher))
    teacher = sign_in(staff.teacher, password)
    leave(office, staff.teacher)
    assert teacher.get("/people/").status_code == 302
    assert not sign_in(staff.teacher, password)
    assert b"Miss Raman" not in office.get(reverse("class", args=[robins.pk])).content
    assert b"Miss Raman" in office.get(reverse("people_left")).content


def test_coming_back_opens_no_old_session_and_no_old_password(staff, enter):
    office = enter(staff.office)
    password = choose(let_in(office, staff.teacher))
    teacher = sign_in(staff.teacher, password)
    leave(office, staff.teacher)
    office.post(reverse("staff_return", args=[staff.teacher.pk]))
    let_in(office, staff.teacher)
    assert teacher.get("/people/").status_code == 302
    assert not sign_in(staff.teacher, password)


def test_nobody_leaves_in_the_future(staff, enter):
    assert leave(enter(staff.head), staff.teacher, on="2999-01-01").status_code == 422
    staff.teacher.refresh_from_db()
    assert staff.teacher.left_on is None


def test_a_school_always_keeps_a_head_who_can_sign_in(school, staff, enter):
    head = enter(staff.head)
    Staff.objects.create(school=school, name="Head without a way in").roles.create(
        school=school, role=Role.HEAD
    )
    answer = leave(head, staff.head)
    assert answer.status_code == 422
    assert b"A school needs a head" in answer.content
    roles = reverse("staff_roles", args=[staff.head.pk])
    assert head.post(roles, {"roles": ["teacher"]}).status_code == 422
    second = make_staff(school, "Mr Second", Role.HEAD)
    assert leave(head, staff.head).status_code == 302
    assert leave(enter(second), second).status_code == 422


def test_a_teacher_who_is_a_parent_here_keeps_the_parents_way_in(school, staff, dana, enter):
    both = Staff.objects.create(school=school, name="Mrs Tarmac", email=dana.email)
    let_in(enter(staff.head), both)
    both.refresh_from_db()
    assert both.user_id == dana.user_id
    leave(enter(staff.head), both)
    assert User.objects.get(pk=dana.user_id).is_active
    assert User.objects.get(pk=dana.user_id).roles == {Role.PARENT}


def test_staff_are_erased_only_after_they_left_and_by_their_name(staff, enter, now):
    head, person = enter(staff.head), staff.teacher
    with pytest.raises(ValidationError, match="still work here"):
        acts.erase(person, by=staff.head.user, at=now)
    leave(head, person)
    erase = reverse("staff_erase", args=[person.pk])
    assert head.post(erase, {"name": "Miss Ramen"}).status_code == 422
    assert head.post(erase, {"name": " miss raman "}).status_code == 302
    assert not Staff.objects.filter(pk=person.pk).exists()
    user = User.objects.get(pk=person.user_id)
    assert ("raman" in f"{user.name} {user.email}".lower(), user.is_active) == (False, False)


def test_colleagues_see_names_and_roles_and_no_email_address(staff, enter):
    page = enter(staff.teacher).get(reverse("staff", args=[staff.office.pk])).content.decode()
    assert "Ms Bright" in page
    assert "Office" in page
    assert staff.office.email not in page


def test_an_erased_parents_sign_in_of_a_teacher_stays(school, staff, dana, enter):
    both = Staff.objects.create(school=school, name="Mrs Tarmac", email=dana.email)
    let_in(enter(staff.head), both)
    dana.relations.all().delete()
    enter(staff.head).post(reverse("parent_erase", args=[dana.pk]), {"name": "Dana Tarmac"})
    assert Parent.objects.get(pk=dana.pk).erased_at
    user = User.objects.get(pk=dana.user_id)
    assert (user.is_active, user.email) == (True, "dana.tarmac@people.example")


def test_a_new_member_of_staff_is_here_from_today_unless_said_otherwise(staff, now, enter):
    added = {"by": staff.office.user, "at": now}
    today = acts.add(staff.head.school, name="Ms Okoro", email="o@people.example", **added)
    assert today.joined_on == now.date()
    typed = {"name": "Ms Okoro", "email": "o@people.example", "joined_on": "2026-09-01"}
    enter(staff.office).post(reverse("staff_change", args=[today.pk]), typed)
    today.refresh_from_db()
    assert today.joined_on == date(2026, 9, 1)
    here = Staff.objects.here
    assert not here(date(2026, 8, 31)).filter(pk=today.pk).exists()
    assert here(date(2026, 9, 1)).filter(pk=today.pk).exists()
    acts.leave(today, on=now.date(), **added)
    assert here(now.date() - timedelta(days=1)).filter(pk=today.pk).exists()
    assert not here(now.date()).filter(pk=today.pk).exists()
