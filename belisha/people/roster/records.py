"""What a roster says, whatever system it came from. Keys are the ids of that system, as text."""

from dataclasses import dataclass

from belisha.lib.tables import BadLine

OWN_LISTS = "Belisha’s own lists"  # the source of our own template


@dataclass(frozen=True)
class RosterClass:
    key: str
    name: str
    year_group: int | None = None  # None: not told, or a class of several year groups


@dataclass(frozen=True)
class RosterPupil:
    key: str
    first_name: str
    last_name: str
    known_as: str = ""
    class_key: str | None = None
    year_group: int | None = None  # 0 is reception, -1 nursery


@dataclass(frozen=True)
class RosterParent:
    key: str
    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class RosterRelation:
    pupil_key: str
    parent_key: str
    relation: str  # the source's own word, in small letters
    parental_responsibility: bool  # False: may not answer for the pupil
    no_contact: bool  # an order against contact


@dataclass(frozen=True)
class RosterStaff:
    key: str
    first_name: str
    last_name: str
    email: str = ""
    role: str = ""  # the source's own word, in small letters; gives no right by itself
    class_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Everything is sorted by key, so the order of lines in the files does not matter.

    A kind of which the source holds nobody is not listed by it (older School Data Sync has no
    parents, a staff list no pupils): nobody of that kind may be taken as gone.

    `states_responsibility`: the source itself says who has parental responsibility and against
    whom there is an order. When False both are our careful reading of the word for the relation,
    fit for a new family only: what the office has recorded stands.
    """

    source: str
    states_responsibility: bool
    classes: tuple[RosterClass, ...]
    pupils: tuple[RosterPupil, ...]
    parents: tuple[RosterParent, ...]
    relations: tuple[RosterRelation, ...]
    staff: tuple[RosterStaff, ...]
    bad_lines: tuple[BadLine, ...]
    notes: tuple[str, ...]
