"""What happens in the background: whoever wants it hears by mail, on school days, what waits."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope, scopes_disabled

from belisha.desk.waiting import waiting_for
from belisha.lib.task import When, when
from belisha.people.actions.mail import post
from belisha.people.models import Choices, calendar_of

SENT_FROM = time(7, 30)
SENT_UNTIL = time(15)  # after a night without a server the mail comes late, and not in the evening
USEFUL_FOR = timedelta(hours=10)


def digest(at: datetime) -> bool:
    """Settle today's mail of one person who wants it; return whether there was one.

    The row is locked, and marked in the transaction that posts the mail, so that no process, killed
    or beside another, sends it twice.
    """
    here = timezone.localtime(at)
    if not SENT_FROM <= here.time() < SENT_UNTIL:
        return False
    with scopes_disabled(), transaction.atomic():
        wanted = Choices.objects.filter(digest=True).exclude(digested_on=here.date())
        rows = wanted.select_for_update(skip_locked=True, of=("self",))
        row: Choices | None = rows.select_related("user__school").order_by("id").first()
        if row is None:
            return False
        row.digested_on = here.date()
        row.save(update_fields=["digested_on"])
        with scope(school=row.user.school):
            _write(row, here)
    return True


def _write(row: Choices, here: datetime) -> None:
    """Post the mail, unless the school is closed, nothing waits, or the person is gone."""
    user, on = row.user, here.date()
    if not (user.is_active and user.belongs and calendar_of(user.school).is_school_day(on)):
        return
    tasks = waiting_for(user, on)
    if not tasks:
        return
    late = sum(when(task, on) is When.LATE for task in tasks)
    language = (user.parent.language if user.parent and not user.staff else "") or "en-gb"
    with translation.override(language):
        subject, body = _words(len(tasks), late, user.school.name)
    post(
        user.school,
        to=user.email,
        subject=subject,
        body=body,
        kind="digest",
        at=here,
        language=language,
        about=user,
        lasts=USEFUL_FOR,
    )


def _words(count: int, late: int, school: str) -> tuple[str, str]:
    """How many things wait, and where they are. It names nothing and nobody."""
    address = settings.ADDRESS or "http://localhost:8000"
    waits = ngettext("%(count)d thing waits for you.", "%(count)d things wait for you.", count) % {
        "count": count
    }
    is_late = ngettext("%(count)d of them is late.", "%(count)d of them are late.", late)
    parts = [
        f"{waits} {is_late % {'count': late}}" if late else waits,
        _("See them here:") + f"\n{address}/",
        _("You asked for this mail on school days. Change that here:") + f"\n{address}/me/",
        school,
    ]
    return f"{waits.removesuffix('.')} – {school}", "\n\n".join(parts) + "\n"
