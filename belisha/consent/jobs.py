"""What happens in the background: families who have not answered are reminded."""

from datetime import datetime, timedelta
from threading import Lock

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.consent.campaigns.acts import remind as send_reminder
from belisha.consent.campaigns.acts import to_remind
from belisha.consent.models import Campaign

LOOK_EVERY = timedelta(minutes=15)
_looked_at: datetime | None = None
_looking = Lock()


def remind(at: datetime) -> bool:
    """Every quarter of an hour: put the reminders that are due into the outbox.

    Each is put there in one transaction with the note that it was, so that no process, killed or
    beside another, sends one twice.
    """
    global _looked_at
    with _looking:
        if _looked_at and at - _looked_at < LOOK_EVERY:
            return False
        _looked_at = at
    with scopes_disabled():
        campaigns = Campaign.objects.open(timezone.localdate(at)).exclude(remind_after=None)
        waiting = list(campaigns.select_related("school"))
    for campaign in waiting:
        with scope(school=campaign.school):
            for asked in to_remind(campaign, at=at):
                send_reminder(asked, campaign, at=at)
    return False
