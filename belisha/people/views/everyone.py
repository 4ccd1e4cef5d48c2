"""Everyone: the classes, the search, and those who left."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.audit.actions import record
from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    can_invite_guests,
    can_manage_people,
    can_protect,
    open_to_keepers,
    open_to_staff,
    sees_whole_school,
)
from belisha.people.models import Parent, Pupil, SchoolClass, Staff
from belisha.people.searching import people_called
from belisha.people.views.sheet import pupil_sheet


@open_to_staff
@require_GET
def people(request: SignedIn) -> HttpResponse:
    user = request.user
    typed = request.GET.get("q", "").strip()[:100]
    classes = SchoolClass.objects.visible_to(user).current()
    here = Q(pupils__left_on=None, pupils__erased_at=None)
    shown: dict[str, Any] = {
        "typed": typed,
        "classes": classes.annotate(count=Count("pupils", filter=here))
        .order_by("year_group", "name")
        .prefetch_related(Prefetch("teachers", Staff.objects.current())),
        "unplaced": Pupil.objects.visible_to(user).current().filter(school_class=None),
        "staff_count": Staff.objects.visible_to(user).filter(left_on=None).count(),
        "keeps": can_manage_people(user),
        "protects": can_protect(user),
        "invites": can_invite_guests(user),
        "whole": sees_whole_school(user),
    }
    if typed:
        shown["found"] = people_called(user, typed)
    return render(request, "people/people.html", shown)


@open_to_keepers
@require_GET
def left(request: SignedIn) -> HttpResponse:
    """Who and what is no longer here, to find, bring back or erase."""
    shown = {
        "pupils": Pupil.objects.visible_to(request.user).exclude(left_on=None),
        "staff": Staff.objects.visible_to(request.user).exclude(left_on=None),
        "classes": SchoolClass.objects.visible_to(request.user).exclude(ended_on=None),
        "parents": Parent.objects.visible_to(request.user)
        .annotate(ties=Count("relations", filter=Q(relations__ended_on=None)))
        .filter(ties=0)
        .order_by("last_name", "first_name"),  # a count drops the order of the model
    }
    return render(request, "people/left.html", shown)


@open_to_keepers
@after_fresh_sign_in
@require_GET
def pupils_csv(request: SignedIn) -> HttpResponse:
    """All children as a sheet. A copy of so many names is written into the record."""
    pupils = Pupil.objects.visible_to(request.user).current().select_related("school_class")
    with transaction.atomic():
        record(
            "people.exported",
            request.school,
            by=request.user.pk,
            at=timezone.now(),
            count=len(pupils),
        )
    return pupil_sheet(pupils, "pupils")
