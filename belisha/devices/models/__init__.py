"""What devices remembers: the school's own devices."""

from belisha.devices.models.register import Device, DeviceQuerySet

__all__ = ["Device", "DeviceQuerySet"]
