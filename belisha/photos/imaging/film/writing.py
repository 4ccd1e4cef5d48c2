"""Frames to an MP4 with nothing in it but pictures and, on wish, sound; covered before encoding.

The film leaves in pieces while it is made. Its index stands at its beginning, so that it plays
before all of it has come; only that first part is held until the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.video.reformatter import ColorRange, Colorspace

from belisha.photos.imaging.box import Box, head_of
from belisha.photos.imaging.cover import COLOUR
from belisha.photos.imaging.reading import Pixels

from .reading import Frame, fitted

PIECE = 1 << 20
SOUND_RATE, FRAME_OF_SOUND = 48_000, 1024  # samples a second, and in each packet
_MILLISECOND = Fraction(1, 1000)
# Of the index: bytes for each frame at worst, for each bit of sound, and for all the rest.
_FOR_FRAME, _FOR_SOUND, _FOR_REST = 48, 24, 64 * 1024

Put = Callable[[int, bytes, bool], None]


class Pieces:
    """A file that is written once, from its beginning, but for its head, which may be gone back
    to."""

    def __init__(self, put: Put, head: int) -> None:
        """`put` takes number, bytes and whether it is the last. `head` is rounded up to a piece."""
        self._put = put
        self._head = bytearray(-(-head // PIECE) * PIECE)
        self._rest = bytearray()
        self._sent = self._at = self._size = 0

    def write(self, data: bytes) -> int:
        left = memoryview(data)
        if self._at < len(self._head):
            part = left[: len(self._head) - self._at]
            self._head[self._at : self._at + len(part)] = part
            self._at, left = self._at + len(part), left[len(part) :]
            self._size = max(self._size, self._at)
        if left:
            if self._at != self._size:
                raise OSError("The film was not written in its order.")
            self._rest += left
            self._at = self._size = self._at + len(left)
            while len(self._rest) > PIECE:  # one is kept, since the last is sealed as the last
                self._send(bytes(self._rest[:PIECE]), last=False)
                del self._rest[:PIECE]
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = (0, self._at, self._size)[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def finish(self) -> int:
        """Send what is left; return the size."""
        if self._rest:
            self._send(bytes(self._rest), last=True)
        head = bytes(self._head[: self._size])
        for number, start in enumerate(range(0, len(head), PIECE)):
            end = not self._rest and start + PIECE >= len(head)
            self._put(number, head[start : start + PIECE], end)
        return self._size

    def _send(self, data: bytes, *, last: bool) -> None:
        self._put(len(self._head) // PIECE + self._sent, data, last)
        self._sent += 1


class Writer:
    """An H.264 film in an MP4, made frame by frame."""

    def __init__(
        self,
        put: Put,
        size: tuple[int, int],
        *,
        longest: int,
        most: tuple[int, float],
        sound: bool,
        preset: str = "superfast",
    ) -> None:
        """`size` is that of the upright frames, `most` how many may come in how many seconds,
        `preset` how much time the encoder takes to save bytes."""
        self.width, self.height = fitted(*size, longest)
        frames, seconds = most
        index = _FOR_REST + frames * _FOR_FRAME
        index += round(seconds * SOUND_RATE / FRAME_OF_SOUND) * _FOR_SOUND if sound else 0
        self._pieces = Pieces(put, index + _FOR_REST)
        self._film = av.open(
            self._pieces,
            "w",
            format="mp4",
            options={"moov_size": str(index), "fflags": "+bitexact"},
        )
        self._pictures = self._stream_of_pictures(preset)
        # The encoder writes its name and settings between the pictures.
        self._plain = BitStreamFilterContext("filter_units=remove_types=6", self._pictures)
        self._sound = self._film.add_stream("aac", rate=SOUND_RATE) if sound else None
        self._resampler = av.AudioResampler("fltp", "stereo", SOUND_RATE, frame_size=FRAME_OF_SOUND)
        self._heard: int | None = None  # samples since the beginning
        self._first: av.VideoFrame | None = None

    def _stream_of_pictures(self, preset: str) -> av.VideoStream:
        stream = self._film.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = self.width, self.height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = _MILLISECOND
        context = stream.codec_context
        context.thread_count = 1
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.color_primaries = context.color_trc = 1  # BT.709
        context.options = {
            "preset": preset,
            "crf": "23",
            "maxrate": "6M",
            "bufsize": "12M",
            "g": "120",
        }
        return stream

    def picture(self, frame: Frame, covers: Iterable[Box] = ()) -> None:
        """Add a frame with the whole head around each of these faces covered."""
        packed = _packed(frame, self.width, self.height)
        planes = _planes(packed, self.width, self.height)
        for face in covers:
            _cover(planes, head_of(face).pixels(self.width, self.height))
        new = av.VideoFrame.from_ndarray(packed, format="yuv420p")
        new.pts, new.time_base = frame.at, _MILLISECOND
        self._first = self._first or av.VideoFrame.from_ndarray(packed.copy(), format="yuv420p")
        self._put_pictures(new)

    def _put_pictures(self, frame: av.VideoFrame | None) -> None:
        for packet in self._pictures.encode(frame):
            for plain in self._plain.filter(packet):
                plain.stream = self._pictures
                self._film.mux(plain)

    def hear(self, frame: av.AudioFrame, at: float) -> None:
        """Add sound, which begins at a time in seconds and then goes on without a gap."""
        if self._heard is None:
            self._heard = round(at * SOUND_RATE)
        frame.pts = None
        self._hear(self._resampler.resample(frame))

    def _hear(self, parts: Iterable[av.AudioFrame]) -> None:
        assert self._sound is not None
        for part in parts:
            part.pts, part.time_base = self._heard, Fraction(1, SOUND_RATE)
            self._heard = (self._heard or 0) + part.samples
            self._film.mux(self._sound.encode(part))

    def poster(self) -> Pixels:
        """The first picture as it was written, whoever is covered in it covered (RGB)."""
        if self._first is None:
            raise ValueError("No picture was written yet.")
        plain = self._first.reformat(
            format="rgb24", src_colorspace=Colorspace.ITU709, src_color_range=ColorRange.MPEG
        )
        return np.asarray(plain.to_ndarray(), np.uint8)

    def finish(self) -> int:
        """Write the index; return the size in bytes."""
        self._put_pictures(None)
        if self._sound:
            if self._heard is not None:
                self._hear(self._resampler.resample(None))
            self._film.mux(self._sound.encode(None))
        self._film.close()
        return self._pieces.finish()


def in_step(
    frames: Iterable[Frame], sound: Iterator[tuple[av.AudioFrame, float]], writer: Writer
) -> Iterator[Frame]:
    """The frames, each after the sound before it has been written, so that neither waits for
    long."""
    waiting = next(sound, None)
    for frame in frames:
        while waiting and waiting[1] * 1000 <= frame.at:
            writer.hear(*waiting)
            waiting = next(sound, None)
        yield frame


def _packed(frame: Frame, width: int, height: int) -> Pixels:
    """An upright frame at this size: all of its brightness, then of its two colours."""
    across, down = (height, width) if frame.turn % 2 else (width, height)
    scaled = frame.raw.reformat(
        across,
        down,
        "yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation="AREA",
    )
    packed = np.asarray(scaled.to_ndarray(), np.uint8)
    if not frame.turn:
        return packed
    turned = [np.rot90(plane, frame.turn) for plane in _planes(packed, across, down)]
    return np.concatenate([plane.reshape(-1) for plane in turned]).reshape(-1, width)


def _planes(packed: Pixels, width: int, height: int) -> list[Pixels]:
    """Brightness and the two colours in it: whoever paints them paints the frame."""
    flat, light, colour = packed.reshape(-1), width * height, width * height // 4
    half = height // 2, width // 2
    return [
        flat[:light].reshape(height, width),
        flat[light : light + colour].reshape(half),
        flat[light + colour :].reshape(half),
    ]


def _in_yuv(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """A colour as BT.709 writes it, in the narrow range of video."""
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        round(16 + light * 219 / 255),
        round(128 + (blue - light) / 1.8556 * 224 / 255),
        round(128 + (red - light) / 1.5748 * 224 / 255),
    )


_COLOURS = _in_yuv(*COLOUR)


def _cover(planes: list[Pixels], head: tuple[int, int, int, int]) -> None:
    """Paint a rectangle, out to the next pixels that brightness and colour have in common."""
    left, top, right, bottom = head
    left, top, right, bottom = left // 2, top // 2, -(-right // 2), -(-bottom // 2)
    light, *colours = planes
    light[top * 2 : bottom * 2, left * 2 : right * 2] = _COLOURS[0]
    for plane, value in zip(colours, _COLOURS[1:], strict=True):
        plane[top:bottom, left:right] = value
