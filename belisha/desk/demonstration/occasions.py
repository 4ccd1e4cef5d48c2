"""Events to come and past, one of which ended in silence; visitors, and two challenges."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from belisha.events.actions import challenges, occasions, reminders, visitors
from belisha.events.models import Challenge, Event, Filming, Kind, Visitor, WhoComes
from belisha.events.standing import clause_for_visitors
from belisha.events.wording import rule_for_visitors, undertaking

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

# Somebody's hand, as the glass keeps it.
SIGNED = "M60 120L90 60L120 130L150 70L190 120L240 90L290 125L340 95L400 110L470 100"


def load_occasions(made: Made) -> None:
    """Through the real acts, at the moments at which they were done."""
    _past(made)
    _to_come(made)
    _visitors(made)
    for place, what, done in (
        (Challenge.Place.HALL, Challenge.What.FILMED, Challenge.Done.DELETED),
        (Challenge.Place.PLAYGROUND, Challenge.What.CALL, Challenge.Done.STOPPED),
    ):
        challenges.write_down(
            place=place,
            what=what,
            done=done,
            by=made.user_of("Ms Whistle"),
            at=made.at - timedelta(days=6),
        )


def _at(made: Made, days: int, hour: int) -> datetime:
    here = timezone.localtime(made.at) + timedelta(days=days)
    return here.replace(hour=hour, minute=0, second=0, microsecond=0)


def _add(made: Made, title: str, place: str, days: int, hour: int, **more: object) -> Event:
    classes = [made.classes[name] for name in more.pop("classes", ())]  # type: ignore[attr-defined]
    starts = _at(made, days, hour)
    return occasions.add(
        classes,
        title=title,
        place=place,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        by=made.user_of("Mrs Toucan"),
        at=min(made.at, starts - timedelta(days=20)),
        **more,
    )


def _past(made: Made) -> None:
    everyone = {"comes": WhoComes.SCHOOL, "filming": Filming.EVERYONE}
    harvest = _add(made, "Harvest assembly", "Hall", -50, 10, **everyone)
    reminders.say(harvest, by=made.user_of("Mrs Zebrahart"), at=harvest.starts_at)
    bridge = {"classes": ["Robins"], "filming": Filming.STAFF}
    morning = _add(made, "Bridge morning", "Robins’ room", -9, 9, **bridge)
    reminders.say(morning, by=made.user_of("Miss Puffin"), at=morning.starts_at)
    quiet = {"classes": ["Owls"], "speaker": made.staff["Mr Tactile"]}
    _add(made, "Owls’ reading morning", "Library", -2, 9, **quiet)
    reminders.find_missed(made.at)


def _to_come(made: Made) -> None:
    play = {"classes": ["Wrens", "Robins"], "speaker": made.staff["Mr Handsignal"]}
    _add(made, "Lantern play", "Hall", 10, 14, filming=Filming.STAFF, **play)
    fair = {"comes": WhoComes.PUBLIC, "filming": Filming.EVERYONE}
    _add(made, "Winter fair", "Hall and playground", 12, 11, kind=Kind.AFTER_SCHOOL, **fair)
    away = {"comes": WhoComes.STAFF, "classes": ["Robins"], "kind": Kind.VISIT}
    _add(made, "Outing to the bridge", "The old bridge", 16, 9, filming=Filming.STAFF, **away)


def _visitors(made: Made) -> None:
    rule = rule_for_visitors(clause_for_visitors(made.at))

    def came(name: str, firm: str, sees: str, at: datetime, *, films: bool = False) -> Visitor:
        return visitors.sign_in(
            name=name,
            firm=firm,
            sees=sees,
            rule=rule,
            undertaking=undertaking() if films else "",
            signature=SIGNED if films else "",
            by=made.user_of("Mrs Toucan"),
            at=at,
        )

    minutes = timedelta(minutes=1)
    for days in (3, 4, 11):
        gone = came("Otto Ladder", "Ladder & Gutter", "The roof", _at(made, -days, 8))
        visitors.sign_out(gone, at=_at(made, -days, 12))
    came("Vera Lens", "Lens and Light", "Class pictures", made.at - 40 * minutes, films=True)
    came("Nils Teapot", "", "Mrs Zebrahart", made.at - 15 * minutes)
    came("Marek Spanner", "Spanner Heating", "The boiler", _at(made, -1, 13))
