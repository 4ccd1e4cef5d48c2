"""A clip with every face covered, beside deface on the same clip, on one core.

    taskset -c 1 python -m bench.film [FOLDER] [--seconds N]

The clip is 1080p at 30 pictures a second: a camera that goes over a photograph of FOLDER whose
faces are labelled, so that it is known in each frame where they are. Ours looks through the clip,
writes the small one for people and the covered one, all sealed; deface writes its one.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pyvips
from deface.centerface import CenterFace
from deface.deface import video_detect

from belisha.lib.sealing import new_key, seal
from belisha.photos.imaging.box import head_of
from belisha.photos.imaging.film.engine import Clip
from belisha.photos.imaging.film.track import Track

from .faces import FOLDER, THRESHOLD

PHOTOGRAPH = "mit_composite_24mp.jpg"
WIDTH, HEIGHT, RATE = 1920, 1080, 30
SPEED = 12  # pixels for which the camera moves from one frame to the next
LEAST = 24  # pixels: a smaller face tells nobody who it is
MASK = 1.3  # deface's default: how much larger its masks are than the faces

Faces = np.ndarray  # rows of left, top, right, bottom in pixels of a frame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--seconds", type=int, default=8)
    given = parser.parse_args()
    if not (given.folder / PHOTOGRAPH).exists():
        print(f"There is no {PHOTOGRAPH} in {given.folder}: nothing was measured.")
        return
    deface = Watched()
    print(f"deface's backend: {deface.backend}; processor time of one run each\n")
    with tempfile.TemporaryDirectory() as name:
        clip = Path(name) / "clip.mp4"
        truth = film(given.folder, clip, given.seconds * RATE)
        ours, tracks = computing(ours_in, clip.read_bytes())
        theirs, _ = computing(theirs_in, deface, clip, Path(name) / "out.mp4")
    sure = [track for track in tracks if track.sure]
    faces = sum(len(rows) for rows in truth)
    print(f"{'':24}{'frames/s':>10}{'faces covered':>18}{'frames with none missed':>26}")
    for label, seconds, found in (
        ("ours", ours, covered_by(tracks, truth)),
        ("ours, only the sure", ours, covered_by(sure, truth)),
        ("deface", theirs, masked_by(deface.seen, truth)),
    ):
        whole = sum(rows.all() for rows in found)
        count = sum(int(rows.sum()) for rows in found)
        print(
            f"{label:24}{len(truth) / seconds:10.2f}{f'{count} of {faces}':>18}"
            f"{f'{whole} of {len(truth)}':>26}"
        )
    print(f"\ntracks: {len(tracks)}, of which {len(sure)} are sure")
    print(f"ratio {theirs / ours:.1f}")


def computing(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """Seconds of processor that it took, with all its processes, and its answer."""
    before = os.times()
    answer = work(*given)
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), answer


def film(folder: Path, path: Path, frames: int) -> list[Faces]:
    """Write the clip; return where the labelled faces are in each frame that are whole in it."""
    image = pyvips.Image.new_from_file(str(folder / PHOTOGRAPH)).numpy()[:, :, :3]
    labels = np.array(json.loads((folder / "boxes.json").read_text())[PHOTOGRAPH])
    truth = []
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number, (left, top) in enumerate(_way(image.shape, frames)):
            picture = np.ascontiguousarray(image[top : top + HEIGHT, left : left + WIDTH])
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(stream.encode(frame))
            here = labels - (left, top, left, top)
            whole = (here[:, :2] >= 0).all(1) & (here[:, 2] <= WIDTH) & (here[:, 3] <= HEIGHT)
            large = (here[:, 2:] - here[:, :2]).min(1) >= LEAST
            truth.append(here[whole & large])
        out.mux(stream.encode(None))
    return truth


def _way(shape: tuple[int, ...], frames: int) -> Iterator[tuple[int, int]]:
    """Where the camera looks: there and back over the photograph, and slowly down."""
    across, down = shape[1] - WIDTH, shape[0] - HEIGHT
    for number in range(frames):
        there = number * SPEED % (2 * across)
        yield min(there, 2 * across - there), min(number * SPEED // 4, down)


def ours_in(data: bytes) -> list[Track]:
    """Everything that Belisha does with a clip, and the faces that it covers."""
    clip, key = Clip(len(data), lambda start, length: data[start : start + length]), new_key()

    def put(number: int, piece: bytes, last: bool) -> None:
        seal(piece, key, str(number).encode())

    def tell(share: float) -> None: ...

    clip.probe()
    found, _ = clip.look(put, tell)
    tracks = [one.track for one in found]
    clip.cover(tracks, sound=False, put=put, tell=tell)
    return tracks


class Watched(CenterFace):
    """deface's finder, which remembers what it found in each frame."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Faces] = []

    def __call__(self, picture, threshold):
        found = super().__call__(picture, threshold)
        self.seen.append(found[0][:, :4].copy())
        return found


def theirs_in(deface: Watched, clip: Path, out: Path) -> None:
    """What `deface CLIP` does, without the start of its process."""
    video_detect(
        str(clip),
        str(out),
        deface,
        threshold=THRESHOLD,
        enable_preview=False,
        cam=False,
        nested=False,
        replacewith="blur",
        mask_scale=MASK,
        ellipse=True,
        draw_scores=False,
        ffmpeg_config={"codec": "libx264"},
    )


def covered_by(tracks: list[Track], truth: list[Faces]) -> list[np.ndarray]:
    """For each frame, which of its faces lie under a cover of ours."""
    answer = []
    for number, faces in enumerate(truth):
        at = round(number * 1000 / RATE)
        boxes = [box for track in tracks if (box := track.cover_at(at))]
        heads = np.array([head_of(box).pixels(WIDTH, HEIGHT) for box in boxes]).reshape(-1, 4)
        answer.append(_under(heads, faces))
    return answer


def masked_by(seen: list[Faces], truth: list[Faces]) -> list[np.ndarray]:
    """The same for the masks of deface, taken as rectangles, which flatters its ellipses."""
    answer = []
    for found, faces in zip(seen, truth, strict=True):
        half = (found[:, 2:] - found[:, :2]) * (MASK - 1)
        masks = np.column_stack([found[:, :2] - half, found[:, 2:] + half])
        answer.append(_under(masks, faces))
    return answer


def _under(covers: np.ndarray, faces: Faces) -> np.ndarray:
    """Which faces have three quarters of themselves under one cover."""
    if not len(covers):
        return np.zeros(len(faces), bool)
    low = np.maximum(covers[None, :, :2], faces[:, None, :2])
    high = np.minimum(covers[None, :, 2:], faces[:, None, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    whole = (faces[:, 2:] - faces[:, :2]).prod(1)
    return (shared / whole[:, None]).max(1, initial=0) >= 0.75


if __name__ == "__main__":
    main()
