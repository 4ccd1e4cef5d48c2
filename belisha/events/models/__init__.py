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
    Visitor,
    VisitorQuerySet,
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
    "Said",
    "Visitor",
    "VisitorQuerySet",
    "WhoComes",
]
