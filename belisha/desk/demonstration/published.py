"""A gallery that the head agreed to, a newsletter, and a wall."""

from datetime import datetime, timedelta

from django.utils import timezone

from belisha.people.models import Staff, User
from belisha.photos.actions import places, selections
from belisha.photos.actions.selections import Worded
from belisha.photos.models import Album, Photo
from belisha.photos.rules import PlaceKind
from belisha.policy.actions import approvals

SAID = (
    Worded("The harvest table in the hall", "Pumpkins, apples and bread on a long table"),
    Worded("Bread, apples and flowers", "Children behind a table of food"),
)
SITE = "https://www.kerbside.example"


def load_published(album: Album, *, by: User, at: datetime) -> None:
    """`album` is settled. The office chooses, and `by`, the head, agrees."""
    today = timezone.localdate(at)
    office = Staff.objects.get(name="Mrs Toucan")
    assert office.user is not None
    made = {"keeper": office, "by": by, "at": at}
    gallery = places.add_place(
        album.school,
        PlaceKind.WEBSITE,
        name="Gallery on our website",
        in_our_hands=True,
        sites=[SITE],
        **made,
    )
    places.add_place(
        album.school,
        PlaceKind.NEWSLETTER,
        name="Newsletter of the week",
        goes_out_on=today + timedelta(days=7),
        how_down="Take it out of the file on the website. What was mailed stays.",
        **made,
    )
    places.add_place(album.school, PlaceKind.DISPLAY, name="Wall in the hall", **made)
    chosen = {"title": "Harvest table", "from_on": today, "by": office.user, "at": at}
    row = selections.choose(album, gallery, Photo.objects.filter(album=album)[:2], **chosen)
    said = zip(row.pictures.order_by("position"), SAID, strict=False)
    selections.write(
        row,
        {one.pk: words for one, words in said},
        title=row.title,
        words="",
        from_on=row.from_on,
        until_on=row.until_on,
        looked=True,
        by=office.user,
        at=at,
    )
    asked = selections.ask(row, by=office.user, at=at, on=today, why="For the harvest page.")
    approvals.answer(asked, yes=True, digest=asked.digest, by=by, at=at)
    selections.publish(row, by=office.user, at=at, on=today)
