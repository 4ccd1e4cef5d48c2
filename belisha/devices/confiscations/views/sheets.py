"""The register and the counts as sheets for a spreadsheet. The record tells who took one."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.devices.confiscations.access import COUNT, KEEP
from belisha.devices.confiscations.counting import counted
from belisha.devices.confiscations.rules import few
from belisha.devices.confiscations.stands import stand
from belisha.devices.confiscations.views.register import asked_year, register_of
from belisha.devices.models import Exemption
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.models import calendar_of
from belisha.people.sheets import sheet
from belisha.policy.awareness import year_named

TAKEN = (
    *("taken", "by", "child", "class", "what", "description", "condition", "power"),
    *("unlocked or searched", "where", "when in the day", "clause", "why", "state"),
    *("envelope", "shelf", "back by", "way home"),
)
MAY_HAVE = ("child", "class", "device", "what staff are told", "from", "until", "ended")
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
    return sheet(request, "confiscations", TAKEN, rows)


@open_to(*COUNT)
@require_GET
def counts_csv(request: SignedIn) -> HttpResponse:
    year = asked_year(request)
    groups, whole = counted(year)
    rows = [[year_named(year), "all", "all", few(whole)]]
    rows += [
        [year_named(year), group.title, name, said] for group in groups for name, said in group.rows
    ]
    return sheet(request, "confiscation-counts", COUNTS, rows)


@open_to(*KEEP)
@after_fresh_sign_in
@require_GET
def exemptions_csv(request: SignedIn) -> HttpResponse:
    """What pupils may have or had. Why is kept nowhere."""
    rows = [
        [
            one.pupil.short_name,
            one.pupil.school_class or "",
            str(one),
            one.says,
            timezone.localdate(one.made_at),
            one.until,
            timezone.localdate(one.ended_at) if one.ended_at else "",
        ]
        for one in Exemption.objects.select_related("pupil__school_class")
    ]
    return sheet(request, "exemptions", MAY_HAVE, rows)
