"""Devices: added, changed, taken out of use, taken back into use (P.ix)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from belisha.audit.actions import record
from belisha.devices.access import can_keep
from belisha.devices.models import Device, DevicePerson, Memory
from belisha.devices.standing import standing_of
from belisha.people.access import require
from belisha.people.models import School, Staff, User

TWICE = "Another device has this name on its label."


@transaction.atomic
def add(
    school: School, *, people: Collection[Staff] = (), by: User, at: datetime, **fields: Any
) -> Device:
    """Write a device into the register. Raises `ValidationError` for a name that is taken."""
    require(can_keep(by))
    device = Device(school=school, added_at=at, added_by=by, **fields)
    _save(device, people)
    record("device.added", device, by=by.pk, at=at, kind=device.kind)
    return device


@transaction.atomic
def change(device: Device, *, people: Collection[Staff] = (), by: User, at: datetime) -> Device:
    """Keep what was changed on `device`, and who may use it. Raises as `add` does."""
    require(can_keep(by))
    _save(device, people)
    record("device.changed", device, by=by.pk, at=at)
    return device


@transaction.atomic
def retire(device: Device, *, became: str, wiped: bool, by: User, at: datetime) -> Device:
    """Take a device out of use: what became of it, and that it was wiped for good.

    Raises `ValidationError` while somebody has it; a lost one may go, and its loan ends. One that
    was not wiped may go only with words that say why, which the form asks for.
    """
    require(can_keep(by))
    device = locked(device)
    standing = standing_of(device)
    if device.retired_at:
        raise ValidationError("It is not in use any more.")
    if standing.loan and not standing.loss:
        raise ValidationError(f"{standing.loan.who} has it. Sign it in first, or report it lost.")
    if not wiped and not standing.loss and device.takes_pictures and not became.strip():
        raise ValidationError("Wipe it first, or say why that cannot be.")
    if loan := standing.loan:
        loan.back_at, loan.back_by, loan.memory = at, by, Memory.GONE
        loan.save(update_fields=["back_at", "back_by", "memory"])
    device.retired_at, device.retired_by = at, by
    device.became, device.wiped_for_good = became.strip(), wiped
    device.save(update_fields=["retired_at", "retired_by", "became", "wiped_for_good"])
    record("device.retired", device, by=by.pk, at=at, wiped=wiped)
    return device


@transaction.atomic
def use_again(device: Device, *, by: User, at: datetime) -> Device:
    """Take back that it went out of use. Raises `ValidationError` when its name was given anew."""
    require(can_keep(by))
    device = locked(device)
    device.retired_at = device.retired_by = device.wiped_for_good = None
    device.became = ""
    _save(device, None)
    record("device.used_again", device, by=by.pk, at=at)
    return device


def locked(device: Device) -> Device:
    """The row as it is now. Whoever changes where a device is stands in its line."""
    row: Device = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    return row


def _save(device: Device, people: Collection[Staff] | None) -> None:
    if device.users != Device.Users.CLASS:
        device.school_class = None
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as error:
        raise ValidationError({"name": TWICE}) from error
    if people is not None:
        named = people if device.users == Device.Users.NAMED else ()
        DevicePerson.objects.filter(device=device).exclude(staff__in=named).delete()
        for staff in named:
            DevicePerson.objects.get_or_create(school=device.school, device=device, staff=staff)
