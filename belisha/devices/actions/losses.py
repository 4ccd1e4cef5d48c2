"""Devices reported lost, found again, and what was done (P.ix)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.devices.access import can_follow_up, can_use_board
from belisha.devices.actions.register import locked
from belisha.devices.models import Device, Loan, Loss
from belisha.people.access import require
from belisha.people.models import User


@transaction.atomic
def report(device: Device, *, held: str, last_seen: str, by: User, at: datetime) -> Loss:
    """Report a device lost. Whoever must know finds it on Today at once.

    Raises `ValidationError` when it is reported already, or not in use.
    """
    require(can_use_board(by))
    device = locked(device)
    if device.retired_at:
        raise ValidationError("It is not in use any more.")
    if Loss.objects.filter(device=device, found_at=None).exists():
        raise ValidationError("It is reported lost already.")
    loss: Loss = Loss.objects.create(
        school=device.school,
        device=device,
        loan=Loan.objects.open().filter(device=device).first(),
        last_seen=last_seen.strip(),
        held=Loss.Held(held),
        reported_at=at,
        reported_by=by,
    )
    record("device.lost", device, by=by.pk, at=at, held=held)
    return loss


@transaction.atomic
def found(loss: Loss, *, where: str, by: User, at: datetime) -> Loss:
    """Say that it is found again. What was done about it is written down all the same."""
    require(can_use_board(by))
    loss = _locked(loss)
    if loss.found_at:
        raise ValidationError("It is found already.")
    loss.found_at, loss.found_by, loss.found_where = at, by, where.strip()
    loss.save(update_fields=["found_at", "found_by", "found_where"])
    record("device.found", loss.device, by=by.pk, at=at)
    return loss


@transaction.atomic
def follow_up(loss: Loss, *, words: str, by: User, at: datetime) -> Loss:
    """Write down what was done. It closes the breach and stays on the record."""
    require(can_follow_up(by))
    loss = _locked(loss)
    if loss.followed_up_at:
        raise ValidationError(f"{loss.followed_up_by} has written down what was done.")
    if not words.strip():
        raise ValidationError({"words": "Write down what was done."})
    loss.followed_up, loss.followed_up_at, loss.followed_up_by = words.strip(), at, by
    loss.save(update_fields=["followed_up", "followed_up_at", "followed_up_by"])
    record("device.loss_followed_up", loss.device, by=by.pk, at=at)
    return loss


def _locked(loss: Loss) -> Loss:
    row: Loss = Loss.objects.select_for_update(of=("self",)).get(pk=loss.pk)
    return row
