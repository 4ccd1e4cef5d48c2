"""How long requests to the head and declarations are kept."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from belisha.lib.periods import Keeping
from belisha.people.models import User
from belisha.policy.models import HeadRequest
from belisha.policy.rules import REQUESTS_KEPT, forget_settled_before


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    """Declarations are never counted: for all but their reader they do not exist."""
    old = HeadRequest.objects.settled_before(forget_settled_before(timezone.localdate(at)))
    years = f"{REQUESTS_KEPT} years"
    since = "Since it was settled, or its yes ended."
    yield Keeping("Requests to the head", years, since, old.count(), clause="B.ii")
    yield Keeping("What staff told of themselves", "1 year", "Since they left.", None, clause="B.i")
