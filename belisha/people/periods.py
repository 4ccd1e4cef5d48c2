"""How long mail is remembered."""

from collections.abc import Iterator
from datetime import datetime

from belisha.lib.periods import Keeping
from belisha.people.jobs import KEPT_FOR
from belisha.people.models import Mail, User
from belisha.people.rules import KINDS_OF_MAIL_UNTOLD


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    old = Mail.objects.finished_before(at - KEPT_FOR).exclude(kind__in=KINDS_OF_MAIL_UNTOLD)
    yield Keeping("Emails sent", f"{KEPT_FOR.days} days", "Since it was sent.", old.count())
