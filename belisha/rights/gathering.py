"""Everything that is held on one person, from all areas; and whose names leave."""

from collections.abc import Callable, Iterator

from belisha.channels import held as channels
from belisha.complaints import held as complaints
from belisha.consent import held as consent
from belisha.devices import held as devices
from belisha.lib.held import Held, told
from belisha.people import held as people
from belisha.people.held import Person
from belisha.people.models import Parent, Pupil
from belisha.photos import held as photos
from belisha.policy import held as policy
from belisha.rights.models import Item, Request
from belisha.rights.rules import Asked, Choice, Part, covered

AREAS: dict[str, Callable[[Person], Iterator[Held]]] = {
    "Lists": people.held_on,
    "Answers": consent.held_on,
    "Policy": policy.held_on,
    "Pictures": photos.held_on,
    "Devices": devices.held_on,
    "Accounts": channels.held_on,
    "Concerns": complaints.held_on,
}
# What goes with a child to the next school: who they are, what was agreed, what was taken.
FILE = ("Lists", "Answers", "Policy", "Devices")


def held(request: Request, part: Part) -> Iterator[tuple[str, Held]]:
    """What is held on whom the request is about, each with its area, the oldest first.

    Nothing of a case: both parts read the same whether there is one or not. See `cases`.
    """
    person = request.person
    if person is None:
        return
    if part is Part.SEALED:
        yield from (("Lists", one) for one in people.held_sealed(person))
        yield from (("Answers", one) for one in consent.held_sealed(person))
        return
    for area, held_on in AREAS.items():
        if request.kind != Asked.FILE or area in FILE:
            yield from ((area, one) for one in told(held_on(person)))


def names_covered(request: Request) -> set[str]:
    """Names of all other children and parents, as texts may call them.

    Staff are named: they act for the school. Whoever asked knows their own name.
    """
    own = {request.asked_by}
    for one in (request.person, request.asker):
        own |= _names(one) if isinstance(one, Pupil | Parent) else set()
    own |= {word for name in own for word in name.split()}
    names: set[str] = set()
    for row in (*Pupil.objects.filter(erased_at=None), *Parent.objects.filter(erased_at=None)):
        names |= _names(row)
    return names - own


def shown(item: Item, names: set[str]) -> list[tuple[str, str]]:
    """What of it leaves: with the names covered, unless the reviewer said otherwise."""
    whole = item.choice == Choice.WHOLE
    return [(label, words if whole else covered(words, names)) for label, words in item.facts]


def _names(one: Pupil | Parent) -> set[str]:
    first = [one.first_name, *([one.known_as] if isinstance(one, Pupil) else [])]
    names = {f"{name} {one.last_name}".strip() for name in first}
    return {*names, *filter(None, (*first, one.last_name, getattr(one, "short_name", "")))}
