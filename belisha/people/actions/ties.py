"""What areas above know of a tie between an adult and a child, asked before a list ends it.

This area knows no answers and asks nobody above. An area that knows more says so once, when the
site starts (`AppConfig.ready`), by giving a function that is asked for many ties at once.
"""

from collections.abc import Callable, Collection, Mapping

Pair = tuple[int, int]  # the numbers of a child and of an adult
Ask = Callable[[Collection[Pair]], Mapping[Pair, str]]
_asked: list[Ask] = []


def ask_before_ending(ask: Ask) -> None:
    """Have `ask` asked: of the ties given, which a person should end only on purpose, and why."""
    if ask not in _asked:
        _asked.append(ask)


def why_to_ask(ties: Collection[Pair]) -> dict[Pair, str]:
    """Say why these ties should not end by the way; those that may are left out."""
    return {tie: why for ask in _asked for tie, why in ask(ties).items()}
