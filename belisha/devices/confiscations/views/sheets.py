"""The register and the counts as sheets for a spreadsheet. The record tells who took one."""

from collections.abc import Iterable, Sequence

from defusedcsv import csv
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.audit.actions import record
from belisha.devices.confiscations.access import COUNT
from belisha.devices.confiscations.counting import counted
from belisha.devices.confiscations.rules import few
from belisha.devices.confiscations.stands import stand
from belisha.devices.confiscations.views.register import asked_year, register_of
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.models import calendar_of
from belisha.policy.awareness import year_named

TAKEN = (
    *("taken", "by", "child", "class", "what", "description", "condition", "power"),
    *("unlocked or searched", "where", "when in the day", "clause", "why", "state"),
    *("envelope", "shelf", "back by", "way home"),
)
COUNTS = ("school year", "by", "group", "number")


@open_to_staff
@after_fresh_sign_in
@require_GET
def confiscations_csv(request: SignedIn) -> HttpResponse:
    calendar = calendar_of(request.school)
    rows = [
        [
            f"{timezone.localtime(row.seized_at):%Y-%m-%d %H:%M}",
            row.seized_by.name,
            row.pupil.short_name,
            row.pupil.school_class or "",
            row.get_kind_display(),
            row.description,
            row.condition,
            row.get_power_display(),
            "yes" if row.was_opened else "no",
            row.get_where_display(),
            row.get_during_display(),
            row.clause,
            row.why,
            one.light[1],
            one.stored.envelope if one.stored else "",
            one.stored.shelf if one.stored else "",
            f"{timezone.localtime(one.back_by):%Y-%m-%d %H:%M}",
            row.get_way_home_display(),
        ]
        for one in stand(register_of(request), at=timezone.now(), calendar=calendar)
        for row in [one.row]
    ]
    return _sheet(request, "confiscations", TAKEN, rows)


@open_to(*COUNT)
@require_GET
def counts_csv(request: SignedIn) -> HttpResponse:
    year = asked_year(request)
    groups, whole = counted(year)
    rows = [[year_named(year), "all", "all", few(whole)]]
    rows += [
        [year_named(year), group.title, name, said] for group in groups for name, said in group.rows
    ]
    return _sheet(request, "confiscation-counts", COUNTS, rows)


def _sheet(
    request: SignedIn, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    rows = list(rows)
    with transaction.atomic():
        record(
            f"{name}.exported",
            request.school,
            by=request.user.pk,
            at=timezone.now(),
            count=len(rows),
        )
    response = HttpResponse(
        "\ufeff",  # by this mark spreadsheets know that the letters are UTF-8
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"'
        },
    )
    csv.writer(response).writerows([head, *rows])
    return response
