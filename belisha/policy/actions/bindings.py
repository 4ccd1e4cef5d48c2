"""What keeps each clause: a control of Belisha, or people; and its words for parents."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.policy.access import can_edit_drafts
from belisha.policy.controls import CONTROLS
from belisha.policy.models import Binding, Clause, Version
from belisha.policy.wording import FOR_PARENTS


@transaction.atomic
def bind(
    clause: Clause, control: str = "", *, kept_by: str = "", proof: str = "", by: User, at: datetime
) -> Binding:
    """Bind a clause to a control, or say who keeps it and how that is proven.

    Of a draft, or of the version in force: what keeps a clause is no part of its words. Raises
    `ValidationError` when neither or both are said, or for a version that is in force no more.
    """
    require(can_edit_drafts(by))
    row = _locked(clause, at)
    if bool(control) == bool(kept_by.strip()) or (control and control not in CONTROLS):
        raise ValidationError("Choose what keeps it, or say who does.")
    if kept_by and not proof.strip():
        raise ValidationError("Say how it is proven.")
    found = Binding.objects.filter(clause=row, control=control).first()
    binding = found or Binding(school_id=row.school_id, clause=row, control=control)
    if found and control:
        return binding
    binding.kept_by, binding.proof = kept_by.strip(), proof.strip() if kept_by else ""
    binding.decided_at, binding.decided_by = at, by
    binding.save()
    record("clause.bound", row, by=by.pk, at=at, control=control or "people", address=row.address)
    return binding


@transaction.atomic
def bind_all(pairs: Iterable[tuple[Clause, str]], *, by: User, at: datetime) -> int:
    """Bind each clause to its control; return how many are new."""
    require(can_edit_drafts(by))
    before = Binding.objects.count()
    for clause, control in pairs:
        bind(clause, control, by=by, at=at)
    return int(Binding.objects.count() - before)


@transaction.atomic
def bind_model(draft: Version, *, by: User, at: datetime) -> None:
    """Bind each clause of a draft made of our model to the control that it states, and say the
    short version for parents.
    """
    require(can_edit_drafts(by))
    bind_all(((row, row.address) for row in draft.clauses if row.address in CONTROLS), by=by, at=at)
    words = {
        row.pk: FOR_PARENTS[row.address] for row in draft.clauses if row.address in FOR_PARENTS
    }
    say_for_parents(draft, words, by=by, at=at)


@transaction.atomic
def unbind(binding: Binding, *, by: User, at: datetime) -> None:
    """Take back what a clause was bound to."""
    require(can_edit_drafts(by))
    row = _locked(binding.clause, at)
    record(
        "clause.unbound",
        row,
        by=by.pk,
        at=at,
        control=binding.control or "people",
        address=row.address,
    )
    Binding.objects.filter(pk=binding.pk).delete()


@transaction.atomic
def say_for_parents(version: Version, words: dict[int, str], *, by: User, at: datetime) -> None:
    """Write what parents read about clauses, by the clause's id; empty: nothing about it.

    Of a draft, or of the version in force: it is no part of the version's words.
    """
    require(can_edit_drafts(by))
    changed = []
    for clause in version.clauses:
        said = " ".join(words.get(clause.pk, clause.for_parents).split())
        if said != clause.for_parents:
            row = _locked(clause, at)
            row.for_parents = said
            row.full_clean(exclude=["version"])
            row.save(update_fields=["for_parents"])
            changed.append(row.pk)
    if changed:
        record("clauses.said-for-parents", version, by=by.pk, at=at, clauses=changed)


def _locked(clause: Clause, at: datetime) -> Clause:
    School.objects.select_for_update().get(pk=clause.school_id)
    row = Clause.objects.select_related("version__document").filter(pk=clause.pk).first()
    if row is None:
        raise ValidationError("This clause is gone.")
    version = row.version
    if version.issued_at and version != version.document.in_force(at):
        raise ValidationError("This version is in force no more.")
    found: Clause = row
    return found
