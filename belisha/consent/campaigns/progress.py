"""How far a campaign has come: who answered, who did not, whom it did not reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from belisha.consent.ledger import cell_for
from belisha.consent.models import Answer, Asked, Campaign, Reach, standing_answers
from belisha.consent.rules import still_to_ask
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, User, bounced
from belisha.people.rules import alphabetical
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Person:
    """One parent who was asked, their children here, and how it stands with them.

    `not_reached` says why the question may not have come to them; nothing when it did.
    """

    asked: Asked
    children: tuple[Pupil, ...]
    answered: bool
    not_reached: str

    @property
    def parent(self) -> Parent:
        return self.asked.parent


@dataclass(frozen=True)
class ClassProgress:
    """How many of those asked about children of a class have answered."""

    school_class: SchoolClass | None
    asked: int
    answered: int


@dataclass(frozen=True)
class Progress:
    people: tuple[Person, ...]
    classes: tuple[ClassProgress, ...]

    @property
    def answered(self) -> list[Person]:
        return [person for person in self.people if person.answered]

    @property
    def silent(self) -> list[Person]:
        return [person for person in self.people if not person.answered]

    @property
    def not_reached(self) -> list[Person]:
        return [person for person in self.silent if person.not_reached]

    def silent_children(self, school_class: SchoolClass) -> list[Pupil]:
        """The children of a class of whom somebody who was asked has not answered."""
        found = {child for person in self.silent for child in person.children}
        return sorted(
            (child for child in found if child.school_class_id == school_class.pk),
            key=lambda child: alphabetical(str(child)),
        )


def progress(campaign: Campaign, *, on: date, user: User | None = None) -> Progress:
    """How it stands, as `user` may know it; without one as all but the safeguarding lead see it."""
    seen = Answer.objects.shown_to(user) if user else Answer.objects.shown_to_others()
    asked = list(campaign.asked.select_related("parent", "mail").order_by("id"))
    children = children_by_parent(one.parent_id for one in asked)
    silent = silent_parents(campaign, children, seen, on=on)
    broken = bounced(one.parent.email for one in asked)
    people = [
        Person(
            one,
            tuple(children[one.parent_id]),
            one.parent_id not in silent,
            _why_not_reached(one, broken),
        )
        for one in asked
        if one.parent_id in children  # the others answer for nobody here any more
    ]
    people.sort(key=lambda person: alphabetical(f"{person.parent.last_name} {person.parent}"))
    return Progress(tuple(people), _by_class(campaign, people))


def children_by_parent(parent_ids: Iterable[int]) -> dict[int, list[Pupil]]:
    """For whom each of these parents answers now. An order against contact closes it."""
    ties = Relation.objects.open().responsible().filter(parent_id__in=set(parent_ids))
    here = ties.filter(pupil__in=Pupil.objects.current()).select_related("pupil__school_class")
    found: dict[int, list[Pupil]] = defaultdict(list)
    for tie in here.order_by("pupil__first_name", "pupil_id"):
        found[tie.parent_id].append(tie.pupil)
    return dict(found)


def silent_parents(
    campaign: Campaign, children: dict[int, list[Pupil]], answers: Iterable[Answer], *, on: date
) -> set[int]:
    """Who of these parents has not answered everything, by what these `answers` tell.

    A purpose that is asked for each picture needs no answer beforehand (P.vi).
    """
    purposes = list(Purpose.objects.in_use().filter(each_picture=False))
    said = standing_answers(_about(answers, children))
    return {
        parent
        for parent, pupils in children.items()
        for pupil in pupils
        for purpose in purposes
        if _is_open(purpose, said.get((pupil.pk, parent, purpose.pk)), campaign, on)
    }


def _about(answers: Iterable[Answer], parents: Collection[int]) -> Iterable[Answer]:
    theirs = Q(parent_id__in=parents) | Q(parent__merged_into_id__in=parents)
    return answers.filter(theirs).select_related("parent")  # type: ignore[attr-defined,no-any-return]


def _is_open(purpose: Purpose, answer: Answer | None, campaign: Campaign, on: date) -> bool:
    said_on = answer.happened_on if answer else None
    return still_to_ask(cell_for(purpose, answer, on).fact, said_on=said_on, since=campaign.since)


def _why_not_reached(asked: Asked, broken: dict[str, str]) -> str:
    parent, mail = asked.parent, asked.mail
    if asked.reach != Reach.MAIL:
        return ""
    if not parent.email:
        return "There is no address any more."
    if parent.email.lower() in broken:
        return broken[parent.email.lower()]
    if mail and mail.to.lower() == parent.email.lower() and not mail.sent_at:
        return str(mail.trouble)
    return ""


def _by_class(campaign: Campaign, people: list[Person]) -> tuple[ClassProgress, ...]:
    classes: dict[SchoolClass | None, list[bool]] = defaultdict(list)
    for person in people:
        for school_class in {child.school_class for child in person.children}:
            wanted = school_class.pk if school_class else None
            if not campaign.class_ids or wanted in campaign.class_ids:
                classes[school_class].append(person.answered)
    return tuple(
        ClassProgress(one, len(answered), sum(answered))
        for one, answered in sorted(classes.items(), key=lambda item: _order(item[0]))
    )


def _order(school_class: SchoolClass | None) -> tuple[bool, int, str]:
    if school_class is None:
        return True, 0, ""
    year = school_class.year_group
    return False, 99 if year is None else year, school_class.name
