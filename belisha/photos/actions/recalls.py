"""Remembering since when a picture elsewhere may not be there, so that its days are counted."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.models import School
from belisha.photos.models import Recall
from belisha.photos.recalls import wrong_elsewhere


@transaction.atomic
def notice(school: School, *, on: date, at: datetime) -> None:
    """Open a recall for each picture elsewhere that is wrong now; end those that are over.

    Rows are held one school at a time, so that two processes write one recall once.
    """
    School.objects.select_for_update().get(pk=school.pk)
    known = {row.publication_id: row for row in Recall.objects.open()}
    wrong = {row.pk for row in wrong_elsewhere(on)}
    for pk in sorted(wrong - known.keys()):
        row = Recall.objects.create(school=school, publication_id=pk, noticed_at=at)
        record("recall.noticed", row, by=None, at=at, publication=pk)
    for pk in sorted(known.keys() - wrong):
        known[pk].over_at = at
        known[pk].save(update_fields=["over_at"])
        record("recall.over", known[pk], by=None, at=at, publication=pk)
