"""A row in each table that has none, so that what is said of all tables is said of something.

What stands in such a row means nothing; each column holds a value of its own kind.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models

from belisha.rights.archive.tables import columns, tables

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
VALUES: tuple[tuple[type[Any], Any], ...] = (
    (models.DateTimeField, AT),
    (models.DateField, date(2026, 11, 20)),
    (models.TimeField, time(9)),
    (models.BooleanField, True),
    (models.JSONField, {"é": [1, None]}),
    (models.BinaryField, b"\x00\xff"),
    (models.IntegerField, 1),
    (models.FloatField, 0.5),
)


def fill_empty_tables() -> list[str]:
    """Make the rows; return the names of the tables that got one."""
    empty = [model for model in tables(secrets=False) if not model._base_manager.exists()]
    for model in empty:
        _row_of(model)
    return [model._meta.db_table for model in empty]


def _row_of(model: type[models.Model]) -> models.Model:
    """Any row of a table, made if there is none."""
    if there := model._base_manager.first():
        return there
    values = {}
    for field in columns(model):
        if isinstance(field, models.ForeignKey):
            # One that may be empty stays so: rules of the table say which of several names one.
            values[field.name] = None if field.null else _row_of(field.related_model)
        elif not field.has_default() and not field.null and not field.primary_key:
            values[field.name] = _value_of(field)
    return model._base_manager.create(**values)


def _value_of(field: models.Field) -> Any:
    if field.choices:
        return field.choices[0][0]
    found = (value for kind, value in VALUES if isinstance(field, kind))
    return next(found, "é\n"[: field.max_length])
