"""The background work: each job in turn, again and again, beside the server or on its own.

A job is a function of the time that does one piece of work and returns whether there was any.
Every job can run twice without harm, so that a worker may be killed at any moment.
"""

import logging
import random
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Event, Thread

from django.db import close_old_connections
from django.utils import timezone

from belisha.channels import jobs as channels
from belisha.complaints import jobs as complaints
from belisha.consent.jobs import remind
from belisha.desk.jobs import digest
from belisha.devices import jobs as devices
from belisha.events import jobs as events
from belisha.incidents import jobs as incidents
from belisha.people.jobs import forget_mail, send_mail
from belisha.photos import clip_jobs
from belisha.photos.jobs import find_faces, sweep
from belisha.photos.recall_jobs import notice_recalls
from belisha.policy.jobs import remind_reviewers
from belisha.policy.reading_jobs import remind_readers
from belisha.rights import jobs as rights

Job = Callable[[datetime], bool]
JOBS: tuple[Job, ...] = (
    send_mail,
    find_faces,
    remind,
    remind_reviewers,
    remind_readers,
    notice_recalls,
    clip_jobs.keep_up,
    *channels.JOBS,
    *complaints.JOBS,
    *devices.JOBS,
    *events.JOBS,
    *incidents.JOBS,
    *rights.JOBS,
    digest,
    forget_mail,
    sweep,
)
# What may take an hour has a thread of its own, so that nothing else waits for it.
LONG_JOBS: tuple[Job, ...] = clip_jobs.JOBS
LONGEST_REST = 60.0  # seconds that a job rests which fails again and again
log = logging.getLogger(__name__)


@dataclass
class Turn:
    """One job and how it has gone: failures in a row, and until when it rests for them."""

    job: Job
    failures: int = 0
    rests_until: float = 0.0

    def take(self) -> bool:
        """Run the job once, unless it rests; return whether there was any work."""
        if time.monotonic() < self.rests_until:
            return False
        try:
            worked = self.job(timezone.now())
        except Exception as error:  # whatever it was: the other jobs go on
            self.failures += 1
            self.rests_until = time.monotonic() + min(2.0**self.failures, LONGEST_REST)
            log.error(_said_without_names(self.job, error))
            return False
        self.failures = 0
        return worked


def work(jobs: Iterable[Job] = JOBS, *, until: Event) -> None:
    """Take turns with the jobs until the event is set; rest a second when none had work."""
    turns = [Turn(job) for job in jobs]
    while not until.is_set():
        close_old_connections()
        busy = [turn.take() for turn in turns]
        close_old_connections()
        if not any(busy):
            until.wait(random.uniform(0.7, 1.3))  # noqa: S311 - so that workers do not march in step


@cache
def work_in_background() -> Thread:
    """Start the work in a thread of this process, once; it ends with the process."""
    work_long(until=Event())
    thread = Thread(target=work, kwargs={"until": Event()}, name="worker", daemon=True)
    thread.start()
    return thread


def work_long(*, until: Event) -> Thread:
    """Start the long jobs in a thread beside the others; it ends with the event or the process."""
    given = {"jobs": LONG_JOBS, "until": until}
    thread = Thread(target=work, kwargs=given, name="long work", daemon=True)
    thread.start()
    return thread


def _said_without_names(job: Job, error: Exception) -> str:
    # The words of an error may hold a name or a row; where it happened and its kind do not.
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{job.__name__} failed and is tried again: {type(error).__name__}\n{where}"
