"""Codes in mail: asked for in a browser, good for ten minutes, once, and there alone.

Whoever asks gets the same answer, the same rows and one mail, whatever the address is; only who
reads its mail learns whether the school knows it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import rename_user
from belisha.people.actions.families import Answer, Bearer, Turned, come_in, whose
from belisha.people.actions.letters import LETTERS
from belisha.people.actions.limits import forget_full
from belisha.people.actions.mail import paragraphs, post, ring
from belisha.people.models import Parent, School, SignInCode, Staff, User
from belisha.people.sessions import end_sessions

CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
KEPT = timedelta(days=1)  # so that a late or a second try hears which of the two it is
Act = SignInCode.Act


@transaction.atomic
def ask(school: School, address: str, *, link: str, at: datetime) -> str:
    """Mail a code to whom the address lets in, and to all others what they can do instead.

    `link` is the page on which the code is typed, with its host. Returns what the browser that
    asks must keep, since the code fits no other.
    """
    forget_full(at)
    bearer = whose(address, at=at)
    token, code = _make(school, address, Act.SIGN_IN, bearer, at=at)
    language = (bearer.parent and bearer.parent.language) or translation.get_language()
    with translation.override(language):
        post(
            school,
            to=address,
            subject=_("Signing in to %(school)s") % {"school": school},
            body=_words(bearer.answer, school, code=code, link=f"{link}?code={code}"),
            kind="sign-in",
            at=at,
            language=language or "en-gb",
            about=bearer.parent or bearer.guest,
            lasts=CODE_LASTS,
        )
    return token


@transaction.atomic
def spend(token: str, typed: str, *, at: datetime) -> User | Turned:
    """Who signs in with this code in this browser, or why nobody does.

    Who may come in is asked again: an order that came since turns the code into a wrong one.
    """
    row = _match(token, typed, Act.SIGN_IN, at=at)
    if isinstance(row, Turned):
        return row
    # The row of an unknown address is nobody's: what was mailed there holds no code.
    address = row.parent.email if row.parent else row.guest.email if row.guest else ""
    bearer = whose(address, at=at)
    same = (bearer.parent, bearer.guest) == (row.parent, row.guest)
    if not address or not same or row.address_hash != _hash_of_address(address):
        return _count_wrong(row)
    amend(row, spent_at=at)
    return come_in(bearer, way="mail", at=at)


@transaction.atomic
def ask_for_address(parent: Parent, address: str, *, by: User, at: datetime) -> str:
    """Mail a code to an address that a parent says is theirs; return what the browser keeps."""
    require(by.parent == parent)
    school, free = parent.school, _is_free(address, by, at=at)
    bearer = Bearer(Answer.COME_IN, parent=parent) if free else Bearer(Answer.SHARED)
    token, code = _make(school, address, Act.ADDRESS, bearer, at=at)
    body = (
        paragraphs(
            _("Your code is"),
            f"    {code}",
            _("Type it on the page where you wrote this address down. It lasts 10 minutes."),
            _("Did you not ask for it? Then you need not do anything. Tell nobody this code."),
            str(school),
        )
        if free
        else paragraphs(
            _("Someone wrote this address down at %(school)s.") % {"school": school},
            _("It is in use there for someone else, so nothing has changed."),
            ring(school),
        )
    )
    post(
        school,
        to=address,
        subject=_("Your email address at %(school)s") % {"school": school},
        body=body,
        kind="sign-in",
        at=at,
        language=translation.get_language() or "en-gb",
        about=parent,
        lasts=CODE_LASTS,
    )
    return token


@transaction.atomic
def take_address(
    parent: Parent, address: str, *, token: str, typed: str, by: User, at: datetime, here: str
) -> Parent | Turned:
    """Keep an address once its code is typed; tell the old one. Nothing changes before that.

    All sessions end but the one whose key is `here`, and so do the codes underway.
    """
    require(by.parent == parent)
    row = _match(token, typed, Act.ADDRESS, at=at)
    if isinstance(row, Turned):
        return row
    mine = row.parent_id == parent.pk and row.address_hash == _hash_of_address(address)
    if not mine or not _is_free(address, by, at=at):
        return _count_wrong(row)
    amend(row, spent_at=at)
    kept: Parent = Parent.objects.select_for_update().get(pk=parent.pk, erased_at=None)
    old = kept.email
    amend(kept, email=address)
    rename_user(by, email=address, name=by.name)
    if old.lower() != address.lower():
        stop(kept, at=at)
        end_sessions(by, but=here)
    record("parent.wrote-address", kept, by=by.pk, at=at)
    if old and old.lower() != address.lower():
        post(
            kept.school,
            to=old,
            subject=_("Your email address at %(school)s") % {"school": kept.school},
            body=paragraphs(
                _("You wrote down another email address at %(school)s.") % {"school": kept.school},
                _("From now on codes go there. Was this not you? Then tell us today."),
                ring(kept.school),
            ),
            kind="address-changed",
            at=at,
            language=translation.get_language() or "en-gb",
            about=kept,
        )
    return kept


def stop(parent: Parent, *, at: datetime) -> None:
    """Spend the codes that are underway to a parent: the address is not theirs any more."""
    SignInCode.objects.filter(parent=parent, spent_at=None).update(spent_at=at)


def forget(parent: Parent) -> None:
    """Delete a parent's codes."""
    SignInCode.objects.filter(parent=parent).delete()


def _make(
    school: School, address: str, act: Act, bearer: Bearer, *, at: datetime
) -> tuple[str, str]:
    """One row, whoever it is; return what the browser keeps and the code itself."""
    SignInCode.objects.filter(asked_at__lt=at - KEPT).delete()
    token = secrets.token_urlsafe(32)
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    SignInCode.objects.create(
        school=school,
        act=act,
        parent=bearer.parent,
        guest=bearer.guest,
        address_hash=_hash_of_address(address),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        hash=_hash_of_code(token, code),
        asked_at=at,
        use_by=at + CODE_LASTS,
    )
    return token, code


def _match(token: str, typed: str, act: Act, *, at: datetime) -> SignInCode | Turned:
    """The row that the code opens, locked until the act is done; a wrong try is counted."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    rows = SignInCode.objects.select_for_update(of=("self",))
    row: SignInCode | None = rows.filter(token_hash=hashed, act=act).first()
    if row is None:
        return Turned.ELSEWHERE
    if row.spent_at:
        return Turned.USED
    if row.use_by <= at:
        return Turned.LATE
    if row.tries >= MOST_TRIES:
        return Turned.WORN_OUT
    if constant_time_compare(row.hash, _hash_of_code(token, typed)):
        return row
    return _count_wrong(row)


def _count_wrong(row: SignInCode) -> Turned:
    amend(row, tries=row.tries + 1)
    return Turned.WORN_OUT if row.tries >= MOST_TRIES else Turned.WRONG


def _is_free(address: str, by: User, *, at: datetime) -> bool:
    """Whether nobody else has this address, as contact, member of staff, guest or user."""
    there = whose(address, at=at)
    own = there.answer is Answer.NOBODY or (there.parent == by.parent and not there.guest)
    contacts = Parent.objects.filter(email__iexact=address, erased_at=None).exclude(user=by)
    users = User.objects.filter(email__iexact=address).exclude(pk=by.pk)
    works = Staff.objects.filter(left_on=None, user=by).exists()
    return own and not contacts.exists() and not users.exists() and not works


def _hash_of_code(token: str, typed: str) -> str:
    """Without spaces, dashes and case; with the token, so that it fits one browser alone."""
    plain = "".join(mark for mark in typed.lower() if mark.isalnum())
    return salted_hmac("belisha.sign-in", f"{token}:{plain}", algorithm="sha256").hexdigest()


def _hash_of_address(address: str) -> str:
    return salted_hmac("belisha.address", address.lower(), algorithm="sha256").hexdigest()


def _words(answer: Answer, school: School, *, code: str, link: str) -> str:
    asked = _("Someone typed this address to sign in at %(school)s.") % {"school": school}
    nothing = _("Was it not you? Then you need not do anything.")
    match answer:
        case Answer.COME_IN:
            return paragraphs(
                _("Your code is"),
                f"    {code}",
                _("Type it on the page where you asked for it. It works once, for 10 minutes."),
                _("Or open this link on the same phone or computer:"),
                link,
                _("Did you not ask for it? Then you need not do anything. Tell nobody this code."),
                str(school),
            )
        case Answer.WORKS_HERE:
            return paragraphs(
                asked,
                _("You work with the school, so you have another way in."),
                _("Choose “Staff sign in here” on the page where you typed the address."),
                nothing,
                str(school),
            )
        case Answer.SHARED:
            return paragraphs(
                asked,
                _("More than one person uses this address, so no code can go to it."),
                _("The school office can give you a letter with a code of your own."),
                ring(school),
                nothing,
            )
    return paragraphs(
        asked,
        _("We do not know this address."),
        _("Are you a parent or carer? Then the school office can write it down for you."),
        ring(school),
        nothing,
    )
