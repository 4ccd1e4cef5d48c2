"""What can be done about purposes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import User
from belisha.policy.access import can_change_purposes
from belisha.policy.models import Purpose


@transaction.atomic
def change(
    purpose: Purpose, *, by: User, at: datetime, substance: bool = False, **values: Any
) -> Purpose:
    """Change the words, the basis or the use of a purpose; only what differs is written.

    Answers keep the words under which they were given. With `substance` the change alters who sees
    the pictures: no yes from before counts any more, and families are to be asked again.
    """
    require(can_change_purposes(by))
    kept: Purpose = Purpose.objects.select_for_update().get(pk=purpose.pk)
    if substance:
        values["asked_since"] = at
    changed = sorted(name for name, value in values.items() if getattr(kept, name) != value)
    if changed:
        for name in changed:
            setattr(kept, name, values[name])
        kept.save(update_fields=changed)
        record("purpose.changed", kept, by=by.pk, at=at, fields=changed, in_use=kept.in_use)
    return kept
