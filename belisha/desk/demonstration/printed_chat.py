"""A chat that a family printed as a PDF: evidence of which two pages are looked at, one not yet."""

from datetime import datetime
from pathlib import Path

from belisha.incidents.actions.evidence import add_file, cover
from belisha.incidents.models import Case
from belisha.people.letters.typesetting import typeset
from belisha.people.models import User
from belisha.photos.imaging.box import Box

PAGES = (
    (("Zebra12", "Who sits with her tomorrow?"), ("Puffin07", "Nobody does.")),
    (("Zebra12", "She cannot see this group."), ("Toucan3", "Stop it now.")),
    (("Toucan3", "I have left. I tell my mother."),),
)


def a_chat_on_paper(case: Case, *, by: User, at: datetime) -> None:
    """The first page covered in part, the second whole; nobody has looked at the third."""
    page = {"title": "Herons only", "pages": PAGES}
    pdf = typeset(Path(__file__).parent / "chat.typ", page)
    kept = add_file(
        case,
        pdf,
        name="herons-only.pdf",
        shows="What was written in the group, printed by the girl’s mother.",
        by=by,
        at=at,
    )
    cover(kept, [Box(0.0, 1 / 12, 0.5, 1 / 6)], page=1, by=by, at=at)
    cover(kept, [], page=2, by=by, at=at)
