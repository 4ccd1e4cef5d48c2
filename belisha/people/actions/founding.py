"""The school itself: its beginning, with its head, and what it is called."""

from datetime import datetime

from django.db import transaction
from django_scopes import scope

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import add_user
from belisha.people.models import School, Staff, StaffRole, User
from belisha.people.rules import Role


@transaction.atomic
def found_school(
    *, name: str, phone: str, head_name: str, email: str, password: str, at: datetime
) -> User:
    """Make an installation's first school and its head; return the head's user.

    Raises `ValueError` when there is a school already.
    """
    if School.objects.select_for_update().exists():
        raise ValueError("This installation has its school already.")
    school = School.objects.create(name=name, phone=phone, created_at=at)
    with scope(school=school):
        user = add_user(school, email=email, name=head_name, password=password)
        head = Staff.objects.create(school=school, name=head_name, email=email, user=user)
        StaffRole.objects.create(school=school, staff=head, role=Role.HEAD)
        record("school.founded", school, by=user.pk, at=at)
    return user


@transaction.atomic
def change_school(school: School, *, name: str, phone: str, by: User, at: datetime) -> School:
    """Correct the school's name and telephone."""
    require(can_manage_people(by))
    changed = amend(school, name=name, phone=phone)
    record("school.changed", school, by=by.pk, at=at, fields=changed)
    return school
