"""What of this area is done again after a restore: a pupil who may have a phone no more.

What its time erased, the job erases again by itself.
"""

from belisha.audit.journal import Line
from belisha.devices.confiscations import exempting
from belisha.devices.models import Exemption
from belisha.people.again import who


def _exemption_ended(line: Line) -> bool:
    exemption = Exemption.objects.get(pk=line.about_id)
    if exemption.ended_at:
        return False
    exempting.end(exemption, by=who(line), at=line.at)
    return True


AGAIN = {"exemption.ended": _exemption_ended}
LOOK_AT = {
    "device.lost": "A device was reported lost. Report it again.",
    "device.retired": "A device went out of use.",
    "confiscation.seized": "Something was taken from a pupil. Write it down again.",
    "confiscation.returned": "Something was given back. Write it down again.",
}
