"""A file that somebody sends us: taken in as it came, by cases and by complaints alike.

It is told by its first bytes, hashed and sealed. It never changes, and no program of ours reads it.
"""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from belisha.incidents.rules import MOST_BYTES, MOST_BYTES_WITHOUT_ACCOUNT, media_type_of
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.models import StoredFile

TOO_BIG = gettext_lazy("This file is too big. Send a part of it, or a screenshot.")


@dataclass(frozen=True)
class Looked:
    """What is known of a file on receipt."""

    media_type: str
    sha256: str
    size: int  # bytes


def most_bytes(by: User | None) -> int:
    """The largest file that this person may send. `by` is null for whoever has no account."""
    return MOST_BYTES if by else MOST_BYTES_WITHOUT_ACCOUNT


def refuse_too_big(size: int, by: User | None) -> None:
    if size > most_bytes(by):
        raise ValidationError(TOO_BIG)


def look_at(data: bytes, by: User | None) -> Looked:
    """Raises `ValidationError` with a plain sentence for what is not taken."""
    refuse_too_big(len(data), by)
    media_type = media_type_of(data)
    if not media_type:
        raise ValidationError(_("This is no picture, PDF or film. Make a screenshot of it."))
    return Looked(media_type, hashlib.sha256(data).hexdigest(), len(data))


def whole(file: StoredFile, sha256: str) -> bytes:
    """The bytes as they came. Raises `ValidationError` when they are not what was received, and
    as `store.fetch` does."""
    data = store.fetch(file)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValidationError("This file is not what was received. Do not use it.")
    return data
