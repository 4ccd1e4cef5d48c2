"""What happens in the background: since when a picture elsewhere is wrong is remembered."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.lib.seldom import Seldom
from belisha.people.models import School
from belisha.photos.actions.recalls import notice

LOOK = Seldom(timedelta(minutes=5))


def notice_recalls(at: datetime) -> bool:
    """Every five minutes: note which pictures elsewhere became wrong, and which are right again."""
    if not LOOK.is_time(at):
        return False
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            notice(school, on=timezone.localdate(at), at=at)
    return False
