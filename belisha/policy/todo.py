"""What waits for someone: documents, agreements, readings, declarations; parents to be told."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from belisha.lib.task import Task
from belisha.people.models import SchoolClass, User
from belisha.people.rules import Role
from belisha.policy.access import (
    READERS,
    can_keep_reads,
    can_plan_awareness,
    can_set_duties,
    can_write_agreements,
    children_signed_for_by,
)
from belisha.policy.approvals_todo import approvals_todo
from belisha.policy.awareness import school_year, year_named
from belisha.policy.documents_todo import documents_todo
from belisha.policy.duties import State
from belisha.policy.guidance import SHIPPED_DUTIES
from belisha.policy.models import (
    AwarenessStep,
    Declaration,
    DeclarationNote,
    Document,
    ReadingDuty,
    current_agreements,
    draft_of,
)
from belisha.policy.readings import people_on, readings_of, review_of, reviews_on
from belisha.policy.rules import Audience
from belisha.policy.signing import agreement_of, list_of, own_acknowledgement, own_signature

SAY_BEFORE = timedelta(days=7)
REVIEW_SAID_BEFORE = timedelta(days=14)  # a review waits quietly until then


def todo(user: User, on: date) -> Iterator[Task]:
    """For the head: what is asked for, what staff declared, texts to issue, documents to review;
    for staff: what to read and review, who has not signed, what to tell parents; for parents: what
    to read.
    """
    yield from approvals_todo(user, on)
    yield from documents_todo(user, on)
    yield from _declared_to(user)
    if user.has_role(*READERS):
        yield from _to_read(user, on)
    if can_write_agreements(user):
        yield from _to_issue()
    if can_plan_awareness(user):
        yield from _to_tell_parents(on)
    if user.is_staff_member:
        yield from _to_read_with_classes(user)
    if user.has_role(Role.PARENT):
        yield from _to_read_at_home(user)


def _declared_to(user: User) -> Iterator[Task]:
    """For whom they were told alone: not even their number shows elsewhere."""
    noted = DeclarationNote.objects.values("declaration_id")
    for row in Declaration.objects.to(user).exclude(pk__in=noted).order_by("declared_at"):
        yield Task(
            f"A member of staff told you something on {_written(row.declared_at.date())}",
            "It was right to tell you. Read it, and talk with them.",
            reverse("received_one", args=[row.ref]),
            "Read it",
            "shield",
        )


def _to_read(user: User, on: date) -> Iterator[Task]:
    assert user.staff is not None  # a role of READERS is one of staff
    for reading in readings_of(user.staff, on):
        if reading.is_open:
            yield Task(
                f"Read {reading.what}",
                "Read it, then say that you have.",
                reverse("read_it", args=[reading.duty.pk]),
                "Read it",
                "book",
                due=reading.due_on,
            )
    if user.is_staff_member:
        state, due_on = review_of(user.staff, on)
        if state is not State.DONE and due_on - on <= REVIEW_SAID_BEFORE:
            yield Task(
                "Review your privacy settings",
                "It is for you: only the date is kept.",
                reverse("privacy"),
                "Review them",
                "lock",
                due=due_on,
            )
    if can_set_duties(user):
        yield from _to_set(on)
    if can_keep_reads(user):
        yield from _late_readers(on)


def _to_set(on: date) -> Iterator[Task]:
    begun = ReadingDuty.objects.values("document_id")
    if (
        Document.objects.filter(key__in=SHIPPED_DUTIES, ended_at=None)
        .exclude(pk__in=begun)
        .exists()
    ):
        yield Task(
            "Say who must read your policy",
            "Nobody is asked to read it yet. The usual duties are a tap away.",
            reverse("reading_duties"),
            "Say who",
            "people",
        )
    overdue = sum(state is State.LATE for _, state, _ in reviews_on(on))
    if overdue:
        yield Task(
            "1 person has not reviewed their privacy settings"
            if overdue == 1
            else f"{overdue} people have not reviewed their privacy settings",
            "The time for this term is over. Remind them in a meeting.",
            reverse("privacy_overdue"),
            "See who",
            "lock",
        )


def _late_readers(on: date) -> Iterator[Task]:
    late = sum(any(one.is_late for one in person.readings) for person in people_on(on))
    if late:
        yield Task(
            "1 person is late with a reading"
            if late == 1
            else f"{late} people are late with readings",
            "They are reminded each week. Write down here what they read on paper.",
            reverse("readers"),
            "See who",
            "people",
        )


def _written(day: date) -> str:
    return f"{day.day} {day:%B}"


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
        yield Task(
            f"Tell parents: {step.title}",
            "Use the words of the plan, then say how it can be seen that it was done.",
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
