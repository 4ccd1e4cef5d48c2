"""Markdown: what it means by its marks, with the printed numbers that it knows nothing of kept."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.plain_text import blocks_in, decoded
from belisha.policy.importing.web_page import blocks_of_html

_HEAD = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def read_markdown(data: bytes) -> list[Block]:
    """The blocks of a Markdown file; raises Unreadable."""
    text = decoded(data)
    head = _HEAD.match(text)
    found = [*_pairs(head[1])] if head else []
    if head:
        text = text[head.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"])
    return [*found, *_Reading(parser.parse(text)).blocks()]


def _pairs(head: str) -> Iterator[Block]:
    for line in head.split("\n"):
        if found := re.match(r"^([A-Za-z][\w -]{0,40}):\s*(\S.*)$", line):
            yield Block("", cells=(found[1].replace("_", " "), found[2].strip("\"'")))


class _Reading:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._lists: list[_List] = []
        self._number = ""
        self._bullet = False
        self._heading = 0
        self._row: list[str] | None = None

    def blocks(self) -> Iterator[Block]:
        for place, token in enumerate(self._tokens):
            kind = token.type
            if kind in ("ordered_list_open", "bullet_list_open"):
                self._lists.append(_List(self._tokens, place))
            elif kind in ("ordered_list_close", "bullet_list_close"):
                self._lists.pop()
            elif kind == "list_item_open":
                self._number, self._bullet = self._lists[-1].next(token)
            elif kind == "list_item_close":
                self._number, self._bullet = "", False
            elif kind == "heading_open":
                self._heading = int(token.tag[1])
            elif kind == "heading_close":
                self._heading = 0
            elif kind == "tr_open":
                self._row = []
            elif kind == "tr_close":
                names = self._tokens[place + 1].type == "thead_close"
                filled = [cell for cell in self._row or () if cell]
                if len(filled) == 1:
                    yield Block(filled[0])
                else:
                    yield Block("", cells=tuple(self._row or ()), names=names)
                self._row = None
            elif kind == "inline":
                yield from self._inline(token)
            elif kind in ("code_block", "fence"):
                yield from blocks_in(token.content)
            elif kind == "html_block":
                yield from self._html(token)

    def _inline(self, token: Token) -> Iterator[Block]:
        text, bold = _said(token.children or [])
        if self._row is not None:
            self._row.append(text)
            return
        if self._bullet:
            text = re.sub(r"^\[[ xX]\]\s", "", text)  # a box to tick
        yield Block(
            text,
            number=self._number,
            bullet=self._bullet,
            level=len(self._lists),
            heading=self._heading,
            bold=bold,
        )
        self._number, self._bullet = "", False

    def _html(self, token: Token) -> Iterator[Block]:
        if re.sub(r"<!--.*?-->|<[^>]*>|\s", "", token.content, flags=re.S):
            yield from blocks_of_html(token.content)


class _List:
    """One list. Where every item has the same number, Markdown counts them itself."""

    def __init__(self, tokens: list[Token], place: int) -> None:
        opening = tokens[place]
        self._ordered = opening.type == "ordered_list_open"
        self._mark = opening.markup
        infos = []
        for token in tokens[place + 1 :]:
            if token.type == "ordered_list_close" and token.level == opening.level:
                break
            if token.type == "list_item_open" and token.level == opening.level + 1:
                infos.append(token.info)
        self._counts = len(set(infos)) == 1 and len(infos) > 1
        self._next = int(infos[0]) if self._ordered and infos and infos[0].isdigit() else 1

    def next(self, token: Token) -> tuple[str, bool]:
        if not self._ordered:
            return "", True
        number = str(self._next) if self._counts else token.info
        self._next += 1
        return f"{number}{self._mark}", False


def _said(tokens: list[Token]) -> tuple[str, bool]:
    """The text of a line and whether all of it is bold."""
    text: list[str] = []
    strong = bold = shown = 0
    for token in tokens:
        if token.type in ("text", "code_inline"):
            text.append(token.content)
            count = len(token.content.strip())
            shown += count
            bold += count if strong else 0
        elif token.type in ("softbreak", "hardbreak"):
            text.append("\n")
        elif token.type == "strong_open":
            strong += 1
        elif token.type == "strong_close":
            strong -= 1
        elif token.type == "html_inline" and _BREAK.match(token.content):
            text.append("\n")
    return "".join(text), shown > 0 and bold >= shown
