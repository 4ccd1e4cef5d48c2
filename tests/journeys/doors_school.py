"""A school whose doors are tried in a browser. `make` it with its people, or let the session of
each person grow `stale`, so that what matters asks once more who it is."""

import json
import sys
from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope

from belisha.desk.actions import open_school
from belisha.people.actions import guests
from belisha.people.actions.mail import post
from belisha.people.models import Mail, Parent
from belisha.people.tests.cast import (
    give_passkey,
    give_second_factor,
    join,
    make_class,
    make_pupil,
    make_staff,
)

PASSWORD = "bollard lantern kerb otter"


def make():
    """A head with an app and a passkey, one family with mail and one without, guests, and mail."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    at = timezone.now()
    head = open_school(
        name="Farside Primary School",
        phone="01632 960300",
        head_name="Mrs Farside",
        email="head@farside.example",
        password=PASSWORD,
        at=at,
    )
    secret = give_second_factor(head)
    recovery = RecoveryCodes.activate(head).get_unused_codes()[0]
    give_passkey(head, "My tablet")
    school = head.school
    with scope(school=school):
        wrens = make_class(school, "Wrens", make_staff(school, "Miss Raman"), year=1)
        maisie = make_pupil(school, "Maisie", "Tarmac", wrens)
        for first, email in (("Dana", "dana@home.example"), ("Ines", "")):
            parent = Parent.objects.create(
                school=school, first_name=first, last_name="Tarmac", email=email
            )
            join(parent, maisie)
        _guests(school, head, at)
        _mail(school, at)
    told = {"email": head.email, "password": PASSWORD, "secret": secret, "recovery": recovery}
    sys.stdout.write(json.dumps(told))


def _guests(school, head, at):
    for name, ended in (("Ms Vale, inspector", False), ("Mr Moss, local authority", True)):
        row = guests.invite(
            school,
            name=name,
            email=f"{name.split()[1].strip(',').lower()}@outside.example",
            pages=["figures"],
            last_day=timezone.localdate(at) + timedelta(days=3),
            link="http://localhost/in/",
            by=head,
            at=at,
        )
        if ended:
            guests.end(row, by=head, at=at)


def _mail(school, at):
    """One message of every fate."""
    fates = {
        "sent": {"sent_at": at, "body": ""},
        "bounced": {"bounced_at": at, "given_up_at": at, "trouble": "There is no such address."},
        "troubled": {"trouble": "The mail server does not answer.", "tries": 2},
        "gone": {"given_up_at": at, "trouble": "It could not be sent in time."},
    }
    for name, values in fates.items():
        mail = post(
            school,
            to=f"{name}.parent.with.a.long.name@households.example",
            subject="Pictures of your child: yes or no?",
            body="x",
            kind="campaign",
            at=at,
        )
        Mail.objects.filter(pk=mail.pk).update(**values)


def stale():
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if session.pop("fresh_at", None):
            session.save()
