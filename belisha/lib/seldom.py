"""Looking no more often than every so long, for jobs that a worker calls again and again."""

from datetime import datetime, timedelta
from threading import Lock


class Seldom:
    """Says whether it is time to look, in this process. What must happen once over all processes
    is for the job itself to see to."""

    def __init__(self, every: timedelta) -> None:
        self.every = every
        self._last: datetime | None = None
        self._lock = Lock()

    def is_time(self, at: datetime) -> bool:
        """Whether nobody has looked for so long; who is told so looks now."""
        with self._lock:
            if self._last and at - self._last < self.every:
                return False
            self._last = at
            return True

    def forget(self) -> None:
        """Let the next one look, whenever the last did."""
        with self._lock:
            self._last = None
