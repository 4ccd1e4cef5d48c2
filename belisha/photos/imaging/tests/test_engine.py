"""A stranger's picture is opened where it can do no harm, and only pixels come back."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.box import Box
from belisha.photos.imaging.engine import Engine, EngineFailed
from belisha.photos.imaging.unreadable import Unreadable

from . import making

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux confines the child")
PLAIN = making.saved(making.scene(2000, 1000))


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)))


def fork_of(engine: Engine) -> int:
    template = engine._child.pid
    return int(Path(f"/proc/{template}/task/{template}/children").read_text())


def test_a_photograph_gives_its_size_its_view_and_its_thumb(engine):
    ingested = engine.ingest(PLAIN)
    assert (ingested.width, ingested.height) == (2000, 1000)
    assert pixels(ingested.view).shape == (800, 1600, 3)
    assert pixels(ingested.thumb).shape == (160, 320, 3)


@pytest.mark.parametrize(
    "made", [making.talkative_jpeg, making.talkative_png, making.talkative_webp]
)
def test_nothing_that_a_picture_says_beside_its_pixels_comes_through(engine, made):
    data = made()
    assert making.CANARY in data
    ingested = engine.ingest(data)
    assert {"exif", "gps", "xmp", "trailer"} <= set(ingested.removed)
    assert ingested.taken_at is not None
    copies = [engine.safe_copy(data, []), engine.safe_copy(data, [Box(0.1, 0.1, 0.2, 0.2)], 48)]
    for output in (ingested.view, ingested.thumb, *copies):
        assert making.CANARY not in output
        assert making.marks(output) == []
        assert output.endswith(b"\xff\xd9")
        assert output.count(b"\xff\xd8\xff") == 1, "no second picture inside"


def test_one_decoding_serves_the_faces_and_the_copy(engine):
    face = making.SHARED / "photos" / "nasa_astronaut.jpg"
    if not face.exists():
        pytest.skip(f"{face.name} is not here")
    with engine.opened(face.read_bytes(), faces=True) as picture:
        assert len([found for found in picture.faces if found.sure]) == 1
        found = picture.faces[0].box
        copy = pixels(picture.copy([found]))
    x, y = (int(part * side) for part, side in zip(found.centre, (512, 512), strict=True))
    assert copy.shape == (512, 512, 3)
    assert np.ptp(copy[y - 20 : y + 20, x - 20 : x + 20].reshape(-1, 3), axis=0).max() <= 2
    assert engine.faces(making.saved(making.scene())) == []


def test_a_copy_is_covered_before_it_is_made_smaller(engine):
    box = Box(0.4, 0.4, 0.2, 0.2)
    for longest in (None, 500):
        copy = pixels(engine.safe_copy(PLAIN, [box], longest))
        height, width = copy.shape[:2]
        assert (width, height) == ((2000, 1000) if longest is None else (500, 250))
        within = copy[int(height * 0.4) : int(height * 0.6), int(width * 0.4) : int(width * 0.6)]
        assert np.ptp(within.reshape(-1, 3), axis=0).max() <= 2


def test_a_refused_picture_does_not_trouble_the_next(engine):
    for bad in (b"", b"%PDF-1.7", PLAIN[:3000], making.png_that_claims(28_777, 28_786)):
        with pytest.raises(Unreadable):
            engine.ingest(bad)
    assert engine.ingest(PLAIN).width == 2000


def test_many_threads_share_one_engine(engine):
    sizes = {}

    def ingest(width):
        sizes[width] = engine.ingest(making.saved(making.scene(width, 50))).width

    threads = [threading.Thread(target=ingest, args=[width]) for width in range(60, 72)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == {width: width for width in range(60, 72)}


@linux
def test_a_picture_whose_process_dies_is_refused_and_the_engine_lives_on():
    with Engine() as engine:
        with pytest.raises(Unreadable) as refusal, engine.opened(PLAIN) as picture:
            os.kill(fork_of(engine), signal.SIGKILL)
            picture.renditions()
        assert refusal.value.code == "too-hard"
        assert engine.ingest(PLAIN).width == 2000


@linux
def test_an_engine_whose_child_was_killed_while_idle_serves_the_next_picture():
    with Engine() as engine:
        engine.ingest(PLAIN)
        os.kill(engine._child.pid, signal.SIGKILL)
        gone(engine._child.pid)
        assert engine.ingest(PLAIN).width == 2000


def gone(pid: int) -> None:
    for _ in range(100):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or ") Z " in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("the process still runs")


@linux
def test_a_picture_that_takes_too_long_is_refused_and_nothing_runs_on():
    with Engine(seconds=0.001) as engine:
        engine._child = engine._start()
        template = engine._child.pid
        with pytest.raises(Unreadable) as refusal:
            engine.ingest(PLAIN)
        assert refusal.value.code == "too-hard"
        gone(template)
        engine._seconds = 20
        assert engine.ingest(PLAIN).width == 2000


@linux
def test_a_fault_of_ours_in_the_child_is_told_to_the_log_and_kindly_to_the_person(caplog):
    with Engine() as engine:
        with pytest.raises(Unreadable) as refusal, engine.opened(PLAIN) as picture:
            picture.copy([Box("left", 0, 0, 0)])
        assert refusal.value.code == "too-hard"
        assert "TypeError" in caplog.text
        assert engine.ingest(PLAIN).width == 2000


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_an_installation_that_cannot_start_the_child_says_so(python, monkeypatch):
    monkeypatch.setattr(sys, "executable", python)
    with Engine() as engine, pytest.raises(EngineFailed):
        engine.ingest(PLAIN)


@linux
def test_the_child_is_given_no_secret_and_no_open_file(monkeypatch, tmp_path):
    monkeypatch.setenv("BELISHA_SECRET", "CANARY")
    with (tmp_path / "key").open("wb") as key, Engine() as engine:
        os.set_inheritable(key.fileno(), True)
        engine.ingest(PLAIN)
        child = Path(f"/proc/{engine._child.pid}")
        assert b"VIPS_CONCURRENCY" in (child / "environ").read_bytes()
        assert making.CANARY not in (child / "environ").read_bytes()
        assert not [
            link for link in (child / "fd").iterdir() if link.readlink() == tmp_path / "key"
        ]


@linux
def test_the_detectors_are_loaded_only_when_faces_are_asked_for():
    with Engine() as engine:
        engine.ingest(PLAIN)
        loaded = Path(f"/proc/{engine._child.pid}/maps")
        assert "onnxruntime" not in loaded.read_text()
        engine.faces(PLAIN)
        assert "onnxruntime" in loaded.read_text()


@linux
def test_the_child_ends_with_the_engine_and_with_the_process_that_had_it():
    engine = Engine()
    engine.ingest(PLAIN)
    template = engine._child.pid
    engine.close()
    gone(template)
    orphan = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os; from belisha.photos.imaging.engine import Engine; engine = Engine();"
            "engine.protection(); print(engine._child.pid, flush=True); os.kill(os.getpid(), 9)",
        ],
        capture_output=True,
        check=False,
    )
    assert orphan.returncode == -signal.SIGKILL
    gone(int(orphan.stdout))


@linux
def test_the_protection_that_is_claimed_holds(engine, tmp_path):
    attempts = """
import mmap, os, socket, sys
from belisha.photos.imaging.confinement import confine
held = confine()
def tried(name, act):
    try:
        act()
    except (OSError, MemoryError):
        return
    os.write(1, name.encode() + b" was possible\\n")
tried("memory", lambda: mmap.mmap(-1, 4 * 1024**3))
tried("reading", lambda: open(sys.argv[1]))
tried("writing", lambda: open(sys.argv[1] + "new", "w"))
tried("removing", lambda: os.unlink(sys.argv[1]))
tried("renaming", lambda: os.rename(sys.argv[1], sys.argv[1] + "new"))
tried("listing", lambda: os.listdir("/"))
tried("network", lambda: socket.socket())
tried("programs", lambda: os.execv("/bin/true", ["true"]))
tried("killing", lambda: os.kill(os.getppid(), 0))
tried("a pipe", lambda: os.pipe())
os.write(1, "\\n".join(held).encode())
os._exit(0)
"""
    key = tmp_path / "key"
    key.write_text("secret")
    done = subprocess.run(
        [sys.executable, "-c", attempts, str(key)], capture_output=True, check=True, text=True
    )
    assert "possible" not in done.stdout
    assert key.read_text() == "secret"
    assert tuple(done.stdout.splitlines()) == engine.protection()[2:]
    assert "no files, no network, no other programs" in engine.protection()
