"""Rows of tables: a row of short cells stays one, a table that only arranges a page is undone."""

from collections.abc import Iterable
from dataclasses import replace

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import mark_of

LONG = 60  # words in a cell that is more than an entry


def blocks_of_row(cells: list[list[Block]], *, names: bool = False) -> Iterable[Block]:
    """One row of a table as blocks, given those in each of its cells. `names` says that the row
    names the columns; one that is all bold does so, too."""
    cells = [
        [block for block in cell if block.text or block.cells or block.number] for cell in cells
    ]
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1:
        return filled[0] if filled else []
    first, second = filled[0], filled[1]
    if len(first) == 1 and len(filled) == 2:
        number = _number_alone(first[0])
        if number is not None:
            return [
                replace(
                    second[0],
                    text=f"{number}\t{second[0].text}" if not first[0].number else second[0].text,
                    number=first[0].number or second[0].number,
                    bullet=False,
                ),
                *second[1:],
            ]
    if any(_is_more(cell) for cell in filled):
        return [block for cell in filled for block in cell]
    names = names or all(block.bold for cell in filled for block in cell)
    texts = tuple(" ".join(block.text for block in cell) for cell in cells)
    return [Block("", cells=texts, names=names)]


def _number_alone(block: Block) -> str | None:
    if block.number and not block.text:
        return block.number
    mark = mark_of(f"{block.text} X")
    return block.text if mark and mark.rest == "X" and not block.cells and not mark.label else None


def _is_more(cell: list[Block]) -> bool:
    """Whether a cell holds more than an entry: a list, a heading, several paragraphs."""
    listed = any(block.number or block.bullet or block.heading or block.cells for block in cell)
    return listed or len(cell) > 3 or sum(len(block.text.split()) for block in cell) > LONG
