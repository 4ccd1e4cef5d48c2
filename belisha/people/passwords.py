"""Passwords that must not be chosen: those that are known, and those that are guessed first."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from belisha.lib.breached import is_in_hashes, is_in_shipped

LEAST = 15  # letters, names not counted
# These stand in the names of most schools and people, and give nobody away.
COMMON = frozenset("school primary academy nursery infant junior saint mrs miss the and".split())


class NotBreached:
    """Refuses what stands on the shipped list, and on the operator's own if there is one."""

    def validate(self, password: str, user: Any = None) -> None:
        file = settings.BREACHED
        try:
            known = is_in_shipped(password) or (file and is_in_hashes(password, Path(file)))
        except OSError as error:
            words = _("The list of known passwords cannot be read. Tell whoever runs the server.")
            raise ValidationError(words, code="unread") from error
        if known:
            raise ValidationError(
                _("This password is on a list of known ones. Choose another."), code="breached"
            )

    def get_help_text(self) -> str:
        return _("Not one that is known from elsewhere.")


class NoNames:
    """The names of the person and of the school do not count towards the length."""

    def validate(self, password: str, user: Any = None) -> None:
        names = [getattr(user, "name", ""), getattr(user, "email", "").partition("@")[0]]
        names.append(getattr(getattr(user, "school", None), "name", ""))
        left = password.casefold()
        for word in sorted(_words(*names), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < min(LEAST, len(password)):
            raise ValidationError(
                _("Leave out your name and the school’s. They are guessed first."), code="names"
            )

    def get_help_text(self) -> str:
        return _("Without your name and that of the school.")


def _words(*names: str) -> set[str]:
    plain = "".join(mark if mark.isalnum() else " " for mark in " ".join(names).casefold())
    return {word for word in plain.split() if len(word) > 3 and word not in COMMON}
