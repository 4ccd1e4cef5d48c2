"""When a backup is old, and when it was last proven. Pure: no query, no clock."""

from datetime import date, timedelta

A_TERM = timedelta(days=120)  # a restore is proven once a term
A_WEEK = timedelta(days=7)  # without a backup: longer than any school would type again


def is_old(made_on: date | None, on: date) -> bool:
    """Whether too much would be lost today."""
    return made_on is None or on - made_on > A_WEEK


def proof_is_due(proven_on: date | None, on: date) -> bool:
    """Whether nobody has restored a backup for a term, and knows that it would work."""
    return proven_on is None or on - proven_on > A_TERM


def days_since(then: date | None, on: date) -> str:
    """How long ago, in words."""
    if then is None:
        return "never"
    days = (on - then).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
