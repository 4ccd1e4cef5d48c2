"""What devices remembers: the school's own devices, their loans, memories, losses and checks."""

from belisha.devices.models.checks import StockCheck, StockLine, StockLineQuerySet
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
    "Device",
    "DevicePerson",
    "DeviceQuerySet",
    "Import",
    "Loan",
    "Loss",
    "Memory",
    "Plan",
    "StockCheck",
    "StockLine",
    "StockLineQuerySet",
    "Wipe",
    "borrowing_staff",
]
