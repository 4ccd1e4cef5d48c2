"""How many devices were taken in a school year, by group, for governors: numbers and no names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from belisha.devices.confiscations.rules import FEWEST, shown
from belisha.devices.models import Confiscation, Returned
from belisha.devices.models.confiscations import During, Kind, Where
from belisha.people.rules import year_name
from belisha.policy.awareness import first_day, last_day, school_year
from belisha.policy.models import Sanction


@dataclass(frozen=True)
class Group:
    """Counts by one property: pairs of a group and its number as others may see it."""

    title: str
    rows: list[tuple[str, str]]


def counted(year: int) -> tuple[list[Group], int]:
    """The counts of a school year, and how many there were. Three queries."""
    taken = list(
        Confiscation.objects.standing()
        .filter(seized_at__date__range=(first_day(year), last_day(year)))
        .select_related("pupil")
    )
    ids = [row.pk for row in taken]
    returned = dict(
        Returned.objects.standing()
        .filter(confiscation__in=ids)
        .values_list("confiscation_id", "how")
    )
    decided: dict[str, str] = {}
    for about, chosen in Sanction.objects.filter(about__in=[row.ref for row in taken]).values_list(
        "about", "chosen"
    ):
        decided.setdefault(about, chosen)  # the newest
    back = {row.pk: returned.get(row.pk) for row in taken}
    groups = [
        _group("Year group", (year_name(row.pupil.year_group) or "No year group" for row in taken)),
        _group("Device", (str(Kind(row.kind).label) for row in taken)),
        _group("When in the day", (During(row.during).label for row in taken)),
        _group("Where", (Where(row.where).label for row in taken)),
        _group(
            "What became of it",
            (Returned.How(how).label if how else "Still here" for how in back.values()),
        ),
        _group("What was decided", (decided.get(row.ref, "Not yet decided") for row in taken)),
    ]
    return groups, len(taken)


def _group(title: str, values: Iterable[str]) -> Group:
    counts = shown(Counter(values))
    hidden = f"Fewer than {FEWEST}, or kept back"
    rows = [(name, hidden if count is None else str(count)) for name, count in counts.items()]
    return Group(title, sorted(rows))


def years() -> list[int]:
    """The school years of which something is known, the newest first."""
    first = Confiscation.objects.aggregate(first=Min("seized_at"))["first"]
    now = school_year(timezone.localdate())
    begun = school_year(timezone.localdate(first)) if first else now
    return list(range(now, begun - 1, -1))
