"""What one person told of, for the safeguarding lead's part of a bundle."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from belisha.incidents.models import Case
from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Pupil, User


def held_sealed(person: Person, by: User, at: datetime) -> Iterator[Held]:
    """Their own words, and only of cases that this reader works on.

    Nothing of a case that is about somebody: whoever it is about must not learn of it here.
    """
    if isinstance(person, Pupil) or person.user is None:
        return
    for row in Case.objects.visible_to(by, at).filter(reported_by=person.user):
        facts = stated(what=row.what, where=row.where, when=row.when, seen=row.seen)
        yield Held("What they told us", facts, timezone.localdate(row.reported_at))
