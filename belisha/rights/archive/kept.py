"""Every kind of row with sealed bytes behind it, of all areas."""

from belisha.lib.sealing import BrokenSeal
from belisha.photos.kept import KEPT as PHOTOS
from belisha.photos.store import Missing
from belisha.policy.kept import KEPT as POLICY

KEPT = (*PHOTOS, *POLICY)
OF = {kept.model: kept for kept in KEPT}
ENDINGS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
)


def ending(data: bytes) -> str:
    """How the name of a file ends, by what the file says of itself, so that it can be opened."""
    if data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1") else "mp4"
    return next((name for start, name in ENDINGS if data.startswith(start)), "bin")


def all_open() -> dict[str, int]:
    """Open everything that lies sealed: how many opened, were missing, and were broken."""
    found = {"opened": 0, "missing": 0, "broken": 0}
    for one in KEPT:
        for row in one.model._base_manager.order_by("pk").iterator(chunk_size=500):
            try:
                one.open(row)
            except Missing:
                found["missing"] += 1
            except BrokenSeal:
                found["broken"] += 1
            else:
                found["opened"] += 1
    return found
