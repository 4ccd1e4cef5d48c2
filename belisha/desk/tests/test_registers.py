"""The page that leads to every register: each person finds those that open to them."""

import pytest
from django.test import Client

from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        (Role.HEAD, ["/approvals/", "/places/", "/exposure/", "/accounts/"], []),
        (Role.TEACHER, ["/approvals/", "/places/", "/accounts/"], ["/exposure/"]),
        (Role.GOVERNOR, ["/exposure/", "/accounts/"], ["/approvals/", "/places/"]),
        (Role.PARENTS_ASSOCIATION, ["/approvals/", "/accounts/"], ["/places/", "/exposure/"]),
    ],
)
def test_each_finds_the_registers_that_are_open_to_them(school, role, there, not_there):
    client = Client()
    client.force_login(make_staff(school, "Ann Example", role).user)
    page = client.get("/registers/").content.decode()
    assert [address for address in there if f'href="{address}"' not in page] == []
    assert [address for address in not_there if f'href="{address}"' in page] == []
    for address in there:
        assert client.get(address).status_code == 200
