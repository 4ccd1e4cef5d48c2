"""Pages about staff and governors."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import (
    SignedIn,
    can_give_roles,
    can_manage_people,
    can_manage_staff,
    open_to,
    open_to_keepers,
    open_to_staff,
    sees_whole_school,
)
from belisha.people.actions import staff as acts
from belisha.people.forms.fields import DayForm
from belisha.people.forms.staff import RolesForm, StaffForm
from belisha.people.models import SchoolClass, Staff
from belisha.people.rules import Role
from belisha.people.views.asking import Back, ask, asks, done, erasing, posted


@open_to_staff
@require_GET
def staff_list(request: SignedIn) -> HttpResponse:
    everyone = Staff.objects.visible_to(request.user).current().select_related("user")
    shown = {
        "everyone": everyone.prefetch_related("classes"),
        "keeps": can_manage_people(request.user),
    }
    return render(request, "people/staff_list.html", shown)


@open_to_staff
@require_GET
def staff(request: SignedIn, pk: int) -> HttpResponse:
    row = _staff(request, pk)
    shown = {
        "staff": row,
        "classes": SchoolClass.objects.visible_to(request.user).current().filter(teachers=row),
        "whole": sees_whole_school(request.user),
        "keeps": can_manage_people(request.user),
        "manages": can_manage_staff(request.user, row),
        "gives_roles": can_give_roles(request.user),
    }
    return render(request, "people/staff.html", shown)


@open_to_keepers
@asks
def add_staff(request: SignedIn) -> HttpResponse:
    form = StaffForm(posted(request))
    row = done(
        request,
        form,
        lambda typed: acts.add(request.school, **typed, by=request.user, at=timezone.now()),
    )
    if row:
        return redirect("staff", row.pk)
    lede = "For governors too. The head says next what they may do."
    back = Back("Staff", reverse("staff_list"))
    return ask(request, form, title="Add staff", act="Add them", back=back, lede=lede)


@open_to_keepers
@asks
def change_staff(request: SignedIn, pk: int) -> HttpResponse:
    row = _managed(request, pk)
    title, back = f"Change {row}", _back(row)
    form = StaffForm(posted(request), instance=row)
    if done(
        request, form, lambda typed: acts.change(row, **typed, by=request.user, at=timezone.now())
    ):
        return redirect("staff", pk)
    return ask(request, form, title=title, act="Save", back=back)


@open_to(Role.HEAD)
@asks
def change_roles(request: SignedIn, pk: int) -> HttpResponse:
    row = _staff(request, pk)
    has = [role.role for role in row.roles.all()]
    form = RolesForm(posted(request), initial={"roles": has})
    if done(
        request,
        form,
        lambda typed: acts.set_roles(row, typed["roles"], by=request.user, at=timezone.now()),
    ):
        # Who gave away their own role may not be allowed to see this person any more.
        return redirect("today" if row.user_id == request.user.pk else _back(row).url)
    return ask(request, form, title=f"What is {row} here?", act="Save", back=_back(row))


@open_to_keepers
@require_POST
def let_in(request: SignedIn, pk: int) -> HttpResponse:
    """Show a new password, this once: it stands on the answer itself and is kept nowhere."""
    row = _managed(request, pk)
    try:
        password = acts.let_in(row, by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect("staff", pk)
    return render(request, "people/way_in.html", {"staff": row, "password": password})


@open_to_keepers
@asks
def staff_leaves(request: SignedIn, pk: int) -> HttpResponse:
    row = _managed(request, pk)
    form = DayForm(posted(request), today=timezone.localdate())
    if done(
        request,
        form,
        lambda typed: acts.leave(row, **typed, by=request.user, at=timezone.now()),
        f"{row} has left.",
    ):
        return redirect("staff_list")
    lede = "Their rights end now, and they are signed out everywhere. You can bring them back."
    return ask(
        request, form, title=f"{row} leaves the school", act="Save", back=_back(row), lede=lede
    )


@open_to_keepers
@require_POST
def staff_returns(request: SignedIn, pk: int) -> HttpResponse:
    row = acts.come_back(_managed(request, pk), by=request.user, at=timezone.now())
    messages.success(request, f"{row} is back. Give them a new password to let them in.")
    return redirect("staff", pk)


@open_to_keepers
@asks
def erase_staff(request: SignedIn, pk: int) -> HttpResponse:
    row = _managed(request, pk)
    page = erasing(
        request,
        lambda: acts.erase(row, by=request.user, at=timezone.now()),
        name=row.name,
        words="Name, email address, roles and way in go. What they did here stays, unnamed.",
        back=reverse("staff", args=[pk]),
    )
    return page or redirect("people_left")


def _staff(request: SignedIn, pk: int) -> Staff:
    known = Staff.objects.visible_to(request.user).select_related("user")
    row: Staff = get_object_or_404(known, pk=pk)
    if row.left_on and not sees_whole_school(request.user):
        raise Http404
    return row


def _managed(request: SignedIn, pk: int) -> Staff:
    row = _staff(request, pk)
    if not can_manage_staff(request.user, row):
        raise Http404
    return row


def _back(row: Staff) -> Back:
    return Back(row.name, reverse("staff", args=[row.pk]))
