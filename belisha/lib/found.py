"""Something that a search found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What it is called, a word or two about it, and where it is."""

    title: str
    words: str
    url: str
