"""What one person signed, read and asked for."""

from collections.abc import Iterator

from django.utils import timezone

from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Parent, Pupil, Staff
from belisha.policy.models import Acknowledgement, HeadRequest, Read, Signature


def held_on(person: Person) -> Iterator[Held]:
    """Agreements of a child or a parent; what staff read, and what they asked the head.

    What staff told of themselves (B.i) lies with whoever received it, and on their own page.
    """
    if isinstance(person, Staff):
        yield from _staff(person)
        return
    signed = Signature.objects.select_related("agreement", "pupil")
    mine = (
        signed.filter(pupil=person) if isinstance(person, Pupil) else signed.filter(parent=person)
    )
    for row in mine:
        facts = stated(
            agreement=row.agreement,
            child=row.pupil,
            how=row.get_how_display(),
            shown=row.wording,
            why=row.why,
        )
        yield Held("An agreement signed", facts, row.happened_on)
    if isinstance(person, Parent):
        for told in Acknowledgement.objects.filter(parent=person).select_related("agreement"):
            facts = stated(agreement=told.agreement, how=told.get_how_display(), why=told.why)
            yield Held("Read by a parent", facts, told.happened_on)


def _staff(person: Staff) -> Iterator[Held]:
    for row in Read.objects.filter(staff=person).select_related("version__document"):
        facts = stated(text=row.version, part=row.part, how=row.get_how_display(), why=row.why)
        yield Held("A text read", facts, row.happened_on)
    if person.user:
        for asked in HeadRequest.objects.filter(asked_by=person.user):
            facts = stated(what=asked.title, words=asked.words, why=asked.why)
            yield Held("Asked of the head", facts, timezone.localdate(asked.asked_at))
