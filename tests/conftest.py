"""What the tests in a browser share: a site that runs, and pages that must look right."""

import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

DATABASE = "belisha.sqlite3"
SCREENS = Path(__file__).parent.parent / "screens"
PHONE, DESK, HIGH = 390, 1280, 900  # pixels: journeys are made on a phone, and looked at on both
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# The browser itself says this of any answer that is not 200; the test says which it expects.
EXPECTED_WORDS = (
    "status of 403",
    "status of 404",
    "status of 410",
    "status of 422",
    "status of 429",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter):
    """Say what tests counted: `record_property("figure", words)`, or a number of steps to find."""
    done = terminalreporter.getreports("passed")
    counted = [pair for report in done if report.when == "call" for pair in report.user_properties]
    for name, words in counted:
        if name == "figure":
            terminalreporter.write_line(words)
    if steps := [count for name, count in counted if name == "steps to find"]:
        median = statistics.median(steps)
        terminalreporter.write_line(
            f"{len(steps)} planted faults found, each after {median:.0f} steps (the median)"
        )


@dataclass
class Site:
    """A running site. `sign_in` has addresses that let one in by role, in a demonstration."""

    address: str
    folder: Path
    sign_in: dict[str, str] = field(default_factory=dict)


def plain_environment():
    """The environment of a user who has set nothing of Belisha's."""
    ours = {"DJANGO_SETTINGS_MODULE", "BELISHA_DATA", "BELISHA_DATABASE", "BELISHA_ADDRESS"}
    ours |= {"BELISHA_MAIL"}
    return {name: value for name, value in os.environ.items() if name not in ours}


@contextmanager
def running(*words, folder, told_to_end=signal.SIGTERM):
    """Run a command of `belisha` that serves; give its first line; end it by a signal."""
    command = [sys.executable, "-m", "belisha.cli", *words, "--port", "0", "--data", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=plain_environment()
    ) as process:
        try:
            yield process.stdout.readline()
        finally:
            process.send_signal(told_to_end)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """A folder with the demonstration school, made once for the tests of all cores to copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "loaded"
    with Path(f"{folder}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not folder.exists():
            command = [sys.executable, "-m", "belisha.cli", "demo", "--no-serve"]
            made = Path(f"{folder}.being-made")
            subprocess.run([*command, "--data", str(made)], check=True, env=plain_environment())
            made.rename(folder)
    return folder


@contextmanager
def demonstration_in(folder, loaded):
    """The demonstration school, running in a folder of its own."""
    shutil.copytree(loaded, folder)
    with running("demo", "--json", folder=folder) as line:
        yield Site(folder=folder, **json.loads(line))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, loaded):
    """The demonstration school for all tests that only look."""
    with demonstration_in(tmp_path_factory.mktemp("looked-at") / "school", loaded) as site:
        yield site


@pytest.fixture(scope="session")
def changed(tmp_path_factory, loaded):
    """The demonstration school for all tests that change it: `site` makes it as new for each."""
    with demonstration_in(tmp_path_factory.mktemp("changed") / "school", loaded) as site:
        yield site


@pytest.fixture(scope="module")
def site(changed, loaded):
    """The demonstration school as it was loaded, for the tests of one module to change."""
    put_back(loaded, changed)
    return changed


def put_back(kept, site):
    """Give a site that runs what is kept in a folder like its own.

    To start a site takes five seconds of processor, and this a blink.
    """
    with (
        closing(sqlite3.connect(kept / DATABASE)) as as_kept,
        closing(sqlite3.connect(site.folder / DATABASE, timeout=20)) as now,
    ):
        as_kept.backup(now)
    # With lines of acts that the database does not know, it would look as if put back by hand.
    shutil.rmtree(site.folder / "journal", ignore_errors=True)
    for name in ("journal", "pictures"):
        if (kept / name).exists():
            shutil.copytree(kept / name, site.folder / name, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A folder that is brought up to date and holds no school, made once for each core."""
    folder = tmp_path_factory.mktemp("empty") / "school"
    with running("serve", folder=folder) as line:
        assert line
    return folder


@pytest.fixture(scope="session")
def begun(tmp_path_factory, empty):
    """A site without a school, for all tests that make one: `new_site` empties it for each."""
    folder = tmp_path_factory.mktemp("begun") / "school"
    shutil.copytree(empty, folder)
    with running("serve", folder=folder) as line:
        yield Site(line.split()[1].removesuffix("/setup/"), folder)


@pytest.fixture
def new_site(begun, empty):
    """A site without a school."""
    put_back(empty, begun)
    return begun


@pytest.fixture(scope="module")
def chromium():
    """A real browser, for one module: while it runs, its thread may not use the database."""
    if not CHROMIUM:
        pytest.skip("no Chromium here (on Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page on a phone; errors and foreign requests fail the test."""
    context = chromium.new_context(
        viewport={"width": PHONE, "height": HIGH}, locale="en-GB", reduced_motion="reduce"
    )
    complaints = []
    context.on("request", lambda sent: complaints.append(sent.url) if is_foreign(sent.url) else 0)
    context.on("weberror", lambda found: complaints.append(str(found.error)))
    context.on("console", lambda said: complaints.append(said.text) if is_error(said) else 0)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
    assert complaints == []


def is_foreign(url):
    # Passkeys belong to a name, so their pages are asked for by that of this machine.
    here = ("http://127.0.0.1:", "http://localhost:")
    return not url.removeprefix("blob:").startswith(here)


def is_error(said):
    loud = said.type in ("error", "warning")
    return loud and not any(words in said.text for words in EXPECTED_WORDS)


def looks_right(page, name):
    """On a phone and on a desk: no barrier that axe knows, nothing wider than the screen; with
    SCREENS=1 in the environment a picture of each, in `screens/`, for human eyes."""
    page.wait_for_load_state()  # a click returns when the next page begins: it may yet be empty
    begun_at = page.viewport_size
    for width in dict.fromkeys((begun_at["width"], DESK)):
        page.set_viewport_size({"width": width, "height": begun_at["height"]})
        _looks_right(page, name, width, colours=width == begun_at["width"])
    page.set_viewport_size(begun_at)


def _looks_right(page, name, width, *, colours):
    """What axe needs longest for are the colours, which are the same at every width."""
    from axe_playwright_python.sync_playwright import Axe

    if "SCREENS" in os.environ:
        SCREENS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{name} is {wide} pixels wide on a screen of {width}"
    rules = {"color-contrast": {"enabled": colours}}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})
    assert found.violations_count == 0, found.generate_report()
