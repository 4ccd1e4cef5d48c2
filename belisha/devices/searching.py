"""Finding devices by their name, serial number, or where they are kept."""

from belisha.devices.confiscations import searching as confiscations
from belisha.devices.models import Device
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    """Devices in the register, those in use first, for anyone on the staff; what was taken."""
    taken = list(confiscations.find(user, typed))
    if not user.is_staff_member:
        return taken
    found = [
        one
        for one in Device.objects.all()
        if fits(typed, one.name, one.serial, one.lives_in, one.get_kind_display())
    ]
    found.sort(key=lambda one: one.retired_at is not None)
    mine = [Found(one.name, one.get_kind_display(), one.url) for one in found[:MOST]]
    return [*mine, *taken]
