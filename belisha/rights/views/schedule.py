"""The page that lists how long everything is kept, and what would go today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to
from belisha.rights.access import REVIEWERS
from belisha.rights.schedule import schedule
from belisha.rights.tables import sheet


@open_to(*REVIEWERS)
@require_GET
def periods(request: SignedIn) -> HttpResponse:
    """Looking deletes nothing."""
    rows = schedule(request.user, timezone.now())
    context = {"rows": rows, "due": sum(row.due or 0 for row in rows)}
    return render(request, "rights/periods.html", context)


@open_to(*REVIEWERS)
@require_GET
def periods_csv(request: SignedIn) -> HttpResponse:
    rows = [
        [one.kind, one.period, one.since, "" if one.due is None else one.due, one.clause]
        for one in schedule(request.user, timezone.now())
    ]
    return sheet("periods", ["kind", "kept for", "since", "would go today", "clause"], rows)
