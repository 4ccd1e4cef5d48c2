"""The school sets its own target times. They count for what begins from then on."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.complaints.access import can_set_targets
from belisha.complaints.models import TargetsSet
from belisha.complaints.rules import Targets
from belisha.people.access import require
from belisha.people.models import User


@transaction.atomic
def set_targets(targets: Targets, *, by: User, at: datetime) -> TargetsSet:
    require(can_set_targets(by))
    row: TargetsSet = TargetsSet.objects.create(
        school_id=by.school_id, **asdict(targets), at=at, by=by
    )
    record("complaint.targets-set", row, by=by.pk, at=at, **asdict(targets))
    return row
