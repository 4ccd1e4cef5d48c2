"""What a file is, told from its content; its name only decides between kinds of text."""

import re
from collections.abc import Callable

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.markdown import read_markdown
from belisha.policy.importing.open_document import read_flat_open_document, read_open_document
from belisha.policy.importing.packages import Package
from belisha.policy.importing.plain_text import decoded, read_plain_text
from belisha.policy.importing.printed import read_printed
from belisha.policy.importing.structure import outline_of
from belisha.policy.importing.unreadable import Unreadable
from belisha.policy.importing.web_page import read_web_page
from belisha.policy.importing.word import read_word
from belisha.policy.outline import Outline

LARGEST = 40_000_000  # bytes of a file: with pictures a policy may be large
BLOCKS, LETTERS = 20_000, 2_000_000  # paragraphs and letters: a long policy has a tenth of them
SAVE = "Open it in a word processor, save it as DOCX and try again."
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|h[1-6]|p|ol|ul|li|div|table)\b", re.I)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def outline_from(data: bytes, name: str) -> Outline:
    """Read a document in this very process; raises Unreadable and nothing else."""
    return outline_and_text(data, name)[0]


def outline_and_text(data: bytes, name: str) -> tuple[Outline, str]:
    """The same, and all the text of the file as it comes, before any structure is found in it."""
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    try:
        reader, marked_up = _reader(data, ending.lower())
        blocks = reader(data)
        if len(blocks) > BLOCKS or sum(len(block.text) for block in blocks) > LETTERS:
            raise Unreadable("This file holds far more than a policy does.")
        outline = outline_of(blocks, name=_as_title(stem or ending), marked_up=marked_up)
    except (RecursionError, MemoryError):
        raise Unreadable("This file is made in a way that Belisha cannot follow.") from None
    if not outline.items:
        raise Unreadable("There is no text in this file that could be a policy.")
    return outline, "\n\n".join(_as_it_comes(block) for block in blocks)


def _as_it_comes(block: Block) -> str:
    text = "   ".join(block.cells) if block.cells else block.text
    return f"{block.number or ('•' if block.bullet else '')} {text}".strip()


def _reader(data: bytes, ending: str) -> tuple[Callable[[bytes], list[Block]], bool]:
    """The reader of a file, and whether its text may hold marks of Markdown."""
    if len(data) > LARGEST:
        raise Unreadable("This file is larger than 40 MB. Save it again without pictures.")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("This file is empty.")
    if b"%PDF-" in data[:1024]:
        return read_printed, False
    if data.startswith(b"PK"):
        return _read_package, False
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(
                "This file is protected with a password. Save it without one and try again."
            )
        raise Unreadable(f"This is a file of an old word processor. {SAVE}")
    if data.startswith(b"{\\rtf"):
        raise Unreadable(f"This is an RTF file. {SAVE}")
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<?xml", b"<office:")) and b"opendocument" in data[:4096]:
        return read_flat_open_document, False
    if b"MIME-Version:" in data[:512]:
        raise Unreadable(f"This is a web archive. {SAVE}")
    if ending in ("md", "markdown", "mdown", "mkd"):
        return read_markdown, True
    if _is_web_page(data, ending):
        return read_web_page, False
    return read_plain_text, True


def _is_web_page(data: bytes, ending: str) -> bool:
    head = (
        decoded(data)[:4000].encode()
        if data.startswith((b"\xff\xfe", b"\xfe\xff"))
        else data[:4000]
    )
    if ending in ("html", "htm", "xhtml"):
        return b"<" in head
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and bool(_PAGE.search(head))


def _read_package(data: bytes) -> list[Block]:
    package = Package(data)
    if "[Content_Types].xml" in package or "word/document.xml" in package:
        if not any(name.startswith("word/") for name in package.names()):
            raise Unreadable(
                "This is no text document but a table or slides. Save its text as DOCX."
            )
        return read_word(package)
    if "content.xml" in package:
        return read_open_document(package)
    raise Unreadable("This is a ZIP file that holds no document. Send the document itself.")


def _as_title(stem: str) -> str:
    return re.sub(r"[\s_-]+", " ", stem).strip()
