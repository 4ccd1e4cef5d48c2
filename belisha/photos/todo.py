"""What waits for someone in the albums (clauses P.iv, P.vi)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from belisha.consent.access import children_answered_for_by
from belisha.lib.task import Task
from belisha.people.access import sees_whole_school
from belisha.people.models import User
from belisha.photos.access import can_review_exposure
from belisha.photos.exposure import review_now
from belisha.photos.models import (
    Album,
    PictureAnswer,
    PictureRequest,
    Print,
    Selection,
)
from belisha.photos.overdue import overdue
from belisha.photos.printed import MOST_PRINTS, printed
from belisha.photos.recalls import mine
from belisha.photos.showing import head_says

SAY_BEFORE, SAY_AFTER = timedelta(days=14), timedelta(days=7)


def todo(user: User, on: date) -> Iterator[Task]:
    """Pictures that families are asked about, uses that run out, pictures that are not settled."""
    yield from _questions(user, on)
    if user.is_staff_member:
        yield from _running_out(user, on)
        yield from _unsettled(user)
        yield from _to_take_down(user, on)
        yield from _past_their_time(user, on)
        yield from _to_recall(user, on)
        yield from _agreed(user, on)
    if can_review_exposure(user):
        yield from _review_due(user, on)


def _questions(user: User, on: date) -> Iterator[Task]:
    """What a parent has not answered yet about one picture of a child."""
    for child in children_answered_for_by(user):
        said = PictureAnswer.objects.standing().filter(pupil=child)
        answered = said.from_person(user.parent)
        open_now = PictureRequest.objects.open(on).with_child(child)
        for request in open_now.exclude(pk__in=answered.values("request"))[:20]:
            name = child.known_as or child.first_name
            yield Task(
                _("The school asks about a picture of %(child)s") % {"child": name},
                _("Until you answer, it counts as no."),
                reverse("picture-question", args=[child.pk, request.ref]),
                _("See the picture"),
                "ask",
            )


def _to_recall(user: User, on: date) -> Iterator[Task]:
    """Pictures that must come down at places that are not ours."""
    for one in mine(user, on=on)[:20]:
        row = one.publication
        yield Task(
            f"Take a picture down: {row.place.name}",
            f"{one.why}. It left on {row.left_at:%-d %B %Y}.",
            reverse("publication-down", args=[row.ref]),
            "It is down",
            "globe",
            due=one.due,
        )


def _agreed(user: User, on: date) -> Iterator[Task]:
    """Sets of one's own to which the head has agreed, and that nobody has published yet."""
    drafts = Selection.objects.standing().filter(published_at=None, made_by=user, until_on__gte=on)
    rows = list(drafts.select_related("place")[:20])
    said = head_says(rows, on=on)
    for row in rows:
        if said[row.pk]:
            yield Task(
                f"Publish: {row.title}",
                f"The head has agreed to these pictures for {row.place.name}.",
                reverse("selection", args=[row.ref]),
                "Look and publish",
                "share",
                due=row.from_on,
            )


def _running_out(user: User, on: date) -> Iterator[Task]:
    """Uses whose last day is near or was a few days ago, for who asked and the whole school's."""
    near = PictureRequest.objects.visible_to(user).filter(
        withdrawn_at=None, until__range=(on - SAY_AFTER, on + SAY_BEFORE)
    )
    if not sees_whole_school(user):
        near = near.filter(asked_by=user)
    for request in near.order_by("until")[:20]:
        day, over = f"{request.until:%-d %B %Y}", request.until < on
        yield Task(
            f"“{request.use}” {'ended' if over else 'ends'} on {day}",
            "No yes counts any more. Take the picture down wherever it still is."
            if over
            else "After that day no yes counts, and its copies are closed.",
            reverse("picture-request", args=[request.ref]),
            "See the request",
            "clock",
            due=request.until,
        )


def _unsettled(user: User) -> Iterator[Task]:
    """Albums in which a picture is not settled, newest first, for who knows the children.

    Those are who teaches the class, and who made the album. One of no class waits for whoever sees
    the whole school too: who made it may have left.
    """
    albums = Album.objects.visible_to(user)
    if sees_whole_school(user):
        own = Q(created_by=user) | Q(school_class__teachers=user.staff)
        albums = albums.filter(own | Q(school_class=None))
    for album in albums.with_waiting().filter(waiting__gt=0)[:20]:
        yield Task(
            album.title,
            "1 picture waits for someone to say who is in it."
            if album.waiting == 1
            else f"{album.waiting} pictures wait for someone to say who is in them.",
            reverse("album", args=[album.ref]),
            "Go on",
            "album",
        )


def _to_take_down(user: User, on: date) -> Iterator[Task]:
    """Prints that hang and should not, for who printed them and the whole school's."""
    up = Print.objects.visible_to(user).up()
    if not sees_whole_school(user):
        up = up.filter(made_by=user)
    for one in printed(list(up.order_by("until_on", "id")[:MOST_PRINTS]), on=on):
        if one.comes_down:
            where = f", {one.sheet.where}" if one.sheet.where else ""
            yield Task(
                f"Take down: {one.sheet.title}{where}",
                f"{one.why} Shred it.",
                reverse("print", args=[one.sheet.ref]),
                "See the print",
                "print",
                due=min(one.sheet.until_on, on),
            )


def _past_their_time(user: User, on: date) -> Iterator[Task]:
    """What is over, in one task: for who made it, and for the office."""
    over = overdue(user, on=on)
    pictures = over.kept_back + over.leavers
    counts = (
        (over.albums, "album", "albums"),
        (pictures, "single picture", "single pictures"),
        (over.records, "old record", "old records"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    if said:
        yield Task(
            "Pictures are kept past their time",
            f"{', '.join(said)}. Delete them, or keep them with a reason.",
            reverse("retention"),
            "Decide",
            "bin",
        )


def _review_due(user: User, on: date) -> Iterator[Task]:
    """What is public is looked at once a term."""
    review = review_now(user.school, on=on)
    if not review.done:
        yield Task(
            "Review what is public",
            "Once a term: which pictures are public, how close, how old, with what words.",
            reverse("exposure"),
            "See the report",
            "globe",
            due=review.due,
        )
