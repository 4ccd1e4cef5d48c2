"""How the clauses stand that this area keeps."""

from collections.abc import Callable
from datetime import date

from belisha.lib.state import State

STATES: dict[str, Callable[[date], State]] = {}
