"""What can be done with a request about one person's data, from its arrival to its end."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.lib.moments import moment
from belisha.people.access import require
from belisha.people.actions import parents, pupils, staff
from belisha.people.actions.mail import post
from belisha.people.held import Person
from belisha.people.models import Parent, Pupil, School, Staff, User
from belisha.rights.access import can_review, can_take_requests
from belisha.rights.bundling import bundle_of, not_boxed
from belisha.rights.cases import mentions
from belisha.rights.gathering import held
from belisha.rights.models import Handing, Item, Request, Statement
from belisha.rights.printing import pdf_of
from belisha.rights.rules import ITEMS_KEPT, Asked, Choice, Outcome, Part

SIGNED_IN = "They signed in on our page."
REQUESTS_KEPT = timedelta(days=3 * 365)


@transaction.atomic
def receive(
    school: School, kind: Asked, person: Person, *, by: User, at: datetime, **typed: object
) -> Request:
    """Write down what somebody asked. `typed` are the fields of how it came."""
    require(can_take_requests(by))
    return _receive(school, kind, person, by=by, at=at, **typed)


@transaction.atomic
def ask(school: School, child: Pupil | None, words: str, *, by: User, at: datetime) -> Request:
    """A signed-in parent asks for a copy of what is held on them, or on a child of theirs."""
    parent = by.parent
    require(parent is not None and (child is None or _is_theirs(child, by)))
    assert parent is not None
    same = Request.objects.open().filter(asker=parent, pupil=child, kind=Asked.COPY)
    if same.exists():
        raise ValidationError("You have asked already. We are working on it.")
    return _receive(
        school,
        Asked.COPY,
        child or parent,
        by=by,
        at=at,
        asked_by=str(parent),
        asker=parent,
        email=parent.email,
        how=Request.How.PAGE,
        words=words,
        received_on=timezone.localdate(at),
        identity=SIGNED_IN,
        identity_at=at,
    )


def _is_theirs(child: Pupil, user: User) -> bool:
    return bool(Pupil.objects.visible_to(user).filter(pk=child.pk).exists())


def _receive(
    school: School, kind: Asked, person: Person, *, by: User, at: datetime, **typed: object
) -> Request:
    name = {Pupil: "pupil", Parent: "parent", Staff: "staff"}[type(person)]
    row: Request = Request.objects.create(
        school=school,
        kind=kind,
        called=str(person),
        recorded_at=at,
        recorded_by=by,
        **{name: person},
        **typed,
    )
    record("rights.asked", row, by=by.pk, at=at, kind=kind.value)
    return row


@transaction.atomic
def identify(request: Request, *, how: str, by: User, at: datetime) -> Request:
    """Write down how we know that whoever asks is who they say, and may ask."""
    row = _open(request, by)
    row.identity, row.identity_at, row.identity_by = how.strip(), at, by
    row.save(update_fields=["identity", "identity_at", "identity_by"])
    record("rights.identified", row, by=by.pk, at=at)
    return row


@transaction.atomic
def gather(request: Request, part: Part, *, by: User, at: datetime) -> int:
    """Gather what is held now; return how many things. What was decided stays decided."""
    require(can_review(by, part))
    row = _locked(request)
    if not row.gathers or (row.closed_at and part is Part.SCHOOL):
        raise ValidationError("There is nothing to gather for this any more.")
    if row.identity_at is None:
        raise ValidationError("Write down first how you know who asked.")
    mine = Item.objects.of(row, part)
    mine.undecided().delete()
    known = {_key(item.area, item.title, item.facts, item.on, item.picture) for item in mine}
    found = len(known)
    for area, one in held(row, part):
        facts = [list(fact) for fact in one.facts]
        if _key(area, one.title, facts, one.on, one.picture) not in known:
            Item.objects.create(
                school_id=row.school_id,
                request=row,
                part=part,
                area=area,
                title=one.title,
                facts=facts,
                on=one.on,
                picture=one.picture,
            )
            found += 1
    if part is Part.SCHOOL:
        row.gathered_at = at
    elif not found:
        row.sealed_at = at
    row.save(update_fields=["gathered_at", "sealed_at"])
    _record("rights.gathered", row, part, by=by, at=at)
    return found


def _key(area: str, title: str, facts: object, on: date | None, picture: str) -> str:
    return json.dumps([area, title, facts, str(on), picture])


@transaction.atomic
def choose(
    request: Request, part: Part, said: Mapping[int, tuple[str, str]], *, by: User, at: datetime
) -> int:
    """Say of each thing, by its id, whether it leaves and why; return how many still wait."""
    require(can_review(by, part))
    row = _locked(request)
    if _handed(row, part):
        raise ValidationError("It was given already.")
    items = Item.objects.of(row, part).filter(pk__in=said)
    open_faces = not_boxed(items)
    for item in items:
        choice, why = said[item.pk]
        if choice and Choice(choice).needs_why and not why.strip():
            raise ValidationError(f"Say why: {item.title}.")
        if item.picture and choice == Choice.WHOLE:
            raise ValidationError("In a picture all others stay covered.")
        if choice == Choice.KEEP and item.picture in open_faces:
            raise ValidationError(f"Say first that every face has a box: {item.title}.")
        item.choice, item.why, item.decided_by = choice, why.strip(), by
        item.save(update_fields=["choice", "why", "decided_by"])
    _record("rights.reviewed", row, part, by=by, at=at)
    return int(Item.objects.of(row, part).undecided().count())


@transaction.atomic
def fetch(request: Request, part: Part, *, by: User, at: datetime) -> Iterator[bytes]:
    """The bundle as the bytes of a ZIP; that it was fetched is written down first."""
    require(can_review(by, part))
    row = _locked(request)
    _refuse_unready(row, part, by, at)
    _record("rights.fetched", row, part, by=by, at=at)
    return bundle_of(row, part, by=by, at=at)


def _refuse_unready(row: Request, part: Part, by: User, at: datetime) -> None:
    items = Item.objects.of(row, part)
    if not items.exists() or items.undecided().exists():
        raise ValidationError("Gather it, and decide on each thing first.")
    if not_boxed(items.exclude(choice=Choice.HIDE)):
        raise ValidationError("Somebody changed a face in a picture. Look at the pictures again.")
    if any(one.decided is None for one in mentions(row, by, at)):
        raise ValidationError("Decide first on the cases that you work on.")


@transaction.atomic
def give(
    request: Request, part: Part, *, to: str, how: str, on: date, by: User, at: datetime
) -> Handing:
    """Write down that a part was given. The school's part ends the request."""
    require(can_review(by, part))
    row = _locked(request)
    _refuse_unready(row, part, by, at)
    if _handed(row, part):
        raise ValidationError("It was given already.")
    handing: Handing = Handing.objects.create(
        school_id=row.school_id, request=row, part=part, to=to, how=how, on=on, by=by
    )
    _record("rights.given", row, part, by=by, at=at)
    if part is Part.SEALED:
        row.sealed_at = at
        row.save(update_fields=["sealed_at"])
    elif row.closed_at is None:
        _close(row, Outcome.GIVEN, "", by=by, at=at)
    return handing


@transaction.atomic
def arrived(
    request: Request, part: Part, *, received_by: str, on: date, by: User, at: datetime
) -> Handing:
    """Write down who received a part, and when: their receipt."""
    require(can_review(by, part))
    row = _locked(request)
    handing: Handing | None = Handing.objects.filter(request=row, part=part).first()
    if handing is None or handing.received_on:
        raise ValidationError("It was not given yet, or the receipt is here.")
    handing.received_by, handing.received_on = received_by, on
    handing.save(update_fields=["received_by", "received_on"])
    _record("rights.received", row, part, by=by, at=at)
    return handing


@transaction.atomic
def take_longer(request: Request, *, why: str, by: User, at: datetime) -> Request:
    """Take two months more, within the first month, and tell the person why (Art. 12(3))."""
    row = _open(request, by)
    if row.longer_at or timezone.localdate(at) > row.due_on:
        raise ValidationError("It can be made longer once, and within the first month.")
    row.longer_why, row.longer_at = why.strip(), at
    row.save(update_fields=["longer_why", "longer_at"])
    record("rights.longer", row, by=by.pk, at=at)
    _tell(
        row,
        "We need longer for what you asked",
        f"We answer by {row.due_on:%-d %B %Y}.\n\n{row.longer_why}",
        at=at,
    )
    return row


@transaction.atomic
def refuse(request: Request, *, why: str, by: User, at: datetime) -> Request:
    """Refuse with a reason, and say where the person can go on (Art. 12(4))."""
    row = _close(_open(request, by), Outcome.REFUSED, why, by=by, at=at)
    words = (
        f"We cannot do what you asked.\n\n{row.why}\n\nYou can complain to us, or to the "
        "Information Commissioner. You can also go to court."
    )
    _tell(row, "About what you asked us", words, at=at)
    return row


@transaction.atomic
def take_back(request: Request, *, why: str, by: User, at: datetime) -> Request:
    return _close(_open(request, by), Outcome.WITHDRAWN, why, by=by, at=at)


@transaction.atomic
def put_right(request: Request, *, why: str, by: User, at: datetime) -> Request:
    """Write down what was put right, and where."""
    row = _open(request, by)
    if row.kind != Asked.CORRECTION:
        raise ValidationError("Nothing was to be put right here.")
    return _close(row, Outcome.DONE, why, by=by, at=at)


@transaction.atomic
def state(request: Request, *, words: str, by: User, at: datetime) -> Statement:
    """Append what the person says beside what was not changed. Also when all is over."""
    require(can_take_requests(by))
    row = _locked(request)
    said: Statement = Statement.objects.create(
        school_id=row.school_id, request=row, words=words.strip(), at=at, by=by
    )
    record("rights.stated", row, by=by.pk, at=at)
    return said


@transaction.atomic
def propose_to_erase(request: Request, *, by: User, at: datetime) -> Request:
    """Propose to erase whom it is about. A second person erases."""
    row = _open(request, by)
    if row.kind != Asked.ERASURE or row.identity_at is None:
        raise ValidationError("Write down first how you know who asked.")
    row.proposed_by, row.proposed_at = by, at
    row.save(update_fields=["proposed_by", "proposed_at"])
    record("rights.erasure-proposed", row, by=by.pk, at=at)
    return row


@transaction.atomic
def erase(request: Request, *, by: User, at: datetime) -> Request:
    """Erase, as the second person, all that retention lets go. It cannot be undone.

    Raises `ValidationError` where the lists say why not, such as a child who is still here.
    """
    row = _open(request, by)
    if row.proposed_by_id is None or row.proposed_by_id == by.pk:
        raise ValidationError("Another person has to propose it first.")
    if row.pupil:
        pupils.erase(row.pupil, by=by, at=at)
    elif row.parent:
        parents.erase(row.parent, by=by, at=at)
    elif row.staff:
        staff.erase(row.staff, by=by, at=at)
        row.staff = None
    _blank(Request.objects.filter(pk=row.pk))
    return _close(_locked(row), Outcome.DONE, "", by=by, at=at)


def certificate(request: Request, *, by: User) -> bytes:
    """That somebody was erased, by which two people, as a PDF that does not name whom."""
    require(can_take_requests(by))
    if request.kind != Asked.ERASURE or request.outcome != Outcome.DONE:
        raise ValidationError("Nothing was erased here.")
    assert request.closed_at and request.closed_by and request.proposed_by
    facts = [
        ("Request", request.ref),
        ("Asked on", f"{request.received_on:%-d %B %Y}"),
        ("Erased on", moment(request.closed_at)),
        ("Proposed by", request.proposed_by.name),
        ("Erased by", request.closed_by.name),
    ]
    school = str(request.school)
    return pdf_of("Certificate of erasure", school, facts, [("What stays, and why", STAYS)])


# What no erasure takes along, whoever it is: said alike of all, so that it tells nothing of one.
STAYS = (
    "A bare number without a name stays, so that an old answer never counts as somebody else’s.",
    "The record of acts stays. It says by number what was done and never holds a name.",
    "What the law tells a school to keep stays for its time, safeguarding for example. "
    "Whether there is anything is known to those alone who work on it.",
    "Backups still hold it until they are deleted in their time.",
)


def forget_person(person: Pupil | Parent) -> None:
    """What was gathered about an erased person goes; that they asked stays, without their name."""
    name = "pupil" if isinstance(person, Pupil) else "parent"
    _blank(Request.objects.filter(**{name: person}))
    if isinstance(person, Parent):
        Request.objects.filter(asker=person).update(asked_by="", email="", words="")


def _blank(rows: models.QuerySet[Request]) -> None:
    Item.objects.filter(request__in=rows).delete()
    Statement.objects.filter(request__in=rows).delete()
    Handing.objects.filter(request__in=rows).update(to="", received_by="")
    rows.update(called="Erased", asked_by="", email="", words="", identity="")


@transaction.atomic
def forget_old(at: datetime) -> int:
    """Erase what was gathered three months after the end, and requests after three years."""
    items, requests = due_to_go(at)
    count = items.count() + requests.count()
    items.delete()
    for row in requests:
        record("rights.erased", row, by=None, at=at)
        row.delete()
    return int(count)


def due_to_go(at: datetime) -> tuple[models.QuerySet[Item], models.QuerySet[Request]]:
    """What is kept no longer: things that were gathered, and requests."""
    items = Item.objects.filter(request__closed_at__lt=at - ITEMS_KEPT)
    return items, Request.objects.filter(closed_at__lt=at - REQUESTS_KEPT)


def _record(verb: str, row: Request, part: Part, *, by: User, at: datetime) -> None:
    """What is done with the sealed part stands with it alone: the school's record is read by people
    who must not learn that there is one."""
    if part is Part.SCHOOL:
        record(verb, row, by=by.pk, at=at)
        return
    row.sealed_log = [*row.sealed_log, [verb, by.pk, at.isoformat()]]
    row.save(update_fields=["sealed_log"])


def _locked(request: Request) -> Request:
    row: Request = Request.objects.select_for_update().get(pk=request.pk)
    return row


def _open(request: Request, by: User) -> Request:
    require(can_take_requests(by))
    row = _locked(request)
    if row.closed_at:
        raise ValidationError("This is over.")
    return row


def _handed(request: Request, part: Part) -> bool:
    return bool(Handing.objects.filter(request=request, part=part).exists())


def _close(row: Request, outcome: Outcome, why: str, *, by: User, at: datetime) -> Request:
    row.outcome, row.why, row.closed_at, row.closed_by = outcome, why.strip(), at, by
    row.save(update_fields=["outcome", "why", "closed_at", "closed_by"])
    record("rights.closed", row, by=by.pk, at=at, outcome=outcome.value)
    return row


def _tell(row: Request, subject: str, words: str, *, at: datetime) -> None:
    if row.email:
        body = f"{words}\n\n{row.school}\n"
        post(row.school, to=row.email, subject=subject, body=body, kind="rights", at=at, about=row)
