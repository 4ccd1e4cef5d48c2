"""What one child had to hand in, and what one member of staff borrowed."""

from collections.abc import Iterator

from django.utils import timezone

from belisha.devices.models import Confiscation, Exemption, Loan
from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Pupil, Staff
from belisha.policy.models import Sanction


def held_on(person: Person) -> Iterator[Held]:
    if isinstance(person, Pupil):
        yield from _child(person)
    elif isinstance(person, Staff):
        for row in Loan.objects.filter(holder=person).select_related("device"):
            facts = stated(
                device=row.device, what_for=row.purpose, out=row.out_at, back=row.back_at
            )
            yield Held("A device borrowed", facts, timezone.localdate(row.out_at))


def _child(child: Pupil) -> Iterator[Held]:
    rows = list(Confiscation.objects.filter(pupil=child).select_related("seized_by"))
    for row in rows:
        facts = stated(
            device=row,
            when=row.get_during_display(),
            where=row.get_where_display(),
            taken_by=row.seized_by.name,
            why=row.why,
            undone=row.set_aside_why,
        )
        yield Held("A device taken", facts, timezone.localdate(row.seized_at))
    for decided in Sanction.objects.filter(pupil=child, about__in=[row.ref for row in rows]):
        facts = stated(chosen=decided.chosen, words=decided.words, why=decided.why)
        yield Held("What followed from it", facts, timezone.localdate(decided.decided_at))
    for one in Exemption.objects.filter(pupil=child):
        facts = stated(device=one, says=one.says, until=one.until)
        yield Held("A device allowed", facts, timezone.localdate(one.made_at))
