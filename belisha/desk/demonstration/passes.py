"""Addresses that sign a newcomer in as one of the people of the demonstration."""

from django.urls import reverse
from django_scopes import scope

from belisha.people.actions import demonstration_pass
from belisha.people.models import Parent, School, Staff, User
from belisha.people.rules import Role

SHOWN = (
    *(Role.HEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE, Role.TEACHER, Role.GOVERNOR, Role.PARENT),
    Role.PARENTS_ASSOCIATION,
)


def passes(school: School, address: str) -> dict[str, str]:
    """By role, the address that signs that person in. Raises `ValueError` for a real school."""
    with scope(school=school):
        return {
            role.value: address + reverse("enter", args=[demonstration_pass(_someone(role))])
            for role in SHOWN
        }


def _someone(role: Role) -> User:
    """The parent has three children; the teacher teaches the class of the unfinished album."""
    if role is Role.PARENT:
        person = Parent.objects.order_by("key").first()
    elif role is Role.TEACHER:
        person = Staff.objects.get(name="Miss Puffin")
    else:
        person = Staff.objects.current().filter(roles__role=role).order_by("id").first()
    user: User = person.user
    return user
