"""Mail: posted into the outbox in the transaction of the act, sent by a job."""

from datetime import datetime, timedelta
from email.utils import make_msgid

from django.db.models import Model

from belisha.people.models import Mail, School


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
        subject=subject,
        body=body,
        kind=kind,
        language=language,
        about=f"{about._meta.model_name}:{about.pk}" if about else "",
        posted_at=at,
        next_try_at=at,
        use_by=at + lasts if lasts else None,
        message_id=make_msgid(domain="belisha.invalid"),
    )
    return mail
