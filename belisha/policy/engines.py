"""What reads a file, knows a clause by its words, and holds our own texts."""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from belisha.policy.outline import Item, Outline


class Unreadable(ValueError):
    """A file cannot be read as a document. Its text is a sentence or two for whoever sent it."""


def read_file(data: bytes, name: str) -> Outline:
    """Find a document's structure in a file. Raises `Unreadable`."""
    importing = _there("belisha.policy.importing")
    if importing is None:
        raise Unreadable("Files cannot be read here yet.")
    try:
        outline: Outline = importing.read(data, name)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return outline


def suggestions(items: Sequence[Item]) -> list[list[str]]:
    """For each item the controls that may keep it, the likeliest first."""
    likeness = _there("belisha.policy.likeness")
    found: list[list[Any]] = likeness.suggest(items) if likeness else [[] for _ in items]
    return [[one.control for one in suggested] for suggested in found]


def model_of(key: str) -> Outline | None:
    """The text that is shipped for a document, or None."""
    texts = _there("belisha.policy.model_texts")
    if texts is None or key not in texts.MODEL_KEYS:
        return None
    outline: Outline = texts.model_outline(key)
    return outline


def _there(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
