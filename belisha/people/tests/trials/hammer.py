"""Eight processes at one door at the same moment. Prints how many came through.

With the word "naive" a try is counted without a lock, to show that the trial can fail.
"""

import json
import os
import re
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from django_scopes import scope

from belisha.people.actions import codes, letters
from belisha.people.actions.families import Turned
from belisha.people.actions.limits import Door, take
from belisha.people.forms.factors import SecondStepForm
from belisha.people.models import Limit, Mail, Parent, School, SignInCode, User
from belisha.people.rules import Role
from belisha.people.tests.cast import give_second_factor, join, make_pupil, make_staff

PROCESSES, TRIES = 8, 25
DOOR = Door("hammered", 40, timedelta(days=1))
NAIVE = "naive" in sys.argv


def together(act, school):
    """Run `act` in each of the processes, all from one moment on; return what each gave back."""
    connection.close()
    moment, children = time.monotonic() + 0.3, []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(PROCESSES):
            child = os.fork()
            if not child:
                status = 1
                try:
                    with scope(school=school):
                        connection.ensure_connection()
                        time.sleep(max(0, moment - time.monotonic()))
                        Path(folder, str(number)).write_text(json.dumps(act()))
                    status = 0
                finally:
                    os._exit(status)
            children.append(child)
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
        return [json.loads(Path(folder, str(number)).read_text()) for number in range(PROCESSES)]


def naive_take(at):
    row, _ = Limit.objects.get_or_create(hash="naive", defaults={"full_at": at})
    full_at = max(row.full_at, at) + DOOR.step
    if full_at > at + DOOR.every:
        return row
    row.full_at = full_at
    row.save()
    return None


def hammer(at):
    def act():
        if NAIVE:
            return [naive_take(at) for _ in range(TRIES)].count(None)
        return [take(DOOR, "one key", at=at) for _ in range(TRIES)].count(None)

    return act


def code_for(parent, at):
    """A code that was mailed, and what its browser keeps."""
    token = codes.ask(parent.school, parent.email, link="x", at=at)
    body = Mail.objects.order_by("-id").first().body
    return token, re.search(r"^    (\S+)$", body, re.MULTILINE)[1]


def typed(token, code, at):
    return lambda: isinstance(codes.spend(token, code, at=at), User)


def second_step(user, code, times=1):
    """How many of these tries were looked at, and how many were right."""

    def act():
        looked_at = right = 0
        for _ in range(times):
            form = SecondStepForm({"code": code}, user=user)
            with request_context(RequestFactory().post("/account/login/step/")):
                right += form.is_valid()
            looked_at += "too many tries" not in str(form.errors)
        return looked_at, right

    return act


def second_steps(school):
    """Everyone types wrong codes, then all of them one right code of the app, or of recovery."""
    wrong, app, recovery = [], [], []
    for number in range(3):
        user = make_staff(school, f"Miss Toucan {number}", Role.TEACHER).user
        Authenticator.objects.filter(user=user).delete()
        secret = give_second_factor(user)
        tried = together(second_step(user, "wrong", times=5), school)
        wrong.append(sum(looked_at for looked_at, _ in tried))
        for came, code in (
            (app, format_hotp_value(hotp_value(secret, int(time.time()) // 30))),
            (recovery, RecoveryCodes.activate(user).get_unused_codes()[0]),
        ):
            Limit.objects.all().delete()
            came.append(sum(right for _, right in together(second_step(user, code), school)))
    return {
        "looked at wrong second steps": wrong,
        "came in with one app code": app,
        "came in with one recovery code": recovery,
    }


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    at = timezone.now()
    timezone.now = lambda: at  # or tries would come back on a slow machine
    school = School.objects.create(name="Hammer School", created_at=at)
    found = {"times": DOOR.times, "asked": PROCESSES * TRIES}
    with scope(school=school):
        found["passed"] = sum(together(hammer(at), school))
        if not NAIVE:
            office = make_staff(school, "Mrs Toucan", Role.OFFICE).user
            pupil = make_pupil(school, "Malik", "Wayfinder")
            parent = Parent.objects.create(school=school, last_name="W", email="w@home.example")
            join(parent, pupil)
            once, letter, wrong = [], [], []
            for _ in range(10):
                once.append(sum(together(typed(*code_for(parent, at), at), school)))
            for _ in range(5):
                printed = letters.issue(parent, by=office, at=at)
                came = together(lambda: isinstance(letters.spend(printed, at=at), User), school)  # noqa: B023
                letter.append(sum(came))
            for _ in range(3):
                token, _code = code_for(parent, at)
                said = together(lambda: codes.spend(token, "bbbb", at=at), school)  # noqa: B023
                assert said.count(Turned.WRONG) == codes.MOST_TRIES - 1
                wrong.append(SignInCode.objects.order_by("-id").first().tries)
            found |= {
                "came in with one code": once,
                "came in with one letter": letter,
                "counted wrong tries": wrong,
                **second_steps(school),
            }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
