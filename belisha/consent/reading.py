"""Reading a list of answers (`consents.csv`). No database: the command line and the page share it.

Columns: ``pupil,parent,purpose,answer,on[,expires]``. `pupil` and `parent` are what the school's
own system calls them; `purpose` is a key or a name; `answer` is given, refused or withdrawn, or yes
or no; dates are written 2026-09-01 or 01/09/2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from belisha.consent.rules import Kind
from belisha.lib.tables import BadLine, Row, UnreadableTable, read_table
from belisha.policy.rules import PURPOSES, PurposeTerms, purpose_named

COLUMNS = ("pupil", "parent", "purpose", "answer", "on")
_KINDS = {
    "given": Kind.GIVEN,
    "yes": Kind.GIVEN,
    "refused": Kind.REFUSED,
    "no": Kind.REFUSED,
    "withdrawn": Kind.WITHDRAWN,
}


@dataclass(frozen=True)
class ConsentRow:
    """One readable line. `expires` is the last day on which a yes counts; a no never runs out."""

    line: int
    pupil: str
    parent: str
    purpose_key: str
    kind: Kind
    on: date
    expires: date | None = None


def read_consents(
    data: bytes, name: str, purposes: Iterable[PurposeTerms] = PURPOSES
) -> tuple[list[ConsentRow], list[BadLine]]:
    """Return the lines that make sense and, each with its reason, those that do not.

    Raises `UnreadableTable` when the file as a whole is of no use.
    """
    table = read_table(data, name=name)
    for column in COLUMNS:
        if not table.has(column):
            raise UnreadableTable(name, 1, f"There is no column called “{column}”.")
    known = tuple(purposes)
    rows, bad = [], list(table.bad_lines)
    for row in table.rows:
        try:
            rows.append(_consent(row, known))
        except ValueError as error:
            bad.append(BadLine(name, row.line, str(error)))
    return rows, sorted(bad)


def _consent(row: Row, purposes: tuple[PurposeTerms, ...]) -> ConsentRow:
    for column in COLUMNS:
        if not row.get(column):
            raise ValueError(f"The cell under “{column}” is empty.")
    purpose = purpose_named(row.get("purpose"), purposes)
    if purpose is None:
        raise ValueError(f"There is no purpose called “{row.get('purpose')}”.")
    kind = _KINDS.get(row.get("answer").casefold())
    if kind is None:
        raise ValueError(f"“{row.get('answer')}” is not given, refused or withdrawn.")
    on = _day(row.get("on"))
    ends = row.get("expires")
    expires = _day(ends) if ends and kind is Kind.GIVEN else None
    if expires and expires < on:
        raise ValueError("The yes runs out before it was given.")
    return ConsentRow(row.line, row.get("pupil"), row.get("parent"), purpose.key, kind, on, expires)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ValueError(f"“{text}” is not a date. Write it as 2026-09-01 or 01/09/2026.")
