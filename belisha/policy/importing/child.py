"""The process that reads one document: bytes on its input, an outline as JSON on its output."""

import contextlib
import json
import sys
from dataclasses import asdict

MEMORY = 2_000_000_000  # bytes
SECONDS = 60  # of work


def main() -> None:
    _hold_back()
    from belisha.policy.importing.kinds import outline_and_text
    from belisha.policy.importing.unreadable import Unreadable

    data = sys.stdin.buffer.read()
    try:
        outline, text = outline_and_text(data, sys.argv[1])
        said = asdict(outline) | {"text": text}
    except Unreadable as error:
        said = {"refused": str(error)}
    sys.stdout.write(json.dumps(said))


def _hold_back() -> None:
    """No more memory and no more time than a policy needs, where the system can promise that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
