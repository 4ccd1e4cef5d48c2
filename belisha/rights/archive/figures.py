"""How much there is of everything, counted from the tables, so that a new area counts by itself."""

import re

from django.apps import apps
from django.db import models

from belisha.rights.archive.tables import tables

# The record has its own proof (`belisha audit verify`); what this area keeps of backups is about
# them, not about the school. Both go on while a backup is made.
NOT_COUNTED = frozenset({"audit", "rights"})
MANY_ALREADY = ("days", "hours", "choices", "accounts")
ODD = {
    "Asked": "asked",
    "KeptLonger": "kept_longer",
    "ListMade": "lists_made",
    "NotOne": "not_one",
    "Seen": "seen",
    "Staff": "staff",
}


def counted() -> dict[str, type[models.Model]]:
    """The tables of the school by the name of their figure, such as "pupils"."""
    ours = [
        model
        for model in tables(secrets=False)
        if apps.get_app_config(model._meta.app_label).name.startswith("belisha.")
        and model._meta.app_label not in NOT_COUNTED
    ]
    plain = [plural(model.__name__) for model in ours]
    return {
        name if plain.count(name) == 1 else f"{model._meta.app_label}_{name}": model
        for name, model in zip(plain, ours, strict=True)
    }


def figures() -> dict[str, int]:
    """The number of rows of each kind, and the bytes of all sealed files, by name."""
    found = {name: model._base_manager.count() for name, model in counted().items()}
    stored = counted()["stored_files"]._base_manager.aggregate(models.Sum("size"))["size__sum"]
    return dict(sorted((found | {"stored_bytes": stored or 0}).items()))


def plural(name: str) -> str:
    """The name of a model as a figure: "SchoolClass" is "school_classes"."""
    if name in ODD:
        return ODD[name]
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    if words.endswith(MANY_ALREADY):
        return words
    if words.endswith(("s", "sh", "ch", "x")):
        return f"{words}es"
    return f"{words[:-1]}ies" if words.endswith("y") and words[-2] not in "aeiou" else f"{words}s"
