"""belisha ask: Can I…? on the command line. It needs no school; without one the model answers."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone
from django_scopes import scope

from belisha.lib.command import Command as Base
from belisha.lib.command import one_of
from belisha.people.models import School
from belisha.policy.asking import Asker, Deed, Of, On, Question, When, Where, With, answer
from belisha.policy.models import Purpose
from belisha.policy.replies import clause_shown, heading, own_clauses
from belisha.policy.rules import PURPOSES, PurposeTerms


class Command(Base):
    help = "Say whether somebody may do something: yes, no, or ask first, and by which clause."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--as", required=True, dest="asker", **one_of(Asker, "who asks"))
        add("--do", required=True, dest="deed", **one_of(Deed, "what they want to do"))
        add("--of", **one_of(Of, "of whom, about whom or for whom"))
        add("--on", **one_of(On, "where it would be seen"))
        add("--with", dest="with_", **one_of(With, "with which device"))
        add("--where", **one_of(Where, "in which place"))
        add("--when", **one_of(When, "at which time"))
        add("--supervised", action="store_true", help="a parent stays beside the child")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = ("asker", "deed", "of", "on", "with_", "where", "when", "supervised")
        purposes, own = _of_the_school()
        verdict = answer(Question(**{part: options[part] for part in parts}), purposes)
        reasons = [
            {"clause": clause_shown(reason.clause, own), "text": reason.text}
            for reason in verdict.reasons
        ]
        if options["json"]:
            said = {"answer": verdict.outcome, "reasons": reasons, "remedy": verdict.remedy}
            self.print_json(said)
            return
        self.stdout.write(f"{heading(verdict)}.")
        for reason in reasons:
            self.stdout.write(f"  {reason['clause']:7} {reason['text']}")
        if verdict.remedy:
            self.stdout.write(f"→ {verdict.remedy}")


def _of_the_school() -> tuple[list[PurposeTerms], dict[str, str]]:
    """The uses and clause numbers of the school whose folder this is; of the model without one."""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or Path(name).exists():
        with suppress(DatabaseError):  # an older or an empty database
            if school := School.objects.first():
                with scope(school=school):
                    terms = [purpose.terms for purpose in Purpose.objects.all()]
                    return terms, own_clauses(timezone.now())
    return list(PURPOSES), {}
