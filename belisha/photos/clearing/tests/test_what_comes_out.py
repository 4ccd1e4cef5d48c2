"""What a run of `belisha clear` gives away, and what it leaves behind: no more than it says."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.box import Box, head_of
from belisha.photos.imaging.cover import COLOUR

ROOT = Path(__file__).parents[4]
GROUP = ROOT / "belisha" / "desk" / "demonstration" / "pictures" / "bridge-day" / "01.jpg"
INDEX = json.loads((GROUP.parents[1] / "index.json").read_text())
WORDS = "--pupils pupils.csv --consents consents.csv --for website --out safe --report report.json"


def lists(folder, *, protected="", silent=""):
    """Everybody said yes and is tagged in the group picture, but for whom this names."""
    pupils = [("pupil", "first_name", "last_name", "class", "protected")]
    pupils += [
        (key, name["first_name"], name["last_name"], "Robins", "yes" if key == protected else "")
        for key, name in INDEX["cast"].items()
    ]
    said = [("pupil", "parent", "purpose", "answer", "on")]
    said += [(key, "a", "website", "given", "2026-09-01") for key in INDEX["cast"] if key != silent]
    tags = [("photo", "x", "y", "w", "h", "who")]
    tags += [("01.jpg", *face["box"], face["who"]) for face in INDEX["pictures"][0]["faces"]]
    for name, rows in (("pupils.csv", pupils), ("consents.csv", said), ("tags.csv", tags)):
        with (folder / name).open("w", newline="") as file:
            csv.writer(file).writerows(rows)


def started(folder, *photos, tags=True):
    (folder / "tmp").mkdir(exist_ok=True)
    more = ["--tags", "tags.csv"] if tags else []
    ours = ("BELISHA_DATA", "DJANGO_SETTINGS_MODULE", "BELISHA_DATABASE")
    shell = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.Popen(
        [sys.executable, "-m", "belisha.cli", "clear", *photos, *WORDS.split(), *more],
        cwd=folder,
        env=shell | {"TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def cleared(folder, *photos, tags=True):
    with started(folder, *photos, tags=tags) as process:
        _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    return process.returncode, json.loads((folder / "report.json").read_text())


def test_protection_leaves_no_trace_in_anything_that_comes_out(tmp_path):
    came_out = []
    for case in ({"protected": "zofia"}, {"silent": "zofia"}):
        folder = tmp_path / next(iter(case))
        folder.mkdir()
        lists(folder, **case)
        with started(folder, GROUP) as process:
            said = process.communicate(timeout=60)
        files = [(folder / name).read_bytes() for name in ("report.json", "safe/0001.jpg")]
        came_out.append([*said, *files])
    assert came_out[0] == came_out[1]


def test_a_cover_is_one_flat_colour_over_the_whole_head(tmp_path):
    lists(tmp_path, silent="leo")
    _, (row,) = cleared(tmp_path, GROUP)
    (box,) = (Box(*face["box"]) for face in row["faces"] if face["hidden"])
    with Image.open(tmp_path / "safe" / row["out"]) as picture:
        left, top, right, bottom = head_of(box).pixels(*picture.size)
        head = np.asarray(picture)[top + 8 : bottom - 8, left + 8 : right - 8].astype(int)
    assert head.size > 10_000
    assert np.abs(head - COLOUR).max() <= 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_files_that_are_no_photographs_hold_nothing_up(tmp_path):
    lists(tmp_path)
    os.mkfifo(tmp_path / "endless.jpg")
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    strange = os.fsencode(tmp_path) + b"/no letter \xff.jpg"
    Path(os.fsdecode(strange)).write_bytes(GROUP.read_bytes())
    code, rows = cleared(tmp_path, "endless.jpg", "huge.jpg", strange, tags=False)
    assert code == 1
    assert [row["verdict"] for row in rows] == ["refused", "refused", "safe-copy"]
    assert "MB" in rows[1]["error"]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_being_told_to_end_leaves_whole_copies_and_nothing_else(tmp_path):
    lists(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    with started(tmp_path, *[GROUP] * 40) as process:
        for _ in range(600):
            if (tmp_path / "safe").is_dir() and len(list((tmp_path / "safe").iterdir())) > 1:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert b"Traceback" not in said
    copies = list((tmp_path / "safe").iterdir())
    assert 1 < len(copies) < 40
    for copy in copies:
        with Image.open(copy) as picture:
            picture.load()
    assert {path.name for path in tmp_path.iterdir()} == before | {"safe", "tmp"}
    assert list((tmp_path / "tmp").iterdir()) == []
