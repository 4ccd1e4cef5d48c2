"""Issue the second version of the policy, in the folder of a demonstration (run by a test).

It changes a clause, adds one and takes one away, and has a question.
"""

from dataclasses import replace
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402 - the apps must be there first
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.people.models import School, Staff  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.policy.actions.duties import Draft, set_questions  # noqa: E402
from belisha.policy.actions.reading import acknowledge_reading  # noqa: E402
from belisha.policy.models import (  # noqa: E402
    Clause,
    ReadingDuty,
    Version,
    clauses_of,
    version_in_force,
)
from belisha.policy.outline import Outline, addresses  # noqa: E402


def next_text(old):
    """B.i says more, and the last clause of section B is a new one."""
    items = []
    for item, address in zip(old.items, addresses(old.items), strict=True):
        if address == "B.i":
            item = replace(item, text="Staff add no pupils, past or present, as friends.")
        if address != "B.ii":
            items.append(item)
        if address == "B.xi":
            items.append(replace(item, number="xii", text="Staff take a walk each day."))
    return Outline(old.title, tuple(items))


@transaction.atomic
def main():
    school, at = School.objects.get(), timezone.now()
    with scope(school=school):
        head = Staff.objects.filter(roles__role=Role.HEAD).first().user
        old = version_in_force(at)
        duty = ReadingDuty.objects.get(document=old.document)
        teacher = Staff.objects.get(name="Miss Puffin").user
        read_at = at - timedelta(days=10)
        acknowledge_reading(duty, shown=old.pk, answers={}, by=teacher, at=read_at)
        new = Version.objects.create(
            school=school,
            document=old.document,
            major=2,
            title=old.title,
            what_changed="Past pupils, and a new clause xii.",
            made_at=at,
            made_by=head,
            issued_at=at - timedelta(days=5),
            issued_on=(at - timedelta(days=5)).date(),
            issued_by=head,
        )
        Clause.objects.bulk_create(clauses_of(new, next_text(old.outline)))
        choices = ["Yes", "No, and no past pupils either"]
        draft = Draft("May staff add pupils as friends?", choices, 2, "It protects both.", "B.i")
        set_questions(new, [draft], by=head, at=at)


if __name__ == "__main__":
    main()
