"""The shape of a policy's text: a title, its front matter, and clauses in their order.

An import makes an outline from a file, the shipped policies are kept as one, a version of a
document is stored as one, and the page, the print and the comparison of versions read one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One clause, paragraph or bullet, as it stands in the document.

    `number` is printed before it (``ii``, ``1.1``, ``(a)``, ``A.2``), empty for a paragraph or a
    plain bullet; `heading` is the section that it stands in, with the section's own number.
    `section` is that number alone (``B`` of ``B. Staff in a personal capacity``), or empty.
    `level` is 0 for text directly under the heading, and one more for each list around it.
    """

    number: str
    heading: str
    text: str
    section: str = ""
    level: int = 0


@dataclass(frozen=True)
class Outline:
    """A whole document. `front` holds what was found of the front matter, by its usual names:
    author, checker, approved_by, approved, issued, review, and what else the document calls them.
    """

    title: str
    items: tuple[Item, ...]
    front: Mapping[str, str] = field(default_factory=dict)


def addresses(items: Iterable[Item]) -> list[str]:
    """Give each item an address that no other item has, fit for an anchor: ``B.ii``, ``1.1``.

    A number that names its section already stands alone. What has no number is counted within its
    section: ``B.p1``, ``B.p2``. A number that comes twice gets ``~2``.
    """
    given: list[str] = []
    unnumbered: dict[str, int] = {}
    times: dict[str, int] = {}
    headings: list[str] = []
    above: list[tuple[int, str]] = []
    for item in items:
        if item.heading not in headings:
            headings.append(item.heading)
        section = plain(item.section) or f"s{headings.index(item.heading) + 1}"
        while above and above[-1][0] >= item.level:
            above.pop()
        number = plain(item.number)
        if not number:
            unnumbered[section] = unnumbered.get(section, 0) + 1
            address = f"{section}.p{unnumbered[section]}"
        elif number.startswith(f"{section}.") or _is_whole(number, section):
            address = number
        else:
            address = f"{above[-1][1] if above else section}.{number}"
        times[address] = times.get(address, 0) + 1
        if number:
            above.append((item.level, address))
        given.append(address if times[address] == 1 else f"{address}~{times[address]}")
    return given


def plain(number: str) -> str:
    """A printed number without its brackets and last stop: ``(a)`` is ``a``, ``ii.`` is ``ii``."""
    return "".join(mark for mark in number.strip() if mark.isalnum() or mark in ".-").strip(".")


def _is_whole(number: str, section: str) -> bool:
    """Whether a number such as ``3.1`` or ``A.2`` needs no section before it."""
    return "." in number and not section.startswith("s")
