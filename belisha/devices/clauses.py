"""How the clauses stand that this area keeps."""

from collections.abc import Callable
from datetime import date

from belisha.devices.confiscations import clauses as confiscations
from belisha.lib.state import State

STATES: dict[str, Callable[[date], State]] = {
    "A.3": confiscations.not_used,
    "A.4": confiscations.kept_and_collected,
    "A.5": confiscations.decided,
}
