"""What families are asked about pictures of one child, what stops them, and who may know it."""

from dataclasses import dataclass
from datetime import date

from belisha.consent.rules import Fact
from belisha.people.models import Pupil, User
from belisha.photos.access import can_see_who_said_what
from belisha.photos.asking import Asked, answers_to_each, facts_of_requests
from belisha.photos.models import Photo, PictureRequest, State, Stop
from belisha.photos.rules import Source

AT_ONCE = 50


@dataclass(frozen=True)
class Question:
    """A request about a picture with the child, what counts of the answers, and who said what.

    Once it is over or withdrawn no answer counts, so that there is no `fact` to show. `people` is
    empty for those who may not know who said what.
    """

    request: PictureRequest
    state: State
    fact: Fact | None
    people: tuple[Asked, ...]


@dataclass(frozen=True)
class Stopped:
    """A "not this one", and who said it: nothing for those who may not know which parent did."""

    stop: Stop
    who: str


def questions_about(pupil: Pupil, user: User, *, on: date) -> list[Question]:
    """The newest requests about pictures with the child that this person may see."""
    found = PictureRequest.objects.visible_to(user).with_child(pupil)
    requests = list(found.select_related("photo__album", "purpose")[:AT_ONCE])
    facts = facts_of_requests(requests, pupil, on=on)
    people = answers_to_each(requests, about=pupil) if can_see_who_said_what(user) else {}
    return [
        Question(
            request,
            state := request.state(on),
            facts[request.pk] if state is State.OPEN else None,
            tuple(people.get(request.pk, ())),
        )
        for request in requests
    ]


def stops_about(pupil: Pupil, user: User) -> list[Stopped]:
    """The newest stops for the child in pictures that this person may see, lifted ones too."""
    found = Stop.objects.filter(pupil=pupil, photo__in=Photo.objects.visible_to(user))
    rows = found.select_related("photo__album", "purpose", "by", "lifted_by")[:AT_ONCE]
    return [Stopped(stop, _who(stop, user)) for stop in rows]


def _who(stop: Stop, user: User) -> str:
    """A parent is named to those alone who keep the answers."""
    if stop.source == Source.FAMILY and not can_see_who_said_what(user):
        return ""
    return str(stop.by.name)
