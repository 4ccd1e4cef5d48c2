"""Who has read what, for pages, lists, figures, reminders and what waits (B.0, B.v)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.calendar import Calendar
from belisha.people.models import SchoolClass, Staff, Teaching, calendar_of
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, STAFF, Role, year_name
from belisha.policy.comparing import Compared, What, changes_words, compare
from belisha.policy.duties import (
    USUAL,
    Acknowledged,
    Asked,
    Duty,
    Edition,
    Reader,
    State,
    asked_of,
    review_due,
    review_state,
)
from belisha.policy.models import Document, PrivacyReview, Read, ReadingDuty, Version
from belisha.policy.outline import Outline


@dataclass(frozen=True)
class Reading:
    """One reading of one person, with the rows that it is about."""

    staff: Staff
    duty: ReadingDuty
    version: Version
    asked: Asked
    read: Read | None

    @property
    def state(self) -> State:
        return self.asked.state

    @property
    def is_open(self) -> bool:
        return self.state is not State.DONE

    @property
    def is_late(self) -> bool:
        return self.state is State.LATE

    @property
    def due_on(self) -> date:
        return self.asked.due_on

    @property
    def what(self) -> str:
        """The thing by its name: `Part one of Keeping children safe in education`."""
        title = self.version.title
        return f"{self.duty.part} of {title}" if self.duty.part else title

    @property
    def wording(self) -> str:
        """What a person says by their tap, kept with it."""
        return f"I have read {self.what}, version {self.version.label}. I will keep to it."


@dataclass(frozen=True)
class OfPerson:
    """One member of staff on a day: where they belong, and their readings."""

    staff: Staff
    department: str
    readings: tuple[Reading, ...]


def people_on(on: date) -> list[OfPerson]:
    """Everybody who was on the staff on a day, by department and name. Eight queries."""
    facts = _Facts(on, Staff.objects.here(on))
    departments = departments_of(facts.roles)
    rows = [
        OfPerson(staff, departments[staff.pk], tuple(facts.readings_of(staff)))
        for staff in facts.staff
    ]
    return sorted(rows, key=lambda one: (_place(one.department), one.staff.name))


def readings_of(staff: Staff, on: date) -> list[Reading]:
    """What one person must read, as on a day."""
    facts = _Facts(on, Staff.objects.here(on).filter(pk=staff.pk))
    return [reading for one in facts.staff for reading in facts.readings_of(one)]


def reading_figures(on: date) -> list[tuple[str, int, int]]:
    """For each document that somebody must read: its title, how many have read it, and must."""
    found = counted(on).items()
    return sorted((document.title, read, must) for document, (read, must) in found)


def counted(on: date) -> dict[Document, tuple[int, int]]:
    """For each document that somebody must read, how many have read it, and must."""
    counts: dict[Document, tuple[int, int]] = {}
    for person in people_on(on):
        for reading in person.readings:
            read, must = counts.get(reading.duty.document, (0, 0))
            counts[reading.duty.document] = (read + (not reading.is_open), must + 1)
    return counts


def privacy_figures(on: date) -> tuple[int, int]:
    """How many of the staff reviewed their privacy settings this term, of all who should."""
    rows = reviews_on(on)
    return sum(state is State.DONE for _, state, _ in rows), len(rows)


def reviews_on(on: date) -> list[tuple[Staff, State, date]]:
    """Everybody on the staff on a day, how it stands with this term's review, and by when."""
    staff = list(Staff.objects.here(on).select_related("school"))
    roles, done = roles_on(staff, on), defaultdict(list)
    for review in PrivacyReview.objects.filter(staff__in=[one.pk for one in staff]):
        done[review.staff_id].append(review.done_on)
    found = []
    calendar = calendar_of(staff[0].school) if staff else USUAL
    for one in staff:
        if not roles[one.pk].isdisjoint(STAFF):
            reader = _reviewer(one, calendar)
            found.append((one, review_state(reader, done[one.pk], on), review_due(reader, on)))
    return found


def review_of(staff: Staff, on: date) -> tuple[State, date]:
    """How it stands with one person's review of this term, and by when it is due."""
    done = PrivacyReview.objects.filter(staff=staff).values_list("done_on", flat=True)
    reader = _reviewer(staff, calendar_of(staff.school))
    return review_state(reader, done, on), review_due(reader, on)


def _reviewer(staff: Staff, calendar: Calendar) -> Reader:
    """Nobody was asked before the school was here."""
    opened_on = timezone.localdate(staff.school.created_at)
    began = max(staff.joined_on or opened_on, opened_on)
    return Reader(staff.pk, frozenset(), began, calendar=calendar)


def reader_of(staff: Staff, roles: frozenset[str], calendar: Calendar) -> Reader:
    return Reader(staff.pk, roles, staff.joined_on, staff.left_on, calendar)


def roles_on(staff: Iterable[Staff], on: date) -> dict[int, frozenset[str]]:
    """The roles of each person as on a day: those of now, with later changes taken back.

    Every change of roles stands in the record, newest last.
    """
    roles = {one.pk: {role.role for role in one.roles.all()} for one in staff}
    about = {f"staff:{pk}": pk for pk in roles}
    later = Entry.objects.filter(verb="roles.changed", about__in=about, at__gte=_end_of(on))
    for entry in later.order_by("-number"):
        mine = roles[about[entry.about]]
        mine.difference_update(entry.facts["given"])
        mine.update(entry.facts["taken"])
    return {pk: frozenset(mine) for pk, mine in roles.items()}


def departments_of(roles: dict[int, frozenset[str]]) -> dict[int, str]:
    """Where each person belongs: by their role, and teachers by their year groups."""
    years: dict[int, set[int]] = defaultdict(set)
    classes = SchoolClass.objects.current().exclude(year_group=None)
    taught = Teaching.objects.filter(staff__in=list(roles), school_class__in=classes)
    for staff_id, year in taught.values_list("staff_id", "school_class__year_group"):
        years[staff_id].add(year)
    return {pk: _department(mine, years[pk]) for pk, mine in roles.items()}


def _department(roles: frozenset[str], years: set[int]) -> str:
    if not roles.isdisjoint(LEADERS | SAFEGUARDING):
        return "Leaders and safeguarding"
    if Role.TEACHER in roles and years:
        return "Teachers of " + " and ".join(year_name(year) for year in sorted(years))
    for role, name in _BY_ROLE:
        if role in roles:
            return name
    return "Governors" if not roles.isdisjoint(GOVERNORS) else "Others"


_BY_ROLE = (
    (Role.TEACHER, "Teachers without a class"),
    (Role.OFFICE, "Office"),
    (Role.OTHER_STAFF, "Other staff"),
)
_FIRST_TO_LAST = ("Leaders", "Teachers", "Office", "Other staff", "Governors", "Others")


def _place(department: str) -> tuple[int, str]:
    place = next(n for n, name in enumerate(_FIRST_TO_LAST) if department.startswith(name))
    return place, department


class _Facts:
    """All that the rule needs to know of some people as on a day."""

    def __init__(self, on: date, staff: Any) -> None:
        self.on, self.staff = on, list(staff.select_related("school"))
        self.calendar = calendar_of(self.staff[0].school) if self.staff else USUAL
        self.roles = roles_on(self.staff, on)
        self.duties = {
            duty.pk: duty
            for duty in ReadingDuty.objects.in_force(on).select_related("document")
            if duty.document.ended_at is None or duty.document.ended_at >= _end_of(on)
        }
        documents = {duty.document_id for duty in self.duties.values()}
        versions = Version.objects.issued().filter(document__in=documents)
        self.versions = {version.pk: version for version in versions}
        reads = Read.objects.standing().filter(staff__in=[one.pk for one in self.staff])
        self.reads = {read.pk: read for read in reads.select_related("version")}
        self.rules: list[Duty] = [duty.rule for duty in self.duties.values()]
        self.editions = [edition_of(version) for version in self.versions.values()]
        self.acknowledged: dict[int, list[Acknowledged]] = defaultdict(list)
        for read in self.reads.values():
            self.acknowledged[read.staff_id].append(acknowledged_of(read))

    def readings_of(self, staff: Staff) -> list[Reading]:
        asked = asked_of(
            reader_of(staff, self.roles[staff.pk], self.calendar),
            on=self.on,
            duties=self.rules,
            editions=self.editions,
            reads=self.acknowledged[staff.pk],
        )
        found = [
            Reading(
                staff,
                self.duties[one.duty.pk],
                self.versions[one.edition.pk],
                one,
                self.reads[one.read.pk] if one.read else None,
            )
            for one in asked
        ]
        return sorted(found, key=lambda one: (not one.is_open, one.due_on, one.version.title))


def edition_of(version: Version) -> Edition:
    """A version as the rule sees it: what counts is the day on which staff could know of it."""
    assert version.issued_at is not None
    issued_on = timezone.localdate(version.issued_at)
    return Edition(version.pk, version.document_id, version.major, version.minor, issued_on)


def acknowledged_of(read: Read) -> Acknowledged:
    version = read.version
    return Acknowledged(
        read.pk, read.staff_id, version.document_id, version.major, read.part, read.happened_on
    )


# The text of one reading


@dataclass(frozen=True)
class Shown:
    """A heading, and the clauses under it beside what they said before."""

    heading: str
    lines: tuple[Compared, ...]


@dataclass(frozen=True)
class Text:
    """What a person reads: the clauses of their part, and what changed since they last read."""

    parts: tuple[Shown, ...]
    since: Version | None
    gone: tuple[Compared, ...]

    @property
    def some_changed(self) -> bool:
        lines = (line for part in self.parts for line in part.lines)
        return bool(self.gone) or changes_words(tuple(lines))


def text_of(reading: Reading) -> Text:
    """The clauses of a person's part, beside those of the version that they read last."""
    sections, last = set(reading.duty.sections), _last_read(reading)
    now = _part(reading.version, sections)
    # Without a version read before, nothing is called new: all of it is.
    compared = compare(_part(last, sections) if last else now, now)
    parts = groupby(
        (one for one in compared if one.what is not What.GONE), lambda one: one.item.heading
    )
    return Text(
        tuple(Shown(heading, tuple(lines)) for heading, lines in parts),
        last,
        tuple(one for one in compared if one.what is What.GONE),
    )


def _last_read(reading: Reading) -> Version | None:
    reads = Read.objects.standing().filter(
        staff=reading.staff, version__document=reading.duty.document
    )
    newest = reads.exclude(version=reading.version).select_related("version")
    read = newest.order_by("-version__major", "-version__minor").first()
    return read.version if read else None


def _part(version: Version, sections: set[str]) -> Outline:
    """The named sections of a version; with none named all of it."""
    items = version.outline.items
    return Outline(
        version.title, tuple(one for one in items if not sections or one.section in sections)
    )


def _end_of(on: date) -> datetime:
    """The first moment of the next day, as the school counts days."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
