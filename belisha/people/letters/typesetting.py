"""Setting a page: what all that is printed as PDF has in common."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set a typst template with `data` as a PDF, tagged for those who have it read out (PDF/UA-1).

    The data reach typst as JSON and never as its language, so nothing that somebody typed can
    change the page. A name may hold a letter that our fonts lack; then the machine's fonts help,
    and the promise of PDF/UA is not made: a page that can be read is better than none.
    """
    words: dict[str, Any] = {
        "root": template.parent,
        "font_paths": [FONTS],
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(data)},
    }
    compiled: bytes
    try:
        compiled = typst.compile(template, ignore_system_fonts=True, pdf_standards="ua-1", **words)
    except typst.TypstError:
        compiled = typst.compile(template, **words)
    return compiled
