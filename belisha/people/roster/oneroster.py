"""OneRoster 1.1 bundles, and Microsoft School Data Sync v2 and v2.1, which grew from it.

Sources: 1EdTech OneRoster 1.1 "CSV Tables"; Microsoft Learn, "SDS v2.1 CSV file format". The
columns have the same names. They differ in where a person's role stands (users or roles) and how
families are told (`agentSourcedIds` or relationships). Other files of the bundle are not opened.
"""

from collections.abc import Mapping

from belisha.lib.tables import Row
from belisha.people.roster.bundle import BadRoster, Bundle
from belisha.people.roster.draft import Draft
from belisha.people.roster.records import (
    Roster,
    RosterClass,
    RosterParent,
    RosterPupil,
    RosterRelation,
    RosterStaff,
)

STAFF = {
    "teacher", "aide", "administrator", "proctor",  # OneRoster 1.1
    "professor", "lecturer", "adjunct", "staff", "faculty", "principal", "counselor", "other",
    "districtadministrator", "siteadministrator", "systemadministrator",
}  # fmt: skip
RESPONSIBLE = {"parent", "guardian", "mother", "father"}
FAMILY = RESPONSIBLE | {"relative"}

_ID = ("sourcedId",)
_AGENTS = ("agentSourcedIds", "agents")


def read_oneroster(bundle: Bundle) -> Roster:
    """Read such a bundle; raise `BadRoster`, `UnreadableTable`."""
    _refuse_changes_only(bundle)
    draft = Draft(bundle, _source(bundle))
    homerooms = _read_classes(draft)
    joined = _relationships(draft)
    family = _read_users(draft, contacts={parent for _, _, parent, _ in joined})
    for row, pupil_key, parent_key, word in joined or _agents(draft, family):
        relation = RosterRelation(pupil_key, parent_key, word, word in RESPONSIBLE, False)
        draft.relate(row, relation)
    _read_enrolments(draft, homerooms)
    return draft.roster()


def _source(bundle: Bundle) -> str:
    if "relationships.csv" in bundle or ("roles.csv" in bundle and "manifest.csv" not in bundle):
        return "School Data Sync v2.1"
    enrolments = bundle.table("enrollments.csv")
    return "OneRoster" if enrolments.has("sourcedId") else "School Data Sync v2"


def _refuse_changes_only(bundle: Bundle) -> None:
    if "manifest.csv" not in bundle:
        return
    for row in bundle.table("manifest.csv").rows:
        if row.get("propertyName").startswith("file.") and row.get("value").casefold() == "delta":
            # Everyone who is not in it would count as gone.
            raise BadRoster("This bundle holds changes only. Export the whole roster (“bulk”).")


def _gone(row: Row) -> bool:
    return row.get("status").casefold() == "tobedeleted"


def _read_classes(draft: Draft) -> set[str]:
    """Keep the classes; tell which are homerooms, the class teacher's own."""
    homerooms, schools = set(), set()
    for row in draft.table("classes.csv", _ID, ("title",)).rows:
        key = row.get("sourcedId")
        if _gone(row):
            draft.classes.left_out.add(key)
            continue
        grades = row.get("grades", "grade")
        year = None if "," in grades else draft.year(row, grades)  # several: a mixed class
        draft.classes.add(row, RosterClass(key, row.get("title"), year))
        schools.add(row.get("schoolSourcedId", "orgSourcedId"))
        if row.get("classType").casefold() == "homeroom":
            homerooms.add(key)
    if len(schools) > 1:
        draft.notes.add(f"The classes belong to {len(schools)} schools. All of them are read.")
    return homerooms


def _read_users(draft: Draft, *, contacts: set[str]) -> dict[str, str]:
    """Keep the people; tell the role of each who is family."""
    users = draft.table("users.csv", _ID, ("givenName",), ("familyName",)).rows
    roles = _roles(draft, users) if "roles.csv" in draft.bundle else None
    family = {}
    for row in users:
        key = row.get("sourcedId")
        told = row if roles is None else roles.get(key)
        if _gone(row):
            _leave_out(draft, key)
            continue
        role = told.get("role").casefold() if told else ""
        if role in FAMILY or key in contacts:
            family[key] = role
            _add_parent(draft, row, key)
        if told and role == "student":
            _add_pupil(draft, row, key, told)
        elif role in STAFF:
            _add_staff(draft, row, key, role)
        elif role not in FAMILY and key not in contacts:
            _leave_out(draft, key)
            draft.bad(row, _strange(role))
    return family


def _strange(role: str) -> str:
    return f"The role “{role[:40]}” is not known. Left out." if role else "No role. Left out."


def _leave_out(draft: Draft, key: str) -> None:
    for people in (draft.pupils, draft.parents, draft.staff):
        people.left_out.add(key)


def _add_pupil(draft: Draft, row: Row, key: str, told: Row) -> None:
    year = draft.year(told, told.get("grades", "grade"))
    names = row.get("givenName"), row.get("familyName"), row.get("preferredGivenName")
    draft.pupils.add(row, RosterPupil(key, *names, None, year))


def _add_parent(draft: Draft, row: Row, key: str) -> None:
    email = draft.email(row, row.get("email"))
    phone = row.get("phone", "sms")
    draft.parents.add(
        row, RosterParent(key, row.get("givenName"), row.get("familyName"), email, phone)
    )


def _add_staff(draft: Draft, row: Row, key: str, role: str) -> None:
    username = row.get("username")
    email = draft.email(row, row.get("email") or (username if "@" in username else ""))
    draft.staff.add(row, RosterStaff(key, row.get("givenName"), row.get("familyName"), email, role))


def _roles(draft: Draft, users: tuple[Row, ...]) -> dict[str, Row]:
    """The main role of each person: the primary one, else the first by its name."""
    known = {user.get("sourcedId") for user in users}
    roles: dict[str, list[Row]] = {}
    for row in draft.table("roles.csv", ("userSourcedId",), ("role",)).rows:
        key = row.get("userSourcedId")
        if key not in known:
            draft.bad(row, f"There is nobody with the id “{key[:80]}” in users.csv.")
        elif not _gone(row):
            roles.setdefault(key, []).append(row)
    return {key: min(rows, key=_role_rank) for key, rows in roles.items()}


def _role_rank(row: Row) -> tuple[bool, str, str]:
    primary = _true(row.get("isPrimary")) or row.get("roleType").casefold() == "primary"
    return (not primary, row.get("role").casefold(), row.get("grade"))


def _true(text: str) -> bool:
    return text.casefold() in ("true", "1", "yes")


def _relationships(draft: Draft) -> list[tuple[Row, str, str, str]]:
    """Line, pupil, parent and the word for it (School Data Sync v2.1)."""
    if "relationships.csv" not in draft.bundle:
        return []
    pupil, parent = ("userSourcedId",), ("relationshipUserSourcedId",)
    rows = draft.table("relationships.csv", pupil, parent).rows
    return [
        (row, row.get(*pupil), row.get(*parent), row.get("relationshipRole").casefold())
        for row in rows
        if not _gone(row)
    ]


def _agents(draft: Draft, family: Mapping[str, str]) -> list[tuple[Row, str, str, str]]:
    """The same from OneRoster, where pupils may name their parents, parents their children."""
    joined = []
    for row in draft.bundle.table("users.csv").rows:
        key = row.get("sourcedId")
        for other in filter(None, map(str.strip, row.get(*_AGENTS).split(","))):
            if key in draft.pupils and other not in draft.staff and other not in draft.pupils:
                joined.append((row, key, other, family.get(other, "")))
            elif key in family and other in draft.pupils:
                joined.append((row, other, key, family[key]))
    return joined


def _read_enrolments(draft: Draft, homerooms: set[str]) -> None:
    columns = ("classSourcedId",), ("userSourcedId",)
    for row in draft.table("enrollments.csv", *columns).rows:
        if _gone(row):
            continue
        key, class_key = row.get("userSourcedId"), row.get("classSourcedId")
        if key in draft.staff:
            draft.enrol_staff(row, key, class_key)
            continue
        begun = draft.day(row, row.get("beginDate"))
        rank = (
            not _true(row.get("primary")),
            class_key not in homerooms,
            -begun.toordinal() if begun else 0,
        )
        draft.enrol_pupil(row, key, class_key, rank)
