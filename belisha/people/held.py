"""What the lists hold on one person."""

from collections.abc import Iterator

from django.utils import timezone

from belisha.lib.held import Held, stated
from belisha.people.models import Mail, Parent, Protection, Pupil, Relation, Staff, Teaching
from belisha.people.rules import KINDS_OF_MAIL_SHOWN

Person = Pupil | Parent | Staff


def held_on(person: Person) -> Iterator[Held]:
    """Names, numbers, class and family; for adults how to reach them, roles and mail."""
    if isinstance(person, Pupil):
        yield from _pupil(person)
    elif isinstance(person, Parent):
        yield from _parent(person)
    else:
        yield from _staff(person)


def held_sealed(person: Person) -> Iterator[Held]:
    """What the safeguarding lead alone knows: that a child is protected, and why."""
    if isinstance(person, Pupil):
        for row in Protection.objects.filter(pupil=person):
            facts = stated(why=row.why, since=row.set_at, lifted=row.lifted_at)
            yield Held("A protection", facts, timezone.localdate(row.set_at))


def _pupil(one: Pupil) -> Iterator[Held]:
    facts = stated(
        first_name=one.first_name,
        last_name=one.last_name,
        known_as=one.known_as,
        number=one.key,
        year=one.year_name,
        left_on=one.left_on,
        **{"class": one.school_class},
    )
    yield Held("The child’s entry in the lists", facts)
    for tie in Relation.objects.filter(pupil=one).select_related("parent"):
        yield Held("Family", stated(who=tie.parent, **_tie(tie)))


def _parent(one: Parent) -> Iterator[Held]:
    facts = stated(
        first_name=one.first_name,
        last_name=one.last_name,
        number=one.key,
        email=one.email,
        telephone=one.phone,
        language=one.language,
        last_signed_in=one.user and one.user.last_login,
    )
    yield Held("The entry in the lists", facts)
    for tie in Relation.objects.filter(parent=one).select_related("pupil"):
        yield Held("A child of theirs", stated(child=tie.pupil, **_tie(tie)))
    yield from _mail(one.email)


def _tie(tie: Relation) -> dict[str, object]:
    return {
        "is": tie.kind,
        "parental_responsibility": tie.parental_responsibility,
        "ended_on": tie.ended_on,
    }


def _staff(one: Staff) -> Iterator[Held]:
    facts = stated(
        name=one.name,
        number=one.key,
        email=one.email,
        joined=one.joined_on,
        left_on=one.left_on,
        roles=", ".join(role.get_role_display() for role in one.roles.all()),
        last_signed_in=one.user and one.user.last_login,
    )
    yield Held("The entry in the lists", facts)
    for row in Teaching.objects.filter(staff=one).select_related("school_class"):
        yield Held("A class of theirs", stated(name=row.school_class))
    yield from _mail(one.email)


def _mail(email: str) -> Iterator[Held]:
    """Only kinds that the office may see: no other mail shows that something else exists."""
    rows = Mail.objects.filter(to__iexact=email, kind__in=KINDS_OF_MAIL_SHOWN)
    for row in rows if email else ():
        facts = stated(subject=row.subject, posted=row.posted_at, how=row.fate.label)
        yield Held("An email", facts, timezone.localdate(row.posted_at))
