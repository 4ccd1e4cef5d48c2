"""How long confiscations and exemptions are remembered, and letting go of them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_retain
from belisha.devices.confiscations.rules import KEPT_FOR
from belisha.devices.confiscations.seizing import locked
from belisha.devices.models import Confiscation, ContactTry, Exemption, Matter, Returned
from belisha.devices.models.confiscations import ConfiscationQuerySet, ExemptionQuerySet
from belisha.people.access import require
from belisha.people.models import Parent, Pupil, User
from belisha.policy.actions.sanctions import forget_sanctions


@transaction.atomic
def retain(confiscation: Confiscation, *, why: str, by: User, at: datetime) -> Confiscation:
    """Keep it beyond its time, on purpose: a complaint is still open, say."""
    require(can_retain(by))
    row = locked(confiscation)
    row.kept_at, row.kept_by, row.kept_why = at, by, why.strip()
    row.save(update_fields=["kept_at", "kept_by", "kept_why"])
    record("confiscation.retained", row, by=by.pk, at=at)
    return row


@transaction.atomic
def release(confiscation: Confiscation, *, by: User, at: datetime) -> Confiscation:
    """Let it be erased in its time again."""
    require(can_retain(by))
    row = locked(confiscation)
    row.kept_at, row.kept_by, row.kept_why = None, None, ""
    row.save(update_fields=["kept_at", "kept_by", "kept_why"])
    record("confiscation.released", row, by=by.pk, at=at)
    return row


@transaction.atomic
def erase_old(on: date, *, at: datetime) -> int:
    """Erase what is over for so long that it is kept no longer; return how many rows.

    What waits for the head, or is kept on purpose, stays. The record of acts stays in any case.
    """
    count: int = _erase(over(on), at=at)
    ended = exemptions_over(on)
    for exemption in ended:
        record("exemption.erased", exemption, by=None, at=at)
    count += ended.count()
    ended.delete()
    return count


def over(on: date) -> ConfiscationQuerySet:
    """Those that are over for so long, but for what waits for the head or is kept on purpose."""
    before = on - KEPT_FOR
    ended = Q(set_aside_at__date__lt=before) | Q(
        pk__in=Returned.objects.standing().filter(at__date__lt=before).values("confiscation_id")
    )
    waits = Matter.objects.open().values("confiscation_id")
    old: ConfiscationQuerySet = Confiscation.objects.filter(ended, kept_at=None)
    return old.exclude(pk__in=waits)


def exemptions_over(on: date) -> ExemptionQuerySet:
    before = on - KEPT_FOR
    ended = Q(ended_at__date__lt=before) | Q(until__lt=before)
    return Exemption.objects.filter(ended)  # type: ignore[no-any-return]


def forget_pupil(pupil: Pupil) -> None:
    """Let go of all that was kept about an erased child.

    Raises `ValidationError` while a device of theirs is still here.
    """
    rows = Confiscation.objects.filter(pupil=pupil)
    if rows.open().exists():
        raise ValidationError("The school still has a device of this child. Give it back first.")
    rows.delete()
    Exemption.objects.filter(pupil=pupil).delete()


def forget_parent(parent: Parent) -> None:
    """What was agreed with an erased parent, and how they signed, goes."""
    ContactTry.objects.filter(parent=parent).exclude(agreed="").update(agreed="")
    Returned.objects.filter(parent=parent).update(adult="", signature="", words="")


def _erase(rows: Iterable[Confiscation], *, at: datetime) -> int:
    found = list(rows)
    for row in found:
        record("confiscation.erased", row, by=None, at=at)
    forget_sanctions([row.ref for row in found])
    Confiscation.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)
