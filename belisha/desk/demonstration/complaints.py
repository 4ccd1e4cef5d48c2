"""The concerns of the demonstration school: some underway, one at a panel, one post answered."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image

from belisha.complaints.actions import family, hearing
from belisha.complaints.actions.files import attach
from belisha.complaints.actions.offers import offer
from belisha.complaints.actions.receiving import Told, receive
from belisha.complaints.models import Complaint, Step
from belisha.complaints.rules import Outcome
from belisha.complaints.wording import REPLY
from belisha.people.models import Parent, Pupil

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

DAY = timedelta(days=1)


def load_complaints(made: Made) -> None:
    """Through the real acts."""
    at = made.at
    robins = Pupil.objects.filter(school_class=made.classes["Robins"]).order_by("key")
    first, second, third = (_told_by(made, child) for child in robins[1:4])
    coat = _send(made, first, "class", "A coat was lost on Monday. Nobody looked.", at - 2 * DAY)
    hearing.acknowledge(
        _step(coat),
        "Thank you for telling us. I look for it today.",
        by=made.user_of("Miss Puffin"),
        at=at - DAY,
    )
    family.write(coat, "It has a red hood.", by=None, at=at - DAY)
    hood = io.BytesIO()
    Image.new("RGB", (320, 240), "firebrick").save(hood, "PNG")
    said: dict[str, Any] = {
        "name": "hood.png",
        "shows": "The colour of the hood",
        "from_family": True,
    }
    attach(coat, hood.getvalue(), by=first[0].user, at=at - DAY, **said)
    _send(made, second, "school", "The gate opens too late for those who walk.", at - DAY)
    _to_panel(made, _send(made, third, "school", "The clubs are always full.", at - 32 * DAY))
    offer(
        where="Friends of Kerbside, a group",
        seen="Someone says that lunch is cold, and that nobody listens.",
        seen_on=made.today - 3 * DAY,
        reply=REPLY % {"link": "our form"},
        offered_on=made.today - 2 * DAY,
        by=made.user_of("Mrs Toucan"),
        at=at - 2 * DAY,
    )


def _to_panel(made: Made, complaint: Complaint) -> None:
    """Answered at each stage by whoever heard it; now a panel is to be called."""
    words = "We looked at the lists. The places were drawn by lot."
    for ago in (30, 18, 2):
        at, step = made.at - ago * DAY, _step(complaint)
        assert step.handler is not None
        by = made.user_of(step.handler.name)
        hearing.answer(step, Outcome.NOT_UPHELD, words, by=by, at=at)
        family.go_on(complaint, "Brothers and sisters should count.", by=None, at=at + DAY)


def _told_by(made: Made, child: Pupil) -> tuple[Parent, Pupil]:
    return made.parents[child.pk][0], child


def _send(
    made: Made, who: tuple[Parent, Pupil], subject: str, words: str, at: datetime
) -> Complaint:
    parent, child = who
    details = {"subject": subject, "words": words, "name": str(parent), "email": parent.email}
    told = Told(details, parent=parent, child=child)
    return receive(made.school, told, language="en-gb", by=parent.user, at=at)[0]


def _step(complaint: Complaint) -> Step:
    step: Step = Step.objects.get(complaint=complaint, ended_at=None)
    return step
