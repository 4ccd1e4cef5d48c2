"""Changing a row, and knowing what changed."""

from typing import Any

from django.db.models import Model


def amend(row: Model, **values: Any) -> list[str]:
    """Set and save what differs; return the names of the fields that changed, for the record."""
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed
