"""A bundle, and a certificate, as a PDF (PDF/UA-1). Words reach typst as data alone."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from belisha.lib.held import Fact
from belisha.people.letters.typesetting import typeset

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
    return typeset(HERE / "bundle.typ", data)
