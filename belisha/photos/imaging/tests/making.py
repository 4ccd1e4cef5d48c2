"""Small pictures made for the tests, with whatever a camera or a joker may put into one."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pyvips
from PIL import ExifTags, Image, PngImagePlugin

SHARED = Path(__file__).parents[4].parent / "shared" / "data"
CANARY = b"CANARY"


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """Smooth, and different in every corner, so that any turn or change of colour shows."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([x * 255 / width, y * 255 / height, 255 - x * 160 / width], -1)
    return Image.fromarray(pixels.astype(np.uint8))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 95, **options}
    image.save(out, kind, **options)
    return out.getvalue()


def vips(image: Image.Image) -> pyvips.Image:
    pixels = np.asarray(image)
    made = pyvips.Image.new_from_memory(pixels.tobytes(), image.width, image.height, 3, "uchar")
    return made.copy(interpretation="srgb")


def exif(orientation: int = 1) -> bytes:
    """EXIF with a place, a time, a maker's note and, at its end, an uncropped small picture."""
    block = Image.Exif()
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.Artist] = "CANARY artist"
    block[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: "2026:06:30 09:15:00",
        ExifTags.Base.OffsetTimeOriginal: "+01:00",
        ExifTags.Base.MakerNote: b"CANARY maker",
    }
    block[ExifTags.IFD.GPSInfo] = {1: "N", 2: (51.0, 30.0, 12.5), 29: "2026:06:30"}
    tiff = bytearray(block.tobytes()[6:])
    # Pillow writes no second directory: the first one's end is pointed at one of our own.
    order = "<" if tiff[:2] == b"II" else ">"
    first = struct.unpack_from(order + "L", tiff, 4)[0]
    entries = struct.unpack_from(order + "H", tiff, first)[0]
    struct.pack_into(order + "L", tiff, first + 2 + entries * 12, len(tiff))
    small = saved(scene(16, 12), comment=b"CANARY thumbnail")
    start = len(tiff) + 2 + 2 * 12 + 4
    tiff += struct.pack(order + "H", 2)
    tiff += struct.pack(order + "HHLL", 0x201, 4, 1, start)
    tiff += struct.pack(order + "HHLL", 0x202, 4, 1, len(small)) + struct.pack("L", 0)
    return b"Exif\0\0" + bytes(tiff) + small


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def p3_profile() -> bytes:
    return bytes(vips(scene()).icc_transform("p3").get("icc-profile-data"))


def talkative_jpeg() -> bytes:
    """Everything that a JPEG can say beside its pixels."""
    plain = saved(scene())
    said = [
        segment(0xE1, exif()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>CANARY</x:xmpmeta>"),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01" + p3_profile() + b"CANARY"),
        segment(0xE2, b"MPF\0CANARY"),
        segment(0xEB, b"JP\0\0CANARY"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0b\x1c\x02\x78\0\x06CANARY\0"),
        segment(0xFE, b"CANARY comment"),
    ]
    return plain[:2] + b"".join(said) + plain[2:] + b"\0\0\0\x18ftypmp42CANARY"


def talkative_png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "CANARY")
    texts.add_text("Author", "CANARY", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>CANARY</x:xmpmeta>")
    texts.add(b"tIME", struct.pack(">HBBBBB", 2026, 6, 30, 9, 15, 0))
    texts.add(b"caBX", b"CANARY")
    made = saved(scene(), "PNG", pnginfo=texts, exif=exif(), icc_profile=p3_profile())
    return made + b"CANARY"


def talkative_webp() -> bytes:
    made = saved(scene(), "WEBP", exif=exif(), xmp=b"<x:xmpmeta>CANARY</x:xmpmeta>", lossless=True)
    return made + b"CANARY"


def moving(kind: str) -> bytes:
    return saved(scene(), kind, save_all=True, append_images=[scene().rotate(180)], duration=100)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes whose header promises a picture of any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        )

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_that_claims(width: int, height: int) -> bytes:
    made = bytearray(saved(scene()))
    start = made.index(b"\xff\xc0")
    struct.pack_into(">HH", made, start + 5, height, width)
    return bytes(made)


def marks(jpeg: bytes) -> list[int]:
    """The application and comment markers before the scan of a JPEG, read in the plainest way."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] >= 0xE0:
            found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def paper(*pages: bytes, size: str = "0 0 200 400", trailer: str = "") -> bytes:
    """A PDF with these contents on its pages, as small as can be."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
    ]
    font = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for n, content in enumerate(pages):
        after = f"/MediaBox[{size}]/Contents {4 + 2 * n} 0 R{font}"
        objects.append(f"<</Type/Page/Parent 2 0 R{after}>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out, at = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % one for one in at)
    ends = f"<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>"
    return bytes(out + b"trailer%s\nstartxref\n%d\n%%%%EOF" % (ends.encode(), start))
