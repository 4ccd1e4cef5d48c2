"""Finding devices by their name, serial number, or where they are kept."""

from belisha.devices.models import Device
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Devices in the register, those in use first, for anyone on the staff."""
    if not user.is_staff_member:
        return []
    found = [
        one
        for one in Device.objects.all()
        if fits(typed, one.name, one.serial, one.lives_in, one.get_kind_display())
    ]
    found.sort(key=lambda one: one.retired_at is not None)
    return [Found(one.name, one.get_kind_display(), one.url) for one in found[:MOST]]
