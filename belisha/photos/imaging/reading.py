"""A stranger's bytes to upright sRGB pixels, or a plain refusal.

The name of a file counts for nothing: the first bytes choose one of four decoders, the header
is held against the limits, and only then is anything decoded. libvips itself knows no limit
of pixels, and left to choose would open many more kinds of file than these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pi_heif
import pyvips

from .metadata import Metadata, Part, described, in_jpeg, in_png, in_webp
from .unreadable import Unreadable, weigh

MAX_PIXELS = 100_000_000
MAX_SIDE = 20_000

Pixels = npt.NDArray[np.uint8]

pi_heif.options.DECODE_THREADS = 1

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_LOOKS_LIKE = (
    (b"GIF8", "a GIF"),
    (b"II*\0", "a TIFF or a camera's raw file"),
    (b"MM\0*", "a TIFF or a camera's raw file"),
    (b"BM", "a BMP"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"PK\x03\x04", "a zip file or an office document"),
    (b"RIFF", "a sound or a video"),
    (b"\x1a\x45\xdf\xa3", "a video"),
)


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels [height, width, 3], upright, sRGB; `removed` names the metadata that was there."""

    pixels: Pixels
    taken_at: datetime | None
    removed: tuple[str, ...]

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def read(data: bytes) -> Picture:
    """Decode one photograph: JPEG, HEIC, PNG or WebP. Raises Unreadable and nothing else,
    save MemoryError."""
    weigh(len(data))
    reader = _reader(data)
    try:
        image, metadata = reader(data)
        pixels = _pixels(image)
    except pyvips.Error as error:
        if "out of memory" in str(error):
            raise MemoryError from error
        raise _damaged() from error
    return Picture(pixels, metadata.taken_at, metadata.kinds)


def _reader(data: bytes) -> Callable[[bytes], tuple[pyvips.Image, Metadata]]:
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp
    if _brands(data) & _HEIC and data[8:12] not in _AVIF:
        return _heic
    raise Unreadable(
        "not-a-picture",
        f"This is {_kind(data)}. Only JPEG, HEIC, PNG and WebP pictures can be read. "
        "Save it as a JPEG and add that.",
    )


def _jpeg(data: bytes) -> tuple[pyvips.Image, Metadata]:
    image = pyvips.Image.jpegload_buffer(data, access="sequential", fail_on="truncated")
    return _within_limits(image), described(in_jpeg(data))


def _png(data: bytes) -> tuple[pyvips.Image, Metadata]:
    image = pyvips.Image.pngload_buffer(data, access="sequential", fail_on="truncated")
    return _still(_within_limits(image), described(in_png(data)))


def _webp(data: bytes) -> tuple[pyvips.Image, Metadata]:
    image = pyvips.Image.webpload_buffer(data, access="sequential", fail_on="truncated")
    return _still(_within_limits(image), described(in_webp(data)))


def _heic(data: bytes) -> tuple[pyvips.Image, Metadata]:
    """The primary image of the file; libheif has turned it already."""
    try:
        primary = pi_heif.open_heif(data)
        _check_size(*primary.size)
        pixels = bytes(primary.data)  # the view does not keep its memory alive
        width, height = primary.size
    except (ValueError, EOFError, SyntaxError, RuntimeError, OSError, IndexError) as error:
        raise _damaged() from error
    bands = {"L": 1, "LA": 2, "La": 2, "RGB": 3, "RGBA": 4, "RGBa": 4}[primary.mode]
    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar")
    image = image.copy(interpretation="srgb" if bands > 2 else "b-w")
    if primary.premultiplied_alpha:
        image = image.unpremultiply().cast("uchar")
    if profile := primary.info.get("icc_profile"):
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image, described(_in_heic(primary.info))


def _in_heic(info: dict[str, object]) -> Iterable[Part]:
    names = {
        "exif": "exif",
        "xmp": "xmp",
        "icc_profile": "icc",
        "thumbnails": "thumbnail",
        "depth_images": "depth",
        "metadata": "other",
    }
    for name, kind in names.items():
        if value := info.get(name):
            yield kind, value if isinstance(value, bytes) else b""


def _within_limits(image: pyvips.Image) -> pyvips.Image:
    _check_size(image.width, image.height)
    return image


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Unreadable(
            "too-many-pixels",
            f"This picture is {width:,} by {height:,} dots, which is too large to open safely. "
            "Save a smaller copy and add that.",
        )


def _still(image: pyvips.Image, metadata: Metadata) -> tuple[pyvips.Image, Metadata]:
    pages = image.get("n-pages") if image.get_typeof("n-pages") else 1
    if pages > 1 or "animation" in metadata.kinds:
        raise Unreadable(
            "animated", "This picture moves. Add one still picture from it, saved as a JPEG."
        )
    return image, metadata


def _pixels(image: pyvips.Image) -> Pixels:
    turned = image.get_typeof("orientation") and image.get("orientation") > 1
    image = _srgb(image)
    if image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    if turned:
        # Turning jumps about in the picture, which a stream cannot.
        image = image.copy_memory().autorot()
    if image.bands != 3 or image.format != "uchar":
        raise _damaged()
    pixels = np.frombuffer(image.write_to_memory(), np.uint8)
    return pixels.reshape(image.height, image.width, 3)


def _srgb(image: pyvips.Image) -> pyvips.Image:
    if image.get_typeof("icc-profile-data"):
        try:
            return image.icc_transform(
                "srgb", embedded=True, black_point_compensation=True, depth=8
            )
        except pyvips.Error:
            pass  # a profile that does not fit its picture is as good as none
    return image.colourspace("srgb")


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        "This picture is damaged or was only partly copied. Copy it from the camera again.",
    )


def _brands(data: bytes) -> set[bytes]:
    """The major and compatible brands of an ISO media file (ISO/IEC 14496-12, 4.3)."""
    if data[4:8] != b"ftyp":
        return set()
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    return {box[at : at + 4] for at in range(0, len(box), 4)}


def _kind(data: bytes) -> str:
    """What a file that is not on the list seems to be, in words for a person."""
    head = data[:1024].lower()
    if brands := _brands(data):
        return "an AVIF" if brands & _AVIF else "a video"
    for start, kind in _LOOKS_LIKE:
        if data.startswith(start):
            return kind
    if b"%pdf-" in head:
        return "a PDF document"
    if b"<svg" in head:
        return "an SVG drawing"
    if b"<html" in head or b"<!doctype html" in head:
        return "a web page"
    return "some other kind of file"
