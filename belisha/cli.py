"""The command `belisha`: the areas' commands behind one entry point.

`belisha audit verify --data DIR` runs the management command ``audit_verify`` with DIR as the
school's folder, which is made if need be.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

AREAS = ("desk", "photos", "consent", "policy", "people", "audit")


def commands() -> dict[tuple[str, ...], str]:
    """Every command by its words, such as ``("audit", "verify")``."""
    here = Path(__file__).parent
    files = [
        file
        for area in AREAS
        for file in (here / area / "management" / "commands").glob("[a-z]*.py")
    ]
    return {tuple(file.stem.split("_")): file.stem for file in sorted(files)}


def usage() -> str:
    """The list of commands, in words."""
    lines = "\n".join(f"  belisha {' '.join(words)}" for words in sorted(commands()))
    return f"belisha COMMAND [--data DIR] [--help]\n\n{lines}\n"


def main(arguments: list[str] | None = None) -> None:
    """Find the command that the words name, and run it."""
    words, folder = _split_data(list(sys.argv[1:] if arguments is None else arguments))
    if words[:1] == ["clear"] and not folder:  # this job needs no school: it gets a passing one
        with tempfile.TemporaryDirectory(prefix="belisha-") as passing:
            main([*words, "--data", passing])
        return
    if folder:
        os.environ["BELISHA_DATA"] = folder
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(usage())
        return
    known = commands()
    for length in (2, 1):
        if name := known.get(tuple(words[:length])):
            _run(name, words[length:])
            return
    sys.stderr.write(f"belisha has no command {words[0]!r}.\n\n{usage()}")
    sys.exit(2)


def _split_data(words: list[str]) -> tuple[list[str], str]:
    """Take ``--data DIR`` out, wherever it stands: settings need it before any command is read."""
    rest, folder = [], ""
    while words:
        word = words.pop(0)
        if word.startswith("--data="):
            folder = word.partition("=")[2]
        elif word == "--data":
            if not words:
                sys.stderr.write("--data needs the name of a folder.\n")
                sys.exit(2)
            folder = words.pop(0)
        else:
            rest.append(word)
    return rest, folder


def _run(name: str, arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if name == "doctor":
        os.environ["BELISHA_ONLY_LOOK"] = "1"
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except (OSError, ValueError) as error:
        sys.stderr.write(
            f"The school's folder cannot be used: {error}.\n"
            "`belisha doctor` says what is wrong and how to mend it.\n"
        )
        sys.exit(1)
    from django.core.management import ManagementUtility

    words = name.replace("_", " ")
    utility = ManagementUtility([f"belisha {words}", name, *arguments])
    utility.prog_name = "belisha"
    try:
        utility.execute()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
