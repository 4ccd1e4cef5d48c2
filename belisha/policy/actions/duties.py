"""Who must read what: duties begun, changed and ended; editions of guidance; questions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.people.rules import Role
from belisha.policy.access import can_set_duties
from belisha.policy.actions.model_documents import GUIDANCE_STANDS_FROM
from belisha.policy.duties import MOST_QUESTIONS, Recurrence, why_no_question
from belisha.policy.guidance import GUIDANCE, SHIPPED_DUTIES
from belisha.policy.models import Clause, Document, Question, ReadingDuty, Version, clauses_of


@transaction.atomic
def add_duty(
    document: Document,
    *,
    roles: Collection[Role],
    part: str = "",
    sections: Sequence[str] = (),
    days: int,
    recurrence: Recurrence,
    by: User,
    at: datetime,
) -> ReadingDuty:
    """From today on people with these roles read the document, or this part of it.

    Raises `ValidationError` when nobody would be bound.
    """
    require(can_set_duties(by))
    if not roles:
        raise ValidationError("Say who must read it.")
    School.objects.select_for_update().get(pk=by.school_id)
    last = ReadingDuty.objects.filter(document=document).aggregate(last=Max("position"))["last"]
    duty: ReadingDuty = ReadingDuty.objects.create(
        school_id=document.school_id,
        document=document,
        roles=[role.value for role in Role if role in roles],
        part=" ".join(part.split()) or _sections_named(sections),
        sections=list(sections),
        days=days,
        recurrence=recurrence,
        position=(last or 0) + 1,
        began_on=timezone.localdate(at),
    )
    record(
        "duty.begun", duty, by=by.pk, at=at, document=document.pk, roles=duty.roles, days=duty.days
    )
    return duty


@transaction.atomic
def change_duty(
    duty: ReadingDuty,
    *,
    roles: Collection[Role],
    part: str = "",
    sections: Sequence[str] = (),
    days: int,
    recurrence: Recurrence,
    by: User,
    at: datetime,
) -> ReadingDuty:
    """End the duty and begin the changed one, which gives everybody its days anew.

    Who has read the part, or all of it, has done so under the new one too.
    """
    end_duty(duty, by=by, at=at)
    return add_duty(
        duty.document,
        roles=roles,
        part=part,
        sections=sections,
        days=days,
        recurrence=recurrence,
        by=by,
        at=at,
    )


@transaction.atomic
def end_duty(duty: ReadingDuty, *, by: User, at: datetime) -> ReadingDuty:
    """From today on nobody is asked for it. Who read it under it stays written down."""
    require(can_set_duties(by))
    row: ReadingDuty = ReadingDuty.objects.select_for_update().get(pk=duty.pk)
    if row.ended_on is not None:
        raise ValidationError("This duty was changed or ended already. Look again.")
    row.ended_on = timezone.localdate(at)
    row.save(update_fields=["ended_on"])
    record("duty.ended", row, by=by.pk, at=at)
    return row


@transaction.atomic
def begin_usual_duties(*, by: User, at: datetime) -> list[ReadingDuty]:
    """Begin the shipped duties of each document that is here and that nobody ever had to read."""
    require(can_set_duties(by))
    begun = []
    for document in Document.objects.filter(key__in=SHIPPED_DUTIES, ended_at=None):
        if not ReadingDuty.objects.filter(document=document).exists():
            begun += [
                add_duty(
                    document,
                    roles=shipped.roles,
                    part=shipped.part,
                    sections=shipped.sections,
                    days=shipped.days,
                    recurrence=shipped.recurrence,
                    by=by,
                    at=at,
                )
                for shipped in SHIPPED_DUTIES[document.key]
            ]
    return begun


@transaction.atomic
def put_edition_in_use(
    key: str,
    *,
    edition: str,
    read_at: str,
    what_changed: str = "",
    small_change: bool = False,
    by: User,
    at: datetime,
) -> Version:
    """Write down which edition of a guidance from outside counts from now on (B.iv, B.vii, B.viii).

    The first brings its shipped duties; a later one asks everybody anew, unless the change is
    small. `key` is of `GUIDANCE`.
    """
    require(can_set_duties(by))
    School.objects.select_for_update().get(pk=by.school_id)
    outside = GUIDANCE[key]
    document, _ = Document.objects.get_or_create(
        school_id=by.school_id,
        key=key,
        defaults={
            "title": outside.title,
            "kind": Document.Kind.GUIDANCE,
            "position": GUIDANCE_STANDS_FROM + list(GUIDANCE).index(key),
        },
    )
    last = Version.objects.issued().filter(document=document).first()
    small = small_change and last is not None
    version: Version | None = Version.objects.drafts().filter(document=document).first()
    if version is None:
        version = Version(school_id=by.school_id, document=document, made_at=at, made_by=by)
    version.major = last.major + (not small) if last else 1
    version.minor = last.minor + 1 if last and small else 0
    version.title = f"{document.title}, {edition}"[:120]
    version.read_at, version.what_changed = read_at, what_changed
    version.issued_at, version.issued_by = at, by
    version.issued_on = timezone.localdate(at)
    version.save()
    if not Clause.objects.filter(version=version).exists():
        Clause.objects.bulk_create(clauses_of(version, outside.outline))
    record("edition.in-use", version, by=by.pk, at=at, asks_anew=not small)
    begin_usual_duties(by=by, at=at)
    return version


class Draft(NamedTuple):
    """A question as it was typed; `answer` is the number of the right choice, from 1."""

    text: str
    choices: Sequence[str]
    answer: int
    why: str = ""
    address: str = ""


@transaction.atomic
def set_questions(version: Version, drafts: Sequence[Draft], *, by: User, at: datetime) -> None:
    """Ask these questions, and no others, before the version is acknowledged; none takes them away.

    Raises `ValidationError` when one of them cannot be asked.
    """
    require(can_set_duties(by))
    if len(drafts) > MOST_QUESTIONS:
        raise ValidationError(f"Ask {MOST_QUESTIONS} questions at most.")
    for draft in drafts:
        if why_not := why_no_question(draft.text, draft.choices, draft.answer):
            raise ValidationError(why_not)
    Version.objects.select_for_update().get(pk=version.pk)
    Question.objects.filter(version=version).delete()
    for position, draft in enumerate(drafts, start=1):
        Question.objects.create(
            school_id=version.school_id,
            version=version,
            position=position,
            text=draft.text,
            choices=list(draft.choices),
            answer=draft.answer,
            why=draft.why,
            address=draft.address,
        )
    record("questions.set", version, by=by.pk, at=at, count=len(drafts))


def _sections_named(sections: Sequence[str]) -> str:
    if not sections:
        return ""
    return f"Section {sections[0]}" if len(sections) == 1 else f"Sections {', '.join(sections)}"
