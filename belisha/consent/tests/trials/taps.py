"""Taps in the same instant, many times over, in a school of its own (run by a test)."""

import json
import sys
import threading
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be there first
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.consent.actions import answer  # noqa: E402
from belisha.consent.models import Answer  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.people.models import Mail, School, User  # noqa: E402
from belisha.people.tests.cast import make_parent, make_pupil  # noqa: E402
from belisha.policy.models import Purpose, add_shipped_purposes  # noqa: E402

TRIALS = 40


def at_once(school, pupil, users, purpose, at):
    """Each of these people says yes in a thread of their own, all at the same moment."""
    start = threading.Barrier(len(users))

    def tap(user_id):
        with scope(school=school):
            user = User.objects.get(pk=user_id)
            draft = Answer(purpose=purpose, kind=Kind.GIVEN, wording="w")
            start.wait()
            answer(pupil, [draft], by=user, at=at, fresh=True)
        connection.close()

    threads = [threading.Thread(target=tap, args=[user.pk]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Tapping School", created_at=timezone.now())
    told = {"trials": TRIALS, "taps of one parent": [], "answers of two parents": [], "mails": []}
    with scope(school=school):
        add_shipped_purposes(school)
        purpose, now = Purpose.objects.get(key="website"), timezone.now()
        for number in range(TRIALS):
            at = now + timedelta(seconds=number)
            one = make_pupil(school, "Tap", f"Once{number}")
            alone = make_parent(school, one, "Ann", f"Once{number}")
            at_once(school, one, [alone.user] * 4, purpose, at)
            told["taps of one parent"].append(Answer.objects.filter(pupil=one).count())
            told["mails"].append(Mail.objects.filter(to=alone.email).count())
            two = make_pupil(school, "Tap", f"Twice{number}")
            pair = [make_parent(school, two, name, f"Twice{number}") for name in ("Ann", "Bob")]
            at_once(school, two, [parent.user for parent in pair], purpose, at)
            told["answers of two parents"].append(Answer.objects.filter(pupil=two).count())
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
