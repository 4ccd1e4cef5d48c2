"""Pages about parents and other contacts."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.audit.models import Entry
from belisha.people.access import SignedIn, can_manage_people, open_to, open_to_keepers
from belisha.people.actions import families, parents
from belisha.people.forms.fields import DayForm
from belisha.people.forms.parents import ParentForm, RelationForm
from belisha.people.models import Parent, Pupil, Relation, bounced
from belisha.people.rules import SEES_WHOLE_SCHOOL, fits
from belisha.people.views.asking import Back, ask, asks, done, erasing, posted
from belisha.people.views.pupils import back_to, find_pupil


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def parent(request: SignedIn, pk: int) -> HttpResponse:
    row = _parent(request, pk)
    known = Pupil.objects.visible_to(request.user)
    children = Relation.objects.filter(parent=row, pupil__in=known)
    shown = {
        "parent": row,
        "children": children.standing().select_related("pupil__school_class"),
        "keeps": can_manage_people(request.user),
        "way_in": families.way_in(row, at=timezone.now()).value,
        "wrote_address": _wrote_address(row),
        "mail_trouble": bounced([row.email]).get(row.email.lower(), ""),
    }
    return render(request, "people/parent.html", shown)


@open_to_keepers
@asks
def add_parent(request: SignedIn, pk: int) -> HttpResponse:
    """Add somebody new to a child's family. Whom the school knows already is looked up first."""
    pupil = find_pupil(request, pk)
    typed = request.GET.get("q", "").strip()[:100]
    person, ties = ParentForm(posted(request)), RelationForm(posted(request), prefix="tie")
    if request.method == "POST" and person.is_valid() and ties.is_valid():
        parents.add(
            pupil,
            details=person.cleaned_data,
            ties=ties.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Saved.")
        return redirect("pupil", pk)
    known = Parent.objects.visible_to(request.user).exclude(relations__in=_standing(pupil))
    shown = {
        "pupil": pupil,
        "typed": typed,
        "found": [parent for parent in known if fits(typed, str(parent))] if typed else [],
        "person": person,
        "ties": ties,
    }
    wrong = person.errors or ties.errors
    return render(request, "people/parent_add.html", shown, status=422 if wrong else 200)


@open_to_keepers
@asks
def join_parent(request: SignedIn, pk: int, parent_pk: int) -> HttpResponse:
    pupil, person = find_pupil(request, pk), _parent(request, parent_pk)
    form = RelationForm(posted(request))
    if done(
        request,
        form,
        lambda typed: parents.join(person, pupil, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("pupil", pk)
    title = f"{person} and {pupil.short_name}"
    return ask(request, form, title=title, act="Save", back=back_to(pupil))


@open_to_keepers
@asks
def change_parent(request: SignedIn, pk: int) -> HttpResponse:
    row = _parent(request, pk)
    title, back = f"Change {row}", Back(str(row), reverse("parent", args=[pk]))
    form = ParentForm(posted(request), instance=row)
    if done(
        request,
        form,
        lambda typed: parents.change(row, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("parent", pk)
    return ask(request, form, title=title, act="Save", back=back)


@open_to_keepers
@asks
def erase_parent(request: SignedIn, pk: int) -> HttpResponse:
    row = _parent(request, pk)
    page = erasing(
        request,
        lambda: parents.erase(row, by=request.user, at=timezone.now()),
        name=str(row),
        words="Name, email address, telephone and way in go. Their past answers stay, unnamed.",
        back=reverse("parent", args=[pk]),
    )
    return page or redirect("people_left")


@open_to_keepers
@asks
def change_relation(request: SignedIn, pk: int) -> HttpResponse:
    row = _relation(request, pk)
    form = RelationForm(posted(request), instance=row)
    if done(
        request,
        form,
        lambda typed: parents.change_relation(row, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("pupil", row.pupil_id)
    title = f"{row.parent} and {row.pupil.short_name}"
    return ask(request, form, title=title, act="Save", back=back_to(row.pupil))


@open_to_keepers
@asks
def end_relation(request: SignedIn, pk: int) -> HttpResponse:
    row = _relation(request, pk)
    form = DayForm(posted(request), today=timezone.localdate())
    if done(
        request,
        form,
        lambda typed: parents.end_relation(row, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("pupil", row.pupil_id)
    title = f"{row.parent} is no longer {row.pupil.short_name}’s {row.kind}"
    lede = "They see nothing of the child any more, and their answers stop counting."
    return ask(request, form, title=title, act="Save", back=back_to(row.pupil), lede=lede)


@open_to_keepers
@require_POST
def resume_relation(request: SignedIn, pk: int) -> HttpResponse:
    row = _relation(request, pk)
    parents.resume_relation(row, by=request.user, at=timezone.now())
    messages.success(request, f"{row.parent} is {row.pupil.short_name}’s {row.kind} again.")
    return redirect("pupil", row.pupil_id)


def _parent(request: SignedIn, pk: int) -> Parent:
    row: Parent = get_object_or_404(Parent.objects.visible_to(request.user), pk=pk)
    return row


def _wrote_address(row: Parent) -> datetime | None:
    """When the person last wrote an address down themselves, if the office has not changed it."""
    said = Entry.objects.filter(
        school_id=row.school_id,
        about=f"parent:{row.pk}",
        verb__in=("parent.wrote-address", "parent.changed"),
    )
    for entry in said.order_by("-number"):
        if entry.verb == "parent.wrote-address":
            return entry.at
        if "email" in entry.facts.get("fields", []):
            return None
    return None


def _relation(request: SignedIn, pk: int) -> Relation:
    mine = Relation.objects.filter(pupil__in=Pupil.objects.visible_to(request.user))
    row: Relation = get_object_or_404(mine.select_related("pupil", "parent"), pk=pk)
    return row


def _standing(pupil: Pupil) -> object:
    return Relation.objects.filter(pupil=pupil).standing()
