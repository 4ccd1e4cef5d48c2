"""The review of what is public, once a term (clauses P.iii, P.vi)."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.photos.access import can_review_exposure
from belisha.photos.exposure import exposed, figures
from belisha.photos.models import ExposureReview


@transaction.atomic
def review(school: School, note: str, *, by: User, at: datetime, on: date) -> ExposureReview:
    """Keep that everything public was looked at, what was found, and how much there was."""
    require(can_review_exposure(by))
    found = figures(exposed(on=on), on=on)
    row: ExposureReview = ExposureReview.objects.create(
        school=school,
        on=on,
        note=note,
        pictures=found.pictures,
        close=found.close,
        at=at,
        by=by,
    )
    record("exposure.reviewed", row, by=by.pk, at=at, pictures=found.pictures, close=found.close)
    return row
