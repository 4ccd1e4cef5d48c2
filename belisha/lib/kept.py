"""Rows behind which bytes lie sealed: how they are opened, and sealed anew elsewhere.

Each area that seals something says so in its `kept.py`; the open archive asks them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Kept:
    """One table whose rows have sealed bytes.

    `columns` hold the seal or its key and mean nothing elsewhere. `open` returns the bytes of a row
    and raises `BrokenSeal`, or `OSError` and its kin when they are missing; `seal` sets the columns
    of a row for bytes, unsaved. `on_disk` says where a sealed file lies, if it is not in the row.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    open: Callable[[Any], bytes]
    seal: Callable[[Any, bytes], None]
    on_disk: Callable[[Any], Path] | None = None
