"""What waits for someone in the answers (clause P.i)."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from belisha.consent.access import can_record
from belisha.consent.models import Campaign, facts
from belisha.consent.rules import Fact
from belisha.lib.task import Task
from belisha.people.access import can_manage_people
from belisha.people.models import Pupil, User
from belisha.policy.models import Purpose


def todo(user: User, on: date) -> Iterator[Task]:
    """For those who keep the answers: families at odds, and families that have not answered."""
    if not can_record(user):
        return
    if can_manage_people(user):
        yield from _changed_words()
    pupils = {pupil.pk: pupil for pupil in Pupil.objects.current()}
    said = facts(list(pupils), on=on, purposes=Purpose.objects.in_use())
    at_odds = {pupil for (pupil, _), fact in said.items() if fact is Fact.CONFLICT}
    for pupil in sorted(at_odds, key=lambda pk: pupils[pk].short_name):
        yield Task(
            f"The answers for {pupils[pupil].short_name} differ",
            "Two people who may answer said different things. It counts as no until they agree.",
            reverse("pupil_answers", args=[pupil]),
            "See the answers",
            "answers",
        )
    # A protected child's yes is no answer here either, so that the number does not betray it.
    answered = {pupil for (pupil, _), fact in said.items() if fact is not Fact.NONE}
    if silent := len(pupils) - len(answered):
        yield Task(
            f"{silent} of {len(pupils)} children have no answer",
            "Until the family answers, every use counts as no.",
            reverse("answers"),
            "See who",
            "answers",
            due=_asked_until(on),
        )


def _asked_until(on: date) -> date | None:
    """The last day of what families are asked now, if they are asked anything."""
    open_now = Campaign.objects.open(on).order_by("-answer_by")
    last: date | None = open_now.values_list("answer_by", flat=True).first()
    return last


def _changed_words() -> Iterator[Task]:
    """Purposes whose words changed in substance after families were last asked."""
    last = Campaign.objects.order_by("-asked_at").values_list("asked_at", flat=True).first()
    for purpose in Purpose.objects.in_use().exclude(asked_since=None):
        if last is None or last < purpose.asked_since:
            yield Task(
                f"Ask families again: {purpose.name}",
                "Its words have changed. No yes from before counts until they say it again.",
                f"{reverse('campaign_add')}?{urlencode({'changed': purpose.key})}",
                "Ask them",
                "answers",
            )
