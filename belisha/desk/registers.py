"""Everything that the school keeps track of, on one page: where to find which register."""

from dataclasses import dataclass

from belisha.desk.states import way_to
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, STAFF, Role

REGISTERS_FOR = STAFF | GOVERNORS | {Role.PARENTS_ASSOCIATION}


@dataclass(frozen=True)
class Register:
    """One register: its name, what it holds, its icon, and the name of its first page."""

    title: str
    words: str
    icon: str
    route: str


REGISTERS = (
    Register(
        "The head’s yes", "What was asked for, and what was answered.", "answers", "approvals"
    ),
    Register("Places", "Where pictures are, and since when.", "globe", "places"),
    Register("What is public", "How much is shown, and how close.", "search", "exposure"),
    Register("Time limits", "What is past its time, and what was deleted.", "clock", "retention"),
    Register("Accounts", "The school’s own accounts, and those asked for.", "share", "accounts"),
    Register("Devices", "Cameras and tablets: who has which.", "camera", "devices"),
    Register("Confiscations", "What was taken, and given back.", "phone", "confiscations"),
    Register("Events", "Occasions, their notice and what was said aloud.", "clock", "events"),
    Register("Visitors", "Who is in the building now.", "people", "visitors"),
    Register("Complaints", "Concerns of families, by stage, in time.", "flag", "complaints"),
    Register("Cases", "What was told, for those who work on it.", "flag", "cases"),
    Register("Backups", "When all was last saved, and proven.", "box", "backups"),
    Register("Requests about data", "Who asked what we hold, and until when.", "people", "rights"),
    Register("How long we keep what", "Every kind, and what would go today.", "clock", "periods"),
)


def registers_for(user: User) -> list[tuple[Register, str]]:
    """The registers that a person may open, each with its address."""
    return [(one, url) for one in REGISTERS if (url := way_to(one.route, user))]
