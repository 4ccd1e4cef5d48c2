"""A version as its page shows it: sections with their clauses, and who stood behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from belisha.policy.models import Approval, Clause, Version
from belisha.policy.outline import plain


@dataclass(frozen=True)
class Section:
    """Clauses under one heading. `number` is that of the heading, `name` the rest of it."""

    anchor: str
    number: str
    name: str
    clauses: tuple[Clause, ...]

    @property
    def heading(self) -> str:
        return f"{self.number} {self.name}".strip()


def sections_of(clauses: Sequence[Clause]) -> list[Section]:
    """The clauses in their order, under their headings."""
    sections: list[Section] = []
    for heading, group in groupby(clauses, key=lambda clause: clause.heading):
        rows = tuple(group)
        first, _, rest = heading.partition(" ")
        has_number = bool(rest and rows[0].section and plain(first) == rows[0].section)
        number, name = (plain(first), rest) if has_number else ("", heading)
        sections.append(Section(f"section-{len(sections) + 1}", number, name, rows))
    return sections


@dataclass(frozen=True)
class Standing:
    """Who stood behind a version, and until when it holds (G.1)."""

    label: str
    author: str
    checker: str
    approvals: tuple[Approval, ...]
    issued_on: date | None
    review_on: date | None


def standing_of(version: Version) -> Standing:
    by_side = version.approvals
    return Standing(
        version.label,
        version.author,
        version.checker,
        tuple(by_side[side] for side in Approval.Side if side in by_side),
        version.issued_on,
        version.review_on,
    )
