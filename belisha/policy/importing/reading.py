"""A document read in a process of its own, which a hostile file can only end."""

import json
import os
import subprocess
import sys
from pathlib import Path

from belisha.policy.importing.kinds import LARGEST
from belisha.policy.importing.unreadable import Unreadable
from belisha.policy.outline import Item, Outline

SECONDS = 90
_ROOT = Path(__file__).parents[3]
TOO_HARD = "This file cannot be read in the time and memory that a policy needs."


def read(source: Path | bytes, name: str = "") -> Outline:
    """Find the structure of a document: DOCX, ODT, PDF, HTML, Markdown or plain text.

    `name` is the file's, for its ending and as the last resort for a title. Raises Unreadable with
    a sentence for the person who sent it, and OSError when a path cannot be read.
    """
    return read_with_text(source, name)[0]


def read_with_text(source: Path | bytes, name: str = "") -> tuple[Outline, str]:
    """The same, and all the text of the file as it comes, to be laid beside what was found."""
    if isinstance(source, Path):
        name = name or source.name
        if source.stat().st_size > LARGEST:
            raise Unreadable("This file is larger than 40 MB. Save it again without pictures.")
        source = source.read_bytes()
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "belisha.policy.importing.child", name.replace("\0", "")],
            input=source,
            capture_output=True,
            cwd=_ROOT,
            env=_environment(),
            timeout=SECONDS,
            check=False,
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Unreadable(TOO_HARD) from None
    if "refused" in said:
        raise Unreadable(said["refused"])
    items = tuple(Item(**item) for item in said["items"])
    return Outline(said["title"], items, said["front"]), said["text"]


def _environment() -> dict[str, str]:
    """All that the child is told: no secret of ours."""
    kept = ("SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")
    return {"LANG": "C.UTF-8", "PYTHONUTF8": "1"} | {
        name: os.environ[name] for name in kept if name in os.environ
    }
