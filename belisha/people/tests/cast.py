"""People for tests: every test names its own, so that it reads as a story."""

from belisha.people.actions import add_user
from belisha.people.models import (
    Parent,
    Pupil,
    Relation,
    School,
    SchoolClass,
    Staff,
    StaffRole,
    Teaching,
)
from belisha.people.rules import Role


def make_staff(school: School, name: str, *roles: Role) -> Staff:
    """Someone who works at the school and can sign in: ``client.force_login(staff.user)``."""
    email = _email(name)
    user = add_user(school, email=email, name=name, password=None)
    staff = Staff.objects.create(school=school, name=name, email=email, user=user)
    for role in roles:
        StaffRole.objects.create(school=school, staff=staff, role=role)
    return staff


def make_class(school: School, name: str, *teachers: Staff, year: int | None = None) -> SchoolClass:
    """A class and who teaches it."""
    school_class = SchoolClass.objects.create(school=school, name=name, year_group=year)
    for staff in teachers:
        Teaching.objects.create(school=school, staff=staff, school_class=school_class)
    return school_class


def make_pupil(
    school: School, first: str, last: str, school_class: SchoolClass | None = None
) -> Pupil:
    """A child at the school, in the year group of the class."""
    return Pupil.objects.create(
        school=school,
        first_name=first,
        last_name=last,
        school_class=school_class,
        year_group=school_class.year_group if school_class else None,
    )


def make_parent(
    school: School, pupil: Pupil, first: str, last: str, pr: bool = True, no_contact: bool = False
) -> Parent:
    """A parent who can sign in. For a second child of the same parent see `join`."""
    name = f"{first} {last}"
    user = add_user(school, email=_email(name), name=name, password=None)
    parent = Parent.objects.create(
        school=school, first_name=first, last_name=last, email=user.email, user=user
    )
    join(parent, pupil, pr=pr, no_contact=no_contact)
    return parent


def join(parent: Parent, pupil: Pupil, pr: bool = True, no_contact: bool = False) -> Relation:
    """Make this parent a parent of this child too."""
    return Relation.objects.create(
        school=pupil.school,
        pupil=pupil,
        parent=parent,
        parental_responsibility=pr,
        no_contact=no_contact,
    )


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@people.example"
