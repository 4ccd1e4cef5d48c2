"""What policy remembers: what families are asked, and the school's documents."""

from belisha.policy.models.asked import (
    Acknowledgement,
    Agreement,
    AgreementQuerySet,
    How,
    Purpose,
    PurposeQuerySet,
    Reading,
    Signature,
    SignatureQuerySet,
    add_shipped_purposes,
    current_agreements,
    draft_of,
)
from belisha.policy.models.documents import (
    Approval,
    Binding,
    Clause,
    Document,
    Version,
    VersionQuerySet,
)

__all__ = [
    "Acknowledgement",
    "Agreement",
    "AgreementQuerySet",
    "Approval",
    "Binding",
    "Clause",
    "Document",
    "How",
    "Purpose",
    "PurposeQuerySet",
    "Reading",
    "Signature",
    "SignatureQuerySet",
    "Version",
    "VersionQuerySet",
    "add_shipped_purposes",
    "current_agreements",
    "draft_of",
]
