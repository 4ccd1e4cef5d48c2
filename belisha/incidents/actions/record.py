"""A case's own record: writing to it, and proving that nobody rewrote it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection
from django_scopes import scopes_disabled

from belisha.audit.rules import first_wrong, link_hash
from belisha.incidents.models import Case, Happening, Trail
from belisha.people.models import User

Fact = str | int | bool | None | list[str] | list[int]


def write(
    case: Case,
    what: Happening.What,
    words: str = "",
    *,
    by: User | None,
    at: datetime,
    private: bool = True,
    **facts: Fact,
) -> Happening:
    """Append what happened in a case, in the transaction of the act itself.

    `by` is null for whoever told us without an account, and for the rule. Nothing goes to the
    school's common record. Raises `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{what} must be recorded in the transaction of the act")
    mine = Trail.objects.select_for_update(of=("self",)).filter(case=case)
    trail = mine.first()
    if trail is None:  # its very first entry
        Trail.objects.get_or_create(case=case, defaults={"school_id": case.school_id})
        trail = mine.get()
    entry = Happening(
        school_id=case.school_id,
        case=case,
        number=trail.length + 1,
        what=what,
        words=words,
        facts=facts,
        private=private,
        at=at.astimezone(UTC),
        by=by,
        before=trail.head,
    )
    entry.hash = link_hash(entry.number, entry.said, entry.before)
    entry.save(force_insert=True)
    trail.length, trail.head = entry.number, entry.hash
    trail.save()
    return entry


def verify() -> Iterator[tuple[Case, tuple[int, str] | None]]:
    """For each case of the scope: it, and the first wrong row of its record with the reason."""
    for case in Case.objects.order_by("pk").select_related("trail"):
        rows = Happening.objects.filter(case=case).order_by("number")
        links = (row.link for row in rows)
        yield case, first_wrong(links, length=case.trail.length, head=case.trail.head)


def all_are_whole() -> bool:
    """Whether no case of any school was rewritten. Which one it was, an operator need not know."""
    with scopes_disabled():
        return all(wrong is None for _, wrong in verify())
