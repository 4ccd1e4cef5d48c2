"""What happens in the background."""

from collections.abc import Callable
from datetime import datetime

JOBS: tuple[Callable[[datetime], bool], ...] = ()
