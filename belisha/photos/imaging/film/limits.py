"""What a clip may be at most, and what a person is told when one cannot be taken."""

from __future__ import annotations

from belisha.photos.imaging.unreadable import Unreadable

MAX_BYTES = 500 * 1024 * 1024
MAX_SECONDS = 10 * 60
MAX_FRAMES = MAX_SECONDS * 60
MAX_SIDES = (4096, 2304)  # the longer and the shorter side, in pixels: 4K
MAX_TRACKS = 300

SAID_BEFORE = (
    f"Clips are MP4 or MOV: up to {MAX_BYTES // 1024**2} MB, {MAX_SECONDS // 60} minutes and 4K."
)


def weigh_clip(size: int) -> None:
    """Refuse what is too little or too much (bytes) before anything looks inside."""
    if not size:
        raise Unreadable("empty", "This file is empty. Copy it from the tablet again.")
    if size > MAX_BYTES:
        raise Unreadable(
            "too-large",
            f"This clip is larger than {MAX_BYTES // 1024 // 1024} MB. Cut it shorter and add "
            "that.",
        )


def looks_like_a_clip(start: bytes) -> bool:
    """Whether the first bytes of a file are those of an MP4 or MOV, which no picture's are.

    It only chooses who reads the file. What it really is the reader finds out, behind its walls.
    """
    if start[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):  # QuickTime without a type
        return True
    still = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
    return start[4:8] == b"ftyp" and start[8:12] not in still | {b"avif", b"avis"}


def not_a_clip() -> Unreadable:
    return Unreadable(
        "not-a-clip",
        "This is no clip that can be read. Only MP4 and MOV files with H.264 or HEVC pictures "
        "can. Save it as an MP4 and add that.",
    )


def damaged() -> Unreadable:
    return Unreadable(
        "damaged", "This clip is damaged or was only partly copied. Copy it from the tablet again."
    )


def too_long() -> Unreadable:
    return Unreadable(
        "too-long",
        f"This clip is longer than {MAX_SECONDS // 60} minutes, or has too many pictures in it. "
        "Cut it shorter and add that.",
    )


def too_wide(width: int, height: int) -> Unreadable:
    return Unreadable(
        "too-many-pixels",
        f"This clip is {width:,} by {height:,} dots, which is too large to open safely. "
        "Save it in 1080p and add that.",
    )


def too_bright() -> Unreadable:
    return Unreadable(
        "hdr",
        "This clip was recorded in HDR, which other screens show wrongly. Turn HDR off in the "
        "camera’s settings, or save the clip in the usual colours, and add that.",
    )


def too_many_faces() -> Unreadable:
    return Unreadable(
        "too-many-faces",
        "There are too many faces in this clip to name them all. Cut it shorter and add that.",
    )


def clip_too_hard() -> Unreadable:
    return Unreadable(
        "too-hard",
        "This clip took too much time or memory to open. Cut it shorter, or save it again as an "
        "MP4, and add that.",
    )
