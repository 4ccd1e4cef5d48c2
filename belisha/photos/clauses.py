"""How the clauses about pictures stand."""

from datetime import date, datetime

from django.db.models import Max

from belisha.lib.state import Standing, State, share
from belisha.photos.exposure import exposed, review_now
from belisha.photos.models import Photo, PictureRequest, Print, SafeCopy, Selection, Share
from belisha.photos.printed import MOST_PRINTS, printed
from belisha.photos.publishing import needs_head
from belisha.photos.recalls import due, wrong_elsewhere
from belisha.photos.rules import PlaceKind


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def faces(on: date) -> State:
    """P.iv: every face has a name or a cover, and a person looked for missed ones."""
    pictures = Photo.objects.count()
    checked = Photo.objects.filter(boxed_at__isnull=False)
    settled = checked.exclude(pk__in=Photo.objects.unsettled().values("pk")).count()
    last = checked.aggregate(last=Max("boxed_at"))["last"]
    words = "pictures have every face settled; no other leaves"
    return share(settled, pictures, words, route="albums", proven_on=_day(last))


def shown(on: date) -> State:
    """P.iii: what is shown is asked again at each look; what hangs and may not is taken down."""
    copies, shares = SafeCopy.objects.count(), Share.objects.open(on)
    last = SafeCopy.objects.aggregate(last=Max("made_at"))["last"]
    up = Print.objects.up()
    wrong = sum(one.comes_down for one in printed(list(up[:MOST_PRINTS]), on=on))
    if wrong:
        words = "prints hang that must come down"
        return State(Standing.ATTENTION, words, f"{wrong} of {up.count()}", route="prints")
    if not copies and not shares.exists():
        return State(Standing.NOT_IN_USE, "No copy was made yet", route="albums")
    words = (
        f"Copies made: {copies}, albums shown to families or in school: {shares.count()}. "
        "Each picture is asked about again whenever it is looked at"
    )
    return State(Standing.KEPT, words, route="albums", proven_on=_day(last))


def promotion(on: date) -> State:
    """P.vi: each picture for promotion is asked about by itself; what is public is reviewed."""
    public = exposed(on=on)
    if public and review_now(public[0].publication.school, on=on).is_late(on):
        words = "pictures are public, and this term's review of them is late"
        return State(Standing.ATTENTION, words, str(len(public)), route="exposure")
    asked = PictureRequest.objects.count()
    waiting = PictureRequest.objects.open(on).count()
    last = PictureRequest.objects.aggregate(last=Max("asked_at"))["last"]
    if not asked:
        return State(
            Standing.NOT_IN_USE,
            "No picture was asked about for promotion",
            route="picture-requests",
        )
    words = f"Pictures asked about one by one: {asked}, still open: {waiting}"
    return State(Standing.KEPT, words, route="picture-requests", proven_on=_day(last))


def head_agrees(on: date) -> State:
    """B.ii: what left for a place has the head's yes, and comes down when it may not be there."""
    kinds = [kind for kind in PlaceKind if needs_head(kind)]
    sets = Selection.objects.filter(published_at__isnull=False, place__kind__in=kinds)
    last = sets.aggregate(last=Max("published_at"))["last"]
    if not sets.exists():
        return State(Standing.NOT_IN_USE, "No pictures were published yet", route="places")
    late = [one for one in due(wrong_elsewhere(on), on=on) if one.is_late(on)]
    if late:
        many = "picture" if len(late) == 1 else "pictures"
        words = f"{many} should be down at places that are not ours"
        return State(Standing.BROKEN, words, str(len(late)), "recalls", _day(last))
    words = f"Sets of pictures published, each with the head’s yes: {sets.count()}"
    return State(Standing.KEPT, words, route="publications", proven_on=_day(last))


STATES = {"B.ii": head_agrees, "P.iii": shown, "P.iv": faces, "P.vi": promotion}
