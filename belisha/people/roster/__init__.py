"""Rosters as schools' systems export them, read into one plain shape. Knows no Django.

`read_roster` takes the files as they came; what it cannot use it names, line by line. What is done
with a roster (what is new, changed, gone) is decided above.
"""

from belisha.lib.tables import BadLine, UnreadableTable
from belisha.people.roster.bundle import BadRoster
from belisha.people.roster.reading import read_roster
from belisha.people.roster.records import (
    Roster,
    RosterClass,
    RosterParent,
    RosterPupil,
    RosterRelation,
    RosterStaff,
)
from belisha.people.roster.template import staff_template_csv, template_csv
from belisha.people.roster.years import key_stage, year_group

__all__ = [
    "BadLine",
    "BadRoster",
    "Roster",
    "RosterClass",
    "RosterParent",
    "RosterPupil",
    "RosterRelation",
    "RosterStaff",
    "UnreadableTable",
    "key_stage",
    "read_roster",
    "staff_template_csv",
    "template_csv",
    "year_group",
]
