"""Finding people and classes by the beginning of their names, of each only whom one may see."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext

from belisha.lib.found import Found
from belisha.people.access import sees_whole_school
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, Staff, User
from belisha.people.rules import fits, reaches

MOST = 50  # of one kind; more than that and another letter helps


@dataclass(frozen=True)
class People:
    """Who was found; of parents also whose family they are."""

    pupils: list[Pupil]
    parents: list[tuple[Parent, str]]
    staff: list[Staff]


def people_called(user: User, typed: str) -> People:
    """Children, parents and staff whose names begin so.

    Who knows children by first name and initial finds them by no more than that. Parents are
    found by their email address and telephone too.
    """
    whole = sees_whole_school(user)
    pupils = Pupil.objects.visible_to(user).select_related("school_class")
    parents = [
        parent
        for parent in Parent.objects.visible_to(user)
        if fits(typed, str(parent)) or reaches(typed, email=parent.email, phone=parent.phone)
    ][:MOST]
    ties = Relation.objects.standing().select_related("pupil").order_by("pupil__first_name")
    prefetch_related_objects(parents, Prefetch("relations", ties))
    return People(
        pupils=[
            pupil
            for pupil in (pupils if whole else pupils.current())
            if fits(typed, pupil.first_name, pupil.known_as, pupil.last_name if whole else "")
            or fits(typed, pupil.short_name)
        ][:MOST],
        parents=[(parent, _whose(parent)) for parent in parents],
        staff=[
            staff for staff in Staff.objects.visible_to(user).current() if fits(typed, staff.name)
        ][:MOST],
    )


def find_people(user: User, typed: str) -> list[Found]:
    """The same as lines of the search. A parent finds their own children, and no one else."""
    found = people_called(user, typed)
    page = "about_child" if user.is_staff_member else "child"
    return [
        *(
            Found(pupil.short_name, _where(pupil), reverse(page, args=[pupil.pk]))
            for pupil in found.pupils
        ),
        *(
            Found(str(parent), whose, reverse("parent", args=[parent.pk]))
            for parent, whose in found.parents
        ),
        *(Found(one.name, "staff", reverse("staff", args=[one.pk])) for one in found.staff),
    ]


def _whose(parent: Parent) -> str:
    """Whose family somebody is, so that one of ten with the same name can be told."""
    ties = (tie for tie in parent.relations.all() if not tie.pupil.left_on)
    names = ", ".join(tie.pupil.short_name for tie in ties)
    return f"family of {names}" if names else "family"


def _where(pupil: Pupil) -> str:
    if pupil.left_on:
        return gettext("has left")
    return str(pupil.school_class) if pupil.school_class else gettext("in no class")


def find_classes(user: User, typed: str) -> list[Found]:
    """Classes of today by their name, their year group or who teaches them."""
    classes = (
        SchoolClass.objects.visible_to(user)
        .current()
        .prefetch_related(Prefetch("teachers", Staff.objects.current()))
    )
    return [
        Found(one.name, one.year_name, reverse("class", args=[one.pk]))
        for one in classes
        if fits(typed, one.name, one.year_name, *(staff.name for staff in one.teachers.all()))
    ][:MOST]
