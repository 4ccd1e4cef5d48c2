"""How the whole policy stands: one small function per clause in each area, gathered here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import NoReverseMatch, resolve, reverse

from belisha.audit.actions import stamp
from belisha.channels import clauses as channels
from belisha.complaints import clauses as complaints
from belisha.consent import clauses as consent
from belisha.devices import clauses as devices
from belisha.events import clauses as events
from belisha.incidents import clauses as incidents
from belisha.lib.state import Standing, State, gravest
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.photos import clauses as photos
from belisha.policy import clauses as policy
from belisha.policy.controls import CONTROLS
from belisha.policy.models import Binding, Clause, Version
from belisha.rights import clauses as rights

STATES: dict[str, Callable[[date], State]] = {
    **policy.STATES,
    **events.STATES,
    **devices.STATES,
    **consent.STATES,
    **channels.STATES,
    **photos.STATES,
    **complaints.STATES,
    **incidents.STATES,
    **rights.STATES,  # P.i, with what consent says of it
}
# No area keeps these yet: the clause binds people, and the page says so plainly.
BY_PEOPLE = State(Standing.NOT_IN_USE, "Kept by people. Belisha keeps no record of it")


def states(on: date, *, only: Iterable[str] = CONTROLS) -> dict[str, State]:
    """The state of each clause of the model policy on a day."""
    wanted = list(only)
    together = policy.readings(on) if not policy.READINGS.keys().isdisjoint(wanted) else {}
    alone = {control: STATES[control](on) for control in wanted if control in STATES}
    return {control: (alone | together).get(control, BY_PEOPLE) for control in wanted}


_known: dict[int, tuple[date, str, dict[str, State]]] = {}


def states_now(school_id: int, on: date) -> dict[str, State]:
    """The same, worked out anew only when something was recorded since: nothing else changes it.

    It is kept by the process alone, so that a figure is never older than the last act.
    """
    head = stamp(school_id)
    known = _known.get(school_id)
    if known is None or known[:2] != (on, head):
        known = _known[school_id] = (on, head, states(on))
    return known[2]


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
    for binding in Binding.objects.filter(clause__version=version).order_by("id"):
        bound.setdefault(binding.clause_id, []).append(binding)
    known = states_now(version.school_id, on)
    return [
        _row(clause, bound.get(clause.pk, []), known, user)
        for clause in Clause.objects.filter(version=version).order_by("position")
    ]


@dataclass(frozen=True)
class Beside:
    """What stands beside one clause: a shape, its words, and more where there is more."""

    shape: str
    words: str
    sub: str = ""
    url: str = ""
    value: int = 0
    most: int = 0


@dataclass(frozen=True)
class Board:
    """The whole policy at a glance. `clauses` go by the id of the row, `sections` by heading;
    `standings` are all that there are, gravest first, each with its clauses in their order."""

    clauses: dict[int, Beside]
    sections: dict[str, str]
    standings: list[tuple[Standing, list[Clause]]]


def board(version: Version, user: User, *, on: date) -> Board:
    """How each clause and each section of a version stands for this reader."""
    known = [(row, row.state) for row in rows(version, user, on=on) if row.state]
    lights: dict[str, str] = {}
    for heading, some in groupby(known, key=lambda pair: pair[0].clause.heading):
        if worst := gravest(state for _, state in some):
            lights[heading] = worst.standing.light
    return Board(
        {row.clause.pk: _beside(state, row) for row, state in known},
        lights,
        [
            (standing, [row.clause for row, state in known if state.standing is standing])
            for standing in Standing
        ],
    )


def _beside(state: State, row: Row) -> Beside:
    done, _, of = state.figure.partition(" of ")
    counted = done.isdecimal() and of.isdecimal()
    proven = state.proven_on
    said = f"Last shown on {proven.day} {proven:%B %Y}" if proven else ""
    return Beside(
        state.standing.light,
        state.says,
        row.proof or said,
        row.url,
        int(done) if counted else 0,
        int(of) if counted else 0,
    )


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
