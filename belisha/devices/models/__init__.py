"""What devices remembers: the school's own devices, and those taken from pupils."""

from belisha.devices.models.confiscations import (
    Confiscation,
    ConfiscationQuerySet,
    ContactTry,
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
