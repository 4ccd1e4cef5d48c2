"""What lies sealed in rows of this area."""

from belisha.lib.kept import Kept
from belisha.policy.actions.awareness import bytes_of
from belisha.policy.actions.imports import about_of
from belisha.policy.files import opened, sealed
from belisha.policy.models import AwarenessFile, PolicyImport


def _seal_file(row: AwarenessFile, data: bytes) -> None:
    row.sealed, row.wrapped_key = sealed(data, row.about)


def _open_import(row: PolicyImport) -> bytes:
    return opened(row.sealed, row.wrapped_key, about_of(row))


def _seal_import(row: PolicyImport, data: bytes) -> None:
    row.sealed, row.wrapped_key = sealed(data, about_of(row))


KEPT = (
    Kept(AwarenessFile, ("sealed", "wrapped_key"), bytes_of, _seal_file),
    Kept(PolicyImport, ("sealed", "wrapped_key"), _open_import, _seal_import),
)
