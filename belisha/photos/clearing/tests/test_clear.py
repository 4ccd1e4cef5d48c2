"""`belisha clear`, as a school secretary runs it."""

import csv
import fcntl
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import termios
import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.box import Box

PICTURES = Path(__file__).parents[3] / "desk" / "demonstration" / "pictures"
INDEX = json.loads((PICTURES / "index.json").read_text())
IMAGES = Path(__file__).parents[5] / "shared" / "data" / "images"
GROUP = PICTURES / "bridge-day" / "01.jpg"
FIELDS = {
    *("photo", "sha256", "taken_at", "width", "height", "faces"),
    *("verdict", "out", "removed", "error"),
}


@pytest.fixture
def lists(tmp_path):
    """Leo's family said no, Zofia is protected, Yusuf has no answer; all others said yes."""
    with (tmp_path / "pupils.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["pupil", "first_name", "last_name", "class", "protected"])
        for key, name in INDEX["cast"].items():
            protected = "yes" if key == "zofia" else ""
            writer.writerow([key, name["first_name"], name["last_name"], "Robins", protected])
    with (tmp_path / "consents.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["pupil", "parent", "purpose", "answer", "on"])
        for key in INDEX["cast"]:
            if key != "yusuf":
                said = "refused" if key == "leo" else "given"
                writer.writerow([key, f"parent of {key}", "newsletter", said, "2026-09-01"])
                writer.writerow([key, f"parent of {key}", "promotional", "given", "2026-09-01"])
    with (tmp_path / "tags.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["photo", "x", "y", "w", "h", "who"])
        for picture in INDEX["pictures"][:8]:  # Bridge day
            for face in picture["faces"]:
                writer.writerow([Path(picture["file"]).name, *face["box"], face["who"]])
    return tmp_path


def environment(folder):
    """That of a person's shell, with a place for passing files that can be looked into."""
    ours = ("BELISHA_DATA", "DJANGO_SETTINGS_MODULE", "BELISHA_DATABASE")
    theirs = {name: value for name, value in os.environ.items() if name not in ours}
    (folder / "tmp").mkdir(exist_ok=True)
    return theirs | {"TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(Path(__file__).parents[4])}


def clear(folder, *photos, purpose="newsletter", tags=True, more=(), **run):
    command = [sys.executable, "-m", "belisha.cli", "clear", *map(str, photos)]
    command += ["--pupils", "pupils.csv", "--consents", "consents.csv", "--for", purpose]
    command += ["--tags", "tags.csv"] if tags else []
    command += ["--out", "safe", "--report", "report.json", *more]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        **run,
    )
    assert "Traceback" not in done.stderr
    assert list((folder / "tmp").iterdir()) == []
    report = folder / "report.json"
    return done, json.loads(report.read_text()) if report.exists() else None


def whole(path):
    with Image.open(path) as picture:
        picture.load()
        return not picture.getexif()


def test_one_photograph_becomes_the_copy_that_may_be_shown(lists):
    done, (row,) = clear(lists, GROUP)
    assert done.returncode == 0
    assert done.stderr == ("tags.csv speaks of 6 photographs not given here, such as 02.jpg.\n")
    assert set(row) == FIELDS
    assert (row["photo"], row["verdict"], row["error"]) == ("01.jpg", "safe-copy", None)
    assert (row["width"], row["height"]) == (1600, 1200)
    assert row["taken_at"].startswith("2026-11-20T10:12:41")
    assert {"exif", "gps"} <= set(row["removed"])
    faces = {face["who"]: face for face in row["faces"]}
    assert {who for who, face in faces.items() if face["hidden"]} == {"leo", "zofia", "yusuf"}
    assert faces["leo"]["reasons"] == [{"clause": "P.i", "text": "Leo K: the family said no"}]
    assert faces["amara"]["reasons"] == [{"clause": "P.i", "text": "Amara L: the family said yes"}]
    copy = lists / "safe" / row["out"]
    assert whole(copy)
    with Image.open(copy) as picture:
        pixels = np.asarray(picture).astype(int)
    for who, face in faces.items():
        left, top, right, bottom = Box(*face["box"]).pixels(1600, 1200)
        flat = pixels[top:bottom, left:right].reshape(-1, 3).std(axis=0).max() < 3
        assert bool(flat) is (who in ("leo", "zofia", "yusuf"))
    assert {path.name for path in lists.iterdir()} == {
        *("pupils.csv", "consents.csv", "tags.csv", "report.json", "safe", "tmp")
    }


def test_a_protected_child_cannot_be_told_from_one_without_an_answer(lists):
    _, (row,) = clear(lists, GROUP)
    told = [
        [reason["text"].partition(": ")[2], reason["clause"], face["hidden"]]
        for face in row["faces"]
        if face["who"] in ("zofia", "yusuf")
        for reason in face["reasons"]
    ]
    assert told[0] == told[1]


def test_a_no_that_shares_a_face_with_a_yes_covers_the_whole_face(lists):
    (face,) = [face for face in INDEX["pictures"][0]["faces"] if face["who"] == "amara"]
    x, y, w, h = face["box"]
    with (lists / "tags.csv").open("a") as file:
        file.write(f"01.jpg,{x + w * 0.4},{y + h * 0.4},{w * 0.2},{h * 0.2},leo\n")
    _, (row,) = clear(lists, GROUP)
    with Image.open(lists / "safe" / row["out"]) as picture:
        pixels = np.asarray(picture).astype(int)
    left, top, right, bottom = Box(x, y, w, h).pixels(1600, 1200)
    assert pixels[top:bottom, left:right].reshape(-1, 3).std(axis=0).max() < 3


def test_nothing_changes_outside_the_covers(lists):
    _, (row,) = clear(lists, GROUP)
    with Image.open(GROUP) as before, Image.open(lists / "safe" / row["out"]) as after:
        change = np.abs(np.asarray(before).astype(int) - np.asarray(after)).max(axis=2) > 40
    for face in row["faces"]:
        x, y, w, h = face["box"]
        left, top, right, bottom = Box(x - w, y - h, w * 3, h * 3).pixels(1600, 1200)
        if face["hidden"]:
            change[top:bottom, left:right] = False
    assert change.mean() < 0.001


def test_without_tags_every_face_is_covered(lists):
    _, (row,) = clear(lists, GROUP, tags=False)
    assert len(row["faces"]) == 5
    assert all(face["hidden"] and face["who"] == "unknown" for face in row["faces"])


def test_promotion_covers_every_child_whatever_was_said(lists):
    _, (row,) = clear(lists, GROUP, purpose="promotional")
    assert all(face["hidden"] for face in row["faces"])
    assert {reason["clause"] for face in row["faces"] for reason in face["reasons"]} == {"P.vi"}


def test_many_kinds_at_once_and_one_that_cannot_be_read(lists):
    (lists / "x.jpg").mkdir()
    (lists / "Ünreadable picture.jpg").write_bytes(b"\xff\xd8\xff" + b"0" * 50)
    photos = [
        PICTURES / "harvest-table" / "03.png",
        PICTURES / "bridge-day" / "06.webp",
        PICTURES / "bridge-day" / "08.heic",
        lists / "Ünreadable picture.jpg",
        lists / "missing.jpg",
    ]
    done, rows = clear(lists, *photos)
    assert done.returncode == 1
    assert "Ünreadable picture.jpg:" in done.stderr
    verdicts = [row["verdict"] for row in rows]
    assert verdicts == ["as-is", "as-is", "as-is", "refused", "refused"]
    assert [row["out"] for row in rows] == ["0001.jpg", "0002.jpg", "0003.jpg", None, None]
    assert all(row["error"].endswith(".") for row in rows[3:])
    assert all(whole(path) for path in (lists / "safe").iterdir())


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("consents.csv", "pupil,parent,purpose,answer,on\nleo,a,website,maybe,x\n", "line 2"),
        ("tags.csv", "photo,x,y,w,h,who\n01.jpg,0,0,.1,.1,ghost\n", "line 2"),
        ("pupils.csv", "", "pupils.csv"),
    ],
)
def test_lists_that_are_not_understood_end_with_2_and_nothing_written(lists, file, text, said):
    (lists / file).write_text(text)
    done, report = clear(lists, GROUP)
    assert done.returncode == 2
    assert file in done.stderr
    assert said in done.stderr
    assert report is None
    assert not (lists / "safe").exists()


@pytest.mark.parametrize(
    "more",
    [
        ["--on", "yesterday"],
        ["--for", "the moon"],
        ["--report", "nowhere/report.json"],
        ["--report", "pupils.csv"],
        ["--report", "tmp"],
        ["--pupils", "nowhere.csv"],
        ["--out", "pupils.csv"],
        ["--out", str(GROUP.parent)],
    ],
)
def test_wrong_use_is_told_before_the_work(lists, more):
    before = {path: path.read_bytes() for path in lists.glob("*.*")}
    done, _ = clear(lists, GROUP, more=more)
    assert done.returncode == 2
    assert done.stderr.endswith(".\n") or "belisha clear: error: " in done.stderr
    assert {path: path.read_bytes() for path in lists.glob("*.*")} == before


def test_the_day_can_be_chosen(lists):
    _, (row,) = clear(lists, GROUP, more=["--on", "2026-08-31"])
    assert all(face["hidden"] for face in row["faces"])


def test_odd_names_and_folders_end_nothing(lists):
    day = lists / "day"
    (day / "folder.jpg").mkdir(parents=True)
    (day / "._01.jpg").write_bytes(b"what a Mac leaves on a stick")
    (day / "new\nline ü.jpg").write_bytes(GROUP.read_bytes())
    done, rows = clear(lists, day, "a" * 300 + ".jpg")
    assert done.returncode == 1
    assert [row["photo"] for row in rows] == ["new\nline ü.jpg", "a" * 300 + ".jpg"]
    assert [row["verdict"] for row in rows] == ["safe-copy", "refused"]


def test_a_copy_is_not_written_over_the_photograph_that_a_link_leads_to(lists):
    (lists / "safe").mkdir()
    (lists / "safe" / "0001.jpg").write_bytes(GROUP.read_bytes())
    (lists / "link.jpg").symlink_to("safe/0001.jpg")
    done, _ = clear(lists, "link.jpg")
    assert done.returncode == 2
    assert (lists / "safe" / "0001.jpg").read_bytes() == GROUP.read_bytes()


def test_copies_of_an_earlier_run_are_counted_out(lists):
    clear(lists, GROUP, GROUP, "missing.jpg")
    done, _ = clear(lists, GROUP)
    assert "also holds a copy that this run did not make." in done.stderr


def test_neither_a_closed_pipe_nor_an_unusable_school_stops_the_work(lists):
    command = f"{sys.executable} -m belisha.cli clear {GROUP} --pupils pupils.csv "
    command += "--consents consents.csv --for newsletter --report r.json --data /proc/no --out safe"
    for end in ("--json | true", ">&-", ">&- 2>&- <&-"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {end}"],
            cwd=lists,
            env=environment(lists),
            stderr=subprocess.PIPE,
            check=True,
        )
        assert done.stderr == b""
        assert json.loads((lists / "r.json").read_text())[0]["out"] == "0001.jpg"
        (lists / "r.json").unlink()


def test_a_bar_is_drawn_on_a_terminal(lists):
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "belisha.cli", "clear", GROUP, "--for", "newsletter"]
    command += ["--pupils", "pupils.csv", "--consents", "consents.csv", "--out", "safe"]
    subprocess.run(command, cwd=lists, env=environment(lists), stderr=theirs, check=True)
    os.close(theirs)
    assert "1/1" in os.read(ours, 10_000).decode()
    os.close(ours)


def test_json_goes_to_the_pipe_alone(lists):
    done, rows = clear(lists, GROUP, more=["--json", "--data", str(lists / "school")])
    assert json.loads(done.stdout) == rows


def test_a_copy_of_an_earlier_run_does_not_stand_in_for_a_refused_one(lists):
    photo = lists / "photo.jpg"
    photo.write_bytes(GROUP.read_bytes())
    (lists / "pictures").mkdir()
    clear(lists, photo.rename(lists / "pictures" / "photo.jpg"))
    (lists / "pictures" / "photo.jpg").write_bytes(b"")
    done, (row,) = clear(lists, lists / "pictures" / "photo.jpg")
    assert (done.returncode, row["out"]) == (1, None)
    assert list((lists / "safe").iterdir()) == []


def test_a_full_disk_is_said_and_leaves_no_half_file(lists):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    done, (row,) = clear(lists, GROUP, preexec_fn=small)
    assert done.returncode == 1
    assert "disk is full" in row["error"]
    assert list((lists / "safe").iterdir()) == []


def test_being_stopped_in_the_midst_leaves_whole_files_only(lists):
    command = [sys.executable, "-m", "belisha.cli", "clear", *[str(GROUP)] * 30]
    command += ["--pupils", "pupils.csv", "--consents", "consents.csv"]
    command += ["--for", "newsletter", "--out", "safe"]
    with subprocess.Popen(
        command,
        cwd=lists,
        env=environment(lists),
        stderr=subprocess.PIPE,
        text=True,
        # A run in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        safe = lists / "safe"
        for _ in range(600):
            if safe.exists() and len(list(safe.iterdir())) > 2:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert said == ""
    assert all(whole(path) for path in safe.iterdir())
    assert {path.name for path in lists.iterdir()} == {
        *("pupils.csv", "consents.csv", "tags.csv", "safe", "tmp")
    }
    assert list((lists / "tmp").iterdir()) == []


def test_every_hostile_file_is_cleared_or_refused_in_words(lists):
    if not IMAGES.is_dir():
        pytest.skip("the hostile pictures are not beside the project")
    photos = sorted(path for path in IMAGES.rglob("*") if path.is_file())[::6]
    done, rows = clear(lists, *photos)
    assert done.returncode == 1
    assert len(rows) == len(photos)
    for row in rows:
        assert (row["error"] is None) is (row["out"] is not None)
        if row["out"]:
            data = (lists / "safe" / row["out"]).read_bytes()
            assert whole(BytesIO(data))
