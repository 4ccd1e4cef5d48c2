"""What happens in the background: mail is sent, and old mail is forgotten.

A message in the outbox is itself the job. A worker takes a lease on it; when the worker dies the
lease runs out and another takes it; the one who finishes must still hold the lease.
"""

from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.people.delivery import Attempt, Outcome, deliver
from belisha.people.models import Mail
from belisha.people.rules import rest_after

LEASE = timedelta(minutes=5)
TRIED_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=90)
FORGET_EVERY = timedelta(hours=1)
TOO_LATE = "It could not be sent in time."


def send_mail(at: datetime) -> bool:
    """Send the message that waits longest; return whether there was one.

    Without a mail server all wait, but for those that it is too late to send.
    """
    mail = _lease(at)
    if mail is None:
        return False
    with scope(school=mail.school):
        if _is_too_late(mail, at):
            _keep_if_mine(mail, given_up_at=at, trouble=mail.trouble or TOO_LATE)
        else:
            _settle(mail, deliver(mail))
    return True


def _settle(mail: Mail, attempt: Attempt) -> None:
    now, trouble = timezone.now(), attempt.trouble
    if attempt.outcome is Outcome.SENT:
        _keep_if_mine(mail, sent_at=now, trouble="", body="")
    elif attempt.outcome is Outcome.NO_SUCH_ADDRESS:
        _keep_if_mine(mail, bounced_at=now, given_up_at=now, trouble=trouble)
    elif attempt.outcome is Outcome.REFUSED:
        _keep_if_mine(mail, given_up_at=now, trouble=trouble)
    else:
        again_at = now + rest_after(mail.tries)
        _keep_if_mine(mail, next_try_at=again_at, leased_until=None, trouble=trouble)
        if attempt.outcome is Outcome.DOWN:
            _let_all_rest(again_at, trouble)


@transaction.atomic
def _keep_if_mine(mail: Mail, **values: object) -> None:
    """Keep what came of it, unless the lease ran out meanwhile and another worker took it.

    A message with an end has a code in it: when nothing more will be tried, its words go.
    """
    if mail.use_by and values.get("given_up_at"):
        values["body"] = ""
    Mail.objects.filter(pk=mail.pk, leased_until=mail.leased_until).update(**values)


def _let_all_rest(until: datetime, trouble: str) -> None:
    """A server that is down for one message is down for all: none of them asks before the next."""
    with scopes_disabled():
        due = Mail.objects.waiting().filter(next_try_at__lt=until, leased_until=None)
        due.filter(tried_since=None).update(tried_since=timezone.now())
        due.update(next_try_at=until, trouble=trouble)


def _lease(at: datetime) -> Mail | None:
    """Take a lease on a message that is due, or too late, and that nobody works on."""
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    late = Q(use_by__lt=at) | Q(tried_since__lt=at - TRIED_FOR)
    due = late if settings.MAIL.wrong else late | Q(next_try_at__lte=at)
    with scopes_disabled(), transaction.atomic():
        waiting = Mail.objects.waiting().filter(free, due).order_by("next_try_at", "id")
        mail: Mail | None = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if mail is not None:
            mail.leased_until, mail.tried_since = at + LEASE, mail.tried_since or at
            mail.tries += 1
            mail.save(update_fields=["leased_until", "tried_since", "tries"])
    return mail


def _is_too_late(mail: Mail, at: datetime) -> bool:
    past_use = mail.use_by is not None and mail.use_by < at
    return past_use or (mail.tried_since is not None and mail.tried_since < at - TRIED_FOR)


_forgot_at: datetime | None = None
_forgetting = Lock()


def forget_mail(at: datetime) -> bool:
    """Once an hour: remove messages to which nothing has happened for ninety days."""
    global _forgot_at
    with _forgetting:
        if _forgot_at and at - _forgot_at < FORGET_EVERY:
            return False
        _forgot_at = at
    with scopes_disabled():
        Mail.objects.finished_before(at - KEPT_FOR).delete()
    return False
