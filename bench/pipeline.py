"""Photograph to view, thumb, faces and safe copy, all encrypted, beside deface on the same files.

    taskset -c 1 python -m bench.pipeline [FOLDER] [--rounds N]

The photographs of FOLDER that are smaller than a telephone takes are enlarged to 12 megapixels.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

import pyvips
from deface.centerface import CenterFace
from deface.deface import image_detect

from belisha.lib.sealing import new_key, seal
from belisha.photos.imaging.engine import Engine

from .faces import FOLDER

PHOTOGRAPHS = ("mit_composite_24mp.jpg", "az_faces.jpg", "az_ident1.jpg", "az_det5.jpg")
MEGAPIXELS = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    deface = CenterFace()
    print(f"deface's backend: {deface.backend}; wall time, medians of {given.rounds}\n")
    with tempfile.TemporaryDirectory() as folder:
        photographs = prepare(given.folder, Path(folder))
        out = Path(folder) / "out.jpg"
        with Engine() as engine:
            ours_in(engine, photographs[0].read_bytes())  # start the child, load the networks
            ours, theirs = [], []
            for photograph in photographs:
                mine, peers = [], []
                for _ in range(given.rounds):  # in turn, so that both meet the same machine
                    mine.append(seconds(ours_in, engine, photograph.read_bytes()))
                    peers.append(seconds(theirs_in, deface, photograph, out))
                ours.append(statistics.median(mine))
                theirs.append(statistics.median(peers))
                show(photograph.stem, ours[-1], theirs[-1], 1)
    show("all", sum(ours), sum(theirs), len(ours))
    # The engine's children have been waited for, so the largest of them is known.
    print(f"peak memory: ours {peak(resource.RUSAGE_CHILDREN)} MiB in the child,", end=" ")
    print(f"deface {peak(resource.RUSAGE_SELF)} MiB (this process)")


def prepare(source: Path, target: Path) -> list[Path]:
    """The photographs at the size at which they would come from a camera."""
    for name in PHOTOGRAPHS:
        image = pyvips.Image.new_from_file(str(source / name))
        scale = max(1, (MEGAPIXELS * 1e6 / (image.width * image.height)) ** 0.5)
        image.resize(scale).jpegsave(str(target / name), Q=90)
    return [target / name for name in PHOTOGRAPHS]


def ours_in(engine: Engine, data: bytes) -> None:
    key = new_key()
    with engine.opened(data, faces=True) as picture:
        view, thumb = picture.renditions()
        copy = picture.copy(face.box for face in picture.faces)
    for name, part in (("original", data), ("view", view), ("thumb", thumb), ("copy", copy)):
        seal(part, key, name.encode())


def theirs_in(deface: CenterFace, photograph: Path, out: Path) -> None:
    """What `deface PHOTOGRAPH` does, without the start of its process."""
    image_detect(
        str(photograph),
        str(out),
        deface,
        threshold=0.2,
        replacewith="blur",
        mask_scale=1.3,
        ellipse=True,
        draw_scores=False,
        enable_preview=False,
        keep_metadata=False,
    )


def seconds(work, *given) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def show(name: str, ours: float, theirs: float, pictures: int) -> None:
    print(
        f"{name:24} ours {pictures / ours:6.2f} pictures/s ({ours * 1000 / pictures:5.0f} ms)"
        f"   deface {pictures / theirs:6.2f} ({theirs * 1000 / pictures:6.0f} ms)"
        f"   ratio {theirs / ours:5.1f}",
        flush=True,
    )


def peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
