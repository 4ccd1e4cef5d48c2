"""Occasions of the school, and whoever visits it."""

from belisha.events.models.occasions import (
    Event,
    EventClass,
    EventQuerySet,
    Filming,
    FollowUp,
    Kind,
    Said,
    WhoComes,
)
from belisha.events.models.visitors import (
    Challenge,
    ChallengeQuerySet,
    DoorTablet,
    Period,
    Visitor,
    VisitorQuerySet,
    months_kept,
)

__all__ = [
    "Challenge",
    "ChallengeQuerySet",
    "DoorTablet",
    "Event",
    "EventClass",
    "EventQuerySet",
    "Filming",
    "FollowUp",
    "Kind",
    "Period",
    "Said",
    "Visitor",
    "VisitorQuerySet",
    "WhoComes",
    "months_kept",
]
