"""A stranger's clip to upright frames, or a plain refusal.

One demuxer (MP4 and MOV) and three decoders are let in. What a file says of other files,
addresses or playlists is not followed: the demuxer may not, no protocol is allowed, and the
process could open none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorTrc

from belisha.photos.imaging.reading import Pixels
from belisha.photos.imaging.unreadable import Unreadable

from . import limits

CODECS = {"h264", "hevc"}
LEEWAY = 2.0  # seconds by which a file may be wrong about its own length
_OPTIONS = {
    "protocol_whitelist": "none",
    "codec_whitelist": "h264,hevc,aac",
    "enable_drefs": "0",
    "use_absolute_path": "0",
    "max_streams": "16",
    "err_detect": "crccheck",
}
# Perceptual quantiser: without its own screen it is dark and grey. Hybrid log-gamma was made to
# look right on a plain one.
_ONLY_HDR = {ColorTrc.SMPTE2084}
_PLAIN = {
    "major_brand",
    "minor_version",
    "compatible_brands",
    "handler_name",
    "vendor_id",
    "language",
    "encoder",
    "rotate",
    "timecode",
}
_TURNS = {90: 1, 180: 2, 270: 3}


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a clip, upright, and its time in milliseconds from the first."""

    at: int
    raw: av.VideoFrame
    turn: int  # quarter turns against the clock

    def pixels(self, longest: int) -> Pixels:
        """Upright RGB, its longer side at most `longest`."""
        width, height = fitted(self.raw.width, self.raw.height, longest)
        array = self.raw.reformat(width, height, "rgb24", interpolation="AREA").to_ndarray()
        return np.ascontiguousarray(np.rot90(array, self.turn))

    def size(self) -> tuple[int, int]:
        """Width and height, upright."""
        sides = self.raw.width, self.raw.height
        return sides[::-1] if self.turn % 2 else sides


def fitted(width: int, height: int, longest: int) -> tuple[int, int]:
    """A size in the same shape, both sides even, as encoders want them."""
    scale = min(1.0, longest / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _kind(key: str) -> str:
    """What a line of the file's own words is about; nothing for what every file has."""
    if any(word in key for word in ("location", "gps", "xyz")):
        return "place"
    if any(word in key for word in ("make", "model", "software", "handler", "encoder", "vendor")):
        return "" if key.split()[-1] in _PLAIN else "camera"
    if any(word in key for word in ("creation", "date")):
        return "time"
    return "" if key.split()[-1] in _PLAIN else "words"


def _moment(said: str) -> datetime | None:
    """When a camera says that it was; it says the year 1904 or 1970 when it does not know."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.year > 1990 else None


class Film:
    """A clip opened for reading. Every method may raise Unreadable."""

    def __init__(self, source: Any) -> None:
        """`source` reads and seeks; nothing else is ever opened."""
        try:
            self._container = av.open(
                source,
                format="mov",
                options=_OPTIONS,
                buffer_size=1 << 18,
                metadata_errors="replace",
            )
        except MemoryError:
            raise
        except (av.FFmpegError, ValueError, OSError) as error:
            raise limits.not_a_clip() from error
        self._check()

    def _check(self) -> None:
        streams = self._container.streams.video
        stream = next((one for one in streams if one.codec_context is not None), None)
        if stream is None or stream.codec_context.name not in CODECS:
            raise limits.not_a_clip()
        self.stream = stream
        stream.codec_context.thread_count = 1
        sounds = [one for one in self._container.streams.audio if one.codec_context is not None]
        self.sound = next((one for one in sounds if one.codec_context.name == "aac"), None)
        width, height = stream.codec_context.width, stream.codec_context.height
        if width < 16 or height < 16:
            raise limits.damaged()
        most = limits.MAX_SIDES
        if max(width, height) > most[0] or min(width, height) > most[1]:
            raise limits.too_wide(width, height)
        if self.seconds() > limits.MAX_SECONDS + 1:
            raise limits.too_long()

    def seconds(self) -> float:
        """How long the file says that it is: to be believed no further than for a first no."""
        stream = self.stream
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return (self._container.duration or 0) / 1_000_000

    def promised(self) -> tuple[int, float]:
        """How many frames there are at most, and how many seconds, if the file does not lie.

        One that lies is refused as soon as it shows."""
        seconds = min(self.seconds(), limits.MAX_SECONDS) + LEEWAY
        rate = float(self.stream.average_rate or 30)
        frames = max(self.stream.frames, round(seconds * min(rate, 240)))
        return min(frames, limits.MAX_FRAMES) + 60, seconds

    def said(self) -> tuple[tuple[str, ...], datetime | None]:
        """Which kinds of things the file tells beside its pictures and sound, and when it was
        recorded. None of it gets into what is made of it."""
        told = dict(self._container.metadata)
        for stream in self._container.streams:
            told |= {f"{stream.type} {key}": value for key, value in stream.metadata.items()}
        kinds = {kind for key in told for kind in [_kind(key.lower())] if kind}
        used = {self.stream.index, self.sound.index if self.sound else self.stream.index}
        if any(stream.index not in used for stream in self._container.streams):
            kinds.add("other tracks")
        return tuple(sorted(kinds)), _moment(told.get("creation_time", ""))

    def frames(self, *, after: int = 0) -> Iterator[Frame]:
        """Every frame in its order; with `after`, from the last key frame before that time on."""
        first: Any = None
        if after:
            first = self._first()
            offset = first + int(after / 1000 / self.stream.time_base)
            self._container.seek(max(0, offset), stream=self.stream)
        count, last = 0, -1
        most, seconds = self.promised()
        for frame in self._decoded():
            count += 1
            if count > limits.MAX_FRAMES:
                raise limits.too_long()
            if frame.pts is None or count > most:
                raise limits.damaged()
            first = frame.pts if first is None else first
            at = round(float((frame.pts - first) * self.stream.time_base) * 1000)
            if at > limits.MAX_SECONDS * 1000:
                raise limits.too_long()
            if at > seconds * 1000:
                raise limits.damaged()
            if at <= last:  # two frames of one millisecond: a person sees the first
                continue
            last = at
            yield Frame(at, self._checked(frame), _TURNS.get(frame.rotation % 360, 0))

    def _first(self) -> int:
        for frame in self._decoded():
            if frame.pts is not None:
                return int(frame.pts)
        raise limits.damaged()

    def _checked(self, frame: av.VideoFrame) -> av.VideoFrame:
        """A frame may be of another size than was promised, halfway through."""
        most = limits.MAX_SIDES
        if max(frame.width, frame.height) > most[0] or min(frame.width, frame.height) > most[1]:
            raise limits.too_wide(frame.width, frame.height)
        if frame.color_trc in _ONLY_HDR:
            raise limits.too_bright()
        return frame

    def _decoded(self) -> Iterator[av.VideoFrame]:
        try:
            yield from self._container.decode(self.stream)
        except Unreadable:
            raise
        except (av.FFmpegError, ValueError, OSError) as error:
            if isinstance(error, av.MemoryError):
                raise MemoryError from error
            raise limits.damaged() from error

    def heard(self) -> Iterator[tuple[av.AudioFrame, float]]:
        """The sound, each bit with its time in seconds, when there is some that can be read."""
        if self.sound is None:
            return
        begins = float((self.stream.start_time or 0) * self.stream.time_base)
        try:
            for frame in self._container.decode(self.sound):
                if frame.time is not None and frame.time >= begins:
                    yield frame, frame.time - begins
        except (av.FFmpegError, ValueError, OSError):
            return  # what cannot be decoded is left out
