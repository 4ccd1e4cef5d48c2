"""A bundle, and a certificate, as a PDF (PDF/UA-1). Words reach typst as data alone."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import typst

from belisha.lib.held import Fact
from belisha.people import letters

HERE = Path(__file__).parent


def pdf_of(
    title: str, school: str, facts: Sequence[Fact], parts: Iterable[tuple[str, Sequence[str]]]
) -> bytes:
    """Set it on A4: facts at the top, then each part with its heading and paragraphs."""
    data = {
        "title": title,
        "school": school,
        "facts": [fact for fact in facts if fact[1]],
        "parts": [{"heading": heading, "said": list(said)} for heading, said in parts],
    }
    compiled: bytes = typst.compile(
        HERE / "bundle.typ",
        root=HERE,
        font_paths=[letters.HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
    )
    return compiled
