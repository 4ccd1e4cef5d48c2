"""Writing to the record, and proving that nobody rewrote it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.db import connection, models

from belisha.audit.models import Chain, Entry
from belisha.audit.rules import first_wrong, link_hash

Fact = str | int | bool | None | list[str] | list[int]


def record(verb: str, about: models.Model, *, by: int | None, at: datetime, **facts: Fact) -> Entry:
    """Append what happened, in the transaction of the act itself.

    `about` is the row that it happened to and carries the school; `by` is the user's id. `facts`
    are ids and codes, never names or free words. Raises `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb} must be recorded in the transaction of the act")
    school_id: int = getattr(about, "school_id", None) or about.pk
    Chain.objects.get_or_create(school_id=school_id)
    chain = Chain.objects.select_for_update().get(school_id=school_id)
    entry = Entry(
        school_id=school_id,
        number=chain.length + 1,
        at=at.astimezone(UTC),
        by=by,
        verb=verb,
        about=f"{about._meta.model_name}:{about.pk}",
        facts=facts,
        before=chain.head,
    )
    entry.hash = link_hash(entry.number, entry.said, entry.before)
    entry.save(force_insert=True)
    chain.length, chain.head = entry.number, entry.hash
    chain.save()
    return entry


def stamp(school_id: int) -> str:
    """What changes with every act in a school, and with nothing else: the head of its record."""
    head = Chain.objects.filter(school_id=school_id).values_list("head", flat=True).first()
    return head or ""


_more: list[Callable[[], bool]] = []


def verify_too(whole: Callable[[], bool]) -> None:
    """Let an area above have its own chains checked with the record: whether they are whole."""
    _more.append(whole)


def others_are_whole() -> bool:
    """Whether the chains of the areas above are whole. Which is wrong is said by those areas."""
    return all(whole() for whole in _more)


def verify() -> Iterator[tuple[int, int, tuple[int, str] | None]]:
    """For each school: its id, the number of rows, and the first wrong row with the reason."""
    chains = {chain.school_id: chain for chain in Chain.objects.all()}
    written = Entry.objects.order_by().values_list("school_id", flat=True).distinct()
    for school_id in sorted({*chains, *written}):
        chain = chains.get(school_id) or Chain(school_id=school_id)
        entries = Entry.objects.filter(school_id=school_id).order_by("number")
        links = (entry.link for entry in entries.iterator(chunk_size=2000))
        yield school_id, chain.length, first_wrong(links, length=chain.length, head=chain.head)
