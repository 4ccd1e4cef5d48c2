"""The language in which a parent reads."""

from datetime import datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import Parent, User
from belisha.people.rules import LANGUAGES


@transaction.atomic
def choose(parent: Parent, language: str, *, by: User, at: datetime) -> Parent:
    """Keep what a parent chose for themselves: a code of `rules.LANGUAGES`."""
    require(by.parent is not None and by.parent.pk == parent.pk and language in dict(LANGUAGES))
    row: Parent = Parent.objects.select_for_update().get(pk=parent.pk, erased_at=None)
    if amend(row, language=language):
        record("parent.language-chosen", row, by=by.pk, at=at, language=language)
    return row
