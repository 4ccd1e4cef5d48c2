"""Where to report what (D.vii): forms of services by kind of harm, and helplines, as data.

The data lies in `catalogue.toml`, with the day on which it was checked.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from belisha.incidents.rules import Labelled

DATA = Path(__file__).with_name("catalogue.toml")


class Harm(Labelled):
    """What is wrong with a post or an account."""

    BULLYING = "bullying", "Bullying or making fun of somebody"
    THREAT = "threat", "A threat"
    HATE = "hate", "Hate of a group of people"
    CHILD_PICTURE = "child-picture", "A picture of a child without a yes"
    PRIVATE = "private", "Private facts or pictures"
    DEFAMATION = "defamation", "Untrue words that harm a good name"
    FALSE_ACCOUNT = "false-account", "An account that seems to be the school’s"
    OTHER = "other", "Something else"


class Who(Labelled):
    """Who may fill in a form."""

    ANYONE = "anyone", "Anybody"
    PERSON = "person", "Whom it is about, or a parent of the child"
    OWNER = "owner", "Whose name or picture it is: the school itself"


@dataclass(frozen=True)
class Form:
    """One way to report on a service. `opened`: somebody looked at it on `checked_on`."""

    service: str
    harms: frozenset[Harm]
    who: Who
    how: str
    checked_on: date
    url: str = ""
    opened: bool = False

    @property
    def key(self) -> str:
        """What it is called when somebody says that its link is wrong."""
        return f"{self.service}:{'.'.join(sorted(self.harms))}"


@dataclass(frozen=True)
class Helpline:
    key: str
    name: str
    help_for: str
    checked_on: date
    phone: str = ""
    url: str = ""
    opened: bool = False


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of the file."""
    entries, day = _read("forms")
    return tuple(
        Form(
            service=one["service"],
            harms=frozenset(Harm(word) for word in one["harms"]),
            who=Who(one["who"]),
            how=one["how"],
            checked_on=one.get("checked_on", day),
            url=one.get("url", ""),
            opened=one.get("opened", False),
        )
        for one in entries
    )


@cache
def helplines() -> tuple[Helpline, ...]:
    entries, day = _read("helplines")
    return tuple(
        Helpline(
            key=one["key"],
            name=one["name"],
            help_for=one["for"],
            checked_on=one.get("checked_on", day),
            phone=one.get("phone", ""),
            url=one.get("url", ""),
            opened=one.get("opened", False),
        )
        for one in entries
    )


def forms_for(service: str, harms: frozenset[Harm]) -> list[Form]:
    """The forms of a service that fit one of these harms."""
    return [one for one in forms() if one.service == service and one.harms & harms]


def _read(name: str) -> tuple[list[dict[str, Any]], date]:
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return found[name], found["checked_on"]
