"""What one parent told the school."""

from collections.abc import Iterator

from belisha.complaints.models import Complaint, Message
from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Parent


def held_on(person: Person) -> Iterator[Held]:
    """Concerns about the school or a class, with what was written to each other.

    One about a person is known to whoever hears it alone, so that it never comes here: its family
    reads it on its own page.
    """
    if not isinstance(person, Parent):
        return
    for row in Complaint.objects.for_everyone().filter(parent=person):
        said = row.messages.exclude(kind=Message.Kind.NOTE)
        facts = stated(
            about=row.get_subject_display(),
            words=row.words,
            wishes=row.wishes,
            files=", ".join(str(one) for one in row.attachments.all()),
            written="\n".join(f"{one.at:%-d %B %Y}: {one.words}" for one in said),
        )
        yield Held("A concern", facts, row.received_on)
