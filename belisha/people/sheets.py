"""Lists as sheets for a spreadsheet: the one place where a cell is kept from being a formula."""

from collections.abc import Iterable, Sequence

from defusedcsv import csv
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import SignedIn


def sheet(
    request: SignedIn, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]
) -> HttpResponse:
    """A CSV with a line of titles; `name` stands in the record and in the name of the file. The
    record tells who took it."""
    now = timezone.now()
    with transaction.atomic():
        record(f"{name}.exported", request.school, by=request.user.pk, at=now, count=len(rows))
    return as_csv(f"{name}-{timezone.localdate()}", [head, *rows])


def as_csv(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The file `name`.csv with these lines. Who calls it writes down who took it, where it tells of
    people."""
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    csv.writer(response).writerows(rows)
    return response
