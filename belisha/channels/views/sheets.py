"""The registers as sheets for a spreadsheet. The record tells who took one."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.channels.access import SEE_ACCOUNTS
from belisha.channels.models import FoundAccount
from belisha.channels.views.accounts import register_of
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.sheets import sheet

ACCOUNTS = (
    *("service", "name", "address", "state", "for", "seen by", "comments", "run by", "class"),
    *("look after it", "post", "recovery", "second step seen", "agreed", "renew by", "closed"),
)
FOUND = ("service", "name", "address", "seen", "on", "told by", "state", "decided", "done")


@open_to(*SEE_ACCOUNTS)
@after_fresh_sign_in
@require_GET
def accounts_csv(request: SignedIn) -> HttpResponse:
    rows = []
    for one in register_of(request):
        account, answer = one.account, one.answered
        rows.append(
            [
                account.service_name,
                account.name,
                account.url,
                one.stage.label,
                account.purpose,
                account.get_audience_display(),
                account.get_comments_display(),
                account.get_run_by_display(),
                account.school_class or "",
                _listed(one.administrators),
                _listed(one.posters),
                account.recovery,
                timezone.localdate(one.factor.at) if one.factor else "",
                timezone.localdate(answer.at) if answer and answer.yes else "",
                one.due_on or "",
                timezone.localdate(one.closed.at) if one.closed else "",
            ]
        )
    return sheet(request, "accounts", ACCOUNTS, rows)


@open_to_staff
@after_fresh_sign_in
@require_GET
def found_csv(request: SignedIn) -> HttpResponse:
    found = FoundAccount.objects.visible_to(request.user).prefetch_related("steps")
    rows = [
        [
            one.service_name,
            one.name,
            one.url,
            one.seen,
            one.seen_on,
            one.get_told_by_display(),
            one.light[1],
            timezone.localdate(one.decided_at) if one.decided_at else "",
            "\n".join(step.words for step in one.steps.all()),
        ]
        for one in found
    ]
    return sheet(request, "not-ours", FOUND, rows)


def _listed(people: Iterable[object]) -> str:
    return ", ".join(map(str, people))
