"""Pages about classes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from belisha.audit.actions import record
from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    can_manage_people,
    open_to_keepers,
    open_to_staff,
    sees_full_names,
)
from belisha.people.actions import classes, pupils
from belisha.people.forms.classes import ClassForm, MoveForm
from belisha.people.forms.fields import DayForm
from belisha.people.models import Pupil, SchoolClass, Staff
from belisha.people.rules import alphabetical
from belisha.people.views.asking import Back, ask, asks, done, posted
from belisha.people.views.sheet import pupil_sheet


@open_to_staff
@require_GET
def school_class(request: SignedIn, pk: int) -> HttpResponse:
    row = _class(request, pk)
    shown = {
        "school_class": row,
        "pupils": _pupils(request, row),
        "teachers": Staff.objects.current().filter(classes=row),
        "keeps": can_manage_people(request.user),
        "may_export": sees_full_names(request.user, row),
        "today": timezone.localdate(),
    }
    return render(request, "people/class.html", shown)


@open_to_staff
@after_fresh_sign_in
@require_GET
def class_csv(request: SignedIn, pk: int) -> HttpResponse:
    """The class with full names, for those who see them."""
    row = _class(request, pk)
    if not sees_full_names(request.user, row):
        raise Http404
    children = _pupils(request, row)
    with transaction.atomic():
        record(
            "people.exported",
            row,
            by=request.user.pk,
            at=timezone.now(),
            count=len(children),
        )
    return pupil_sheet(children, slugify(row.name) or "class")


@open_to_keepers
@asks
def add_class(request: SignedIn) -> HttpResponse:
    form = ClassForm(posted(request))
    row = done(
        request,
        form,
        lambda typed: classes.add(request.school, **typed, by=request.user, at=timezone.now()),
    )
    if row:
        return redirect("class", row.pk)
    back = Back("People", reverse("people"))
    return ask(request, form, title="Add a class", act="Add the class", back=back)


@open_to_keepers
@asks
def change_class(request: SignedIn, pk: int) -> HttpResponse:
    row = _class(request, pk)
    form = ClassForm(posted(request), school_class=row)
    if done(
        request,
        form,
        lambda typed: classes.change(row, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("class", pk)
    return ask(request, form, title=f"Change {row}", act="Save", back=_back(row))


@open_to_keepers
@asks
def move_pupils(request: SignedIn, pk: int) -> HttpResponse:
    row = _class(request, pk)
    form = MoveForm(posted(request), school_class=row)
    if done(
        request,
        form,
        lambda typed: pupils.move(
            typed["pupils"], to=typed["to"], by=request.user, at=timezone.now()
        ),
        "Moved.",
    ):
        return redirect("class", form.cleaned_data["to"].pk)
    return ask(request, form, title=f"Move children of {row}", act="Move them", back=_back(row))


@open_to_keepers
@asks
def end_class(request: SignedIn, pk: int) -> HttpResponse:
    row = _class(request, pk)
    form = DayForm(posted(request), today=timezone.localdate())
    if done(
        request,
        form,
        lambda typed: classes.end(row, **typed, by=request.user, at=timezone.now()),
        f"{row} has ended.",
    ):
        return redirect("people")
    lede = "A class ends when no child is in it. Its albums stay. You can open it again."
    return ask(request, form, title=f"End {row}?", act="End the class", back=_back(row), lede=lede)


@open_to_keepers
@require_POST
def reopen_class(request: SignedIn, pk: int) -> HttpResponse:
    row = _class(request, pk)
    try:
        classes.reopen(row, by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, f"{row} is open again.")
    return redirect("class", pk)


def _class(request: SignedIn, pk: int) -> SchoolClass:
    row: SchoolClass = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    return row


def _pupils(request: SignedIn, row: SchoolClass) -> list[Pupil]:
    pupils = Pupil.objects.visible_to(request.user).current().filter(school_class=row)
    return sorted(pupils, key=lambda pupil: alphabetical(pupil.short_name))


def _back(row: SchoolClass) -> Back:
    return Back(row.name, reverse("class", args=[row.pk]))
