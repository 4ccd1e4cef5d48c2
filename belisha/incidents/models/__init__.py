"""A case: what was told, who is part of it, who works on it, what happened, what is to be done."""

from belisha.incidents.models.cases import (
    Breached,
    Case,
    CaseQuerySet,
    Closing,
    Handler,
    Interest,
    Party,
    PartyQuerySet,
    Recusal,
    Tie,
)
from belisha.incidents.models.record import (
    Arrival,
    ArrivalPart,
    Evidence,
    Happening,
    Trail,
    WorkingCopy,
)
from belisha.incidents.models.work import FollowUp, Outside, Task, Told

__all__ = [
    "Arrival",
    "ArrivalPart",
    "Breached",
    "Case",
    "CaseQuerySet",
    "Closing",
    "Evidence",
    "FollowUp",
    "Handler",
    "Happening",
    "Interest",
    "Outside",
    "Party",
    "PartyQuerySet",
    "Recusal",
    "Task",
    "Tie",
    "Told",
    "Trail",
    "WorkingCopy",
]
