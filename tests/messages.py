"""Gathers the words that parents read into `locale/`, and compiles them: ``make messages``."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from belisha.people.rules import LANGUAGES, SCHOOL_LANGUAGE

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "locale"
TRANSLATED = [code for code, _ in LANGUAGES if code != SCHOOL_LANGUAGE]


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def gathered() -> polib.POFile:
    """Every marked word of the code and the templates, as a file without translations."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("belisha", "templates"):
            shutil.copytree(ROOT / name, place / name, ignore=_not_words)
        (place / "locale").mkdir()
        # Without settings, so that nothing is written but in this folder.
        words = ["makemessages", "--locale", "xx", "--keep-pot", "--no-location", "--no-wrap"]
        subprocess.run(
            [sys.executable, "-m", "django", *words],
            cwd=place,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )
        return polib.pofile(str(place / "locale" / "django.pot"))


def _not_words(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in ("tests", "migrations", "pictures", "__pycache__")}


def main() -> None:
    words = gathered()
    for language in TRANSLATED:
        path = file_of(language)
        kept = polib.pofile(str(path), wrapwidth=0)
        kept.merge(words)
        for gone in kept.obsolete_entries():
            kept.remove(gone)
        kept.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        kept.save()
        kept.save_as_mofile(str(path.with_suffix(".mo")))
        print(f"{language}: {len(kept)} sentences, {len(kept.untranslated_entries())} to translate")


if __name__ == "__main__":
    main()
