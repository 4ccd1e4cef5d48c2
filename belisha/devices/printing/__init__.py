"""Labels for devices, as PDF on sheets of 21 (63.5 by 38.1 mm), as any stationer sells them.

No database: names and addresses come as arguments and reach typst as data, never as its language.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from belisha.people import letters

HERE = Path(__file__).parent


def labels_of(devices: Sequence[tuple[str, str]], *, school: str, phone: str) -> bytes:
    """Set one label for each device, given as its name and the address where it is scanned."""
    data = {
        "title": f"{school}, labels",
        "school": school,
        "found": f"Found it? Ring {phone}." if phone else "Found it? Bring it to the office.",
        "labels": [{"name": name, "qr": letters.square(address)} for name, address in devices],
    }
    compiled: bytes = typst.compile(
        HERE / "labels.typ",
        root=HERE,
        font_paths=[letters.HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
    )
    return compiled
