"""Tablets at a door: an address that opens the visitors' pages and nothing else."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scopes_disabled

from belisha.audit.actions import record
from belisha.events.access import can_keep_visitors
from belisha.events.models import DoorTablet
from belisha.people.access import require
from belisha.people.actions.limits import Door
from belisha.people.models import User

_TEN_MINUTES = timedelta(minutes=10)
# A class of visitors comes in at once; a stranger with the address fills no book by night.
SIGN_IN = Door("sign in at one door tablet", 60, _TEN_MINUTES)
SIGN_OUT = Door("a wrong name or code at one door tablet", 20, _TEN_MINUTES)
WRONG_ADDRESS = Door("a wrong address of a door tablet from one network", 60, _TEN_MINUTES)


@transaction.atomic
def set_up(name: str, *, by: User, at: datetime) -> tuple[DoorTablet, str]:
    """Make the address of a tablet and return its token, once: 256 bits."""
    require(can_keep_visitors(by))
    token = secrets.token_urlsafe(32)
    row: DoorTablet = DoorTablet.objects.create(
        school_id=by.school_id, name=name.strip(), hash=_hash(token), made_at=at, made_by=by
    )
    record("door-tablet.set-up", row, by=by.pk, at=at)
    return row, token


@transaction.atomic
def end(tablet: DoorTablet, *, by: User, at: datetime) -> None:
    """The address opens nothing from now on."""
    require(can_keep_visitors(by))
    tablet = DoorTablet.objects.select_for_update().get(pk=tablet.pk)
    if tablet.ended_at:
        return
    tablet.ended_at, tablet.ended_by = at, by
    tablet.save(update_fields=["ended_at", "ended_by"])
    record("door-tablet.ended", tablet, by=by.pk, at=at)


def tablet_of(token: str) -> DoorTablet | None:
    """The tablet whose address this is. The address is the whole right, so all schools' are
    looked through."""
    with scopes_disabled():
        rows = DoorTablet.objects.filter(hash=_hash(token), ended_at=None)
        found: DoorTablet | None = rows.select_related("school").first()
        return found


def _hash(token: str) -> str:
    return hashlib.sha256(f"belisha.door:{token}".encode()).hexdigest()
