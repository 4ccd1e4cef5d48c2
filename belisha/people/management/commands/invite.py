"""belisha invite: a way back in for someone whom nobody in the school can help: the head, say."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.audit.actions import record
from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.actions.factors import take_away
from belisha.people.actions.invitations import invite
from belisha.people.models import Staff


class Command(Base):
    help = "Print a link with which someone on the staff chooses a new password, once, for a week."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument(
            "--lost-second-step",
            action="store_true",
            help="take away their second factors and end their sessions; they set up a new one",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            found = Staff.objects.current().filter(
                user__email__iexact=options["email"], user__is_active=True
            )
            row = found.select_related("school", "user").first()
        if row is None:
            raise WrongUse(f"Nobody on the staff signs in with {options['email']}.")
        at, lost = timezone.now(), options["lost_second_step"]
        with scope(school=row.school):
            if lost:
                take_away(row.user)
            code = invite(row, by=None, at=at)
            record("staff.let-in", row, by=None, at=at, user=row.user_id, factors_reset=lost)
        link = settings.ADDRESS + reverse("invitation", args=[code])
        if options["json"]:
            self.print_json({"link": link})
        else:
            self.stdout.write(link)
