"""What can be done about answers: written down, set aside, mended, and two contacts made one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from belisha.audit.actions import record
from belisha.consent.access import can_record, children_answered_for_by
from belisha.consent.models import Answer, How, Standing, is_outdated, standing_answers
from belisha.consent.rules import Kind, kind_after, standing_by, why_not_recorded
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.actions.merging import merge
from belisha.people.models import Mail, Parent, Pupil, Relation, School, User
from belisha.people.rules import SCHOOL_LANGUAGE
from belisha.policy.models import Purpose

WIDENED = "answer-widened"  # the kind of mail to those who answer for the child
ONE_SITTING = timedelta(minutes=15)


class NotRecorded(ValueError):
    """The answer may not be written down; the text says why, in plain words."""


def record_answer(pupil: Pupil, *, by: User | None, at: datetime, **fields: Any) -> Answer:
    """Write down one answer; `fields` are those of `Answer`. See `record_answers`."""
    return record_answers(pupil, [Answer(**fields)], by=by, at=at)[0]


@transaction.atomic
def record_answers(
    pupil: Pupil, drafts: Sequence[Answer], *, by: User | None, at: datetime
) -> list[Answer]:
    """Write down what was said about a child; return the ledger's entries, in the same order.

    A draft is an unsaved `Answer` with parent, purpose, kind (given, refused or withdrawn), how,
    happened_on and, for a yes, expires_on. Its wording is that of the purpose unless it has one. A
    no after a yes of the same person is kept as withdrawn, another no as refused; only an answer
    from a file keeps its word, since another system may know of a yes that we never saw. What was
    said already, by the same person on the same day and last that day, is not written twice.

    `by` is null for a command on the school's own machine. Raises `NotRecorded`; then nothing is
    written.
    """
    require(by is None or can_record(by))
    return _write_down(pupil, drafts, by=by, at=at)[0]


def _write_down(
    pupil: Pupil, drafts: Sequence[Answer], *, by: User | None, at: datetime
) -> tuple[list[Answer], list[Answer]]:
    """Return the ledger's entry for each draft, and those of them that are new."""
    ledger = _locked_ledger(pupil)
    relations = {
        relation.parent_id: relation
        for relation in Relation.objects.responsible().filter(pupil=pupil)
    }
    entries, new = [], []
    for draft in drafts:
        if Kind(draft.kind).is_no:
            draft.expires_on = None
        _check(draft, relations.get(draft.parent_id), at)
        said = [answer for answer in ledger if answer.key[1:] == draft.key[1:]]
        entry = _already_there(draft, said) or _entry(draft, said, pupil, by, at)
        if entry not in ledger:
            ledger.append(entry)
            new.append(entry)
        entries.append(entry)
    if new:
        Answer.objects.bulk_create(new)
        _restand(ledger)
        record(
            "answers.recorded",
            pupil,
            by=by.pk if by else None,
            at=at,
            answers=[entry.pk for entry in new],
            parents=[entry.parent_id for entry in new],
            purposes=[entry.purpose_id for entry in new],
            kinds=[str(entry.kind) for entry in new],
        )
    return entries, new


class NotFresh(Exception):
    """A yes needs a fresh sign-in, since it shows more of a child. Nothing was written."""


@transaction.atomic
def answer(
    pupil: Pupil, drafts: Sequence[Answer], *, by: User, at: datetime, fresh: bool
) -> list[Answer]:
    """Let a parent answer for their own child; return the entries, as `record_answers` does.

    A draft is an unsaved `Answer` with purpose, kind (given or refused), and the wording and the
    language in which the parent was asked. A no counts at once. A yes where none of theirs stands
    needs a sign-in of a moment ago (`fresh`), else it raises `NotFresh`; everyone who answers for
    the child is told that something changed, but not what, by whom, or for which child.
    """
    require(children_answered_for_by(by).filter(pk=pupil.pk).exists())
    assert by.parent is not None
    for draft in drafts:
        draft.parent, draft.how, draft.happened_on = by.parent, How.WEB, timezone.localdate(at)
    widens = _widens(_locked_ledger(pupil), drafts)
    if widens and not fresh:
        raise NotFresh
    entries, new = _write_down(pupil, drafts, by=by, at=at)
    if widens and new:
        _tell_family(pupil, at)
    return entries


def _widens(ledger: list[Answer], drafts: Sequence[Answer]) -> bool:
    """Whether a draft says yes where the same person has no yes that counts without an end."""
    stands = {key[1:]: answer for key, answer in standing_answers(ledger).items()}

    def lasts(draft: Answer) -> bool:
        said = stands.get((draft.parent_id, draft.purpose_id))
        if said is None or said.kind != Kind.GIVEN or said.expires_on:
            return False
        return not is_outdated(said, draft.purpose)

    return any(draft.kind == Kind.GIVEN and not lasts(draft) for draft in drafts)


def _tell_family(pupil: Pupil, at: datetime) -> None:
    """Write to everyone who may answer for the child, the same to all, once in a sitting."""
    relations = Relation.objects.filter(pupil=pupil).open().responsible().exclude(parent__email="")
    for relation in relations.select_related("parent").order_by("parent_id"):
        parent = relation.parent
        told = Mail.objects.filter(
            kind=WIDENED, about=f"parent:{parent.pk}", posted_at__gt=at - ONE_SITTING
        )
        if told.exists():
            continue
        with translation.override(parent.language or SCHOOL_LANGUAGE):
            post(
                pupil.school,
                to=parent.email,
                subject=gettext("The answers about pictures were changed"),
                body=_letter(pupil.school),
                kind=WIDENED,
                at=at,
                language=translation.get_language() or SCHOOL_LANGUAGE,
                about=parent,
            )


def _letter(school: School) -> str:
    """What the message says: nothing that one home could learn of another from it."""
    return "\n\n".join(
        filter(
            None,
            (
                gettext("The answers about pictures of your child were changed at %(school)s.")
                % {"school": school.name},
                gettext("If it was not you, or if you want to see your answers, sign in."),
                settings.ADDRESS,
                gettext("If something is wrong, tell the school office."),
                school.phone,
            ),
        )
    )


@transaction.atomic
def set_aside(answer: Answer, *, why: str, by: User, at: datetime) -> Answer:
    """Take an answer that was written down wrongly out of the count; return the entry that does so.

    What the person said before counts again; without that, nothing does. An answer is set aside
    once: a second call returns the first entry. Raises `NotRecorded`.
    """
    require(can_record(by))
    if not why.strip():
        raise NotRecorded("Say why the answer is set aside.")
    if answer.voids_id:
        raise NotRecorded("This entry sets an answer aside. Write the answer down again instead.")
    ledger = _locked_ledger(answer.pupil)
    for entry in ledger:
        if entry.voids_id == answer.pk:
            return entry
    entry = Answer(
        school_id=answer.school_id,
        pupil=answer.pupil,
        parent=answer.parent,
        purpose=answer.purpose,
        kind=Kind.INVALIDATED,
        happened_on=timezone.localdate(at),
        recorded_at=at,
        recorded_by=by,
        voids=answer,
        why=why.strip(),
    )
    entry.save(force_insert=True)
    _restand([*ledger, entry])
    record("answer.set-aside", answer.pupil, by=by.pk, at=at, answer=answer.pk, entry=entry.pk)
    return entry


def differences() -> Iterator[str]:
    """Compare what stands with the ledger of the school in scope; say each difference."""
    right = standing_answers(Answer.objects.select_related("parent"))
    kept = {row.key: row for row in Standing.objects.all()}
    for key in sorted({*right, *kept}):
        where = "pupil {}, parent {}, purpose {}".format(*key)
        answer, row = right.get(key), kept.get(key)
        if row is None:
            yield f"{where}: nothing stands, but the ledger has an answer"
        elif answer is None:
            yield f"{where}: {row.kind} stands, but the ledger has no answer"
        elif _stands(answer) != _stands(row):
            yield f"{where}: {row.kind} stands, but the ledger says {answer.kind}"


@transaction.atomic
def repair() -> None:
    """Rebuild what stands from the ledger of the school in scope."""
    # Whoever writes an answer holds the child's row, so none can slip in between.
    list(Pupil.objects.select_for_update().values_list("pk"))
    Standing.objects.all().delete()
    _restand(Answer.objects.select_related("parent"))


@transaction.atomic
def merge_contacts(keep: Parent, other: Parent, *, by: User, at: datetime) -> Parent:
    """Make one contact of two that are one person; return the one who is kept, for good.

    All that either said was said by that person, so the newest of it counts, as ever. The ledger
    stays as it was written: whose an answer is follows from the contact under whom it stands.
    Raises what `people.actions.merging.merge` raises.
    """
    said = Answer.objects.from_person(keep) | Answer.objects.from_person(other)
    ties = Relation.objects.filter(parent__in=(keep, other))
    pupils = Q(pk__in=said.values("pupil")) | Q(pk__in=ties.values("pupil"))
    # As whoever writes an answer, so that none is written to the one who goes.
    held = list(Pupil.objects.select_for_update().filter(pupils).order_by("pk"))
    kept = merge(keep, other, by=by, at=at)
    Standing.objects.filter(parent=other).delete()
    _restand(Answer.objects.filter(pupil__in=held).select_related("parent"))
    return kept


def _locked_ledger(pupil: Pupil) -> list[Answer]:
    """Put those who write about this child in a line, then read the child's ledger."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    return list(Answer.objects.filter(pupil=pupil).select_related("parent"))


def restand(pupil: Pupil) -> None:
    """Work out anew what stands of a child, after entries came into the ledger by another way."""
    _restand(_locked_ledger(pupil))


def _check(draft: Answer, relation: Relation | None, at: datetime) -> None:
    why_not = why_not_recorded(
        Kind(draft.kind),
        on=draft.happened_on,
        expires_on=draft.expires_on,
        today=timezone.localdate(at),
        responsible=relation is not None,
        no_contact=relation is not None and relation.no_contact,
    )
    if why_not:
        raise NotRecorded(why_not)


def _already_there(draft: Answer, said: list[Answer]) -> Answer | None:
    last = standing_by([answer.said for answer in said], draft.happened_on)
    if last is None or last.happened_on != draft.happened_on:
        return None
    entry = next(answer for answer in said if answer.pk == last.id)
    if is_outdated(entry, draft.purpose):
        return None  # the same word to another question
    same = (last.kind.is_no, entry.how, entry.expires_on)
    return entry if same == (Kind(draft.kind).is_no, draft.how, draft.expires_on) else None


def _entry(
    draft: Answer, said: list[Answer], pupil: Pupil, by: User | None, at: datetime
) -> Answer:
    former = standing_by([answer.said for answer in said], draft.happened_on)
    if draft.how != How.FILE:
        draft.kind = kind_after(former.kind if former else None, Kind(draft.kind))
    draft.school_id, draft.pupil = pupil.school_id, pupil
    draft.recorded_at, draft.recorded_by = at, by
    draft.wording = draft.wording or asked(draft.purpose)
    return draft


def asked(purpose: Purpose) -> str:
    """What a family is asked about a purpose, word for word."""
    return (
        f"{purpose.name}: may we use pictures of your child? Who will see them: {purpose.audience}"
    )


def _restand(ledger: Iterable[Answer]) -> None:
    """Keep what stands, for every child, person and purpose of these whole ledgers."""
    Standing.objects.bulk_create(
        [
            Standing(
                school_id=answer.school_id,
                pupil_id=answer.pupil_id,
                parent_id=answer.person_id,
                purpose_id=answer.purpose_id,
                answer=answer,
                kind=answer.kind,
                expires_on=answer.expires_on,
            )
            for answer in standing_answers(ledger).values()
        ],
        update_conflicts=True,
        unique_fields=["school", "pupil", "purpose", "parent"],
        update_fields=["answer", "kind", "expires_on"],
    )


def _stands(row: Answer | Standing) -> tuple[Any, ...]:
    return (row.answer_id if isinstance(row, Standing) else row.pk), row.kind, row.expires_on
