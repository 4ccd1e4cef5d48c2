"""One step of a sender's life: `make` a school with a message, or `send` some seconds from now."""

import json
import sys
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.people.actions.mail import post
from belisha.people.jobs import send_mail
from belisha.people.models import Mail, School


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
