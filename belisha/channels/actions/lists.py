"""Making a list for the school's filter (A.2)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.channels.access import can_make_lists
from belisha.channels.blocklists import Format, Group, written
from belisha.channels.filtering import domains_for
from belisha.channels.models import ListMade
from belisha.people.access import require
from belisha.people.models import User


@transaction.atomic
def make_list(group: Group, form: Format, *, by: User, at: datetime) -> str:
    """Return the list of today as its consumer reads it, and remember that it was made.

    Raises `WrongEntry` for a wrong file of the school's, `TooMany` for what no browser takes.
    """
    require(can_make_lists(by))
    on = timezone.localdate(at)
    domains = domains_for(group, on)
    text = written(domains, form, on=on)
    row = ListMade.objects.create(
        school_id=by.school_id, group=group, form=form, domains=len(domains), at=at, by=by
    )
    record("blocklist.made", row, by=by.pk, at=at, group=group, format=form)
    return text
