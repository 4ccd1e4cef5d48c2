"""The whole file of one complaint as a PDF (PDF/UA-1). Words reach typst as data alone."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from belisha.complaints.models import Message
from belisha.complaints.standing import Entry
from belisha.lib.moments import moment
from belisha.people.letters.typesetting import typeset

HERE = Path(__file__).parent


def pdf_of(entry: Entry, *, with_notes: bool) -> bytes:
    """Set it on A4: what was told, each stage with its answer, what was written, how it ended.
    The notes of the school are for those who handle it."""
    complaint = entry.complaint
    data = {
        "title": f"Complaint of {complaint.received_on:%-d %B %Y}",
        "school": str(complaint.school),
        "facts": _facts(entry),
        "parts": [*_told(entry), *_stages(entry), *_said(entry, with_notes), *_ended(entry)],
    }
    return typeset(HERE / "complaint.typ", data)


def _facts(entry: Entry) -> list[list[str]]:
    one = entry.complaint
    facts = [
        ["From", one.name],
        ["Child", " · ".join(filter(None, (one.child_name, one.class_name)))],
        ["About", " · ".join(filter(None, (one.get_subject_display(), one.who)))],
        ["Came", f"{one.get_how_display()}, {one.received_on:%-d %B %Y}"],
        ["Stands", f"{entry.stage.label}: {entry.status.label}"],
        ["Printed", moment(timezone.now())],
    ]
    return [fact for fact in facts if fact[1]]


def _part(heading: str, *said: str) -> dict[str, Any]:
    return {"heading": heading, "said": [one for one in said if one]}


def _told(entry: Entry) -> list[dict[str, Any]]:
    one = entry.complaint
    wishes = [_part("What would put it right", one.wishes)] if one.wishes else []
    files = [
        f"{file}, {moment(file.at)}. {file.shows} SHA-256 {file.sha256}"
        for file in one.attachments.all()
    ]
    return [
        _part("What happened", one.words),
        *wishes,
        *([_part("Files that came with it", *files)] if files else []),
    ]


def _stages(entry: Entry) -> list[dict[str, Any]]:
    parts = []
    for step in entry.steps:
        heard = f"Heard by {step.handler}. " if step.handler else ""
        days = f"{heard}Began on {step.began_on:%-d %B %Y}, due on {step.due_on:%-d %B %Y}."
        longer = [
            f"Longer, from {one.was_due_on:%-d %B %Y} to {one.due_on:%-d %B %Y}: {one.why}"
            for one in step.extensions.all()
        ]
        panels = [
            f"The panel met on {moment(one.meets_at)}, {one.place}: "
            + ", ".join(map(str, one.members.all()))
            for one in step.panels.all()[:1]
        ]
        answer = ""
        if step.decided_at:
            by = f", {step.decided_by.name}" if step.decided_by else ""
            said = f"{step.get_outcome_display()}. {step.reasons}"
            answer = f"{moment(step.decided_at)}{by}: {said}"
        done = f"What we do now: {step.put_right}" if step.put_right else ""
        parts.append(_part(str(step), days, step.why_begun, *longer, *panels, answer, done))
    return parts


def _said(entry: Entry, with_notes: bool) -> list[dict[str, Any]]:
    rows = entry.complaint.messages.select_related("by")
    if not with_notes:
        rows = rows.exclude(kind=Message.Kind.NOTE)
    said = []
    for one in rows:
        who = entry.complaint.name if one.from_family else one.by.name if one.by else "The school"
        kind = "" if one.kind == Message.Kind.MESSAGE else f", {one.get_kind_display().lower()}"
        said.append(f"{who}, {moment(one.at)}{kind}: {one.words}")
    return [_part("What was written", *said)] if said else []


def _ended(entry: Entry) -> list[dict[str, Any]]:
    said = []
    for one in reversed(entry.complaint.closings.order_by("-at")):
        said.append(f"Closed on {moment(one.at)}: {one}. {one.words}")
        if one.reopened_at:
            said.append(f"Opened again on {moment(one.reopened_at)}: {one.why_reopened}")
    return [_part("How it ended", *said)] if said else []
