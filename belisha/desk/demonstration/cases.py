"""The cases of the demonstration school: one of a pupil, one of a group, a concern, one about the
head."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from belisha.incidents.actions import handling, telling
from belisha.incidents.actions.evidence import add_link
from belisha.incidents.actions.telling import Named
from belisha.incidents.models import Case
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.people.models import User

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made


def load_cases(made: Made) -> None:
    """Through the real acts: told, given to whoever may know, worked on."""
    head, lead = made.user_of("Mrs Zebrahart"), made.user_of("Mr Pelican")
    at = made.at
    handling.keep_officer(
        {"name": "Officer of the council (invented)", "phone": "01632 960 200", "email": ""},
        by=head,
        at=at,
    )
    unkind = _told(
        made,
        days=3,
        way=Way.PUPIL,
        kind=Kind.BULLYING,
        about=About.PUPIL,
        what="They made a group about my lunch box and everybody laughs.",
        where="In a group on a phone, at home",
        when="On Tuesday after school",
    )
    handling.note(unkind, words="Spoke with both classes’ teachers.", by=lead, at=at)
    telling.ask(unkind, words="Do you know what the group is called?", by=lead, at=at)
    group = _told(
        made,
        days=2,
        by=made.user_of("Mr Tactile"),
        way=Way.STAFF,
        kind=Kind.ACCOUNT,
        about=About.NOBODY,
        what="A class group uses our badge. Two families asked whether it is ours.",
        where="WhatsApp",
    )
    add_link(
        group,
        "https://group.example/owls",
        shows="Our badge, and the words Owls class group.",
        seen_at=at - timedelta(days=2),
        by=head,
        at=at,
    )
    redman = made.staff["Miss Redman"]
    _told(
        made,
        days=1,
        by=made.user_of("Ms Refuge"),
        named=[Named(Part.SUBJECT, staff=redman)],
        way=Way.STAFF,
        kind=Kind.CONCERN,
        about=About.STAFF,
        what="A phone lay on the desk during the lesson, with the camera open.",
        where="In the Ducklings’ room",
    )
    _told(
        made,
        days=1,
        way=Way.FAMILY,
        kind=Kind.ALLEGATION,
        about=About.HEAD,
        what="A picture of my child was shown in assembly, and we had said no.",
        where="In the hall",
    )


def _told(
    made: Made,
    *,
    days: int,
    by: User | None = None,
    named: list[Named] | None = None,
    **details: Any,
) -> Case:
    """A case that somebody told of so many days ago."""
    at = made.at - timedelta(days=days)
    return telling.tell(made.school, details=details, named=named or (), by=by, at=at).case
