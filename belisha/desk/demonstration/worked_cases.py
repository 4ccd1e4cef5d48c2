"""Cases of the demonstration school: one at work, one closed, two concerns, one that is late."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from belisha.desk.demonstration.printed_chat import a_chat_on_paper
from belisha.desk.demonstration.removal import a_group_is_to_go
from belisha.incidents.actions import deciding, handling, needs
from belisha.incidents.actions.telling import Named, tell
from belisha.incidents.models import Case, Task, Told
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.working.closing import Outcome
from belisha.incidents.working.kinds import BULLYING, CONCERN, JURISDICTION, POST
from belisha.people.models import Pupil, User

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

Typed = needs.Typed


def load_worked_cases(made: Made) -> None:
    """Through the real acts: told, asked, told home, followed up, closed."""
    first, second = Pupil.objects.filter(school_class=made.classes["Herons"]).order_by("pk")[:2]
    _at_work(made, first, second)
    _closed(made)
    for days, words in (
        (70, "Took a call on a personal phone while the class lined up."),
        (12, "Had a personal phone on the desk during reading."),
    ):
        _concern(made, words, made.at - timedelta(days=days))
    _late(made)


def _at_work(made: Made, subject: Pupil, harmed: Pupil) -> None:
    """A post of Sunday, told on that Sunday: the clocks start on Monday."""
    days = (made.today.weekday() + 1) % 7 or 7
    sunday = datetime.combine(made.today - timedelta(days=days), time(16, 20))
    at = timezone.make_aware(sunday)
    case = _tell(
        made,
        at,
        kind=Kind.BULLYING,
        about=About.PUPIL,
        what="Somebody made a group and wrote about a girl of our class. She stays at home.",
        where="In a chat group of year 6",
        named=(Named(Part.SUBJECT, pupil=subject), Named(Part.HARMED, pupil=harmed)),
        by=made.user_of("Mr Beacon"),
    )
    lead, monday = made.user_of("Mr Pelican"), at + timedelta(hours=17)
    answers = {
        "posted-where": Typed("In a chat group that pupils made"),
        "posted-when": Typed("On Sunday, after lunch"),
        "again": Typed("yes"),
        "down": Typed("no"),
    }
    needs.answer_sheet(case, BULLYING, answers, by=lead, at=monday)
    test = {"in-charge": Typed("outside", "At home, on a Sunday.")}
    needs.answer_sheet(case, JURISDICTION, test, by=lead, at=monday)
    deciding.breached(case, ["D.ix"], by=lead, at=monday)
    home = Told.objects.get(case=case, rule="parents-harmed")
    handling.settle(home, was_told=True, how="By telephone, her mother.", by=lead, at=monday)
    deciding.support(
        case,
        party=case.parties.get(part=Part.HARMED),
        words="She eats with two friends. She may come to the library at any time.",
        ask_again_on=made.today + timedelta(days=7),
        by=lead,
        at=monday,
    )
    a_group_is_to_go(case, by=lead, at=monday)
    a_chat_on_paper(case, by=lead, at=monday)


def _closed(made: Made) -> None:
    at = made.at - timedelta(days=40)
    head = made.user_of("Mrs Zebrahart")
    case = _tell(
        made,
        at,
        kind=Kind.POST,
        about=About.ADULT,
        what="A comment under our page says that the money for the trip is gone.",
        where="Under our page of news",
        by=made.user_of("Mrs Toucan"),
    )
    answers = {"false": Typed("yes"), "threat": Typed("no"), "down": Typed("yes")}
    needs.answer_sheet(case, POST, answers, by=head, at=at)
    deciding.follow_up(
        case, words="I rang the writer. The trip was moved; that was not clear.", by=head, at=at
    )
    _finish_all(case, head, at)
    deciding.close(
        case,
        outcome=Outcome.DEALT,
        words="The writer took it down, and we wrote to all families.",
        learnt="When a trip moves, we write why on the same day.",
        by=head,
        at=at + timedelta(days=1),
    )


def _concern(made: Made, words: str, at: datetime) -> None:
    case = _tell(
        made,
        at,
        kind=Kind.CONCERN,
        about=About.STAFF,
        what=words,
        where="In the classroom",
        named=(Named(Part.SUBJECT, staff=made.staff["Mr Cateye"]),),
        by=made.user_of("Ms Refuge"),
    )
    head = made.user_of("Mrs Zebrahart")
    answers = {
        "what-rule": Typed("Phones stay in the locker."),
        "known": Typed("yes"),
        "threshold": Typed("no"),
    }
    needs.answer_sheet(case, CONCERN, answers, by=head, at=at)
    deciding.follow_up(case, words="We spoke. The phone stays in the locker.", by=head, at=at)


def _late(made: Made) -> None:
    """A lost memory card of three weeks ago: what is to be done is late, and rises."""
    _tell(
        made,
        made.at - timedelta(days=21),
        kind=Kind.DEVICE,
        about=About.NOBODY,
        what="The memory card of the second camera is not in its box.",
        where="In the camera cupboard",
        by=made.user_of("Miss Puffin"),
    )


def _tell(
    made: Made,
    at: datetime,
    *,
    kind: Kind,
    about: About,
    what: str,
    where: str,
    by: User,
    named: tuple[Named, ...] = (),
) -> Case:
    details = {"kind": kind, "what": what, "where": where, "about": about, "way": Way.STAFF}
    return tell(made.school, details=details, named=named, by=by, at=at).case


def _finish_all(case: Case, by: User, at: datetime) -> None:
    for task in Task.objects.open().filter(case=case):
        needs.finish(task, needed=True, words="Done.", by=by, at=at)
    for told in Told.objects.waiting().filter(case=case):
        handling.settle(told, was_told=True, how="By telephone.", by=by, at=at)
