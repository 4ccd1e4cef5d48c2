"""Issue a policy of the school with a text, twice, in the folder of a site (run by a test).

The second version changes a clause, adds one and takes one away, and has a question.
"""

from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402 - the apps must be there first
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.people.models import School, Staff  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.policy.actions.duties import Draft, begin_usual_duties, set_questions  # noqa: E402
from belisha.policy.actions.reading import acknowledge_reading  # noqa: E402
from belisha.policy.models import Clause, Document, ReadingDuty, Version  # noqa: E402
from belisha.policy.models.documents import MAIN, clauses_of  # noqa: E402
from belisha.policy.outline import Item, Outline  # noqa: E402

TITLE = "Our social media policy"
STAFF_PART = "B. Staff in their own time"
FIRST = (
    Item("i", "A. Pupils", "Pupils bring no phones into lessons.", "A"),
    Item("i", STAFF_PART, "Staff add no pupils as friends.", "B"),
    Item("ii", STAFF_PART, "Staff ask the head before they post about events.", "B"),
)
SECOND = (
    Item("i", "A. Pupils", "Pupils bring no phones into lessons.", "A"),
    Item("i", STAFF_PART, "Staff add no pupils, past or present, as friends.", "B"),
    Item("iii", STAFF_PART, "Staff review their privacy settings each term.", "B"),
)


def issue(school, head, major, text, at, what_changed=""):
    document, _ = Document.objects.get_or_create(school=school, key=MAIN, defaults={"title": TITLE})
    version = Version.objects.create(
        school=school,
        document=document,
        major=major,
        title=TITLE,
        what_changed=what_changed,
        made_at=at,
        made_by=head,
        issued_at=at,
        issued_on=at.date(),
        issued_by=head,
    )
    Clause.objects.bulk_create(clauses_of(version, Outline(TITLE, text)))
    return version


@transaction.atomic
def main():
    school, at = School.objects.get(), timezone.now()
    with scope(school=school):
        head = Staff.objects.filter(roles__role=Role.HEAD).first().user
        before = at - timedelta(days=60)
        old = issue(school, head, 1, FIRST, before)
        begin_usual_duties(by=head, at=before)
        duty = ReadingDuty.objects.get(document=old.document)
        teacher = Staff.objects.get(name="Miss Puffin").user
        acknowledge_reading(duty, shown=old.pk, answers={}, by=teacher, at=before)
        new = issue(
            school, head, 2, SECOND, at - timedelta(days=5), "Past pupils, and a new clause iii."
        )
        choices = ["Yes", "No, and no past pupils either"]
        draft = Draft("May staff add pupils as friends?", choices, 2, "It protects both.", "B.i")
        set_questions(new, [draft], by=head, at=at)


if __name__ == "__main__":
    main()
