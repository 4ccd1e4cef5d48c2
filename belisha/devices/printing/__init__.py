"""Labels for devices, as PDF on sheets of 21 (63.5 by 38.1 mm), as any stationer sells them.

No database: names and addresses come as arguments and reach typst as data, never as its language.
"""

from collections.abc import Sequence
from pathlib import Path

from belisha.people import letters
from belisha.people.letters.typesetting import typeset

HERE = Path(__file__).parent
NO_BREAK = "\N{NO-BREAK SPACE}"  # within a number


def labels_of(devices: Sequence[tuple[str, str]], *, school: str, phone: str) -> bytes:
    """Set one label for each device, given as its name and the address where it is scanned."""
    data = {
        "title": f"{school}, labels",
        "school": school,
        "found": f"Found it? Ring {phone.replace(' ', NO_BREAK)}."
        if phone
        else "Found it? Bring it to the office.",
        "labels": [{"name": name, "qr": letters.square(address)} for name, address in devices],
    }
    return typeset(HERE / "labels.typ", data)
