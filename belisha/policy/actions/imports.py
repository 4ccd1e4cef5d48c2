"""Bringing in a document that the school has: read, mended, kept as a draft or thrown away."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.policy.access import can_edit_drafts
from belisha.policy.actions.documents import draft_from
from belisha.policy.files import opened, sealed
from belisha.policy.models import Document, PolicyImport, Version
from belisha.policy.outline import LONGEST, Item, Outline, fingerprint

MOST_BYTES = 20 << 20


class ChangedMeanwhile(ValidationError):
    """Somebody else has mended the same import since the page was opened."""


@transaction.atomic
def keep_import(
    document: Document,
    outline: Outline,
    *,
    data: bytes,
    name: str,
    read: str,
    by: User,
    at: datetime,
) -> PolicyImport:
    """Keep what was read from a file, to be mended; the file itself is sealed.

    `read` is the plain text that was found in it.
    """
    require(can_edit_drafts(by))
    row = PolicyImport(
        school=by.school,
        document=document,
        file_name=name[-200:],
        read=read,
        title=outline.title[: LONGEST["title"]] or document.title,
        front=dict(outline.front),
        items=[asdict(item) for item in outline.items],
        made_at=at,
        made_by=by,
    )
    row.sealed, row.wrapped_key = sealed(data, about_of(row))
    row.save()
    record("import.kept", row, by=by.pk, at=at, document=document.key)
    return row


def original_of(row: PolicyImport, *, by: User) -> bytes:
    """The file as it was sent. Raises `BrokenSeal` when somebody changed it on the disk."""
    require(can_edit_drafts(by))
    return opened(row.sealed, row.wrapped_key, about_of(row))


@transaction.atomic
def mend(row: PolicyImport, items: tuple[Item, ...], *, seen: str, by: User) -> PolicyImport:
    """Put other items in the place of those that were `seen` (see `state_of`)."""
    require(can_edit_drafts(by))
    locked = _locked(row)
    if state_of(locked) != seen:
        raise ChangedMeanwhile("Somebody has changed this page meanwhile. Look at it again.")
    locked.before, locked.items = locked.items, [asdict(item) for item in items]
    locked.save(update_fields=["before", "items"])
    return locked


@transaction.atomic
def take_back(row: PolicyImport, *, by: User) -> PolicyImport:
    """Undo the last change."""
    require(can_edit_drafts(by))
    locked = _locked(row)
    if locked.before is None:
        raise ValidationError("There is nothing to take back.")
    locked.items, locked.before = locked.before, None
    locked.save(update_fields=["before", "items"])
    return locked


def state_of(row: PolicyImport) -> str:
    """What tells one state of an import from another."""
    return fingerprint(row.outline)[:16]


@transaction.atomic
def keep_as_draft(row: PolicyImport, *, by: User, at: datetime, **front: Any) -> Version:
    """Make the mended text the draft of its document; the import goes, and its file with it.

    `front` is what `documents.change_front` takes. Raises `ValidationError`.
    """
    require(can_edit_drafts(by))
    locked = _locked(row)
    outline = Outline(front.get("title", locked.title), locked.outline.items)
    draft = draft_from(locked.document.key, outline, by=by, at=at, **front)
    record("import.kept-as-draft", locked, by=by.pk, at=at, version=draft.label)
    locked.delete()
    return draft


@transaction.atomic
def throw_away(row: PolicyImport, *, by: User, at: datetime) -> None:
    """Let go of an import and its file. Nothing else changes."""
    require(can_edit_drafts(by))
    locked = _locked(row)
    record("import.thrown-away", locked, by=by.pk, at=at, document=locked.document.key)
    locked.delete()


def _locked(row: PolicyImport) -> PolicyImport:
    School.objects.select_for_update().get(pk=row.school_id)
    found = PolicyImport.objects.select_related("document").filter(pk=row.pk).first()
    if found is None:
        raise ValidationError("This import is gone: it was kept or thrown away.")
    locked: PolicyImport = found
    return locked


def about_of(row: PolicyImport) -> bytes:
    """What the seal is bound to: a file that changes places with another does not open."""
    return f"policy import {row.school_id}/{row.ref}".encode()
