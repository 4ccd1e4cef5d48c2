"""Faces found, missed and falsely seen, by Belisha and by deface, on labelled photographs.

    taskset -c 1 python -m bench.faces [FOLDER]

FOLDER holds photographs and `boxes.json`: {file name: [[left, top, right, bottom in pixels]]}.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyvips
from deface.centerface import CenterFace

from belisha.photos.imaging.faces import find_faces

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
THRESHOLD = 0.2  # deface's default

# Photographs without boxes: how many people's faces the eye sees.
PEOPLE = {
    "az_faces.jpg": 6,
    "az_ident1.jpg": 4,
    "az_det1.jpg": 1,
    "az_det2.jpg": 1,
    "az_det3.jpg": 1,
    "az_det4.jpg": 3,
    "az_det5.jpg": 3,
    "az_det6.jpg": 2,
    "nasa_astronaut.jpg": 1,
    "deface_city.jpg": 21,
}

Variant = tuple[str, pyvips.Image, np.ndarray]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    deface = CenterFace()
    print(f"deface's backend: {deface.backend}\n")
    _labelled(folder, deface)
    _counted(folder, deface)


def _labelled(folder: Path, deface: CenterFace) -> None:
    print("found / false of the labelled faces; 'perhaps' are found only with those boxes\n")
    print(f"{'picture':44}{'faces':>6}{'ours':>10}{'+ perhaps':>12}{'deface':>10}{'speed':>8}")
    labels = json.loads((folder / "boxes.json").read_text())
    totals = np.zeros(7)
    for file, boxes in labels.items():
        image = pyvips.Image.new_from_file(str(folder / file))
        for name, changed, truth in variants(image, np.array(boxes)):
            pixels = as_pixels(changed)
            sure, every, ours = timed(lambda p=pixels: found_by_us(p))
            peer, theirs = timed(lambda p=pixels: (deface(p, threshold=THRESHOLD)[0],))
            counts = [*score(sure, truth), *score(every, truth), *score(peer, truth)]
            totals += [len(truth), *counts]
            size = f"{file} {name} {changed.width} x {changed.height}"
            print(line(size, len(truth), counts) + f"{theirs / ours:7.1f}x", flush=True)
    people, *counts = (int(total) for total in totals)
    print(line("all", people, counts) + "\n")


def _counted(folder: Path, deface: CenterFace) -> None:
    print(f"{'picture (boxes against faces seen by eye)':44}{'faces':>6}{'sure':>8}", end="")
    print(f"{'perhaps':>10}{'deface':>8}")
    for file, people in PEOPLE.items():
        if (folder / file).exists():
            pixels = as_pixels(pyvips.Image.new_from_file(str(folder / file)))
            faces = find_faces(pixels)
            sure = sum(face.sure for face in faces)
            peer = len(deface(pixels, threshold=THRESHOLD)[0])
            print(f"{file:44}{people:6}{sure:8}{len(faces) - sure:10}{peer:8}")


def variants(image: pyvips.Image, boxes: np.ndarray) -> Iterator[Variant]:
    """The picture as it is, and smaller and spoilt in the ways that photographs are."""
    yield "as it is", image, boxes
    for scale in (2 / 3, 0.45):
        yield "smaller", image.resize(scale), boxes * scale
    image, boxes = image.resize(2 / 3), boxes * (2 / 3)
    mirrored = boxes.copy()
    mirrored[:, [0, 2]] = image.width - boxes[:, [2, 0]]
    yield "mirrored", image.fliphor(), mirrored
    yield "dark", image * 0.3, boxes
    yield "bright", image * 1.5 + 30, boxes
    yield "grey", image.colourspace("b-w").colourspace("srgb"), boxes
    yield "quality 30", pyvips.Image.new_from_buffer(image.jpegsave_buffer(Q=30), ""), boxes
    noise = pyvips.Image.gaussnoise(image.width, image.height, sigma=20, seed=1)
    yield "noisy", image + noise, boxes
    for degrees in (15, -15):
        yield tilted(image, boxes, degrees)


def tilted(image: pyvips.Image, boxes: np.ndarray, degrees: float) -> Variant:
    """Turned about the middle; each box keeps its size and moves with its face."""
    turned = image.rotate(degrees)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 - (image.width / 2, image.height / 2)
    centre = centre @ np.array([[cos, sin], [-sin, cos]]) + (turned.width / 2, turned.height / 2)
    half = (boxes[:, 2:] - boxes[:, :2]) / 2
    return f"tilted {degrees}", turned, np.hstack([centre - half, centre + half])


def as_pixels(image: pyvips.Image) -> np.ndarray:
    return np.ascontiguousarray(image.cast("uchar").numpy()[:, :, :3])


def found_by_us(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Boxes that are sure, and all of them; best first, in pixels."""
    height, width = pixels.shape[:2]
    faces = find_faces(pixels)
    boxes = [face.box.pixels(width, height) for face in faces]
    sure = [box for box, face in zip(boxes, faces, strict=True) if face.sure]
    return np.reshape(sure, (-1, 4)), np.reshape(boxes, (-1, 4))


def score(found: np.ndarray, truth: np.ndarray) -> tuple[int, int]:
    """How many true boxes are found (each box found counts once), and how many found are false."""
    free = np.ones(len(truth), bool)
    for box in found[:, :4]:
        sides = np.minimum(box[2:], truth[:, 2:]) - np.maximum(box[:2], truth[:, :2])
        common = np.clip(sides, 0, None).prod(1)
        union = (box[2:] - box[:2]).prod() + (truth[:, 2:] - truth[:, :2]).prod(1) - common
        overlap = np.where(free, common / union, 0)
        if overlap.max() >= 0.3:
            free[overlap.argmax()] = False
    hits = int((~free).sum())
    return hits, len(found) - hits


def timed(work: Callable[[], tuple[np.ndarray, ...]]) -> tuple:
    """What `work` gives, and the seconds of processor time that it took."""
    start = time.process_time()
    return *work(), time.process_time() - start


def line(name: str, faces: int, counts: list[int]) -> str:
    pairs = (f"{hit} / {false}" for hit, false in zip(counts[::2], counts[1::2], strict=True))
    ours, perhaps, peer = pairs
    return f"{name:44}{faces:6}{ours:>10}{perhaps:>12}{peer:>10}"


if __name__ == "__main__":
    main()
