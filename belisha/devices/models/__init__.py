"""What devices remembers: the school's own devices, and those taken from pupils."""

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
from belisha.devices.models.register import Device, DeviceQuerySet

__all__ = [
    "Confiscation",
    "ConfiscationQuerySet",
    "ContactTry",
    "Correction",
    "Device",
    "DeviceQuerySet",
    "Exemption",
    "ExemptionQuerySet",
    "Keeping",
    "Matter",
    "MatterQuerySet",
    "Returned",
    "ReturnedQuerySet",
    "Stored",
]
