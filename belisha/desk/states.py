"""How the whole policy stands: one small function per clause in each area, gathered here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, resolve, reverse

from belisha.consent import clauses as consent
from belisha.lib.state import Standing, State, gravest
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.photos import clauses as photos
from belisha.policy import clauses as policy
from belisha.policy.controls import CONTROLS
from belisha.policy.models import Binding, Clause, Version

STATES: dict[str, Callable[[date], State]] = {**policy.STATES, **consent.STATES, **photos.STATES}
# No area keeps these yet: the clause binds people, and the page says so plainly.
BY_PEOPLE = State(Standing.NOT_IN_USE, "Kept by people. Belisha keeps no record of it")


def states(on: date, *, only: Iterable[str] = CONTROLS) -> dict[str, State]:
    """The state of each clause of the model policy on a day."""
    return {control: STATES[control](on) if control in STATES else BY_PEOPLE for control in only}


@dataclass(frozen=True)
class Row:
    """One clause of the school's document with its state. `state` is None where nobody has
    decided yet what keeps it; `url` is empty where the reader may not go to the work."""

    clause: Clause
    state: State | None
    proof: str = ""
    url: str = ""


def rows(version: Version, user: User | None, *, on: date) -> list[Row]:
    """Every clause of a version in its order. Two queries more than the states themselves."""
    bound: dict[int, list[Binding]] = {}
    for binding in Binding.objects.filter(clause__version=version):
        bound.setdefault(binding.clause_id, []).append(binding)
    used = {one.control for many in bound.values() for one in many if one.control}
    known = states(on, only=sorted(used & set(CONTROLS)))
    return [
        _row(clause, bound.get(clause.pk, []), known, user)
        for clause in Clause.objects.filter(version=version).order_by("position")
    ]


def _row(
    clause: Clause, bindings: list[Binding], known: dict[str, State], user: User | None
) -> Row:
    state = gravest(known[one.control] for one in bindings if one.control in known)
    people = [one for one in bindings if one.kept_by]
    if state is None and people:
        state = State(Standing.NOT_IN_USE, "Kept by people")
    proof = "; ".join(one.proof for one in people if one.proof)
    return Row(clause, state, proof, way_to(state.route, user) if state and user else "")


def way_to(route: str, user: User) -> str:
    """The address of a page, or nothing where the person may not open it."""
    if not route:
        return ""
    try:
        url = reverse(route)
    except NoReverseMatch:
        return ""
    opened_to: frozenset[Role] | None = getattr(resolve(url).func, "opened_to", frozenset())
    return url if opened_to is None or not user.roles.isdisjoint(opened_to) else ""
