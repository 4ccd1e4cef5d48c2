"""What policy remembers: what families are asked, the school's documents, how parents are told."""

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
from belisha.policy.models.awareness import AwarenessQuerySet, AwarenessStep, awareness_state
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
    "AwarenessQuerySet",
    "AwarenessStep",
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
    "awareness_state",
    "current_agreements",
    "draft_of",
]
