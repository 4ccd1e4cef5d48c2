"""The first page of an empty installation makes the school, whole."""

import pytest
from django_scopes import scope

from belisha.people.models import School, User
from belisha.people.rules import Role
from belisha.policy.models import Purpose

ANSWERS = {
    "name": "Crossing Lane Primary School",
    "phone": "01632 960 000",
    "head_name": "Mrs Zebrahart",
    "email": "head@crossing.example",
    "password": "four quiet lamps beside the road",
}


@pytest.mark.django_db
def test_a_new_school_has_its_head_and_the_purposes_of_the_model_policy(client):
    assert client.get("/").headers["Location"] == "/setup/"
    answer = client.post("/setup/", ANSWERS, follow=True)
    assert answer.redirect_chain == [("/", 302), ("/account/factors/", 302)]
    school = School.objects.get()
    with scope(school=school):
        assert User.objects.get().roles == {Role.HEAD}
        assert Purpose.objects.in_use().count() == 7
    assert client.get("/setup/").status_code == 404


@pytest.mark.django_db
def test_a_weak_password_makes_no_school_and_keeps_what_was_typed(client):
    answer = client.post("/setup/", ANSWERS | {"password": "password"})
    assert answer.status_code == 422
    assert ANSWERS["name"] in answer.text
    assert not School.objects.exists()
