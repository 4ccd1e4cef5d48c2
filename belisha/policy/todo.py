"""What waits for someone: agreements and documents (A.1, G.1), parents to be told (D.0)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from belisha.lib.task import Task
from belisha.people.models import SchoolClass, User
from belisha.people.rules import Role
from belisha.policy.access import (
    can_plan_awareness,
    can_write_agreements,
    children_signed_for_by,
)
from belisha.policy.awareness import school_year, year_named
from belisha.policy.documents_todo import documents_todo
from belisha.policy.models import AwarenessStep, current_agreements, draft_of
from belisha.policy.rules import Audience
from belisha.policy.signing import agreement_of, list_of, own_acknowledgement, own_signature

SAY_BEFORE = timedelta(days=7)


def todo(user: User, on: date) -> Iterator[Task]:
    """For the head: texts to issue and documents to review; for teachers: who has not signed; for
    parents: what to read.
    """
    yield from documents_todo(user, on)
    if can_write_agreements(user):
        yield from _to_issue()
    if can_plan_awareness(user):
        yield from _to_tell_parents(on)
    if user.is_staff_member:
        yield from _to_read_with_classes(user)
    if user.has_role(Role.PARENT):
        yield from _to_read_at_home(user)


def _to_issue() -> Iterator[Task]:
    if drafts := sum(draft_of(audience) is not None for audience in Audience):
        many = "1 agreement waits" if drafts == 1 else f"{drafts} agreements wait"
        yield Task(
            f"{many} for you to issue",
            "Read the words first. Nobody is asked to sign before you issue them.",
            reverse("agreement_texts"),
            "Read and issue",
            "book",
        )


def _to_tell_parents(on: date) -> Iterator[Task]:
    """The steps of the plan that are late, due today or within a week (D.0); or that none is made.

    Nobody is asked for a plan who never had one: that is the head's to begin.
    """
    year = school_year(on)
    steps = AwarenessStep.objects.of_year(year)
    for step in steps.open().filter(planned_on__lte=on + SAY_BEFORE):
        day = f"{step.planned_on.day} {step.planned_on:%B %Y}"
        late = step.planned_on < on
        yield Task(
            f"Tell parents: {step.title}",
            f"It was planned for {day} and is late." if late else f"It is planned for {day}.",
            reverse("awareness_step", args=[step.pk]),
            "See the words",
            "news",
            due=step.planned_on,
        )
    if not steps.exists() and AwarenessStep.objects.of_year(year - 1).exists():
        yield Task(
            f"Plan how to tell parents in {year_named(year)}",
            "The rules for families are told each year. You can copy last year’s plan.",
            reverse("awareness"),
            "Make the plan",
            "news",
        )


def _to_read_with_classes(user: User) -> Iterator[Task]:
    for school_class in SchoolClass.objects.current().filter(teachers=user.staff):
        missing = len(list_of(school_class).unsigned)
        if not missing:
            continue
        who = "1 child of {} has" if missing == 1 else f"{missing} children of {{}} have"
        yield Task(
            f"{who.format(school_class)} not signed the agreement",
            "Read it with them, and write down who was there.",
            reverse("class_agreement", args=[school_class.pk]),
            "See who",
            "book",
        )


def _to_read_at_home(user: User) -> Iterator[Task]:
    """Each parent for themselves: nothing here depends on what another parent did."""
    parent, current = user.parent, current_agreements()
    if parent is None:
        return
    expectations = current.get(Audience.FAMILIES)
    if expectations and not own_acknowledgement(parent, expectations):
        yield Task(
            gettext("Read what the school asks of families"),
            gettext("It takes two minutes. Then tell us that you have read it."),
            reverse("expectations"),
            gettext("Read it"),
            "book",
        )
    for child in children_signed_for_by(user):
        agreement = agreement_of(child, current)
        if agreement and not own_signature(child, parent, agreement):
            name = child.known_as or child.first_name
            yield Task(
                gettext("Read the agreement with %(child)s") % {"child": name},
                gettext("It says how children use computers at school."),
                reverse("child_agreement", args=[child.pk]),
                gettext("Read it"),
                "book",
            )
