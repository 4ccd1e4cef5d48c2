"""Complaints, how far each has come, what was written, and the school's own rules for them."""

from belisha.complaints.models.complaints import (
    Closing,
    Complaint,
    ComplaintQuerySet,
    Concerned,
    Extension,
    Message,
    Offer,
    Step,
)
from belisha.complaints.models.files import Attachment
from belisha.complaints.models.limits import ContactLimit, ContactLimitQuerySet
from belisha.complaints.models.panels import Panel, PanelMember
from belisha.complaints.models.settings import TargetsSet, targets_now

__all__ = [
    "Attachment",
    "Closing",
    "Complaint",
    "ComplaintQuerySet",
    "Concerned",
    "ContactLimit",
    "ContactLimitQuerySet",
    "Extension",
    "Message",
    "Offer",
    "Panel",
    "PanelMember",
    "Step",
    "TargetsSet",
    "targets_now",
]
