"""Children as a sheet that a spreadsheet opens."""

from collections.abc import Iterable

from defusedcsv import csv
from django.http import HttpResponse

from belisha.people.models import Pupil

COLUMNS = ("pupil_id", "first_name", "last_name", "known_as", "class", "year_group")


def pupil_sheet(pupils: Iterable[Pupil], name: str) -> HttpResponse:
    """Return a CSV file with the headers of our own list; a cell cannot become a formula."""
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for pupil in pupils:
        writer.writerow(
            [
                pupil.key,
                pupil.first_name,
                pupil.last_name,
                pupil.known_as,
                pupil.school_class or "",
                pupil.year_name,
            ]
        )
    return response
