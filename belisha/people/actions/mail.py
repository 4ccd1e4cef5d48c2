"""Mail: posted into the outbox in the transaction of the act, sent by a job."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.lib.bidi import in_order
from belisha.people.access import can_manage_people, require
from belisha.people.models import Mail, Parent, School, Staff, User
from belisha.people.rules import KINDS_OF_MAIL_UNTOLD, Role


def post(
    school: School,
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    at: datetime,
    language: str = "en-gb",
    about: Model | None = None,
    lasts: timedelta | None = None,
) -> Mail:
    """Put a message into the outbox; the worker sends it within a second or two.

    `body` is plain text without personal data beyond what the reader needs; `about` is the row
    that it is about, kept as in the record; after `lasts` it is no use to send it any more.
    """
    mail: Mail = Mail.objects.create(
        school=school,
        to=to,
        subject=" ".join(subject.split()),
        body=body,
        kind=kind,
        language=language,
        about=_about(about),
        posted_at=at,
        next_try_at=at,
        use_by=at + lasts if lasts else None,
        message_id=make_msgid(domain=_domain()),
    )
    return mail


def post_to(
    school: School,
    roles: Collection[Role],
    *,
    subject: str,
    body: str,
    kind: str,
    at: datetime,
    about: Model,
    but: User | None = None,
) -> None:
    """Post the same to whoever has one of these roles and can be written to, `but` left out.

    That may be nobody: `went_out` says so.
    """
    here = Staff.objects.current().filter(roles__role__in=roles).distinct().select_related("user")
    users = {one.user for one in here if one.user and one.user.is_active and one.user.address}
    for user in users - {but}:
        post(school, to=user.address, subject=subject, body=body, kind=kind, at=at, about=about)


def went_out(kind: str, *, about: Model) -> bool:
    """Whether a mail of this kind about something was posted and is not known to be lost."""
    mails = Mail.objects.filter(kind=kind, about=_about(about))
    return bool(mails.exclude(pk__in=mails.lost().values("pk")).exists())


def lost_about(rows: Iterable[Model], noted: Mapping[int, datetime]) -> dict[int, list[Mail]]:
    """Mail about these rows that did not arrive, by number of the row: whom to ring instead.

    What somebody `noted` of a row since, by its number, shows that they rang, or need not.
    """
    of = {_about(row): row.pk for row in rows}
    found: dict[int, list[Mail]] = defaultdict(list)
    for mail in Mail.objects.lost().filter(about__in=of).order_by("posted_at"):
        since = noted.get(of[mail.about])
        if since is None or since <= mail.last_at:
            found[of[mail.about]].append(mail)
    return found


def _about(row: Model | None) -> str:
    """What a mail is about, as the record calls it."""
    return f"{row._meta.model_name}:{row.pk}" if row else ""


def paragraphs(*said: str) -> str:
    """The body of a message."""
    return "\n\n".join(said) + "\n"


def ring(school: School) -> str:
    """Whom to ask, in the language of the message."""
    if school.phone:
        return _("Ring %(school)s: %(phone)s") % {"school": school, "phone": in_order(school.phone)}
    return _("Ring the office of %(school)s.") % {"school": school}


@transaction.atomic
def try_again(mail: Mail, *, by: User, at: datetime) -> Mail:
    """Send at once what waits, was given up or came back."""
    require(can_manage_people(by))
    row = _locked(mail)
    if not row.body or (row.sent_at and not row.bounced_at):
        raise ValidationError("This message is gone already.")
    row.sent_at = row.given_up_at = row.bounced_at = None
    row.leased_until = row.tried_since = None
    row.next_try_at, row.tries, row.trouble = at, 0, ""
    row.save()
    record("mail.tried-again", row, by=by.pk, at=at)
    return row


@transaction.atomic
def give_up(mail: Mail, *, by: User, at: datetime) -> Mail:
    """Stop trying to send a message; its words go."""
    require(can_manage_people(by))
    row = _locked(mail)
    if row.sent_at:
        raise ValidationError("This message is gone already.")
    row.given_up_at, row.body = row.given_up_at or at, ""
    row.save()
    record("mail.given-up", row, by=by.pk, at=at)
    return row


@transaction.atomic
def came_back(message_id: str, *, why: str, at: datetime) -> Mail | None:
    """A mail server says later that a message did not arrive; return it, or None if not ours."""
    row: Mail | None = Mail.objects.select_for_update().filter(message_id=message_id).first()
    if row is not None and row.bounced_at is None:
        row.bounced_at, row.trouble = at, why
        row.save()
        if row.kind not in KINDS_OF_MAIL_UNTOLD:
            record("mail.came-back", row, by=None, at=at)
    return row


def forget_mail_to(parent: Parent) -> None:
    """Remove what was sent to a parent, but what went to an address that others here share."""
    Mail.objects.filter(about=f"parent:{parent.pk}").delete()
    others = Parent.objects.exclude(pk=parent.pk).filter(email__iexact=parent.email)
    colleagues = Staff.objects.filter(email__iexact=parent.email)
    if parent.email and not others.exists() and not colleagues.exists():
        Mail.objects.filter(to__iexact=parent.email).delete()


def _locked(mail: Mail) -> Mail:
    row: Mail = Mail.objects.select_for_update().get(pk=mail.pk)
    return row


def _domain() -> str:
    """A message is numbered under the domain of its sender, as mail servers expect."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.rpartition("@")[2] or "belisha.invalid"
