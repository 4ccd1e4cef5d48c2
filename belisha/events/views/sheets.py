"""Lists as files for a spreadsheet."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from defusedcsv import csv
from django.http import HttpResponse
from django.utils import timezone


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file called `name` with the day. Cells that a spreadsheet would run are made harmless."""
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"'
        },
    )
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows(rows)
    return response


def written(moment: datetime | None) -> str:
    """A moment as spreadsheets read it: ``2026-11-20 15:40``."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
