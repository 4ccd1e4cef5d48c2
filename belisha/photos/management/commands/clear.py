"""belisha clear: photographs and lists in, safe copies and a report out. No server, no school."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from belisha.consent.reading import COLUMNS
from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.lib.tables import UnreadableTable
from belisha.photos.clearing.clear import Cleared, Job, clear
from belisha.photos.clearing.lists import PUPIL_COLUMNS, TAG_COLUMNS, Lists, read_lists
from belisha.photos.clearing.writing import write
from belisha.photos.imaging.engine import Engine, EngineFailed
from belisha.policy.rules import PURPOSES, PurposeTerms, purpose_named

SUFFIXES = {".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp"}
PUPILS = f"{', '.join(PUPIL_COLUMNS)} [, protected]"
CONSENTS = f"{', '.join(COLUMNS)} [, expires]; answer is given, refused or withdrawn"
WHO = "who is a pupil, adult, unknown or not-a-face; a box is in fractions of the upright picture"


class Command(Base):
    help = "Make safe copies of photographs for one purpose, from lists, without a server."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("photos", nargs="+", type=Path, metavar="PHOTO", help="a photograph, or a folder")
        add("--pupils", required=True, type=Path, metavar="CSV", help=PUPILS)
        add("--consents", required=True, type=Path, metavar="CSV", help=CONSENTS)
        add("--tags", type=Path, metavar="CSV", help=f"{', '.join(TAG_COLUMNS)}; {WHO}")
        keys = ", ".join(purpose.key for purpose in PURPOSES)
        add("--for", required=True, dest="purpose", type=_purpose, metavar="PURPOSE", help=keys)
        add("--out", required=True, type=Path, metavar="DIR", help="where the copies go")
        add("--report", type=Path, metavar="JSON", help="what was decided, face by face")
        add("--on", type=_day, metavar="DATE", help="decide as on that day: 2026-11-20")

    def handle(self, *args: Any, **options: Any) -> None:
        _end_in_order()
        photos = list(_photographs(options["photos"]))
        if not photos:
            raise WrongUse("There is no photograph in what was named.")
        lists = _read_lists(options)
        _check_tags(lists, photos, options["tags"])
        if options["report"]:
            _check_report(options)
        out = _folder(options["out"], photos)
        for note in lists.notes:
            self.stderr.write(note)
        job = Job(lists, options["purpose"], out, options["on"] or timezone.localdate())
        results = self._clear(photos, job)
        rows = [asdict(result) for result in results]
        if options["report"]:
            _write_report(options["report"], rows)
        if options["json"]:
            self.print_json(rows)
        else:
            self._tell(results)
        if left := _left_from_before(out, results):
            copies = "a copy" if left == 1 else f"{left} copies"
            self.stderr.write(f"{out} also holds {copies} that this run did not make.")
        if any(result.error for result in results):
            sys.exit(1)

    def _clear(self, photos: list[Path], job: Job) -> list[Cleared]:
        try:
            with Engine() as engine:
                cleared = clear(photos, job, engine)
                # disable=None: a bar on a terminal, nothing in a pipe
                return list(tqdm(cleared, total=len(photos), unit="photo", disable=None))
        except EngineFailed as error:
            raise CommandError(f"{error} `belisha doctor` says what is wrong.") from None

    def _tell(self, results: list[Cleared]) -> None:
        for result in results:
            if result.error:
                self.stderr.write(f"{_on_one_line(result.photo)}: {result.error}")
        as_is = sum(result.verdict == "as-is" for result in results)
        safe = sum(result.verdict == "safe-copy" for result in results)
        hidden = sum(face["hidden"] for result in results if result.out for face in result.faces)
        self.stdout.write(
            f"{as_is} as they are, {safe} with faces hidden ({hidden} in all), "
            f"{len(results) - as_is - safe} refused."
        )


def _purpose(words: str) -> PurposeTerms:
    purpose = purpose_named(words)
    if purpose is None:
        known = ", ".join(purpose.key for purpose in PURPOSES)
        raise argparse.ArgumentTypeError(f"there is no purpose {words!r}; there are {known}")
    return purpose


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is not a date such as 2026-11-20") from None


def _photographs(named: Iterable[Path]) -> Iterable[Path]:
    for path in named:
        try:
            inside = _inside(path)
        except OSError:  # no folder, or a closed one: what is wrong is said in its turn
            inside = [path]
        yield from inside


def _inside(folder: Path) -> list[Path]:
    """The photographs of a folder, without what systems hide in it."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not path.is_dir()
    )


def _read_lists(options: dict[str, Any]) -> Lists:
    try:
        return read_lists(
            _read(options["pupils"]),
            _read(options["consents"]),
            _read(options["tags"]) if options["tags"] else None,
        )
    except UnreadableTable as error:
        raise WrongUse(str(error)) from None


def _read(path: Path) -> tuple[bytes, str]:
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}.") from None


def _check_tags(lists: Lists, photos: list[Path], tags: Path | None) -> None:
    if name := lists.unclear_name(photos):
        raise WrongUse(
            f"{tags} speaks of {name}, and two of the photographs are called so. "
            "Write their folders before their names."
        )
    if vain := lists.tagged_in_vain(photos):
        photographs = "a photograph" if len(vain) == 1 else f"{len(vain)} photographs"
        lists.notes.append(f"{tags} speaks of {photographs} not given here, such as {vain[0]}.")


def _folder(out: Path, photos: list[Path]) -> Path:
    """Make the folder for the copies; it may not be one that holds the photographs."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"The folder {out} cannot be made: {error.strerror}.") from None
    _must_be_writable(out)
    here = os.path.realpath(out)
    for photo in photos:
        # The photograph, or what a link of that name leads to, must not be written over.
        if here in (os.path.realpath(photo.parent), str(Path(os.path.realpath(photo)).parent)):
            raise WrongUse("Copies may not go where the photographs are. Name another folder.")
    return Path(here)


def _left_from_before(out: Path, results: list[Cleared]) -> int:
    """How many pictures lie there that were decided at another time, perhaps otherwise."""
    made = {result.out for result in results}
    return sum(path.name not in made for path in out.glob("*.jpg"))


def _check_report(options: dict[str, Any]) -> None:
    """Say what is wrong with the place of the report before the work, not after."""
    report: Path = options["report"]
    if report.is_dir():
        raise WrongUse(f"The report {report} is a folder. Name a file.")
    given = (*options["photos"], options["pupils"], options["consents"], options["tags"])
    if os.path.realpath(report) in [os.path.realpath(path) for path in given if path]:
        raise WrongUse(f"The report would be written over {report}. Name another file.")
    if report.absolute().parent != options["out"].absolute():
        _must_be_writable(report.parent)


def _must_be_writable(folder: Path) -> None:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise WrongUse(f"Nothing can be written into the folder {folder}.")


def _write_report(path: Path, rows: list[dict[str, Any]]) -> None:
    # A file name that is no text becomes an escape of JSON.
    text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    try:
        write(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CommandError(
            f"The copies are made, but {path} cannot be written: {error.strerror}."
        ) from None


def _on_one_line(name: str) -> str:
    """A file name without what would move the cursor of a terminal."""
    return "".join(mark if mark.isprintable() else "�" for mark in name)


def _end_in_order() -> None:
    """Being told to end, or a closed window, unwinds like an error: nothing is left behind."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if number := getattr(signal, name, None):
            signal.signal(number, lambda signum, _: sys.exit(128 + signum))
