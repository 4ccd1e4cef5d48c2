"""Workers that look in the same instant, in a school of their own (run by a test).

Prints how many people wait, how many processes looked, how many mails and notes came of it.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be there first
from django_scopes import scope  # noqa: E402

from belisha.people.models import Mail, School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_staff  # noqa: E402
from belisha.policy.actions.duties import put_edition_in_use  # noqa: E402
from belisha.policy.models import ReadingReminder  # noqa: E402
from belisha.policy.reading_jobs import remind_readers  # noqa: E402

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PEOPLE, PROCESSES = 12, 6


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Reminding School", created_at=AT)
    with scope(school=school):
        head = make_staff(school, "Mrs Head", Role.HEAD)
        for number in range(PEOPLE - 1):
            make_staff(school, f"Mr Number {number}", Role.TEACHER)
        put_edition_in_use(
            "safer-working", edition="x", read_at="https://x.example", by=head.user, at=AT
        )
    command = [sys.executable, "-m", "belisha.policy.tests.trials.reminders", "look"]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.stdout.read(1)  # it stands at the start
    for worker in workers:
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    if any(worker.wait() for worker in workers):
        raise SystemExit("a worker failed")
    with scope(school=school):
        mails, notes = Mail.objects.count(), ReadingReminder.objects.count()
    sys.stdout.write(f"{PEOPLE} {PROCESSES} {mails} {notes}\n")


def look():
    os.write(1, b".")
    sys.stdin.readline()
    remind_readers(AT)


if __name__ == "__main__":
    look() if "look" in sys.argv else main()
