"""Pages about a child."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import (
    SignedIn,
    open_to_keepers,
    open_to_staff,
)
from belisha.people.actions import pupils
from belisha.people.family import known_of, pupils_known_to
from belisha.people.forms.fields import DayForm
from belisha.people.forms.pupils import PupilForm
from belisha.people.models import Pupil, SchoolClass
from belisha.people.views.asking import Back, ask, asks, done, erasing, posted


@open_to_staff
@require_GET
def pupil(request: SignedIn, pk: int) -> HttpResponse:
    """What this person may know: all of it, the family's names, or name and class alone."""
    known = known_of(find_pupil(request, pk), request.user)
    return render(request, "people/pupil.html", vars(known))


@open_to_keepers
@asks
def add_pupil(request: SignedIn) -> HttpResponse:
    """Add a child, into the class of the page that asked, if one did."""
    chosen = request.GET.get("class", "")
    classes = SchoolClass.objects.visible_to(request.user).current()
    start = classes.filter(pk=chosen).first() if chosen.isdecimal() else None
    form = PupilForm(posted(request), initial={"school_class": start})
    row = done(
        request,
        form,
        lambda typed: pupils.add(request.school, **typed, by=request.user, at=timezone.now()),
    )
    if row:
        return redirect("pupil", row.pk)
    back = (
        Back(start.name, reverse("class", args=[start.pk]))
        if start
        else Back("People", reverse("people"))
    )
    return ask(request, form, title="Add a child", act="Add the child", back=back)


@open_to_keepers
@asks
def change_pupil(request: SignedIn, pk: int) -> HttpResponse:
    row = find_pupil(request, pk)
    title, back = f"Change {row.short_name}", back_to(row)
    form = PupilForm(posted(request), instance=row)
    if done(
        request,
        form,
        lambda typed: pupils.change(row, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("pupil", pk)
    return ask(request, form, title=title, act="Save", back=back)


@open_to_keepers
@asks
def pupil_leaves(request: SignedIn, pk: int) -> HttpResponse:
    row = find_pupil(request, pk)
    form = DayForm(posted(request), today=timezone.localdate())
    if done(
        request,
        form,
        lambda typed: pupils.leave(row, **typed, by=request.user, at=timezone.now()),
        f"{row.short_name} has left.",
    ):
        return redirect("pupil", pk)
    lede = "The child goes from all lists, and parents see nothing more here. You can take it back."
    title = f"{row.short_name} leaves the school"
    return ask(request, form, title=title, act="Save", back=back_to(row), lede=lede)


@open_to_keepers
@require_POST
def pupil_returns(request: SignedIn, pk: int) -> HttpResponse:
    row = pupils.come_back(find_pupil(request, pk), by=request.user, at=timezone.now())
    where = f"in {row.school_class}" if row.school_class else "in no class yet"
    messages.success(request, f"{row.short_name} is back, {where}.")
    return redirect("pupil", pk)


@open_to_keepers
@asks
def erase_pupil(request: SignedIn, pk: int) -> HttpResponse:
    row = find_pupil(request, pk)
    page = erasing(
        request,
        lambda: pupils.erase(row, by=request.user, at=timezone.now()),
        name=str(row),
        words=(
            "Names, numbers and family ties go, and parents who have no other child here. "
            "Pictures stay, and no copy of them can show this child."
        ),
        back=reverse("pupil", args=[pk]),
    )
    return page or redirect("people_left")


def find_pupil(request: SignedIn, pk: int) -> Pupil:
    """The child, for those who may know; of those who left only the whole school's people know."""
    row: Pupil = get_object_or_404(pupils_known_to(request.user), pk=pk)
    return row


def back_to(row: Pupil) -> Back:
    return Back(row.short_name, reverse("pupil", args=[row.pk]))
