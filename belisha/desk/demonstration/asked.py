"""What families of the demonstration school asked about their data, and a file on its way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from belisha.incidents.models import Party
from belisha.incidents.rules import Part as Of
from belisha.people.models import Pupil, User
from belisha.rights.actions import requests as acts
from belisha.rights.models import Item, Request
from belisha.rights.rules import Asked, Choice, Part

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

DAY = timedelta(days=1)


def load_asked(made: Made) -> None:
    """One came, one is looked at, one was refused; the file of a child who moves was sent. One is
    about a child of whom a case speaks, so that whoever works on it decides what goes."""
    children = list(Pupil.objects.filter(left_on=None).order_by("key")[5:9])
    letter = _ask(made, Asked.COPY, children[0], "All since September.", made.at - 9 * DAY)
    acts.gather(letter, Part.SCHOOL, by=made.user_of("Mrs Toucan"), at=made.at - 2 * DAY)
    _ask(made, Asked.CORRECTION, children[1], "Her name is spelt with a k.", made.at - 3 * DAY)
    again = _ask(made, Asked.COPY, children[2], "The same once more.", made.at - 20 * DAY)
    acts.refuse(
        again,
        why="You had it last week. Nothing is new.",
        by=made.user_of("Mrs Toucan"),
        at=made.at,
    )
    _send_file(made, children[3])
    spoken_of = Party.objects.filter(part=Of.SUBJECT, pupil__isnull=False).first()
    _ask(made, Asked.COPY, spoken_of.pupil, "Everything on our child.", made.at - 5 * DAY)


def gather_pictures(by: User, at: datetime) -> None:
    """What was looked at before there were pictures is gathered again with them."""
    for row in Request.objects.open().exclude(gathered_at=None):
        acts.gather(row, Part.SCHOOL, by=by, at=at)


def _send_file(made: Made, child: Pupil) -> None:
    by, at = made.user_of("Mrs Toucan"), made.at - DAY
    row = _ask(made, Asked.FILE, child, "", made.at - 4 * DAY)
    acts.gather(row, Part.SCHOOL, by=by, at=at)
    kept = {item.pk: (Choice.KEEP.value, "") for item in Item.objects.of(row, Part.SCHOOL)}
    acts.choose(row, Part.SCHOOL, kept, by=by, at=at)
    on = timezone.localdate(at)
    acts.give(row, Part.SCHOOL, to="Hilltop School", how="By hand", on=on, by=by, at=at)


def _ask(made: Made, kind: Asked, child: Pupil, words: str, at: datetime) -> Request:
    by = made.user_of("Mrs Toucan")
    tie = child.relations.select_related("parent").first()
    row = acts.receive(
        made.school,
        kind,
        child,
        by=by,
        at=at,
        asked_by="Hilltop School" if kind is Asked.FILE or tie is None else str(tie.parent),
        how=Request.How.SCHOOL if kind is Asked.FILE else Request.How.LETTER,
        words=words,
        received_on=timezone.localdate(at),
    )
    return acts.identify(row, how="Known to the office.", by=by, at=at)
