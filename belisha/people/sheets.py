"""Lists as sheets for a spreadsheet. The record tells who took one."""

from collections.abc import Sequence

from defusedcsv import csv
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import SignedIn


def sheet(
    request: SignedIn, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]
) -> HttpResponse:
    """A CSV with a line of titles; `name` stands in the record and in the name of the file."""
    now = timezone.now()
    with transaction.atomic():
        record(f"{name}.exported", request.school, by=request.user.pk, at=now, count=len(rows))
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"'
        },
    )
    csv.writer(response).writerows([head, *rows])
    return response
