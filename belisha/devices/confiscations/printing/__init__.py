"""A device on paper: a letter home, a receipt, the label of its envelope. Tagged PDF (PDF/UA-1).

Words reach typst as data, never as its language.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belisha.devices.confiscations.stands import Stands
from belisha.devices.confiscations.words import said_home
from belisha.devices.models import Confiscation, Returned
from belisha.lib.moments import moment
from belisha.people.letters import RIGHT_TO_LEFT
from belisha.people.letters.typesetting import typeset
from belisha.people.models import Parent

HERE = Path(__file__).parent
LETTER, RECEIPT, LABEL = "a4", "a5", "a6"  # a paper for each


@dataclass(frozen=True)
class Paper:
    """What stands on one page: a heading, paragraphs, facts as pairs, names of who signs."""

    title: str
    school: str
    size: str
    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    language: str = "en-gb"


def letter_of(row: Confiscation, stands: Stands, parent: Parent) -> bytes:
    """A letter to a parent in their language. It names no child but by the hand it goes through."""
    language = parent.language or settings.LANGUAGE_CODE
    with translation.override(language):
        paper = Paper(
            _("%(school)s has a device of your child") % {"school": row.school.name},
            row.school.name,
            LETTER,
            words=(
                str(parent),
                date_format(timezone.localdate(), "j E Y"),
                _("Dear parent or carer,"),
                *said_home(row, stands),
            ),
            language=language,
        )
    return _set(paper)


def receipt_of(row: Confiscation, stands: Stands) -> bytes:
    """What was taken, and what became of it, with lines to sign on."""
    facts = [
        ("Taken", moment(row.seized_at)),
        ("By", row.seized_by.name),
        ("From", _child(row)),
        ("What", str(row)),
        ("Condition", row.condition or "Nothing to be seen"),
        ("When put away", row.get_power_display()),
        ("Unlocked or searched", "Yes, the head knows" if row.was_opened else "No"),
        ("Rule", row.clause),
        *((("Corrected", one.words)) for one in row.corrections.all()),
    ]
    returned: Returned | None = Returned.objects.standing().filter(confiscation=row).first()
    if returned:
        facts.append((returned.get_how_display(), f"{moment(returned.at)} {returned.who}".strip()))
    else:
        facts.append(("To be collected by", moment(stands.back_by)))
    return _set(
        Paper(
            "Receipt for a device",
            row.school.name,
            RECEIPT,
            facts=tuple(facts),
            signs=("For the school", "Received by"),
        )
    )


def label_of(row: Confiscation, stands: Stands) -> bytes:
    """The label: the number large, so that it is found on the shelf."""
    where = stands.stored
    return _set(
        Paper(
            f"Envelope {where.envelope}" if where else "Not in the office yet",
            row.school.name,
            LABEL,
            facts=(
                ("From", _child(row)),
                ("What", str(row)),
                ("Taken", f"{moment(row.seized_at)}, {row.seized_by.name}"),
                ("Shelf", where.shelf if where else ""),
                ("Collect by", moment(stands.back_by)),
            ),
        )
    )


def _child(row: Confiscation) -> str:
    of = f", {row.pupil.school_class}" if row.pupil.school_class else ""
    return f"{row.pupil.short_name}{of}"


def _set(paper: Paper) -> bytes:
    data = {
        "title": paper.title,
        "school": paper.school,
        "size": paper.size,
        "words": paper.words,
        "facts": paper.facts,
        "signs": paper.signs,
        "lang": paper.language.partition("-")[0],
        "dir": "rtl" if paper.language in RIGHT_TO_LEFT else "ltr",
    }
    return typeset(HERE / "paper.typ", data)
