"""Something that waits for someone, as the page of today shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What, in a few words; more about it; where to go, and the words of the button there."""

    title: str
    words: str
    url: str
    act: str
    icon: str
