"""What the head is shown of a set of pictures, as it would go today (clauses B.ii, P.vi)."""

from datetime import date

from django.urls import reverse

from belisha.people.models import User
from belisha.photos.actions.selections import all_placed
from belisha.photos.models import Selection
from belisha.photos.publishing import SOMEONE
from belisha.photos.showing import Placed, digest_for
from belisha.policy.approvals import Shown
from belisha.policy.models import HeadRequest


def shown(request: HeadRequest, user: User, on: date) -> Shown | None:
    """The very pictures with the words beside them. No yes is given while one may not be shown."""
    found = Selection.objects.visible_to(user).filter(ref=request.about)
    selection = found.select_related("place__purpose", "album", "made_by").first()
    if selection is None or selection.dropped_at:
        return None
    pictures = all_placed(selection, on=on)
    return Shown(
        digest=digest_for(selection, [one.publication.mark for one in pictures]),
        template="photos/_selection_shown.html",
        context={"selection": selection, "pictures": pictures},
        url=reverse("selection", args=[selection.ref]),
        rules=[one.checked_verdict for one in pictures],
        refuses=refusal(pictures),
    )


def refusal(pictures: list[Placed]) -> str:
    """Why no yes can be given now, whatever the head says; or nothing."""
    wrong = [one for one in pictures if not one.checked_verdict]
    if not wrong:
        return ""
    if len(pictures) == 1:
        return f"{SOMEONE}. It must be taken out, or the family asked."
    return f"{len(wrong)} of {len(pictures)} pictures may not go now. {SOMEONE}. Take them out."
