"""Microsoft School Data Sync, the first format: Student, Section, Teacher and their enrolments.

Source: Microsoft Learn, "SDS v1 CSV file format" and its variant for the United Kingdom, where
`SIS ID` is called `ID`. It has no parents.
"""

from belisha.lib.tables import Row
from belisha.people.roster.bundle import Bundle
from belisha.people.roster.draft import Draft
from belisha.people.roster.entries import Entries, R
from belisha.people.roster.records import Roster, RosterClass, RosterPupil, RosterStaff

_ID = ("SIS ID", "ID")
_SECTION = ("Section SIS ID", "Section ID")
_NAMES = ("First Name",), ("Last Name",)


def read_student_files(bundle: Bundle) -> Roster:
    """Read such a bundle; raise `BadRoster`, `UnreadableTable`."""
    british = bundle.table("student.csv").has("School DfE Number")
    draft = Draft(bundle, f"School Data Sync v1{' (UK)' if british else ''}")
    for row in draft.table("section.csv", _ID, ("Section Name",)).rows:
        if _stays(row, draft.classes):
            draft.classes.add(row, RosterClass(row.get(*_ID), row.get("Section Name")))
    for row in draft.table("student.csv", _ID, *_NAMES).rows:
        if _stays(row, draft.pupils):
            year = draft.year(row, row.get("Grade"))
            draft.pupils.add(row, RosterPupil(row.get(*_ID), *_names(row), "", None, year))
    for row in draft.table("teacher.csv", _ID, *_NAMES).rows:
        if _stays(row, draft.staff):
            email = draft.email(row, row.get("Secondary Email"))
            draft.staff.add(row, RosterStaff(row.get(*_ID), *_names(row), email, "teacher"))
    for row in draft.table("studentenrollment.csv", _SECTION, _ID).rows:
        draft.enrol_pupil(row, row.get(*_ID), row.get(*_SECTION))
    for row in draft.table("teacherroster.csv", _SECTION, _ID).rows:
        draft.enrol_staff(row, row.get(*_ID), row.get(*_SECTION))
    return draft.roster()


def _stays(row: Row, entries: Entries[R]) -> bool:
    gone = row.get("Status").casefold() in ("inactive", "deleted")
    if gone:
        entries.left_out.add(row.get(*_ID))
    return not gone


def _names(row: Row) -> tuple[str, str]:
    return row.get("First Name"), row.get("Last Name")
