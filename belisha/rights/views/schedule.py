"""The page that lists how long everything is kept, and what would go today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to
from belisha.people.sheets import sheet
from belisha.policy.replies import clause_shown, own_clauses, said_by
from belisha.rights.access import REVIEWERS
from belisha.rights.schedule import schedule


@open_to(*REVIEWERS)
@require_GET
def periods(request: SignedIn) -> HttpResponse:
    """Looking deletes nothing. Each clause leads to its words in the school's own policy."""
    now = timezone.now()
    rows, own = schedule(request.user, now), own_clauses(now)
    context = {
        "rows": [(row, said_by(row.clause, own) if row.clause else None) for row in rows],
        "due": sum(row.due or 0 for row in rows),
    }
    return render(request, "rights/periods.html", context)


@open_to(*REVIEWERS)
@require_GET
def periods_csv(request: SignedIn) -> HttpResponse:
    now = timezone.now()
    own = own_clauses(now)
    rows = [
        [
            *(one.kind, one.period, one.since, "" if one.due is None else one.due),
            clause_shown(one.clause, own),
        ]
        for one in schedule(request.user, now)
    ]
    return sheet(
        request, "periods", ["kind", "kept for", "since", "would go today", "clause"], rows
    )
