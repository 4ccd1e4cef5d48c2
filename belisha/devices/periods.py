"""How long loans and confiscations are kept."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from belisha.devices.actions.retention import KEPT_FOR, LOSSES_KEPT_FOR, over
from belisha.devices.confiscations import erasing
from belisha.devices.confiscations.rules import KEPT_FOR as TAKEN_KEPT_FOR
from belisha.lib.periods import Keeping
from belisha.people.models import User


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    on = timezone.localdate(at)
    *short, losses, devices = (rows.count() for rows in over(at))
    years, longer, taken = (
        f"{period.days // 365} year{'' if period.days == 365 else 's'}"
        for period in (KEPT_FOR, LOSSES_KEPT_FOR, TAKEN_KEPT_FOR)
    )
    yield Keeping("Loans, wiping and stock checks", years, "Since they ended.", sum(short))
    since = "Since it was lost, or was used no more."
    yield Keeping("Losses and old devices", longer, since, losses + devices)
    since, count = "Since it was given back.", erasing.over(on).count()
    yield Keeping("Devices taken from pupils", taken, since, count, clause="A.4")
    count = erasing.exemptions_over(on).count()
    yield Keeping("Devices that pupils may have", taken, "Since their last day.", count)
