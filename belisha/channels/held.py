"""Accounts that one member of staff looks after, or posts to."""

from collections.abc import Iterator

from django.utils import timezone

from belisha.channels.models import AccountPerson
from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Staff


def held_on(person: Person) -> Iterator[Held]:
    rows = AccountPerson.objects.filter(staff=person) if isinstance(person, Staff) else ()
    for row in rows:
        facts = stated(account=row.account, part=row.get_part_display(), until=row.until_at)
        yield Held("An account of the school", facts, timezone.localdate(row.from_at))
