"""The devices of the demonstration school: one out, one late, one to be wiped; a visit waits."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from belisha.devices.actions import checks, loans, memory, off_site, register
from belisha.devices.models import Condition, Device, Loan, Memory
from belisha.people.calendar import LONDON

if TYPE_CHECKING:
    from belisha.desk.demonstration.load import Made

DAY = timedelta(days=1)
# A line as somebody draws it, which is nobody's name.
SIGNED = "M60 120L90 60L120 130L150 70L180 125L220 80L260 120L300 70L340 120L400 90L460 110"


def load_cameras(made: Made) -> None:
    """Through the real acts: written down, checked, signed out and in, planned for a visit."""
    devices = _register(made)
    _check(made, list(devices.values()))
    _out_and_in(made, devices)
    _visit(made, devices["Hall camera"])


def _register(made: Made) -> dict[str, Device]:
    office, at = made.user_of("Mrs Toucan"), made.at - 60 * DAY
    robins = {"users": Device.Users.CLASS, "school_class": made.classes["Robins"]}
    kinds: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("Hall camera", "camera", "Cupboard in the office", {}),
        ("Playground camera", "camera", "Cupboard in the office", {"condition": Condition.WORN}),
        ("Robins iPad 1", "tablet", "Trolley in Robins", robins),
        ("Robins iPad 2", "tablet", "Trolley in Robins", robins),
        ("Film camera", "video-camera", "Safe in the office", {"users": Device.Users.NAMED}),
        ("Card 7", "card", "Cupboard in the office", {}),
        ("Office tablet", "tablet", "The front desk", {"takes_pictures": False}),
    )
    named = [made.staff["Mr Pelican"], made.staff["Mr Tactile"]]
    return {
        name: register.add(
            made.school,
            name=name,
            kind=kind,
            lives_in=place,
            serial=f"DEMO-{number:04}",
            people=named if more.get("users") == Device.Users.NAMED else (),
            by=office,
            at=at,
            **more,
        )
        for number, (name, kind, place, more) in enumerate(kinds, start=1)
    }


def _check(made: Made, devices: list[Device]) -> None:
    """This term's check: all there, and one worn more than the register said."""
    office, at = made.user_of("Mrs Toucan"), made.at - 20 * DAY
    check = checks.start(made.school, by=office, at=at)
    for device in devices:
        worn = Condition.WORN if device.name == "Card 7" else device.condition
        checks.tick(check, device, seen=True, condition=worn, by=office, at=at)
    checks.finish(check, by=office, at=at)


def _out_and_in(made: Made, devices: dict[str, Device]) -> None:
    at = made.at
    ipad, late, card = (devices[one] for one in ("Robins iPad 2", "Playground camera", "Card 7"))
    _out(made, ipad, "Miss Puffin", at - timedelta(hours=2), "Pictures of our bridges")
    four_days_ago = at - 4 * DAY
    _out(made, late, "Mr Tactile", four_days_ago, "Owls, the allotment", four_days_ago + DAY)
    loan = _out(made, card, "Mrs Studs", at - 3 * DAY, "Finches, the baking day")
    memory.imported(card, about="", count=34, by=made.user_of("Mrs Studs"), at=at - 2 * DAY)
    loans.sign_in(
        loan,
        brought_by=made.staff["Mrs Studs"],
        signed=SIGNED,
        condition=Condition.WORN,
        memory=Memory.FULL,
        by=made.user_of("Mrs Studs"),
        at=at - 2 * DAY,
    )


def _out(
    made: Made, device: Device, who: str, at: datetime, purpose: str, due: datetime | None = None
) -> Loan:
    return loans.sign_out(
        device,
        holder=made.staff[who],
        signed=SIGNED,
        purpose=purpose,
        due_at=due or datetime.combine(made.today + DAY, time(15, 15), LONDON),
        by=made.user_of(who),
        at=at,
    )


def _visit(made: Made, camera: Device) -> None:
    """The head has not answered yet."""
    day = made.today + 9 * DAY
    off_site.plan_visit(
        camera,
        holder=made.staff["Ms Zigzag"],
        visit=None,
        title="Walk to the canal",
        place="Lockside",
        leaves_on=day,
        back_on=day,
        purpose="Pictures of the locks, for our wall",
        by=made.user_of("Ms Zigzag"),
        at=made.at,
    )
