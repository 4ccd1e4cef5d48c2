"""What can be done about people."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django_scopes import scope

from belisha.audit.actions import record
from belisha.people.models import School, Staff, StaffRole, User
from belisha.people.rules import Role

_DOOR = "belisha.demonstration"


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


def add_user(school: School, *, email: str, name: str, password: str | None) -> User:
    """Make someone who can sign in; without a password only a demonstration's address lets them."""
    user = User(school=school, email=email.lower(), name=name)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def demonstration_pass(user: User) -> str:
    """Return what signs this person in, in a demonstration only. Raises `ValueError` elsewhere."""
    if not user.school.demonstration:
        raise ValueError("Only a demonstration has such addresses.")
    return signing.dumps(user.pk, salt=_DOOR)


def bearer_of(demonstration_pass: str) -> User | None:
    """Return whom a pass signs in, or None when it is wrong or the school is a real one."""
    try:
        pk = signing.loads(demonstration_pass, salt=_DOOR)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, school__demonstration=True, is_active=True).first()
