"""Finding the case of a page, or nothing that tells it from one that does not exist."""

from django.http import Http404
from django.utils import timezone

from belisha.incidents.access import case_for
from belisha.incidents.models import Case
from belisha.people.access import SignedIn


def case_of(request: SignedIn, ref: str) -> Case:
    """The case of this address, for whoever works on it. Raises `Http404` for everybody else."""
    case = case_for(request.user, ref, timezone.now())
    if case is None:
        raise Http404
    return case
