"""The command `belisha`: the areas' commands behind one entry point.

`belisha audit verify --data DIR` runs the management command ``audit_verify`` with DIR as the
school's folder, which is made if need be.
"""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

AREAS = (
    *("desk", "rights", "complaints", "incidents", "photos", "channels", "consent"),
    *("devices", "events", "policy", "people", "audit"),
)
# These look at what is there, or need no school: they make neither a folder nor a key.
MAKE_NO_FOLDER = ("doctor", "clear", "ask", "blocklist", "restore", "archive_schema")
# Nor do these with --dry-run.
TRY_WITHOUT_FOLDER = ("import_policy",)


def commands() -> dict[tuple[str, ...], str]:
    """Every command by its words, such as ``("audit", "verify")``."""
    here = Path(__file__).parent
    files = [
        file
        for area in AREAS
        for file in (here / area / "management" / "commands").glob("[a-z]*.py")
    ]
    return {tuple(file.stem.split("_")): file.stem for file in sorted(files)}


def usage(first: str = "") -> str:
    """The list of commands, in words: those that begin with one word, or all."""
    known = sorted(commands())
    shown = [words for words in known if words[0] == first] or known
    lines = "\n".join(f"  belisha {' '.join(words)}" for words in shown)
    return f"belisha COMMAND [--data DIR] [--help]\n\n{lines}\n"


def main(arguments: list[str] | None = None) -> None:
    """Find the command that the words name, and run it. Ctrl-C ends with 130."""
    _open_what_is_closed()
    _print_what_the_terminal_knows()
    try:
        _main(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)  # as a shell says of a program whose reader went away
    finally:
        _flush()


def _main(arguments: list[str]) -> None:
    words, folder = _split_data(arguments)
    if folder:
        os.environ["BELISHA_DATA"] = folder
    known = commands()
    for length in (2, 1):
        if name := known.get(tuple(words[:length])):
            _run(name, words[length:])
            return
    if not words or words[-1] in ("-h", "--help", "help"):
        sys.stdout.write(usage(*words[:-1][:1]))
        return
    sys.stderr.write(f"belisha has no command {' '.join(words[:2])!r}.\n\n{usage(words[0])}")
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
    only_tries = name in TRY_WITHOUT_FOLDER and "--dry-run" in arguments
    asks_for_help = {"-h", "--help"} & set(arguments)
    if name in MAKE_NO_FOLDER or only_tries or asks_for_help:
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

    ManagementUtility(["belisha", name, *arguments]).execute()


def _open_what_is_closed() -> None:
    """A task that runs by itself may have nowhere to print to (`>&-`). A file that we open would
    take the number of what is closed, and be printed into."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))


def _print_what_the_terminal_knows() -> None:
    """A terminal of another alphabet shows “?” for a sign that it lacks, instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _flush() -> None:
    """Say the last words now: at the very end Python would complain that nobody listens."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
