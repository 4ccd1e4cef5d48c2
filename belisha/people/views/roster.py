"""Bringing in lists of people: sent, looked at, accepted."""

import io
import re
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
    Roster,
    UnreadableTable,
    read_roster,
    staff_template_csv,
    template_csv,
)
from belisha.people.roster.fields import Kind
from belisha.people.roster.planning import Act, Plan
from belisha.people.sheets import as_csv
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
            data = _zipped(files)
            read(data)
        except (BadRoster, UnreadableTable) as error:
            form.add_error("lists", str(error))
        else:
            kept = actions.keep(
                data, ", ".join(files), school=request.school, by=request.user, at=timezone.now()
            )
            return redirect("import_roster_preview", kept.ref)
    status = 422 if form.errors else 200
    return render(request, "people/roster_send.html", {"form": form}, status=status)


def read(data: bytes) -> Roster:
    return read_roster({"lists.zip": data})


def _zipped(files: dict[str, bytes]) -> bytes:
    """One ZIP as it came, else a ZIP of the files; raise `BadRoster` for what is no list."""
    if len(files) == 1 and next(iter(files.values())).startswith(b"PK\x03\x04"):
        return next(iter(files.values()))
    read_roster(files)  # says best what is wrong while the files have the names that they came with
    buffer = io.BytesIO()
    # Not packed: a sheet with many empty lines would shrink so much that it looks like a trap.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(_safe(name), data)
    return buffer.getvalue()


def _safe(name: str) -> str:
    """The name of a list without what a ZIP may not hold, and with the ending of a list."""
    bare = re.sub(r'[\\/:*?"<>|]', "-", name).lstrip("._") or "list"
    return bare if bare.lower().endswith((".csv", ".txt", ".tsv")) else f"{bare}.csv"


@open_to_keepers
@asks
def preview(request: SignedIn, ref: str) -> HttpResponse:
    kept = _kept(request, ref)
    if kept is None:
        messages.info(request, "This list is no longer here. Send it again to see what it changes.")
        return redirect("import_roster")
    if request.method == "POST":
        return _stop(request, kept) if "stop" in request.POST else _accept(request, kept)
    plan = actions.plan(read(bytes(kept.data)), by=request.user)
    return render(request, "people/roster_preview.html", {"kept": kept, **_shown(plan)})


def _kept(request: SignedIn, ref: str) -> RosterFile | None:
    return actions.kept_by(request.user, at=timezone.now()).filter(ref=ref).first()


def _stop(request: SignedIn, kept: RosterFile) -> HttpResponse:
    kept.delete()
    messages.info(request, "Nothing was changed.")
    return redirect("people")


def _accept(request: SignedIn, kept: RosterFile) -> HttpResponse:
    try:
        done = actions.take_over(
            read(bytes(kept.data)),
            request.school,
            seen=request.POST.get("seen", ""),
            ticked=request.POST.getlist("careful"),
            gone={kind for kind in GONE if kind.name in request.POST.getlist("gone")},
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
        )
    except actions.PlanChanged:
        messages.warning(request, "Something has changed meanwhile. Look once more.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        kept.delete()
        messages.success(request, said(done))
        return redirect("people")
    return redirect("import_roster_preview", kept.ref)


def said(plan: Plan) -> str:
    """What was done, in one sentence."""
    new, changed, gone = (len(plan.of(act)) for act in (Act.NEW, Act.CHANGED, Act.GONE))
    left = f" Not ticked, so left as it was: {len(plan.not_ticked)}." if plan.not_ticked else ""
    return f"The list is brought in: {new} new, {changed} changed, {gone} gone.{left}"


def _shown(plan: Plan) -> dict[str, Any]:
    calm = [step for step in plan.steps if not step.warning]
    groups = [
        {
            "name": name,
            "kind": kind.name,
            "gone_words": GONE.get(kind, ""),
            **{
                act.name.lower(): [step for step in calm if (step.kind, step.act) == (kind, act)]
                for act in Act
            },
        }
        for kind, name in GROUPS.items()
    ]
    return {
        "plan": plan,
        "groups": [group for group in groups if group["new"] or group["changed"] or group["gone"]],
        "careful": [step for step in plan.steps if step.warning],
        "counts": {act.name.lower(): len(plan.of(act)) for act in Act},
    }


@open_to_keepers
@require_GET
def bad_lines(request: SignedIn, ref: str) -> HttpResponse:
    """The lines with something wrong, for whoever mends them in the other system."""
    kept = _kept(request, ref)
    if kept is None:
        raise Http404
    bad = read(bytes(kept.data)).bad_lines
    rows = [("file", "line", "why"), *((one.file, one.line, one.reason) for one in bad)]
    return as_csv("lines-with-something-wrong", rows)


@open_to_keepers
@require_GET
def template(request: SignedIn, which: str) -> HttpResponse:
    """Our own lists, with two lines as examples, to be filled in a spreadsheet."""
    if which not in TEMPLATES:
        raise Http404
    return HttpResponse(
        "\ufeff" + TEMPLATES[which](),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{which}.csv"'},
    )
