"""Old loans and what belongs to them are erased when nobody needs them any more."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from belisha.audit.actions import record
from belisha.devices.models import Device, Import, Loan, Loss, Plan, StockCheck, Wipe
from belisha.people.models import School

# Three years: an inspection looks back that far, and a claim about a lost camera comes earlier.
# A loss is kept for as long as what the school does about it may be asked for.
KEPT_FOR = timedelta(days=3 * 365)
LOSSES_KEPT_FOR = timedelta(days=6 * 365)  # a device that is not used any more, too


@transaction.atomic
def forget_old(school: School, *, at: datetime) -> int:
    """Erase what ended so long ago; return how many rows. A signature goes with its name: whoever
    is erased from the list of staff leaves none."""
    count: int = Loan.objects.filter(holder=None).exclude(signed_out="").update(signed_out="")
    count += Loan.objects.filter(brought_by=None).exclude(signed_in="").update(signed_in="")
    count += Wipe.objects.filter(witness=None).exclude(signed="").update(signed="")
    for rows in over(at):
        count += rows.count()
        rows.delete()
    if count:
        record("devices.forgotten", school, by=None, at=at, rows=count)
    return count


def over(at: datetime) -> tuple[QuerySet[Any], ...]:
    """What ended so long ago that it is kept no longer."""
    before, losses_before = at - KEPT_FOR, at - LOSSES_KEPT_FOR
    loans = Loan.objects.filter(back_at__lt=before)
    plans = Plan.objects.filter(Q(back_on__lt=before.date())).exclude(
        pk__in=Loan.objects.exclude(pk__in=loans.values("pk")).exclude(plan=None).values("plan")
    )
    return (
        loans,
        plans,
        Import.objects.filter(at__lt=before),
        Wipe.objects.filter(at__lt=before),
        StockCheck.objects.filter(finished_at__lt=before),
        Loss.objects.filter(reported_at__lt=losses_before).exclude(followed_up_at=None),
        Device.objects.filter(retired_at__lt=losses_before).exclude(
            pk__in=Loss.objects.waiting().values("device")
        ),
    )
