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
from belisha.incidents.models.progress import (
    Keeping,
    OutcomeReader,
    Period,
    Reply,
    Risen,
    Sanction,
    StaffOutcome,
    Support,
    periods,
)
from belisha.incidents.models.record import Arrival, ArrivalPart, Evidence, Happening, WorkingCopy
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
    "Keeping",
    "OutcomeReader",
    "Outside",
    "Party",
    "PartyQuerySet",
    "Period",
    "Recusal",
    "Reply",
    "Risen",
    "Sanction",
    "StaffOutcome",
    "Support",
    "Task",
    "Tie",
    "Told",
    "WorkingCopy",
    "periods",
]
