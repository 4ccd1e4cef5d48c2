"""Giving a school the documents that are shipped: the model policies, and guidance from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.people.rules import Role
from belisha.policy.controls import CONTROLS
from belisha.policy.model_texts import MODEL_KEYS, model_outline
from belisha.policy.models import Approval, Binding, Clause, Document, Version
from belisha.policy.models.documents import MAIN, clauses_of
from belisha.policy.outline import Outline
from belisha.policy.outside import OUTSIDE
from belisha.policy.wording import FOR_PARENTS

GUIDANCE_STANDS_FROM = 50  # after all policies in the list


@dataclass(frozen=True)
class Issued:
    """How the shipped documents were issued at once, as in a demonstration (G.1).

    `approved` says who approved the policies, by side; guidance from outside needs nobody.
    """

    author: str
    checker: str
    approved: Mapping[Approval.Side, str]
    approved_on: date
    review_on: date


@transaction.atomic
def shipped_documents(
    school: School, *, by: User, at: datetime, issued: Issued | None = None
) -> list[Version]:
    """Put the shipped documents that the school has not on its list, each with a version 1.0.

    They are drafts, since the school must stand behind its words: nothing of them counts before
    the head issues it. Each clause of the main policy is bound to its own control. With `issued`
    they are in force from `at`.
    """
    require(by.has_role(Role.HEAD) and by.school_id == school.pk)
    School.objects.select_for_update().get(pk=school.pk)
    there = set(Document.objects.values_list("key", flat=True))
    made = []
    for position, key in enumerate(MODEL_KEYS):
        if key not in there:
            outline = model_outline(key)
            document = Document(key=key, title=outline.title, position=position)
            version = Version(commitment=outline.front["commitment"])
            if issued:
                version.author, version.checker = issued.author, issued.checker
                version.review_on = issued.review_on
            made.append(_keep(document, version, outline, by, at, issued))
            if issued:
                _approve(version, issued, by, at)
    for position, outside in enumerate(OUTSIDE, start=GUIDANCE_STANDS_FROM):
        if outside.key not in there:
            document = Document(key=outside.key, title=outside.title, position=position)
            document.kind = Document.Kind.GUIDANCE
            version = Version(read_at=outside.read_at)
            made.append(_keep(document, version, outside.outline, by, at, issued))
    return made


def _keep(
    document: Document,
    version: Version,
    outline: Outline,
    by: User,
    at: datetime,
    issued: Issued | None,
) -> Version:
    document.school_id = version.school_id = by.school_id
    document.save(force_insert=True)
    version.document, version.title = document, outline.title
    version.major, version.made_at, version.made_by = 1, at, by
    if issued:
        version.issued_at, version.issued_by = at, by
        version.issued_on = timezone.localdate(at)
    version.save(force_insert=True)
    clauses = clauses_of(version, outline)
    if document.key == MAIN:
        for clause in clauses:
            clause.for_parents = FOR_PARENTS.get(clause.address, "")
    Clause.objects.bulk_create(clauses)
    if document.key == MAIN:
        Binding.objects.bulk_create(
            Binding(
                school_id=by.school_id,
                clause=clause,
                control=clause.address,
                decided_at=at,
                decided_by=by,
            )
            for clause in clauses
            if clause.address in CONTROLS
        )
    record("document.shipped", version, by=by.pk, at=at, document=document.key, issued=bool(issued))
    return version


def _approve(version: Version, issued: Issued, by: User, at: datetime) -> None:
    Approval.objects.bulk_create(
        Approval(
            school_id=version.school_id,
            version=version,
            side=side,
            name=name,
            approved_on=issued.approved_on,
            recorded_at=at,
            recorded_by=by,
            digest=version.digest,
        )
        for side, name in issued.approved.items()
    )
