"""Which kind of roster is this? Told by the names of its files, or else by the columns."""

from collections.abc import Mapping

from belisha.people.roster.bundle import Bundle
from belisha.people.roster.oneroster import read_oneroster
from belisha.people.roster.records import Roster
from belisha.people.roster.school_data_sync import read_student_files
from belisha.people.roster.template import read_template


def read_roster(files: Mapping[str, bytes]) -> Roster:
    """Read the files of one roster, name to content, or a single ZIP of them.

    Raises `BadRoster` or `UnreadableTable`, whose text is fit for the person who sent the files.
    Single lines that cannot be used are named in `Roster.bad_lines` and stop nothing.
    """
    bundle = Bundle(files)
    if "student.csv" in bundle:
        return read_student_files(bundle)
    if "users.csv" in bundle and "classes.csv" in bundle:
        return read_oneroster(bundle)
    return read_template(bundle)
