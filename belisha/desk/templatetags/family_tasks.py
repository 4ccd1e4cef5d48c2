"""What waits for a parent, told on the page of their children: pictures and agreements ask too."""

from typing import Any

from django import template
from django.utils import timezone

from belisha.complaints import todo as complaints
from belisha.people.models import User
from belisha.photos import todo as photos
from belisha.policy import todo as agreements

register = template.Library()


@register.inclusion_tag("desk/_family_tasks.html")
def family_tasks(user: User) -> dict[str, Any]:
    """What the school asks of this parent besides the answers about pictures."""
    on = timezone.localdate()
    waiting = (photos.todo(user, on), agreements.todo(user, on), complaints.for_family(user, on))
    return {"tasks": [task for some in waiting for task in some]}
