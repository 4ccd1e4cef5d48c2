"""What waits for whom about complaints: to acknowledge, answer, give to somebody, decide."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from belisha.complaints.access import LIMITS_FOR, can_confirm_limit, only_sits
from belisha.complaints.models import Complaint, ContactLimit, Panel
from belisha.complaints.rules import Stage, Status
from belisha.complaints.standing import Entry, entries, lost_mail
from belisha.lib.task import Task
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, STAFF


def todo(user: User, on: date) -> Iterator[Task]:
    """For whoever hears one; and for who answers for it, what is late or heard by nobody. For a
    family, what was answered and can be taken further."""
    yield from for_family(user, on)
    if user.staff is None or not user.has_role(*STAFF, *GOVERNORS):
        return
    for one in entries(Complaint.objects.visible_to(user, on).open(), on):
        yield from _of_one(user, one)
    if user.has_role(*LIMITS_FOR):
        yield from _limits(user, on)


def for_family(user: User, on: date) -> Iterator[Task]:
    """An answer of the school, as long as the family may take it further."""
    for one in entries(Complaint.objects.of_family(user).open(), on):
        last = one.step.go_on_by
        if last and one.may_go_on:
            yield Task(
                gettext("The school has answered you"),
                gettext("Is it settled? If not, you can take it further."),
                reverse("complain_one", args=[one.complaint.ref]),
                gettext("Read it"),
                "flag",
                last,
            )


def _of_one(user: User, one: Entry) -> Iterator[Task]:
    step, name = one.step, one.complaint.name
    url = reverse("complaint", args=[one.complaint.ref])
    mine = step.handler is not None and step.handler == user.staff
    if mine:
        for mail in lost_mail(one.complaint):
            words = f"{mail.to}. Ring or write, and note it: the days run on."
            yield Task(f"A mail about {name} did not arrive", words, url, "Look at it", "mail")
    if not step.answers:
        if not only_sits(user, one.complaint):
            words = "Give it to somebody who can, or ask for someone from outside."
            yield Task("Nobody hears a complaint", words, url, "Look at it", "flag", one.next_on)
    elif not mine:
        if one.status is Status.LATE and not only_sits(user, one.complaint):
            title = f"The complaint of {name} is late"
            yield Task(title, f"{step.handler} hears it.", url, "Look at it", "flag", one.next_on)
    elif step.decided_at:
        if one.unanswered:
            yield _wrote(name, url)
    elif step.acknowledged_at is None:
        title = f"Say that the complaint of {name} arrived"
        words = f"Then look into it, until {step.due_on:%-d %B %Y}."
        yield Task(title, words, url, "Look at it", "flag", one.next_on)
    else:
        if one.unanswered:
            yield _wrote(name, url)
        title, words = f"Answer the complaint of {name}", f"{step}. Or say why it takes longer."
        if one.stage is Stage.PANEL and not step.panels.exists():
            title, words = f"Call a panel for {name}", "Three people without a part in it."
        yield Task(title, words, url, "Look at it", "flag", step.due_on)
        for panel in Panel.objects.filter(step=step)[:1]:
            if panel.papers_sent_on is None:
                yield Task(
                    "Send the papers of a panel", name, url, "Do it", "flag", panel.papers_by
                )


def _wrote(name: str, url: str) -> Task:
    return Task(f"{name} has written to you", "The family waits.", url, "Read it", "flag")


def _limits(user: User, on: date) -> Iterator[Task]:
    for limit in ContactLimit.objects.proposed():
        if can_confirm_limit(user, limit, on):
            yield Task(
                "A limit to contact waits for a second person",
                "Read the reasons, and what was tried before.",
                reverse("complaint_limit", args=[limit.ref]),
                "Read it",
                "people",
                timezone.localdate(limit.proposed_at),
            )
    known = Complaint.objects.not_kept_from(user)
    for limit in ContactLimit.objects.counting().filter(complaint__in=known, review_on__lte=on):
        yield Task(
            "Look again at a limit to contact",
            "Is it needed still? End it, or propose another.",
            reverse("complaint_limit", args=[limit.ref]),
            "Look at it",
            "people",
            limit.review_on,
        )
