"""Finding clauses of the documents in force, by their words or their number; and what the head was
asked."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from belisha.lib.found import Found
from belisha.lib.fulltext import saying
from belisha.people.models import User
from belisha.policy.access import READ_DOCUMENTS
from belisha.policy.models import (
    Clause,
    HeadRequest,
    Version,
    answers_to,
    newest_of_each,
    stage_of,
)

MOST = 20


def find_clauses(user: User, typed: str) -> list[Found]:
    """Clauses of the documents in force, the school's own policy first."""
    if not user.has_role(*READ_DOCUMENTS):
        return []
    issued = Version.objects.in_force(timezone.now()).filter(document__ended_at=None)
    clauses = Clause.objects.filter(version__in=[one.pk for one in newest_of_each(issued)])
    found = clauses.filter(
        Q(address__iexact=typed) | Q(pk__in=saying(clauses, typed).values("pk"))
    ).select_related("version__document")
    ordered = found.order_by("version__document__position", "version__document_id", "position")
    return [
        Found(
            f"{clause.address} {Truncator(clause.text).words(12)}",
            str(clause.version.document),
            f"{_page(clause)}#{clause.address}",
        )
        for clause in ordered[:MOST]
    ]


def _page(clause: Clause) -> str:
    document = clause.version.document
    return reverse("policy") if document.is_main else reverse("document", args=[document.key])


def find_requests(user: User, typed: str) -> list[Found]:
    """What the head was asked, within what this person may see, the newest first."""
    visible = HeadRequest.objects.visible_to(user)
    rows = list(visible.filter(Q(title__icontains=typed) | Q(words__icontains=typed))[:MOST])
    answers, on = answers_to(rows), timezone.localdate()
    return [
        Found(
            row.title,
            f"{row.get_kind_display()}: {stage_of(row, answers.get(row.pk), on).label.lower()}",
            reverse("approval", args=[row.ref]),
        )
        for row in rows
    ]
