"""The directory of services (C.1, D.vii, A.2): what each is, its least age, how to report there.

It is data with a day on which it was checked: `directory.toml` beside this file, over which a file
`services.toml` in the school's folder counts, entry by entry and field by field.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

SHIPPED = Path(__file__).with_name("directory.toml")
OWN = "services.toml"  # in the school's folder
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


class Kind(StrEnum):
    """What a service is, in the order of the page."""

    NETWORK = "network"
    MESSAGES = "messages"
    VIDEO = "video"
    STRANGERS = "strangers"
    GAMES = "games"
    BOARDS = "boards"
    PICTURES = "pictures"
    BOTS = "bots"
    SCHOOL = "school"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            Kind.NETWORK: "Social networks",
            Kind.MESSAGES: "Messages and calls",
            Kind.VIDEO: "Video and live video",
            Kind.STRANGERS: "Chat with strangers",
            Kind.GAMES: "Games with chat",
            Kind.BOARDS: "Boards and forums",
            Kind.PICTURES: "Sharing pictures",
            Kind.BOTS: "Chatbots",
            Kind.SCHOOL: "Used by schools",
            Kind.OTHER: "Anything else",
        }[self]


@dataclass(frozen=True)
class Service:
    """One service. `domains` cover all beneath them; `minimum_age` is what it asks for itself.

    `opened` is whether somebody opened the addresses on `checked_on`; else they come from general
    knowledge, and who uses them looks first. `own` is whether the school wrote the entry or changed
    it.
    """

    key: str
    name: str
    kind: Kind
    domains: tuple[str, ...]
    checked_on: date
    minimum_age: int | None = None
    report_url: str = ""
    report_how: str = ""
    privacy_url: str = ""
    words: str = ""
    opened: bool = False
    own: bool = False

    def __str__(self) -> str:
        return self.name


class WrongEntry(ValueError):
    """An entry of the directory cannot be used; the text says which, and why."""


def services() -> tuple[Service, ...]:
    """Every service by kind and name; those of the school's own file too, if that can be used."""
    try:
        return known()
    except WrongEntry:
        return read(SHIPPED, None)


def known() -> tuple[Service, ...]:
    """The same for whoever must know of a wrong file: raises `WrongEntry`.

    A block list that lacks what the school wrote would let through what it was told to stop.
    """
    own = settings.DATA / OWN
    return read(SHIPPED, own, own.stat().st_mtime_ns) if own.is_file() else read(SHIPPED, None)


def service_named(key: str) -> Service | None:
    """The service with this key, if the directory knows it."""
    return next((service for service in services() if service.key == key), None)


@cache
def read(shipped: Path, own: Path | None, changed: int = 0) -> tuple[Service, ...]:
    """Both files as one, read once. `changed` is when the school's file was."""
    entries, day = _tables(shipped)
    merged: dict[str, dict[str, Any]] = {
        key: {"checked_on": day} | entry for key, entry in entries.items()
    }
    if own:
        more, day = _tables(own)
        for key, entry in more.items():
            mine = {"own": True} | ({"checked_on": day} if day else {})
            merged[key] = merged.get(key, {}) | mine | entry
    order = list(Kind)
    known = (_service(key, entry) for key, entry in merged.items())
    return tuple(sorted(known, key=lambda one: (order.index(one.kind), one.name.casefold())))


def _tables(path: Path) -> tuple[dict[str, dict[str, Any]], date | None]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WrongEntry(f"{path.name} cannot be read: {error}") from error
    day = said.pop("checked_on", None)
    if strange := [key for key, entry in said.items() if not isinstance(entry, dict)]:
        raise WrongEntry(f"{path.name}: {strange[0]} is no entry")
    return said, day


_FIELDS = {
    "name": str,
    "kind": str,
    "domains": list,
    "age": int,
    "report": str,
    "how": str,
    "privacy": str,
    "words": str,
    "checked_on": date,
    "opened": bool,
    "own": bool,
}


def _service(key: str, entry: Mapping[str, Any]) -> Service:
    for field, value in entry.items():
        if field not in _FIELDS or type(value) is not _FIELDS[field]:
            raise WrongEntry(f"{key}: {field} is not right")
    for field in ("name", "kind", "domains", "checked_on"):
        if not entry.get(field):
            raise WrongEntry(f"{key}: {field} is missing")
    if not _KEY.fullmatch(key):
        raise WrongEntry(f"{key}: a key has up to 40 small letters, digits and hyphens")
    if entry["kind"] not in list(Kind):
        raise WrongEntry(f"{key}: there is no kind {entry['kind']}")
    for domain in entry["domains"]:
        if not (isinstance(domain, str) and _DOMAIN.fullmatch(domain)):
            raise WrongEntry(f"{key}: {domain} is no domain")
    for field in ("report", "privacy"):
        if not entry.get(field, "https://").startswith("https://"):
            raise WrongEntry(f"{key}: the address of {field} begins with https://")
    return Service(
        key=key,
        name=entry["name"],
        kind=Kind(entry["kind"]),
        domains=tuple(entry["domains"]),
        checked_on=entry["checked_on"],
        minimum_age=entry.get("age"),
        report_url=entry.get("report", ""),
        report_how=entry.get("how", ""),
        privacy_url=entry.get("privacy", ""),
        words=entry.get("words", ""),
        opened=entry.get("opened", False),
        own=entry.get("own", False),
    )
