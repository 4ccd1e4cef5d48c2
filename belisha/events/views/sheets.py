"""Lists as files for a spreadsheet. The record tells who took one."""

from collections.abc import Sequence
from datetime import datetime

from defusedcsv import csv
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import SignedIn


def as_csv(
    request: SignedIn, name: str, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> HttpResponse:
    """A file called `name` with the day. Cells that a spreadsheet would run are made harmless."""
    at = timezone.now()
    with transaction.atomic():
        record(f"{name}.exported", request.school, by=request.user.pk, at=at, count=len(rows))
    named = f'attachment; filename="{name}-{timezone.localdate(at)}.csv"'
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": named},
    )
    csv.writer(response).writerows([header, *rows])
    return response


def written(moment: datetime | None) -> str:
    """A moment as spreadsheets read it: ``2026-11-20 15:40``."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
