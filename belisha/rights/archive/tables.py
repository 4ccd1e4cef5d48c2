"""Which tables go along, and how a row is written as JSON.

The tables are those of the models, so that a new area comes along by itself. What is not to go
along is named here, with why.
"""

import base64
import datetime as dt
import json
from collections.abc import Generator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

Row = dict[str, Any]  # by the names of the columns

# What lasts for minutes, or is bound to this very machine: nobody stays signed in over a restore.
PASSING = frozenset(
    {
        "sessions.session",
        "usersessions.usersession",
        "people.signincode",
        "people.limit",
        "account.emailconfirmation",
        "socialaccount.socialtoken",
    }
)
# What would let somebody in, or opens a seal. An archive leaves it out; a backup is sealed.
SECRET_TABLES = frozenset(
    {
        "mfa.authenticator",
        "people.invitation",
        "people.lettercode",
        "people.calendaraddress",
        "photos.schoolkey",
        "socialaccount.socialapp",
        "rights.takeaway",
    }
)
SECRET_COLUMNS: dict[str, dict[str, Any]] = {"people.user": {"password": "!"}}
READ_AT_ONCE = 2000  # rows


def tables(*, secrets: bool) -> list[type[models.Model]]:
    """The models whose rows go along, by name of table; with `secrets`, also what lets one in."""
    left_out = PASSING if secrets else PASSING | SECRET_TABLES
    found = apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.label_lower not in left_out]
    return sorted(kept, key=lambda model: model._meta.db_table)


def columns(model: Any) -> list["models.Field[Any, Any]"]:
    """The columns of a table, in their order. A field that its parent keeps is none."""
    return list(model._meta.local_concrete_fields)


def rows(model: type[models.Model], *, secrets: bool) -> Generator[Row, None, None]:
    """Every row of a table in the order of its key, a few at a time."""
    names = [field.attname for field in columns(model)]
    hidden = {} if secrets else SECRET_COLUMNS.get(model._meta.label_lower, {})
    every = model._base_manager.order_by("pk").values_list(*names)
    for values in every.iterator(chunk_size=READ_AT_ONCE):
        yield dict(zip(names, values, strict=True)) | hidden


def _plain(value: Any) -> str:
    """What JSON has no word for. Times are in UTC; bytes are base64."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.timedelta):
        return str(value.total_seconds())
    raise TypeError(f"{type(value)} has no place in an archive")


_JSON = json.JSONEncoder(default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def written(row: Row) -> bytes:
    """A row as one line of JSON in UTF-8, its keys in order: PostgreSQL keeps those in JSON so."""
    return _JSON.encode(row).encode() + b"\n"


def read(line: bytes, model: Any) -> Any:
    """The unsaved row that a line holds, of a model as it was when the line was written."""
    said = json.loads(line)
    fields = {field.attname: field for field in columns(model)}
    return model(**{name: _value(fields[name], value) for name, value in said.items()})


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DurationField):
        return dt.timedelta(seconds=float(value))
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def schema(*, secrets: bool) -> list[dict[str, Any]]:
    """Every table in words: name, what one row is, and its columns with kind and target."""
    return [
        {
            "table": model._meta.db_table,
            "model": model._meta.label,
            "row": (model.__doc__ or "").strip().partition("\n")[0],
            "columns": [_column(field) for field in columns(model)],
        }
        for model in tables(secrets=secrets)
    ]


KINDS = {
    "integer": ("AutoField", "BigAutoField", "BigIntegerField", "IntegerField"),
    "whole number": ("PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField"),
    "large whole number": ("PositiveBigIntegerField",),
    "text": ("CharField", "TextField", "SlugField", "EmailField", "URLField"),
    "yes or no": ("BooleanField",),
    "day": ("DateField",),
    "time in UTC": ("DateTimeField",),
    "time of day": ("TimeField",),
    "number": ("FloatField", "DecimalField"),
    "seconds": ("DurationField",),
    "bytes in base64": ("BinaryField",),
    "JSON": ("JSONField",),
    "address of the network": ("GenericIPAddressField",),
    "id": ("ForeignKey", "OneToOneField"),
}
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}


def _column(field: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"name": field.attname, "kind": _KIND_OF[field.get_internal_type()]}
    if field.null:
        said["may_be_null"] = True
    if field.is_relation:
        said["refers_to"] = field.related_model._meta.db_table
    return said
