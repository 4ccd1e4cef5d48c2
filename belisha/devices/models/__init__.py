"""What devices remembers: the school's own, their loans and checks; those taken from pupils."""

from belisha.devices.models.checks import StockCheck, StockLine, StockLineQuerySet
from belisha.devices.models.confiscations import (
    Confiscation,
    ConfiscationQuerySet,
    ContactTry,
    Correction,
    Exemption,
    ExemptionQuerySet,
    Keeping,
    Matter,
    MatterQuerySet,
    Returned,
    ReturnedQuerySet,
    Stored,
)
from belisha.devices.models.loans import Loan, Memory, Plan
from belisha.devices.models.losses import Loss
from belisha.devices.models.memory import Import, Wipe
from belisha.devices.models.register import (
    Condition,
    Device,
    DevicePerson,
    DeviceQuerySet,
    borrowing_staff,
)

__all__ = [
    "Condition",
    "Confiscation",
    "ConfiscationQuerySet",
    "ContactTry",
    "Correction",
    "Device",
    "DevicePerson",
    "DeviceQuerySet",
    "Exemption",
    "ExemptionQuerySet",
    "Import",
    "Keeping",
    "Loan",
    "Loss",
    "Matter",
    "MatterQuerySet",
    "Memory",
    "Plan",
    "Returned",
    "ReturnedQuerySet",
    "StockCheck",
    "StockLine",
    "StockLineQuerySet",
    "Stored",
    "Wipe",
    "borrowing_staff",
]
