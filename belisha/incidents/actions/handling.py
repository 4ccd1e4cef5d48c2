"""Working on a case: notes, corrections, who is part of it, who works on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.incidents.access import can_handle, can_keep_officer, may_be_given
from belisha.incidents.actions.needs import look_again
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import give, take_on
from belisha.incidents.actions.telling import Named, add_party
from belisha.incidents.models import (
    Case,
    Handler,
    Happening,
    Interest,
    Outside,
    Party,
    Recusal,
    Tie,
    Told,
)
from belisha.incidents.rules import Kind, Part, Seat
from belisha.people.access import Refused, require
from belisha.people.models import Staff, User

What = Happening.What


def _locked(case: Case, by: User, at: datetime) -> Case:
    """The row of a case, for whoever works on it. Raises `Refused` as for one that is not."""
    require(can_handle(by, case, at))
    row: Case = Case.objects.select_for_update().get(pk=case.pk)
    return row


@transaction.atomic
def note(case: Case, *, words: str, shared: bool = False, by: User, at: datetime) -> Happening:
    """Write down what happened; `shared` lets whoever told us read it."""
    return write(_locked(case, by, at), What.NOTE, words, by=by, at=at, private=not shared)


@transaction.atomic
def correct(case: Case, *, of: str, words: str, by: User, at: datetime) -> Happening:
    """Say beside what was told what is right. What was told stays; `of` says what it is about."""
    return write(_locked(case, by, at), What.CORRECTED, f"{of}: {words}", by=by, at=at)


@transaction.atomic
def change_kind(case: Case, *, kind: Kind, by: User, at: datetime) -> None:
    """File a case under another kind. What it was stands in its record."""
    row = _locked(case, by, at)
    if row.kind == kind:
        return
    said, was = f"{row.get_kind_display()} became {kind.label}.", row.kind
    row.kind = kind
    row.save(update_fields=["kind"])
    write(row, What.CORRECTED, said, by=by, at=at, kind=kind, was=was)
    give(row, at)  # some kinds are urgent
    look_again(row, by=by, at=at)


@transaction.atomic
def name(case: Case, one: Named, *, by: User, at: datetime) -> Party:
    """Write down who is part of a case. Whoever becomes its subject ceases to see it, at once."""
    row = _locked(case, by, at)
    if one.part == Part.SUBJECT and one.staff and one.staff == by.staff:
        raise ValidationError("Step back from it instead: somebody else goes on.")
    party = add_party(row, one, by=by, at=at)
    write(row, What.PARTY, f"{party}: {Part(party.part).label.lower()}.", by=by, at=at)
    let_go(row, by=by, at=at)
    look_again(row, by=by, at=at)
    return party


@transaction.atomic
def strike_out(party: Party, *, by: User, at: datetime) -> None:
    """Say that somebody was named wrongly. They stay to be read."""
    row = _locked(party.case, by, at)
    locked: Party = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    if locked.struck_at:
        return
    locked.struck_at, locked.struck_by = at, by
    locked.save(update_fields=["struck_at", "struck_by"])
    write(row, What.PARTY, f"{locked} is no part of it.", by=by, at=at)
    look_again(row, by=by, at=at)


def let_go(case: Case, *, by: User | None, at: datetime) -> None:
    """End the work of those whom it turned out to be about. Where none is left, others go on."""
    left = False
    for handler in Handler.objects.current().filter(case=case).select_related("staff__user"):
        if handler.staff and may_be_given(handler.staff, case):
            left = True
        else:
            _end(handler, by=by, at=at)
    if not left:
        give(case, at)


def _end(handler: Handler, *, by: User | None, at: datetime) -> None:
    handler.until_at, handler.ended_by = at, by
    handler.save(update_fields=["until_at", "ended_by"])
    words = f"{handler} works on it no more."
    write(handler.case, What.HANDLER, words, by=by, at=at, staff=handler.staff_id)


@transaction.atomic
def hand_over(
    case: Case, *, to: Staff, why: str, stays: bool, by: User, at: datetime
) -> Handler | None:
    """Give a case to somebody else; `stays` keeps whoever gives it at work as well.

    Raises `ValidationError` where they may not have it: no word tells whether it is about them.
    """
    row = _locked(case, by, at)
    if not may_be_given(to, row):
        raise ValidationError("They cannot work on this one. Choose somebody else.")
    there = Handler.objects.current().filter(case=row)
    given = None
    if not there.filter(staff=to).exists():
        write(row, What.HANDLER, f"Handed over to {to}. {why}".strip(), by=by, at=at)
        given = take_on(row, to, Seat.NAMED, by=by, at=at)
    if not stays:
        for mine in there.filter(staff=by.staff).exclude(staff=to):
            _end(mine, by=by, at=at)
    return given


@transaction.atomic
def step_back(case: Case, *, why: str, by: User, at: datetime) -> None:
    """A handler declares a conflict of interest: they see the case no more, and others go on."""
    row = _locked(case, by, at)
    if by.staff is None:
        raise Refused
    Recusal.objects.get_or_create(
        school_id=row.school_id, case=row, staff=by.staff, defaults={"why": why, "at": at, "by": by}
    )
    write(row, What.HANDLER, f"{by.staff} steps back. {why}".strip(), by=by, at=at)
    let_go(row, by=by, at=at)
    if not Handler.objects.current().filter(case=row).exists():
        raise ValidationError("Nobody else here could go on. Ring the authority’s officer first.")


@transaction.atomic
def tie(case: Case, other: Case, *, why: str, by: User, at: datetime) -> None:
    """Say that two cases have to do with each other. The person must see both."""
    row = _locked(case, by, at)
    require(can_handle(by, other, at))
    if row.pk == other.pk:
        raise ValidationError("This is the same case.")
    for one, two in ((row, other), (other, row)):
        _, new = Tie.objects.get_or_create(
            school_id=row.school_id, case=one, other=two, defaults={"why": why, "at": at, "by": by}
        )
        if new:
            write(one, What.NOTE, f"It has to do with {two}. {why}".strip(), by=by, at=at)


@transaction.atomic
def settle(told: Told, *, was_told: bool, how: str, by: User, at: datetime) -> None:
    """Write down that somebody was told, or why not."""
    row = _locked(told.case, by, at)
    locked: Told = Told.objects.select_for_update(of=("self",)).get(pk=told.pk)
    if locked.settled_at:
        raise ValidationError("This was written down already. Look again.")
    locked.was_told, locked.how = was_told, how
    locked.settled_at, locked.settled_by = at, by
    locked.save()
    said = "Told" if was_told else "Not told"
    write(row, What.INFORMED, f"{said}: {locked}. {how}", by=by, at=at)


@transaction.atomic
def must_be_told(case: Case, *, who: str, why: str, by: User, at: datetime) -> Told:
    """Write down that somebody must be told."""
    row = _locked(case, by, at)
    told: Told = Told.objects.create(
        school_id=row.school_id, case=row, who=who, why=why, at=at, by=by
    )
    write(row, What.INFORMED, f"{who} must be told. {why}".strip(), by=by, at=at)
    return told


@transaction.atomic
def declare(details: Mapping[str, Any], *, by: User, at: datetime) -> Interest:
    """Somebody says whom they are close to, before there is any case."""
    if by.staff is None:
        raise Refused
    row: Interest = Interest.objects.create(
        school_id=by.school_id, staff=by.staff, at=at, by=by, **details
    )
    return row


@transaction.atomic
def end_interest(interest: Interest, *, by: User, at: datetime) -> None:
    """Say that somebody is close to somebody no more."""
    row: Interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    require(row.staff == by.staff)
    row.ended_at, row.ended_by = row.ended_at or at, row.ended_by or by
    row.save()


@transaction.atomic
def keep_officer(details: Mapping[str, Any], *, by: User, at: datetime) -> Outside:
    """Write down whom to reach at the local authority; the newest row counts."""
    require(can_keep_officer(by))
    row: Outside = Outside.objects.create(
        school_id=by.school_id, seat=Seat.OFFICER, at=at, by=by, **details
    )
    record("officer.kept", row, by=by.pk, at=at)
    return row


def taken_as_sheet(case: Case, *, by: User, at: datetime) -> None:
    """Write into a case's record that it went into a sheet."""
    write(case, What.GIVEN, "It went into a sheet.", by=by, at=at)
