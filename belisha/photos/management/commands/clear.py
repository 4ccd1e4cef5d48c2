"""belisha clear: photographs and lists in, safe copies and a report out. No server, no school."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from tqdm import tqdm

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.lib.tables import UnreadableTable
from belisha.photos.clearing.clear import Cleared, Job, clear
from belisha.photos.clearing.lists import Lists, read_lists
from belisha.photos.imaging.engine import Engine
from belisha.policy.rules import PURPOSES, PurposeTerms, purpose_named

SUFFIXES = {".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp"}


class Command(Base):
    help = "Make safe copies of photographs for one purpose, from lists, without a server."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("photos", nargs="+", type=Path, help="photographs, or folders of them")
        parser.add_argument("--pupils", required=True, type=Path, metavar="CSV")
        parser.add_argument("--consents", required=True, type=Path, metavar="CSV")
        parser.add_argument("--tags", type=Path, metavar="CSV", help="who is in which box")
        parser.add_argument("--for", required=True, dest="purpose", type=_purpose)
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--report", type=Path, metavar="JSON")
        parser.add_argument("--on", type=_day, metavar="DATE", help="decide as on that day")

    def handle(self, *args: Any, **options: Any) -> None:
        photos = list(_photographs(options["photos"]))
        if not photos:
            raise WrongUse("There is no photograph in what was named.")
        lists = _read_lists(options)
        for note in lists.notes:
            self.stderr.write(note)
        out = _folder(options["out"], photos)
        if options["report"]:
            _must_be_writable(options["report"].parent)
        job = Job(lists, options["purpose"], out, options["on"] or timezone.localdate())
        results = self._clear(photos, job)
        rows = [asdict(result) for result in results]
        if options["report"]:
            _write_report(options["report"], rows)
        if options["json"]:
            self.print_json(rows)
        else:
            self._tell(results)
        if any(result.error for result in results):
            sys.exit(1)

    def _clear(self, photos: list[Path], job: Job) -> list[Cleared]:
        with Engine() as engine:
            cleared = clear(photos, job, engine)
            # disable=None: a bar on a terminal, nothing in a pipe
            return list(tqdm(cleared, total=len(photos), unit="photo", disable=None))

    def _tell(self, results: list[Cleared]) -> None:
        for result in results:
            if result.error:
                self.stderr.write(f"{result.photo}: {result.error}")
        as_is = sum(result.verdict == "as-is" for result in results)
        safe = sum(result.verdict == "safe-copy" for result in results)
        hidden = sum(face["hidden"] for result in results for face in result.faces)
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
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        else:
            yield path


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


def _folder(out: Path, photos: list[Path]) -> Path:
    """Make the folder for the copies; it may not be one that holds the photographs."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"The folder {out} cannot be made: {error.strerror}.") from None
    _must_be_writable(out)
    if any(photo.parent.resolve() == out.resolve() for photo in photos):
        raise WrongUse("Copies may not go where the photographs are. Name another folder.")
    return out.resolve()


def _must_be_writable(folder: Path) -> None:
    """Say it before the work, not after."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise WrongUse(f"Nothing can be written into the folder {folder}.")


def _write_report(path: Path, rows: list[dict[str, Any]]) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise WrongUse(f"The report {path} cannot be written: {error.strerror}.") from None
