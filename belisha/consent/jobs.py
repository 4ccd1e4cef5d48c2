"""What happens in the background: families who have not answered are reminded."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.consent.campaigns.acts import remind as send_reminder
from belisha.consent.campaigns.acts import to_remind
from belisha.consent.models import Campaign
from belisha.lib.seldom import Seldom

LOOK = Seldom(timedelta(minutes=15))


def remind(at: datetime) -> bool:
    """Every quarter of an hour: put the reminders that are due into the outbox.

    Each is put there in one transaction with the note that it was, so that no process, killed or
    beside another, sends one twice.
    """
    if not LOOK.is_time(at):
        return False
    with scopes_disabled():
        campaigns = Campaign.objects.open(timezone.localdate(at)).exclude(remind_after=None)
        waiting = list(campaigns.select_related("school"))
    for campaign in waiting:
        with scope(school=campaign.school):
            for asked in to_remind(campaign, at=at):
                send_reminder(asked, campaign, at=at)
    return False
