"""What waits for a parent, told on the page of their children: devices, pictures, agreements."""

from typing import Any

from django import template
from django.utils import timezone

from belisha.devices import todo as devices
from belisha.people.models import User
from belisha.photos import todo as photos
from belisha.policy import todo as agreements

register = template.Library()


@register.inclusion_tag("desk/_family_tasks.html")
def family_tasks(user: User) -> dict[str, Any]:
    """What the school asks of this parent besides the answers about pictures."""
    on = timezone.localdate()
    asked = (devices.todo, photos.todo, agreements.todo)
    return {"tasks": [task for todo in asked for task in todo(user, on)]}
