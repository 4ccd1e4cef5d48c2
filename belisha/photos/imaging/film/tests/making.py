"""Small clips made for the tests: pictures that move, and what a joker may make of a clip."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT, RATE = 320, 240, 10


def clip(
    pictures: Iterable[Image.Image],
    *,
    rate: int = RATE,
    codec: str = "libx264",
    sound: bool = False,
    kind: str = "mp4",
    words: dict[str, str] | None = None,
) -> bytes:
    """An MP4 (or MOV) of these pictures, perhaps with a hum, and with words in its head."""
    out = io.BytesIO()
    options = {"movflags": "use_metadata_tags"}
    with av.open(out, "w", format=kind, options=options) as film:
        film.metadata.update(words or {})
        stream = film.add_stream(codec, rate=rate)
        stream.pix_fmt = "yuv420p"
        hum = film.add_stream("aac", rate=48_000) if sound else None
        count = 0
        for count, picture in enumerate(pictures, 1):
            if count == 1:
                stream.width, stream.height = picture.size
            frame = av.VideoFrame.from_ndarray(np.asarray(picture.convert("RGB")), "rgb24")
            frame.pts = count - 1
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
        if hum:
            for frame in _hum(count / rate):
                film.mux(hum.encode(frame))
            film.mux(hum.encode(None))
    return out.getvalue()


def _hum(seconds: float) -> Iterator[av.AudioFrame]:
    for start in range(0, round(seconds * 48_000), 1024):
        wave = np.sin((np.arange(1024) + start) * 440 * 2 * np.pi / 48_000)
        frame = av.AudioFrame.from_ndarray(
            np.stack([wave, wave]).astype(np.float32), "fltp", "stereo"
        )
        frame.sample_rate, frame.pts = 48_000, start
        frame.time_base = Fraction(1, 48_000)
        yield frame


def room(number: int) -> Image.Image:
    """A dark room in which a white square goes to the right, frame by frame."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (10, 10, 10))
    left = 20 + number * 10
    ImageDraw.Draw(picture).rectangle((left, 100, left + 29, 139), fill="white")
    return picture


def across(
    picture: Image.Image, count: int, *, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Iterator[Image.Image]:
    """What a camera sees that goes over a picture from left to right."""
    scale = size[1] / picture.height
    wide = picture.resize((round(picture.width * scale), size[1]))
    way = max(0, wide.width - size[0])
    for number in range(count):
        left = round(way * number / max(1, count - 1))
        yield wide.crop((left, 0, left + size[0], size[1]))


def frames_of(film: bytes) -> list[np.ndarray]:
    """Every picture of a film as RGB, decoded in the plainest way."""
    with av.open(io.BytesIO(film)) as opened:
        return [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]


def streams_of(film: bytes) -> list[str]:
    with av.open(io.BytesIO(film)) as opened:
        return [stream.type for stream in opened.streams]


def broken(film: bytes, share: float = 0.95) -> bytes:
    """The same with nonsense where its later pictures are."""
    body = film.index(b"mdat") + 4
    end = film.index(b"moov", body) - 4
    at = body + round((end - body) * share)
    return film[:at] + b"\x5a" * (end - at) + film[end:]


def turned(film: bytes) -> bytes:
    """The same, said to be lying on its side: a quarter turn in the matrix of its track header."""
    head = _header(film, b"tkhd")
    at = head + 40  # version 0: the matrix follows 40 bytes after the name
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    return film[:at] + matrix + film[at + len(matrix) :]


def that_claims(film: bytes, *, width: int = 0, height: int = 0, seconds: float = 0) -> bytes:
    """The same with a lie in its headers: of its size in pixels or its length."""
    data = bytearray(film)
    if width:
        struct.pack_into(">HH", data, _header(film, b"avc1") + 24, width, height)
        data = data.replace(b"avcC", b"free")  # the decoder would know better
    if seconds:
        at = _header(film, b"mdhd") + 12
        (scale,) = struct.unpack_from(">I", data, at)
        struct.pack_into(">I", data, at + 4, round(seconds * scale))
        if seconds > 1:  # a decoder believes the times of the pictures more than that
            times = _header(film, b"stts") + 8
            (count,) = struct.unpack_from(">I", data, times)
            struct.pack_into(">I", data, times + 4, round(seconds * scale / count))
            data = data.replace(b"edts", b"free")  # which would say where it really ends
    return bytes(data)


def _header(film: bytes, name: bytes) -> int:
    """Where the payload of the first box of this name begins."""
    return film.index(name) + 4
