"""Visitors sign in and out; entries are put right (P.vii)."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext

from belisha.audit.actions import record
from belisha.events.access import can_correct, can_see_visitors
from belisha.events.models import Challenge, DoorTablet, Visitor
from belisha.events.rules import CODE_LENGTH, CODE_LETTERS
from belisha.people.access import Refused, require
from belisha.people.models import School, User
from belisha.people.rules import SCHOOL_LANGUAGE, alphabetical


@transaction.atomic
def sign_in(
    *,
    name: str,
    firm: str,
    sees: str,
    rule: str,
    at: datetime,
    undertaking: str = "",
    signature: str = "",
    tablet: DoorTablet | None = None,
    by: User | None = None,
) -> Visitor:
    """Write down who came in: at a door tablet, or `by` a member of staff.

    `rule` is what they accepted as it stood on the page; `undertaking` what one signs who takes
    pictures, and then `signature` is needed.
    """
    if tablet is None or tablet.ended_at:
        require(by is not None and can_see_visitors(by))
    if undertaking and not signature:
        raise ValidationError({"signature": gettext("Sign it, or take no pictures.")})
    school_id = by.school_id if by else tablet.school_id if tablet else 0
    visitor: Visitor = Visitor.objects.create(
        school_id=school_id,
        code=_new_code(school_id),
        name=name.strip(),
        firm=firm.strip(),
        sees=sees.strip(),
        rule=rule,
        undertaking=undertaking,
        signature=signature if undertaking else "",
        language=get_language() or SCHOOL_LANGUAGE,
        in_at=at,
        tablet=tablet,
        in_by=by,
    )
    pictures = visitor.takes_pictures
    record("visitor.in", visitor, by=by.pk if by else None, at=at, pictures=pictures)
    return visitor


@transaction.atomic
def sign_out(visitor: Visitor, *, at: datetime, by: User | None = None) -> Visitor:
    """They have left. `by` nobody when they said so themselves at the door."""
    require(by is None or can_see_visitors(by))
    visitor = Visitor.objects.select_for_update().get(pk=visitor.pk)
    if not visitor.is_inside:
        raise ValidationError(gettext("They have signed out already."))
    visitor.out_at, visitor.out_by = at, by
    visitor.save(update_fields=["out_at", "out_by"])
    record("visitor.out", visitor, by=by.pk if by else None, at=at)
    return visitor


def sign_out_by(typed: str, *, at: datetime) -> Visitor:
    """Sign out whoever types the code of the badge, or their own whole name.

    Raises `ValidationError` that tells nobody who else is there: a name that two bear needs the
    code.
    """
    found = _called(typed)
    if len(found) != 1:
        raise ValidationError(
            gettext("We cannot find that. Type the code on your badge, or ask the office.")
        )
    return sign_out(found[0], at=at)


def _called(typed: str) -> list[Visitor]:
    code = "".join(typed.split()).upper()
    inside = list(Visitor.objects.inside())
    if by_code := [one for one in inside if one.code == code]:
        return by_code
    name = alphabetical(typed)
    return [one for one in inside if name and alphabetical(one.name) == name]


@transaction.atomic
def correct(
    visitor: Visitor, *, name: str, firm: str, sees: str, by: User, at: datetime
) -> Visitor:
    """Put an entry right by a new one. The old one stays, cancelled, until both are erased."""
    require(can_correct(by, visitor))
    old = Visitor.objects.select_for_update().get(pk=visitor.pk)
    require(can_correct(by, old))
    _cancel(old, "Put right", by, at)
    same = ("code", "rule", "undertaking", "signature", "language", "in_at", "out_at")
    row: Visitor = Visitor.objects.create(
        school_id=old.school_id,
        name=name.strip(),
        firm=firm.strip(),
        sees=sees.strip(),
        tablet_id=old.tablet_id,
        in_by_id=old.in_by_id,
        out_by_id=old.out_by_id,
        corrects=old,
        **{field: getattr(old, field) for field in same},
    )
    Challenge.objects.filter(visitor=old).update(visitor=row)
    record("visitor.corrected", row, by=by.pk, at=at, was=old.pk)
    return row


@transaction.atomic
def cancel(visitor: Visitor, *, why: str, by: User, at: datetime) -> None:
    """It was no visit: a try, or written down twice."""
    require(can_correct(by, visitor))
    old = Visitor.objects.select_for_update().get(pk=visitor.pk)
    require(can_correct(by, old))
    _cancel(old, why.strip(), by, at)
    record("visitor.cancelled", old, by=by.pk, at=at)


@transaction.atomic
def come_back(visitor: Visitor, *, by: User, at: datetime) -> Visitor:
    """They had not left: signed out by mistake. Raises `ValidationError` on another day."""
    require(can_see_visitors(by))
    visitor = Visitor.objects.select_for_update().get(pk=visitor.pk)
    same_day = timezone.localdate(visitor.in_at) == timezone.localdate(at)
    if visitor.out_at is None or visitor.cancelled_at or not same_day:
        raise ValidationError("Sign them in anew.")
    taken = Visitor.objects.inside().filter(code=visitor.code).exists()
    visitor.code = _new_code(visitor.school_id) if taken else visitor.code
    visitor.out_at = visitor.out_by = None
    visitor.save(update_fields=["code", "out_at", "out_by"])
    record("visitor.back", visitor, by=by.pk, at=at)
    return visitor


def _cancel(visitor: Visitor, why: str, by: User, at: datetime) -> None:
    visitor.cancelled_at, visitor.cancelled_by, visitor.cancelled_why = at, by, why
    visitor.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])


def _new_code(school_id: int) -> str:
    """A code that nobody inside bears. The school's row is locked, so that two get two."""
    School.objects.select_for_update().get(pk=school_id)
    taken = set(Visitor.objects.inside().values_list("code", flat=True))
    for _ in range(1000):
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code
    raise Refused
