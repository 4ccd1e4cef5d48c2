"""Several workers write the morning's mail at the same moment. Prints how many each person got."""

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime
from multiprocessing import Barrier

from django.core.management import call_command
from django.db import connection
from django_scopes import scope

from belisha.desk.jobs import digest
from belisha.people.actions.mail import post
from belisha.people.models import Choices, Mail, School
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff

PROCESSES, PEOPLE = 4, 30
TOGETHER = Barrier(PROCESSES)  # each goes on when all are here
MORNING = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


def naive(at):
    """Look first and mark afterwards, to show that the trial can fail."""
    waiting = list(Choices.objects.exclude(digested_on=at.date()))
    TOGETHER.wait()
    for row in waiting:
        words = {"subject": "Today", "body": "See", "kind": "digest"}
        post(row.school, to=row.user.email, at=at, **words)
        Choices.objects.filter(pk=row.pk).update(digested_on=at.date())
    return False


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Kerbside Primary School", created_at=MORNING)
    with scope(school=school):
        for number in range(PEOPLE):
            user = make_staff(school, f"Ms Lamp {number}", Role.OFFICE).user
            Choices.objects.create(school=school, user=user, digest=True)
    connection.close()
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if not child:
            status = 1
            try:
                with scope(school=school):
                    connection.ensure_connection()
                    TOGETHER.wait()
                    job = naive if "naive" in sys.argv else digest
                    while job(MORNING):
                        pass
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    with scope(school=school):
        sent = Counter(Mail.objects.filter(kind="digest").values_list("to", flat=True))
    sys.stdout.write(json.dumps(sorted(sent.values())))


if __name__ == "__main__":
    main()
