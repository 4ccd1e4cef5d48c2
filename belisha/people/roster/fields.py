"""What a roster and a school tell of each person, field by field, so that both compare."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from belisha.people.roster.records import OWN_LISTS, Roster
from belisha.people.rules import Role

Key = str | tuple[str, str]  # a relation is named by its pupil and its parent
Entry = Mapping[str, Any]
HERE = "at the school"
NUMBER = "number"  # in the source's system
RELATION = "is the child’s"
RESPONSIBILITY = "parental responsibility"
ORDER = "order against contact"
TEACHING = (Role.TEACHER, Role.OTHER_STAFF)  # roles that any list may give


class Kind(StrEnum):
    """The kinds of a roster, in the order in which they are taken over."""

    CLASS = "class"
    PUPIL = "child"
    PARENT = "parent"
    RELATION = "tie"
    STAFF = "member of staff"


def entries(roster: Roster) -> dict[Kind, dict[Key, Entry]]:
    """A roster as entries by kind and key. What it does not tell is None or empty.

    Two classes of one name are told apart by their numbers.
    """
    names = Counter(one.name for one in roster.classes)
    return {
        Kind.CLASS: {
            one.key: {
                "name": one.name if names[one.name] == 1 else f"{one.name} ({one.key})",
                "year group": one.year_group,
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.classes
        },
        Kind.PUPIL: {
            one.key: {
                "first name": one.first_name,
                "last name": one.last_name,
                "known as": one.known_as,
                "class": one.class_key,
                "year group": one.year_group,
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.pupils
        },
        Kind.PARENT: {
            one.key: {
                "first name": one.first_name,
                "last name": one.last_name,
                "email": one.email,
                "telephone": one.phone,
                NUMBER: one.key,
            }
            for one in roster.parents
        },
        Kind.RELATION: {
            (one.pupil_key, one.parent_key): {
                RELATION: one.relation,
                RESPONSIBILITY: one.parental_responsibility,
                ORDER: one.no_contact,
                HERE: True,
            }
            for one in roster.relations
        },
        Kind.STAFF: {
            one.key: {
                "name": f"{one.first_name} {one.last_name}".strip(),
                "email": one.email,
                "role": _role(one.role, ours=roster.source == OWN_LISTS),
                "classes": tuple(sorted(one.class_keys)),
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.staff
        },
    }


def _role(word: str, *, ours: bool) -> Role | None:
    """Read a role in a source's own word. Only our own list can mean more than teaching."""
    plain = word.casefold().replace(" ", "-")
    if plain in (Role.TEACHER, "professor", "faculty"):
        return Role.TEACHER
    if ours and plain in set(Role) - {Role.PARENT}:
        return Role(plain)
    return Role.OTHER_STAFF if plain else None


def name_of(entry: Entry) -> str:
    if "name" in entry:
        return str(entry["name"])
    return f"{entry.get('first name', '')} {entry.get('last name', '')}".strip() or "someone"


def told(entry: Entry) -> dict[str, Any]:
    """The fields that are filled."""
    return {field: value for field, value in entry.items() if value not in (None, "", ())}


def plain(words: str) -> str:
    """Words by which to find the same again: letter case and spaces do not count."""
    return " ".join(words.casefold().split())
