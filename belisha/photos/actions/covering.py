"""Clips with faces covered: asked for, made in the background, let go when no copy may have them.

To cover a clip takes long, so what was made is kept, sealed, for all copies that cover just these
faces. Whether a copy may be given is asked at each look, and never read from here.
"""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction

from belisha.photos import store
from belisha.photos.asking import check
from belisha.photos.models import CoveredClip, SafeCopy, StoredFile


def digest_of(copy: SafeCopy) -> str:
    """What the copy covers, and whether one hears something."""
    ways = sorted(json.dumps(way) for way in copy.hidden)
    return hashlib.sha256(json.dumps([ways, copy.sound]).encode()).hexdigest()


def covered_of(copy: SafeCopy) -> CoveredClip | None:
    """The clip as this copy shows it, made or still to be made."""
    rows = CoveredClip.objects.filter(photo=copy.photo_id, digest=digest_of(copy))
    found: CoveredClip | None = rows.first()
    return found


def pieces(made: CoveredClip) -> store.Pieces:
    """Its bytes."""
    return store.Pieces(made.pieces.select_related("school").order_by("number"))


@transaction.atomic
def ask_for(copy: SafeCopy, *, at: datetime) -> CoveredClip:
    """Have the clip covered as this copy needs it, unless it is; try again where it failed."""
    row: CoveredClip
    row, _ = CoveredClip.objects.get_or_create(
        school_id=copy.school_id,
        photo_id=copy.photo_id,
        digest=digest_of(copy),
        defaults={"hidden": copy.hidden, "sound": copy.sound, "asked_at": at},
    )
    if row.has_failed:
        row.tries, row.leased_until = 0, None
        row.save(update_fields=["tries", "leased_until"])
    return row


@transaction.atomic
def let_go(photo_id: int, *, on: date) -> int:
    """Remove what was made for copies of a clip of which none is right any more."""
    copies = list(SafeCopy.objects.filter(photo=photo_id).select_related("request"))
    needed = {digest_of(one.copy) for one in check(copies, on=on) if one.right}
    rows = CoveredClip.objects.filter(photo=photo_id).exclude(digest__in=needed)
    unneeded = list(rows.select_for_update())
    store.forget(StoredFile.objects.filter(covered__in=unneeded))
    CoveredClip.objects.filter(pk__in=[row.pk for row in unneeded]).delete()
    return len(unneeded)
