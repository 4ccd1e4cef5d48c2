"""Places where pictures go: added, changed, closed."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.channels.models import Account
from belisha.people.access import require
from belisha.people.models import School, Staff, User
from belisha.photos.access import can_keep_places
from belisha.photos.models import Place
from belisha.photos.rules import PlaceKind
from belisha.policy.models import Purpose


@transaction.atomic
def add_place(
    school: School,
    kind: PlaceKind,
    *,
    name: str,
    keeper: Staff,
    by: User,
    at: datetime,
    stays: int | None = None,
    account: Account | None = None,
    goes_out_on: date | None = None,
    in_our_hands: bool = False,
    how_down: str = "",
    sites: Sequence[str] = (),
) -> Place:
    """Add a place of one kind. Raises `ValidationError` for what makes no such place."""
    require(can_keep_places(by))
    if (account is None) is (kind is PlaceKind.ACCOUNT):
        raise ValidationError("Say which of our accounts it is.")
    if kind is PlaceKind.NEWSLETTER and goes_out_on is None:
        raise ValidationError("Say when the issue goes out.")
    purpose = Purpose.objects.filter(key=kind.purpose).first()
    if purpose is None:
        raise ValidationError("The school has no such use of pictures.")
    place: Place = Place.objects.create(
        school=school,
        kind=kind,
        name=name.strip(),
        purpose=purpose,
        account=account,
        goes_out_on=goes_out_on,
        in_our_hands=in_our_hands and kind.may_be_ours,
        stays=kind.stays if stays is None else stays,
        keeper=keeper,
        how_down=how_down.strip(),
        sites=[site_of(one) for one in sites],
        made_at=at,
        made_by=by,
    )
    record("place.added", place, by=by.pk, at=at, kind=kind, keeper=keeper.pk)
    return place


@transaction.atomic
def change_place(
    place: Place,
    *,
    name: str,
    keeper: Staff,
    stays: int,
    how_down: str,
    by: User,
    at: datetime,
    goes_out_on: date | None = None,
    sites: Sequence[str] = (),
) -> Place:
    """Change what may change. Whose hands it is in, and for what, never does: that is asked of
    families and of the head, so it is another place."""
    require(can_keep_places(by))
    place = Place.objects.select_for_update().get(pk=place.pk)
    _require_open(place)
    place.name, place.keeper, place.stays = name.strip(), keeper, stays
    place.how_down, place.goes_out_on = how_down.strip(), goes_out_on or place.goes_out_on
    place.sites = [site_of(one) for one in sites]
    place.save()
    record("place.changed", place, by=by.pk, at=at, keeper=keeper.pk)
    return place


@transaction.atomic
def close_place(place: Place, *, by: User, at: datetime) -> None:
    """Close it for good: what we serve there is gone at once, the rest is to be taken down."""
    require(can_keep_places(by))
    place = Place.objects.select_for_update().get(pk=place.pk)
    _require_open(place)
    place.closed_at, place.closed_by = at, by
    place.save(update_fields=["closed_at", "closed_by"])
    record("place.closed", place, by=by.pk, at=at)


def site_of(typed: str) -> str:
    """The origin of a site that may embed a gallery: https, and nothing behind the name.

    Raises `ValidationError`. A site of this very machine may do without https.
    """
    host, port, scheme = "", None, ""
    with suppress(ValueError):  # no port, no host, or letters that no host has
        parts = urlsplit(typed.strip() if "//" in typed else f"https://{typed.strip()}")
        scheme, port = parts.scheme, parts.port
        host = (parts.hostname or "").encode("idna").decode()
    local = host in ("localhost", "127.0.0.1")
    plain = all(mark.isalnum() or mark in "-." for mark in host)
    if not host or not plain or not (scheme == "https" or (local and scheme == "http")):
        raise ValidationError(f"“{typed.strip()}” is no site. Write it as https://school.example.")
    return f"{scheme}://{host}{f':{port}' if port else ''}"


def _require_open(place: Place) -> None:
    if place.closed_at:
        raise ValidationError("This place is closed.")
