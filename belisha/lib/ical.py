"""Calendars as other programs read and write them: whole days by RFC 5545.

Written by hand, since whole days need twenty lines of it; a test reads them with another's parser.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_LONGEST_LINE = 75  # octets (RFC 5545, 3.1)
_WEEKS_OR_DAYS = re.compile(r"P(?:(\d+)W|(\d+)D(?:T.*)?)")


class UnreadableCalendar(ValueError):
    """The file is no calendar; the words say why."""


@dataclass(frozen=True)
class Event:
    """Something on whole days, the last one counted. `uid` is the same at every fetch,
    and no other event has it."""

    uid: str
    title: str
    first_day: date
    last_day: date
    words: str = ""
    url: str = ""


def written(events: Iterable[Event], *, name: str, at: datetime) -> str:
    """A calendar called `name`, as it is at a moment."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Belisha//Belisha//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _lines(event, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _lines(event: Event, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@belisha"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.first_day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last_day + _DAY:%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.words:
        yield f"DESCRIPTION:{_escaped(event.words)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    lines = ("".join(mark for mark in line if mark.isprintable()) for line in text.splitlines())
    return "\\n".join(lines)


def _folded(line: str) -> str:
    """Break a line so that no part of it is longer than allowed, and no letter is split."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)


def read_events(data: bytes, *, zone: ZoneInfo) -> list[Event]:
    """Read the events of a calendar as whole days in `zone`; raise `UnreadableCalendar`.

    An event that repeats is read once, as it is written. What has no day that makes sense is left
    out.
    """
    lines = _unfolded(data)
    if not lines or lines[0].upper() != "BEGIN:VCALENDAR":
        raise UnreadableCalendar("This is no calendar file. It would begin with BEGIN:VCALENDAR.")
    return list(filter(None, (_event(fields, zone) for fields in _blocks(lines))))


def _unfolded(data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = re.sub(r"\r\n?", "\n", text).strip("\n")
    return re.sub(r"\n[ \t]", "", text).split("\n")


def _blocks(lines: list[str]) -> Iterator[dict[str, tuple[str, str]]]:
    """The fields of each event, without those of the alarms in it: name, parameters and value."""
    inside: list[str] = []
    fields: dict[str, tuple[str, str]] = {}
    for line in lines:
        head, _, value = _split(line)
        name, _, parameters = head.partition(";")
        name = name.upper()
        if name == "BEGIN":
            inside.append(value.strip().upper())
            fields = {} if inside[-1] == "VEVENT" else fields
        elif name == "END":
            if inside and inside.pop() == "VEVENT":
                yield fields
        elif inside and inside[-1] == "VEVENT":
            fields.setdefault(name, (parameters, value))


def _split(line: str) -> tuple[str, str, str]:
    """The head of a line and its value, parted by the first colon outside quotation marks."""
    quoted = False
    for place, mark in enumerate(line):
        if mark == '"':
            quoted = not quoted
        elif mark == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _event(fields: dict[str, tuple[str, str]], zone: ZoneInfo) -> Event | None:
    try:
        first, _ = _day(fields["DTSTART"][1], zone)
        last = _last_day(fields, first, zone)
    except (KeyError, ValueError, OverflowError):
        return None
    title = _plain(fields.get("SUMMARY", ("", ""))[1])
    return Event(fields.get("UID", ("", ""))[1], title, first, max(first, last))


def _last_day(fields: dict[str, tuple[str, str]], first: date, zone: ZoneInfo) -> date:
    if "DTEND" in fields:
        day, is_end_of_day_before = _day(fields["DTEND"][1], zone)
        return day - _DAY if is_end_of_day_before else day
    if length := _WEEKS_OR_DAYS.fullmatch(fields.get("DURATION", ("", ""))[1].strip()):
        weeks, days = length.groups(default="0")
        return first + (int(weeks) * 7 + int(days) - 1) * _DAY
    return first


def _day(value: str, zone: ZoneInfo) -> tuple[date, bool]:
    """A day, and whether it is written as a day alone or as its first moment."""
    value = value.strip()
    if "T" not in value:
        return datetime.strptime(value, "%Y%m%d").date(), True  # noqa: DTZ007 - a day alone
    moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone follows
    if value.endswith("Z"):
        moment = moment.replace(tzinfo=UTC).astimezone(zone)
    return moment.date(), (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _plain(value: str) -> str:
    text = re.sub(
        r"\\([nN,;\\])", lambda found: found[1].replace("n", " ").replace("N", " "), value
    )
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
