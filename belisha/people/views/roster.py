"""Bringing in lists of people: sent, looked at, accepted."""

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to_keepers
from belisha.people.actions import roster as actions
from belisha.people.forms.roster import RosterForm
from belisha.people.models import RosterFile
from belisha.people.roster import (
    BadRoster,
    UnreadableTable,
    read_roster,
    staff_template_csv,
    template_csv,
)
from belisha.people.roster.planning import Act, Kind, Plan
from belisha.people.views.asking import asks, posted

GROUPS = {
    Kind.CLASS: "Classes",
    Kind.PUPIL: "Children",
    Kind.PARENT: "Parents and contacts",
    Kind.RELATION: "Who belongs to whom",
    Kind.STAFF: "Staff",
}
GONE = {
    Kind.CLASS: "End these classes, where no child is left in them",
    Kind.PUPIL: "These children have left the school",
    Kind.RELATION: "These people no longer belong to these children",
    Kind.STAFF: "These people have left the school",
}
TEMPLATES = {"children": template_csv, "staff": staff_template_csv}


@open_to_keepers
@asks
def send(request: SignedIn) -> HttpResponse:
    form = RosterForm(posted(request), request.FILES or None)
    if form.is_valid():
        files = dict(form.cleaned_data["lists"])
        try:
            read_roster(files)
        except (BadRoster, UnreadableTable) as error:
            form.add_error("lists", str(error))
        else:
            kept = actions.keep(
                _zipped(files),
                ", ".join(files),
                school=request.school,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("import_roster_preview", kept.ref)
    status = 422 if form.errors else 200
    return render(request, "people/roster_send.html", {"form": form}, status=status)


def _zipped(files: dict[str, bytes]) -> bytes:
    """One ZIP as it came, else a ZIP of the files."""
    if len(files) == 1 and next(iter(files)).lower().endswith(".zip"):
        return next(iter(files.values()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@open_to_keepers
@asks
def preview(request: SignedIn, ref: str) -> HttpResponse:
    kept = RosterFile.objects.filter(
        ref=ref, by=request.user, at__gte=timezone.now() - actions.KEPT
    ).first()
    if kept is None:
        messages.info(request, "This list is no longer here. Send it again to see what it changes.")
        return redirect("import_roster")
    roster = read_roster({"lists.zip": bytes(kept.data)})
    plan = actions.plan(roster)
    if request.method == "POST":
        if "stop" in request.POST:
            kept.delete()
            messages.info(request, "Nothing was changed.")
            return redirect("people")
        if request.POST.get("seen") != plan.digest:
            messages.warning(request, "Something has changed meanwhile. Look once more.")
            return redirect("import_roster_preview", ref)
        try:
            done = actions.take_over(
                roster,
                request.school,
                ticked=request.POST.getlist("careful"),
                gone={kind for kind in GONE if kind.name in request.POST.getlist("gone")},
                by=request.user,
                at=timezone.now(),
                on=timezone.localdate(),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("import_roster_preview", ref)
        kept.delete()
        messages.success(request, said(done))
        return redirect("people")
    return render(request, "people/roster_preview.html", {"kept": kept, **_shown(plan)})


def said(plan: Plan) -> str:
    """What was done, in one sentence."""
    new, changed, gone = (len(plan.of(act)) for act in (Act.NEW, Act.CHANGED, Act.GONE))
    return f"The list is brought in: {new} new, {changed} changed, {gone} gone."


def _shown(plan: Plan) -> dict[str, Any]:
    groups = [
        {
            "name": name,
            "kind": kind.name,
            "new": [step for step in plan.of(Act.NEW) if step.kind is kind],
            "changed": [
                step for step in plan.of(Act.CHANGED) if step.kind is kind and not step.careful
            ],
            "gone": [step for step in plan.of(Act.GONE) if step.kind is kind],
            "gone_words": GONE.get(kind, ""),
        }
        for kind, name in GROUPS.items()
    ]
    return {
        "plan": plan,
        "groups": [group for group in groups if group["new"] or group["changed"] or group["gone"]],
        "careful": [step for step in plan.steps if step.careful],
        "counts": {act.name.lower(): len(plan.of(act)) for act in Act},
    }


@open_to_keepers
@require_GET
def template(request: SignedIn, which: str) -> HttpResponse:
    """Our own lists, with two lines as examples, to be filled in a spreadsheet."""
    if which not in TEMPLATES:
        raise Http404
    # The mark at the beginning lets spreadsheets read letters with accents.
    response = HttpResponse(
        TEMPLATES[which]().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{which}.csv"'
    return response
