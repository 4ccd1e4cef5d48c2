"""Children as a sheet that a spreadsheet opens."""

from collections.abc import Iterable

from django.http import HttpResponse

from belisha.people.models import Pupil
from belisha.people.sheets import as_csv

COLUMNS = ("pupil_id", "first_name", "last_name", "known_as", "class", "year_group")


def pupil_sheet(pupils: Iterable[Pupil], name: str) -> HttpResponse:
    """Return a CSV file with the headers of our own list; a cell cannot become a formula."""
    rows = [
        (
            pupil.key,
            pupil.first_name,
            pupil.last_name,
            pupil.known_as,
            pupil.school_class or "",
            pupil.year_name,
        )
        for pupil in pupils
    ]
    return as_csv(name, [COLUMNS, *rows])
