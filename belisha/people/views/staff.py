"""Pages about staff and governors."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    can_give_roles,
    can_manage_people,
    can_manage_staff,
    has_second_factor,
    open_to,
    open_to_keepers,
    open_to_staff,
    sees_whole_school,
)
from belisha.people.actions import factors as acts_on_factors
from belisha.people.actions import staff as acts
from belisha.people.forms.staff import LeavingForm, LetInForm, RolesForm, StaffForm
from belisha.people.models import SchoolClass, Staff
from belisha.people.qr import qr_code
from belisha.people.rules import Role
from belisha.people.views.asking import Back, ask, asks, done, erasing, posted
from belisha.people.views.invitations import link_of


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
    manages = can_manage_staff(request.user, row)
    shown = {
        "staff": row,
        "factor": bool(manages and row.user and has_second_factor(row.user)),
        "is_me": row.user_id == request.user.pk,
        "classes": SchoolClass.objects.visible_to(request.user).current().filter(teachers=row),
        "whole": sees_whole_school(request.user),
        "keeps": can_manage_people(request.user),
        "manages": manages,
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
@after_fresh_sign_in
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
@after_fresh_sign_in
@asks
def let_in(request: SignedIn, pk: int) -> HttpResponse:
    """Mail a link with which they choose a password, or show it to be passed on by hand, once."""
    row = _managed(request, pk)
    form = LetInForm(posted(request))
    link = done(
        request,
        form,
        lambda typed: acts.let_in(
            row,
            by=request.user,
            at=timezone.now(),
            address=lambda code: link_of(request, code),
            mail=typed["by"] == "mail",
        ),
        f"{row} is invited.",
    )
    if link and form.cleaned_data["by"] == "mail":
        return redirect("staff", pk)
    if link:
        shown = {"staff": row, "link": link, "qr": qr_code(link)}
        return render(request, "people/way_in.html", shown)
    lede = "They choose a password by a link. It works once, for seven days. An old password stops."
    return ask(request, form, title=f"Let {row} in", act="Invite them", back=_back(row), lede=lede)


@open_to_keepers
@after_fresh_sign_in
@asks
def reset_factors(request: SignedIn, pk: int) -> HttpResponse:
    """For somebody who has lost their phone and their recovery codes, and stands here."""
    row = _managed(request, pk)
    if row.user in (None, request.user):
        raise Http404
    if request.method == "POST":
        acts_on_factors.reset(row, by=request.user, at=timezone.now())
        messages.success(request, f"{row} sets up a new second step when they next sign in.")
        return redirect("staff", pk)
    shown = {
        "title": f"Take away the second step of {row}?",
        "words": "Do it only when they stand before you. They are signed out everywhere.",
        "act": "Take it away",
        "back_url": _back(row).url,
    }
    return render(request, "ui/confirm.html", shown)


@open_to_keepers
@asks
def staff_leaves(request: SignedIn, pk: int) -> HttpResponse:
    """What they must hand over first, and the day on which they left."""
    row = _managed(request, pk)
    undone = acts.to_do_before_leaving(row)
    form = LeavingForm(
        posted(request),
        today=timezone.localdate(),
        undone=bool(undone),
        head=request.user.has_role(Role.HEAD),
    )
    if done(
        request,
        form,
        lambda typed: acts.leave(row, **typed, by=request.user, at=timezone.now()),
        f"{row} has left.",
    ):
        return redirect("staff_list")
    shown = {"staff": row, "undone": undone, "form": form}
    return render(request, "people/leaves.html", shown, status=422 if form.errors else 200)


@open_to_keepers
@require_POST
def staff_returns(request: SignedIn, pk: int) -> HttpResponse:
    row = acts.come_back(_managed(request, pk), by=request.user, at=timezone.now())
    messages.success(request, f"{row} is back. Invite them to let them in.")
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
