"""What the areas do together."""

from typing import Any

from django.db import transaction
from django_scopes import scope

from belisha.people.actions import found_school
from belisha.people.models import User
from belisha.policy.models import add_shipped_purposes


@transaction.atomic
def open_school(**fields: Any) -> User:
    """Found a school, with its head and the purposes of the model policy; return the head's user.

    `fields` are those of `found_school`, which raises `ValueError` when there is a school already.
    """
    head = found_school(**fields)
    with scope(school=head.school):
        add_shipped_purposes(head.school)
    return head
