"""What a picture says beside its pixels: which kinds are there, and when it was taken.

Nothing here cleans a file. Copies are clean because they are rebuilt from pixels; this
only lets us tell the person what was left behind. The walkers stop at the first thing
that makes no sense, since the files come from strangers.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PIL import (
    ExifTags,
    Image,
    TiffImagePlugin,  # noqa: F401  Pillow wants it at its first EXIF, when no file opens any more
)

Part = tuple[str, bytes]

# An FF in the scan of a JPEG is data when 00 follows, and a restart mark when D0 to D7 does.
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_JPEG_KINDS = (
    (0xE0, b"JFIF", None),
    (0xE0, b"JFXX", "thumbnail"),
    (0xE1, b"Exif\0", "exif"),
    (0xE1, b"http://ns.adobe.com/x", "xmp"),
    (0xE2, b"ICC_PROFILE", "icc"),
    (0xE2, b"MPF\0", "mpf"),
    (0xED, b"Photoshop", "iptc"),
    (0xEE, b"Adobe", None),
    (0xFE, b"", "comment"),
)
_PNG_KINDS = {
    b"eXIf": "exif",
    b"iCCP": "icc",
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"tIME": "time",
}
_PNG_PLAIN = set(
    b"IHDR PLTE IDAT IEND tRNS bKGD cHRM gAMA sBIT sRGB cICP hIST pHYs sPLT".split()
) | set(b"acTL fcTL fdAT".split())
_WEBP_KINDS = {b"EXIF": "exif", b"XMP ": "xmp", b"ICCP": "icc"}
_WEBP_PLAIN = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}


@dataclass(frozen=True)
class Metadata:
    """Kinds in a fixed order, and the camera's clock: with an offset only if it said one."""

    kinds: tuple[str, ...]
    taken_at: datetime | None


def described(parts: Iterable[Part]) -> Metadata:
    """Sum up the parts of a file; what lies inside the first EXIF block is named too."""
    parts = list(parts)
    kinds = {kind for kind, _ in parts}
    taken_at = None
    for kind, payload in parts:
        if kind == "exif":
            inside, taken_at = _in_exif(payload)
            kinds |= inside
            break
    return Metadata(tuple(sorted(kinds)), taken_at)


def in_jpeg(data: bytes) -> Iterator[Part]:
    """Segments as ITU-T T.81 Annex B lays them, and whatever follows the end of the image."""
    at = 2
    while found := _NEXT_MARKER.search(data, at):
        marker, at = found[1][0], found.end()
        if marker == 0xD9:
            if data[at:].strip(b"\0"):
                yield "trailer", data[at:]
            return
        length = int.from_bytes(data[at : at + 2], "big")
        payload = data[at + 2 : at + length]
        at += max(length, 2)
        if marker >= 0xE0:
            kind = _jpeg_kind(marker, payload)
            if kind:
                yield kind, payload


def _jpeg_kind(marker: int, payload: bytes) -> str | None:
    for known, start, kind in _JPEG_KINDS:
        if marker == known and payload.startswith(start):
            return kind
    return "other"


def in_png(data: bytes) -> Iterator[Part]:
    """Chunks as the PNG specification (third edition) lays them."""
    at = 8
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        payload = data[at + 8 : at + 8 + length]
        at += length + 12
        if name in _PNG_KINDS:
            yield _PNG_KINDS[name], payload
            # Some programs hide a whole block in a text; its keyword says so.
            for kind in (b"exif", b"xmp", b"iptc"):
                if kind in payload[:40].lower() and name != b"eXIf":
                    yield kind.decode(), b""
        elif name == b"acTL" and int.from_bytes(payload[:4], "big") > 1:
            yield "animation", payload
        elif name not in _PNG_PLAIN:
            yield "other", payload
        if name == b"IEND":
            break
    if data[at:]:
        yield "trailer", data[at:]


def in_webp(data: bytes) -> Iterator[Part]:
    """Chunks of the RIFF container as RFC 9649 lays them."""
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(end, len(data)):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        payload = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
        if name in _WEBP_KINDS:
            yield _WEBP_KINDS[name], payload
        elif name not in _WEBP_PLAIN:
            yield "other", payload
    if data[end:]:
        yield "trailer", data[end:]


def _in_exif(payload: bytes) -> tuple[set[str], datetime | None]:
    kinds = set()
    exif = Image.Exif()
    try:
        with warnings.catch_warnings(action="ignore"):
            exif.load(payload)
            camera = exif.get_ifd(ExifTags.IFD.Exif)
            if exif.get_ifd(ExifTags.IFD.GPSInfo):
                kinds.add("gps")
            if exif.get_ifd(ExifTags.IFD.IFD1):
                kinds.add("thumbnail")
        if ExifTags.Base.MakerNote in camera:
            kinds.add("maker-note")
        clock = camera.get(ExifTags.Base.DateTimeOriginal)
        return kinds, _moment(clock, camera.get(ExifTags.Base.OffsetTimeOriginal))
    except Exception:
        # A stranger's EXIF can break its parser in any way; the picture itself is still good.
        return kinds, None


def _moment(clock: object, offset: object) -> datetime | None:
    """DateTimeOriginal, "2026:06:30 09:15:00", with OffsetTimeOriginal, "+01:00" (EXIF 2.31)."""
    text = str(clock).strip("\0 ")
    try:
        taken = datetime.fromisoformat(f"{text[:10].replace(':', '-')}T{text[11:19]}")
    except ValueError:
        return None
    try:
        return datetime.fromisoformat(taken.isoformat() + str(offset).strip("\0 "))
    except ValueError:
        return taken
