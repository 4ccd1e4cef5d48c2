"""A picture of a race put into a place of ours, as far as the head's yes."""

from django.utils import timezone

from belisha.people.models import Staff
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import places, selections
from belisha.photos.models import Publication
from belisha.photos.rules import PlaceKind
from belisha.photos.showing import place_one
from belisha.policy.actions import approvals


def make_place(school):
    """A parents' album that we serve ourselves, and the head who agrees to what goes there."""
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD)
    place = places.add_place(
        school,
        PlaceKind.ALBUM,
        name="Race",
        keeper=Staff.objects.get(pk=head.pk),
        in_our_hands=True,
        by=head.user,
        at=timezone.now(),
    )
    return place, head.user


def agreed(things, place, head, at):
    """A set with the child's picture to which the head has said yes."""
    days = {"from_on": timezone.localdate()}
    by = {"by": things.office, "at": at}
    row = selections.choose(things.photo.album, place, [things.photo], title="", **days, **by)
    said = {one.pk: selections.Worded("", "Any") for one in row.pictures.all()}
    until = {"until_on": row.until_on, "looked": False}
    selections.write(row, said, title="", words="", **days, **until, **by)
    asked = selections.ask(row, on=timezone.localdate(), **by)
    approvals.answer(asked, yes=True, digest=asked.digest, by=head, at=at)
    return row


def is_seen(row, *, naive=False):
    """Whether the child is seen at the place now; `naive` believes that what is there may be."""
    on = timezone.localdate()
    shown = Publication.objects.served(on).filter(selection=row).first()
    if shown is None or shown.copy.hidden:
        return False
    return naive or place_one(shown, on=on).right
