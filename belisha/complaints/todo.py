"""What waits for whom about complaints: to acknowledge, answer, give to somebody, decide."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from belisha.complaints.access import LIMITS_FOR, limits_for_second, sits_on
from belisha.complaints.models import Complaint, ContactLimit
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
    seen = entries(Complaint.objects.visible_to(user, on).open(), on)
    lost, seats = lost_mail(*(one.complaint for one in seen)), sits_on(user)
    for one in seen:
        pk, mine = one.complaint.pk, one.step.handler_id == user.staff.pk
        for mail in lost.get(pk, []) if mine else []:
            words = f"{mail.to}. Ring or write, and note it: the days run on."
            title = f"A mail about {one.complaint.name} did not arrive"
            yield Task(title, words, _url(one), "Look at it", "mail")
        if mine or pk not in seats:  # for whoever only sits on its panel nothing waits
            yield from _of_one(one, mine=mine)
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


def _url(one: Entry) -> str:
    return reverse("complaint", args=[one.complaint.ref])


def _of_one(one: Entry, *, mine: bool) -> Iterator[Task]:
    step, name, url = one.step, one.complaint.name, _url(one)
    if not step.answers:
        words = "Give it to somebody who can, or ask for someone from outside."
        yield Task("Nobody hears a complaint", words, url, "Look at it", "flag", one.next_on)
    elif not mine:
        if one.status is Status.LATE:
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
        panel = next(iter(step.panels.all()), None)  # the newest counts
        if one.stage is Stage.PANEL and panel is None:
            title, words = f"Call a panel for {name}", "Three people without a part in it."
        yield Task(title, words, url, "Look at it", "flag", step.due_on)
        if panel and panel.papers_sent_on is None:
            yield Task("Send the papers of a panel", name, url, "Do it", "flag", panel.papers_by)


def _wrote(name: str, url: str) -> Task:
    return Task(f"{name} has written to you", "The family waits.", url, "Read it", "flag")


def _limits(user: User, on: date) -> Iterator[Task]:
    for limit in limits_for_second(user).proposed():
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
