"""Calendars that other programs read, and theirs that we read. The other reader is `icalendar`."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.lib.ical import Event, UnreadableCalendar, read_events, written

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HALF_TERM = Event("days-1", "Half-term", date(2026, 10, 26), date(2026, 10, 30))


def read_by_another(text):
    return [
        (
            str(event["SUMMARY"]),
            event.decoded("DTSTART"),
            event.decoded("DTEND") - timedelta(days=1),
            str(event.get("DESCRIPTION", "")),
        )
        for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
    ]


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "))
events = st.builds(
    lambda number, title, notes, first, length: Event(
        f"e-{number}", title.strip(), first, first + timedelta(days=length), notes.strip()
    ),
    st.integers(0, 10**9),
    words,
    words,
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
)


@given(st.lists(events, max_size=5))
def test_another_reader_reads_what_we_write(written_down):
    text = written(written_down, name="Kerbside; a school, with\\marks", at=AT)
    assert read_by_another(text) == [
        (event.title, event.first_day, event.last_day, event.words) for event in written_down
    ]


@given(st.lists(events, max_size=5))
def test_no_line_is_longer_than_75_octets_and_each_ends_as_it_should(written_down):
    data = written(written_down, name="Kerbside", at=AT).encode()
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75


@given(st.lists(events, max_size=5))
def test_we_read_what_we_write(written_down):
    read = read_events(written(written_down, name="Kerbside", at=AT).encode(), zone=LONDON)
    assert [(event.title, event.first_day, event.last_day) for event in read] == [
        (" ".join(event.title.split()), event.first_day, event.last_day) for event in written_down
    ]


def test_words_cannot_add_a_line_of_their_own():
    evil = Event("e", "Term\r\nATTENDEE:x@y", date(2026, 1, 1), date(2026, 1, 1), "a\nb")
    text = written([evil], name="x\r\nBEGIN:VALARM", at=AT)
    assert "\r\nATTENDEE" not in text
    assert "\r\nBEGIN:VALARM" not in text
    assert read_by_another(text)[0][3] == "a\nb"


def test_the_same_event_has_the_same_number_each_time():
    (event,) = icalendar.Calendar.from_ical(written([HALF_TERM], name="K", at=AT)).walk("VEVENT")
    assert event["UID"] == "days-1@belisha"
    assert event.decoded("DTSTAMP") == AT


THEIRS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY;LANGUAGE=en-GB:Half
  term\\, all classes
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261031
BEGIN:VALARM
DTSTART:19700101T000000Z
SUMMARY:alarm
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:One day
DTSTART;VALUE=DATE:20261123
END:VEVENT
BEGIN:VEVENT
SUMMARY:In summer time
DTSTART;X-NOTE="a:b;c":20260630T230000Z
DTEND:20260701T150000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:A week
DTSTART;VALUE=DATE:20261207
DURATION:P1W
END:VEVENT
BEGIN:VEVENT
SUMMARY:To midnight
DTSTART;TZID=Europe/London:20261208T000000
DTEND;TZID=Europe/London:20261209T000000
END:VEVENT
BEGIN:VEVENT
SUMMARY:No day that makes sense
DTSTART:soon
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_calendars_of_others_are_read_as_whole_days(ending):
    read = read_events(THEIRS.replace("\n", ending).encode("utf-8-sig"), zone=LONDON)
    assert [(event.title, event.first_day, event.last_day) for event in read] == [
        ("Half term, all classes", date(2026, 10, 26), date(2026, 10, 30)),
        ("One day", date(2026, 11, 23), date(2026, 11, 23)),
        ("In summer time", date(2026, 7, 1), date(2026, 7, 1)),
        ("A week", date(2026, 12, 7), date(2026, 12, 13)),
        ("To midnight", date(2026, 12, 8), date(2026, 12, 8)),
    ]


@pytest.mark.parametrize("data", [b"", b"what,first day\nTerm,2026-09-01", b"\xff\xfe\x00"])
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(UnreadableCalendar):
        read_events(data, zone=LONDON)


@given(st.binary(max_size=300))
def test_whatever_comes_it_is_read_or_refused(data):
    for sent in (data, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data + b"\nEND:VEVENT"):
        try:
            read_events(sent, zone=LONDON)
        except UnreadableCalendar:
            continue


@pytest.mark.parametrize("letter", ["x", "é", "ہ", "🎒"])
def test_long_words_are_broken_between_letters_and_come_back_whole(letter):
    long = Event("e", letter * 400, date(2026, 1, 1), date(2026, 1, 1))
    text = written([long], name="K", at=AT)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert read_by_another(text)[0][0] == letter * 400
