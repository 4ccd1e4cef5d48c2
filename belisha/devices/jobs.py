"""What happens in the background."""

from collections.abc import Callable
from datetime import datetime

from belisha.devices.confiscations import jobs as confiscations

JOBS: tuple[Callable[[datetime], bool], ...] = (confiscations.nag, confiscations.forget_old)
