"""What came in from a device, and that its memory was wiped (P.ii)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.devices.access import can_use_board
from belisha.devices.actions.register import locked
from belisha.devices.models import Device, Import, Loan, Wipe
from belisha.devices.rules import agrees
from belisha.devices.standing import debts
from belisha.people.access import require
from belisha.people.models import Staff, User


@transaction.atomic
def imported(device: Device, *, about: str, count: int, by: User, at: datetime) -> Import:
    """Remember that pictures were brought in from a device. Whether `by` may, the caller says.

    `about` is the ref of the place where they are now, such as an album. What one person brings
    there one by one is counted together until the device is wiped.
    """
    device = locked(device)
    row: Import | None = Import.objects.unwiped().filter(device=device, about=about, by=by).first()
    if row is None:
        loan = Loan.objects.open().filter(device=device).first()
        row = Import(
            school_id=device.school_id, device=device, loan=loan, about=about, count=0, by=by
        )
        record("device.imported", device, by=by.pk, at=at, place=about)
    row.count, row.at = row.count + count, at
    row.save()
    return row


@transaction.atomic
def not_imported(device: Device, *, about: str, by: User, at: datetime) -> None:
    """Take back that pictures came from this device, as far as it was not wiped since."""
    device = locked(device)
    Import.objects.unwiped().filter(device=device, about=about).delete()
    record("device.not_imported", device, by=by.pk, at=at, place=about)


@transaction.atomic
def wipe(
    device: Device,
    *,
    wiper: Staff | None,
    by: User,
    at: datetime,
    wiped: int | None = None,
    why: str = "",
    witness: Staff | None = None,
    signed: str = "",
) -> Wipe:
    """Write down that a memory was wiped. Without a number it is as many as were brought in.

    Raises `ValidationError` when more or fewer were deleted and nobody says why, when the witness
    is who wiped it, or did not sign.
    """
    require(can_use_board(by))
    device = locked(device)
    owed = debts([device]).get(device.pk)
    brought_in = owed.imported if owed else 0
    deleted = brought_in if wiped is None else wiped
    if not agrees(brought_in, deleted, why):
        raise ValidationError({"why": f"{brought_in} came in. Say why {deleted} were deleted."})
    if witness and witness == wiper:
        raise ValidationError({"witness": "Somebody else attests it, or nobody."})
    if witness and not signed:
        raise ValidationError({"signed": f"{witness} signs here."})
    row: Wipe = Wipe.objects.create(
        school_id=device.school_id,
        device=device,
        imported=brought_in,
        wiped=deleted,
        why="" if brought_in == deleted else why.strip(),
        wiper=wiper,
        witness=witness,
        signed=signed if witness else "",
        at=at,
        by=by,
    )
    record("device.wiped", device, by=by.pk, at=at, imported=brought_in, wiped=deleted)
    return row
