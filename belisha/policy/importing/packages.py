"""Documents that are a ZIP of XML (DOCX, ODT), opened with limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from belisha.policy.importing.unreadable import Unreadable

ENTRIES = 5_000
BYTES = 20_000_000  # of one part, unpacked: a policy of 400 pages has about 3 million
DEEPEST = 250

BROKEN = "This file is damaged and cannot be opened. Open it in a word processor and save it again."
TOO_LARGE = "This file holds far more than a policy does. Save it again without pictures."


class Package:
    """A ZIP whose parts are read one by one, each no larger than a document needs."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable(BROKEN) from None
        if len(self._zip.namelist()) > ENTRIES:
            raise Unreadable(TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.namelist()

    def names(self) -> list[str]:
        return self._zip.namelist()

    def bytes_of(self, name: str) -> bytes:
        """One part; raises Unreadable."""
        try:
            with self._zip.open(name) as part:
                data = part.read(BYTES + 1)
        except RuntimeError:  # it asks for a password
            raise Unreadable(
                "This file is protected with a password. Save it without one and try again."
            ) from None
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
            raise Unreadable(BROKEN) from None
        except NotImplementedError:
            raise Unreadable(BROKEN) from None
        if len(data) > BYTES:
            raise Unreadable(TOO_LARGE)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of one part, or None where there is no such part."""
        return parsed(self.bytes_of(name)) if name in self else None


def parsed(data: bytes) -> etree._Element:
    """XML without entities, network or a type of its own; raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(BROKEN) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unreadable(BROKEN)
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name, or None."""
    if element is None:
        return None
    for key, text in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(text)
    return None


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child by a path of local names."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if element is not None:
        yield from (one for one in element if local(one) == name)
