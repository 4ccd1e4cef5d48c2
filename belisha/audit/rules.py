"""How one row of the record is chained to the row before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Link:
    """A row as the chain sees it: its place, what it says, and the two hashes (hex SHA-256)."""

    number: int
    said: dict[str, Any]
    before: str
    hash: str


def link_hash(number: int, said: dict[str, Any], before: str) -> str:
    """Return the hash of a row: SHA-256 over canonical JSON (RFC 8785; texts, integers, nulls)."""
    leaf = {"number": number, "said": said, "before": before}
    text = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_wrong(links: Iterable[Link], *, length: int, head: str) -> tuple[int, str] | None:
    """Walk one school's chain; return the number of the first wrong row and why, or None.

    `length` and `head` are what the chain's last act remembered: they show a tail cut off.
    """
    before, number = BEGINNING, 0
    for link in links:
        number += 1
        if link.number != number:
            return number, "this row is missing"
        if link.before != before:
            return number, "it does not follow the row before it"
        if link.hash != link_hash(link.number, link.said, link.before):
            return number, "it says something else than when it was written"
        before = link.hash
    if number < length:
        return number + 1, "the end of the record is missing"
    if number > length or before != head:
        return number, "the record is longer than what was written"
    return None
