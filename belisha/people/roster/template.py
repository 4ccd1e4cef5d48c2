"""Our own lists, which an office fills in a spreadsheet.

Pupils: one line for each pupil and parent, the pupil's cells repeated or left blank on the second
line. Staff: one line for each person, or one for each of their classes. Classes have no list of
their own: a class is there when a pupil is in it; its key is its name in small letters.
"""

import csv
import io
from dataclasses import replace

from belisha.lib.tables import Row
from belisha.people.roster.bundle import BadRoster, Bundle
from belisha.people.roster.draft import Draft
from belisha.people.roster.records import (
    OWN_LISTS,
    Roster,
    RosterClass,
    RosterParent,
    RosterPupil,
    RosterRelation,
    RosterStaff,
)

PUPIL_COLUMNS = (
    "pupil_id", "first_name", "last_name", "known_as", "class", "year_group",
    "parent_id", "parent_first_name", "parent_last_name", "parent_email", "parent_phone",
    "relation", "parental_responsibility", "order_against_contact",
)  # fmt: skip
STAFF_COLUMNS = ("staff_id", "first_name", "last_name", "email", "role", "class")

FIRST_NAME = ("first_name", "forename")
LAST_NAME = ("last_name", "surname")
_PARENT = PUPIL_COLUMNS[6:]
_ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}


def template_csv() -> str:
    pupil = ("P001", "Pippa", "Pretend", "Pip", "Oak", "Year 2")
    return _csv(
        PUPIL_COLUMNS,
        (*pupil, "F001", "Mona", "Pretend", "mona@example.org", "01632 960001", "mother", "yes",
         "no"),
        (*pupil, "F002", "Max", "Makebelieve", "max@example.org", "01632 960002", "father", "yes",
         "no"),
    )  # fmt: skip


def staff_template_csv() -> str:
    return _csv(
        STAFF_COLUMNS,
        ("S001", "Tilly", "Template", "tilly@example.org", "teacher", "Oak"),
        ("S002", "Otto", "Office", "otto@example.org", "office", ""),
    )


def _csv(*lines: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def read_template(bundle: Bundle) -> Roster:
    """Read one or several of our lists, told by their columns; raise `BadRoster`."""
    draft = Draft(bundle, OWN_LISTS, states_responsibility=True)
    pupil_lists, staff_lists = [], []
    for name in bundle.names():
        table = bundle.table(name)
        if table.has("pupil_id"):
            pupil_lists.append(name)
        elif table.has("staff_id"):
            staff_lists.append(name)
        else:
            raise BadRoster(
                f"{table.name} is no list that we know. Our lists have a column “pupil_id” or "
                "“staff_id”; a OneRoster or School Data Sync export is sent with all its files."
            )
    for name in pupil_lists:
        _read_pupils(draft, name)
    for name in staff_lists:
        _read_staff(draft, name, alone=not pupil_lists)
    roster = draft.roster()
    # A staff list names classes, but it is no list of them.
    return roster if pupil_lists else replace(roster, classes=())


def _read_pupils(draft: Draft, name: str) -> None:
    table = draft.table(name, ("pupil_id",), FIRST_NAME, LAST_NAME)
    if table.has("parent_id"):
        draft.table(name, ("parental_responsibility",), ("order_against_contact",))
    for row in table.rows:
        year = draft.year(row, row.get("year_group", "year"))
        class_name = row.get("class")
        pupil = RosterPupil(
            row.get("pupil_id"), row.get(*FIRST_NAME), row.get(*LAST_NAME), row.get("known_as"),
            _class_key(class_name) or None, year,
        )  # fmt: skip
        if draft.pupils.add(row, pupil):
            if class_name:
                _keep_class(draft, class_name)
            if any(row.get(column) for column in _PARENT):
                _read_parent(draft, row, pupil.key)


def _keep_class(draft: Draft, name: str) -> None:
    key = _class_key(name)
    known = draft.classes.kept.get(key)
    # “OAK” and “Oak” are one class, whichever line comes first.
    draft.classes.kept[key] = RosterClass(key, min(known.name, name) if known else name)


def _class_key(name: str) -> str:
    return name.casefold()


def _read_parent(draft: Draft, row: Row, pupil_key: str) -> None:
    parent = RosterParent(
        row.get("parent_id"),
        row.get("parent_first_name", "parent_forename"),
        row.get("parent_last_name", "parent_surname"),
        draft.email(row, row.get("parent_email")),
        row.get("parent_phone"),
    )
    if draft.parents.add(row, parent):
        relation = RosterRelation(
            pupil_key,
            parent.key,
            row.get("relation").casefold(),
            # What cannot be read counts as the answer that protects the pupil.
            _yes(draft, row, "parental_responsibility", unreadable=False),
            _yes(draft, row, "order_against_contact", unreadable=True),
        )
        draft.relate(row, relation)


def _yes(draft: Draft, row: Row, column: str, *, unreadable: bool) -> bool:
    word = row.get(column)
    answer = _ANSWERS.get(word.casefold()) if word else False
    if answer is None:
        taken = "yes" if unreadable else "no"
        draft.bad(
            row, f"“{word[:40]}” under {column} is neither yes nor no. It is read as {taken}."
        )
        return unreadable
    return answer


def _read_staff(draft: Draft, name: str, *, alone: bool) -> None:
    for row in draft.table(name, ("staff_id",), FIRST_NAME, LAST_NAME).rows:
        staff = RosterStaff(
            row.get("staff_id"),
            row.get(*FIRST_NAME),
            row.get(*LAST_NAME),
            draft.email(row, row.get("email")),
            row.get("role").casefold(),
        )
        if not draft.staff.add(row, staff):
            continue
        for class_name in filter(None, map(str.strip, row.get("class").split(";"))):
            if alone:
                _keep_class(draft, class_name)
            draft.enrol_staff(row, staff.key, _class_key(class_name))
