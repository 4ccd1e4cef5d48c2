"""The navigation says where one is, also on pages whose address lies elsewhere."""

import re

import pytest
from django.test import Client

from belisha.people.rules import Role
from belisha.people.tests.cast import make_parent, make_pupil, make_staff


def current(client, address):
    """What the navigation marks, once for a wide screen and once for a narrow one."""
    text = client.get(address).text
    marked = re.findall(r'<li><a href="([^"]+)" aria-current="page"', text)
    assert len(set(marked)) <= 1, marked
    return marked[0] if marked else ""


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", "/"),
        ("/albums/", "/albums/"),
        ("/recall/", "/albums/"),
        ("/people/", "/people/"),
        ("/protected/", "/people/"),
        ("/guests/", "/people/"),
        ("/consent/", "/consent/"),
        ("/consent/sheets/", "/consent/"),
        ("/campaigns/", "/consent/"),
        ("/requests/", "/consent/"),
        ("/agreements/", "/consent/"),
        ("/agreements/texts/", "/consent/"),
        ("/purposes/", "/consent/"),
    ],
)
def test_staff_see_in_the_navigation_where_they_are(school, client, address, place):
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD, Role.SAFEGUARDING_LEAD)
    client.force_login(head.user)
    assert current(client, address) == place


def test_so_do_parents(school):
    child = make_pupil(school, "Leo", "Gravel")
    client = Client()
    client.force_login(make_parent(school, child, "Dana", "Gravel").user)
    for address in ("/children/", f"/children/{child.pk}/", "/families/expectations/"):
        assert current(client, address) == "/children/"
