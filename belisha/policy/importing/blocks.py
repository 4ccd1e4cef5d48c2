"""What every reader yields, whatever the format: the paragraphs of a document, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or row of a table.

    `text` may hold ``\\n`` where the document breaks a line within a paragraph, and tabs.
    `number` is what the format itself counts and prints before it (``i.``, ``(a)``, ``1.1``); what
    somebody typed is still in the text. `level` is how deep it is indented or how many lists are
    around it. `heading` is the level of its heading style, 0 for none. `size` is its height beside
    that of most of the text. `cells` are those of a row, and `names` tells that they name the
    columns. `contents` marks what a contents page lists.
    """

    text: str
    number: str = ""
    bullet: bool = False
    level: int = 0
    heading: int = 0
    title: bool = False
    bold: bool = False
    size: float = 1.0
    cells: tuple[str, ...] = ()
    names: bool = False
    contents: bool = False
