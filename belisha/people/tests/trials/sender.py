"""One step of a sender's life: `make` a school with a message, or `send` some seconds from now."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402

from belisha.people.actions.mail import post  # noqa: E402
from belisha.people.jobs import send_mail  # noqa: E402
from belisha.people.models import Mail, School  # noqa: E402


def make():
    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    school = School.objects.create(name="Kerbside Primary School", created_at=now)
    with scope(school=school):
        words = {"subject": "Pictures", "body": "Yes or no?", "kind": "campaign"}
        post(school, to="pat@people.example", at=now, **words)


def send(seconds):
    worked = send_mail(timezone.now() + timedelta(seconds=seconds))
    with scopes_disabled():
        mail = Mail.objects.get()
    sys.stdout.write(json.dumps({"worked": worked, "fate": mail.fate, "tries": mail.tries}))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make()
    else:
        send(int(sys.argv[2]))
