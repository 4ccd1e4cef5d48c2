"""How devices stand now: who has each, whether it is lost, what its memory owes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Sum

from belisha.devices.models import (
    Condition,
    Device,
    DeviceQuerySet,
    Import,
    Loan,
    Loss,
)
from belisha.devices.rules import Terms
from belisha.people.models import Staff, User


@dataclass
class Debt:
    """Pictures that may still lie in a memory: since when, how many came in, and whose they are."""

    since: datetime
    imported: int = 0
    users: frozenset[int] = frozenset()  # who brought pictures in
    staff: frozenset[int] = frozenset()  # who brought the device back unwiped

    def is_of(self, user: User) -> bool:
        return user.pk in self.users or bool(user.staff and user.staff.pk in self.staff)


@dataclass(frozen=True)
class Standing:
    """One device as it stands."""

    device: Device
    loan: Loan | None = None
    loss: Loss | None = None
    debt: Debt | None = None

    @property
    def stands(self) -> tuple[str, str]:
        """The shape of its light, and a word for it."""
        if self.device.retired_at:
            return "quiet", "Not in use"
        if self.loss:
            return "no", "Lost"
        if self.loan:
            return "info", "Off site" if self.loan.plan_id else "Out"
        if self.debt:
            return "ask", "To be wiped"
        return ("ask", "Does not work") if self.terms.broken else ("yes", "In")

    @property
    def terms(self) -> Terms:
        """What the rule of borrowing asks."""
        device = self.device
        return Terms(
            retired=device.retired_at is not None,
            lost=self.loss is not None,
            broken=device.condition == Condition.BROKEN,
            has_it=self.loan.who if self.loan else "",
            users=device.kept_for,
        )


def standings(devices: Sequence[Device]) -> list[Standing]:
    """All of these as they stand. Four queries, however many there are."""
    loans = {loan.device_id: loan for loan in _open_loans(devices)}
    losses = {loss.device_id: loss for loss in Loss.objects.standing().filter(device__in=devices)}
    owed = debts(devices)
    return [
        Standing(one, loans.get(one.pk), losses.get(one.pk), owed.get(one.pk)) for one in devices
    ]


def standing_of(device: Device) -> Standing:
    return standings([device])[0]


def debts(devices: Sequence[Device]) -> dict[int, Debt]:
    """What the memories of these owe, by the number of the device."""
    found: dict[int, list[Debt]] = defaultdict(list)
    brought_in = Import.objects.unwiped().filter(device__in=devices).order_by()
    for row in brought_in.values("device", "by").annotate(count=Sum("count"), since=Min("at")):
        debt = Debt(row["since"], row["count"], users=frozenset({row["by"]}))
        found[row["device"]].append(debt)
    for loan in Loan.objects.unwiped().filter(device__in=devices):
        staff = frozenset({loan.brought_by_id, loan.holder_id} - {None})
        found[loan.device_id].append(Debt(loan.back_at, staff=staff))
    return {number: _together(some) for number, some in found.items()}


def camera_held_by(staff: Staff | None) -> Device | None:
    """The device for pictures that somebody took last, of those that they have."""
    held = Loan.objects.open().filter(holder=staff, device__takes_pictures=True) if staff else ()
    return next((loan.device for loan in held), None)


def cameras_to_choose(chosen: Device | None) -> DeviceQuerySet:
    """The devices with which pictures may have been taken, and the one that was chosen before."""
    cameras: DeviceQuerySet = Device.objects.for_pictures()
    return cameras | Device.objects.filter(pk=chosen.pk) if chosen else cameras


def _open_loans(devices: Sequence[Device]) -> Sequence[Loan]:
    found: Sequence[Loan] = (
        Loan.objects.open().filter(device__in=devices).select_related("holder", "plan__visit")
    )
    return found


def _together(some: list[Debt]) -> Debt:
    return Debt(
        min(debt.since for debt in some),
        sum(debt.imported for debt in some),
        frozenset().union(*(debt.users for debt in some)),
        frozenset().union(*(debt.staff for debt in some)),
    )
