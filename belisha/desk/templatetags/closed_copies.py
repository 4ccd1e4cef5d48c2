"""What a withdrawal closed, told on the child's page of answers, which knows no pictures itself."""

from typing import Any

from django import template
from django.utils import timezone

from belisha.people.models import Pupil, User
from belisha.photos.shown import recalled_for

register = template.Library()


@register.inclusion_tag("desk/_closed.html")
def closed_copies(pupil: Pupil, user: User) -> dict[str, Any]:
    """How many copies that show this child can no longer be opened, with the way to them."""
    return {"closed": recalled_for(pupil, user, on=timezone.localdate())}
