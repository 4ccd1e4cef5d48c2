"""The school's documents as they are read: the public page, the list, versions, comparisons."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to, open_to_anyone
from belisha.people.models import User
from belisha.policy.access import (
    READ_DOCUMENTS,
    READ_OLD_VERSIONS,
    can_decide,
    can_edit_drafts,
    draft_seen_by,
)
from belisha.policy.comparing import compare, counted, words_between
from belisha.policy.document_forms import CompareForm
from belisha.policy.models import (
    KNOWN,
    MAIN,
    Document,
    Version,
    newest_of_each,
    overdue_on,
    version_in_force,
)
from belisha.policy.printing import pdf_of
from belisha.policy.reading import sections_of, standing_of


@open_to_anyone  # the school promises it to the whole world
@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force, for anyone."""
    version = version_in_force(timezone.now())
    if version is None:
        return render(request, "policy/none.html", _may(request))
    return render(request, "policy/policy.html", {**shown(version), **_may(request)})


@open_to_anyone
@require_GET
def policy_pdf(request: HttpRequest) -> HttpResponse:
    version = version_in_force(timezone.now())
    if version is None:
        raise Http404
    return _pdf(request, version)


@open_to(*READ_DOCUMENTS)
@require_GET
def documents(request: SignedIn) -> HttpResponse:
    """All documents: the version in force, when its review is due, and the draft."""
    user, now = request.user, timezone.now()
    newest = {one.document_id: one for one in newest_of_each(Version.objects.issued())}
    drafts = {one.document_id: one for one in Version.objects.drafts()}
    can_edit = can_edit_drafts(user)
    rows = [
        {
            "document": document,
            "version": (version := newest.get(document.pk)),
            "late": bool(version and overdue_on(version, timezone.localdate(now))),
            "draft": draft_seen_by(user, document) if document.pk in drafts else None,
        }
        for document in Document.objects.all()
        if can_edit or (document.pk in newest and not document.ended_at) or document.pk in drafts
    ]
    there = {row["document"].key for row in rows}
    context = {
        "rows": [row for row in rows if row["version"] or row["draft"] or can_edit],
        "known": [(key, title) for key, title in KNOWN.items() if key not in there],
        "can_edit": can_edit,
        "can_decide": can_decide(user),
    }
    return render(request, "policy/documents.html", context)


@open_to(*READ_DOCUMENTS)
@require_GET
def document(request: SignedIn, key: str) -> HttpResponse:
    """A document in force; those who write it see that there is none yet."""
    row = document_of(key)
    version = row.in_force(timezone.now())
    draft = draft_seen_by(request.user, row)
    hidden = (version is None and draft is None) or row.ended_at is not None
    if hidden and not can_edit_drafts(request.user):
        raise Http404
    if version is None:
        return render(request, "policy/none.html", {"document": row, **_may(request, row)})
    return render(request, "policy/policy.html", {**shown(version), **_may(request, row)})


@open_to(*READ_OLD_VERSIONS)
@require_GET
def versions(request: SignedIn, key: str) -> HttpResponse:
    row = document_of(key)
    issued = Version.objects.filter(document=row).read_by(request.user, timezone.now())
    context = {
        "document": row,
        "versions": issued.select_related("issued_by"),
        "current": row.in_force(timezone.now()),
        **_may(request, row),
    }
    return render(request, "policy/versions.html", context)


@open_to(*READ_OLD_VERSIONS)
@require_GET
def version(request: SignedIn, key: str, label: str) -> HttpResponse:
    """One version that was issued, as it stood."""
    row = document_of(key)
    chosen = issued_version(request.user, row, label)
    is_old = chosen != row.in_force(timezone.now())
    context = {**shown(chosen), **_may(request, row), "is_old": is_old}
    return render(request, "policy/policy.html", context)


@open_to(*READ_OLD_VERSIONS)
@require_GET
def version_pdf(request: SignedIn, key: str, label: str) -> HttpResponse:
    return _pdf(request, issued_version(request.user, document_of(key), label))


@open_to(*READ_OLD_VERSIONS)
@require_GET
def version_compare(request: SignedIn, key: str) -> HttpResponse:
    """Two versions clause by clause: those asked for, else the last two."""
    row = document_of(key)
    issued = list(Version.objects.filter(document=row).read_by(request.user, timezone.now()))
    draft = draft_seen_by(request.user, row)
    by_label = {one.label: one for one in issued}
    labels = [(label, label) for label in by_label]
    if draft:
        by_label["draft"] = draft
        labels.insert(0, ("draft", f"{draft.label}, the draft"))
    if not labels:
        raise Http404
    names = [label for label, _ in labels]
    form = CompareForm(request.GET or None, labels=labels)
    new, old = names[0], names[1] if len(names) > 1 else names[0]
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    context = {
        "document": row,
        "form": CompareForm(initial={"old": old, "new": new}, labels=labels),
        **compared(by_label[old], by_label[new]),
    }
    return render(request, "policy/version_compare.html", context)


def compared(old: Version, new: Version) -> dict[str, Any]:
    """What the parts of a page need that lays two versions beside each other."""
    changes = compare(old.outline, new.outline)
    fronts = (("Title", "title"), ("Safeguarding commitment", "commitment"))
    return {
        "old": old,
        "new": new,
        "changes": changes,
        "counts": counted(changes),
        "fronts": [
            (label, words_between(getattr(old, name), getattr(new, name)))
            for label, name in fronts
            if getattr(old, name) != getattr(new, name)
        ],
    }


def shown(version: Version) -> dict[str, Any]:
    """What the page of a version shows to everyone who may read it."""
    return {
        "document": version.document,
        "version": version,
        "sections": sections_of(list(version.clauses)),
        "standing": standing_of(version),
    }


def document_of(key: str) -> Document:
    row: Document = get_object_or_404(Document, key=key)
    return row


def issued_version(user: User, document: Document, label: str) -> Version:
    """A version by its number, such as ``4.2``, if this person may read it."""
    major, _, minor = label.partition(".")
    if not (major.isdecimal() and minor.isdecimal() and len(label) < 10):
        raise Http404
    readable = Version.objects.filter(document=document).read_by(user, timezone.now())
    found: Version = get_object_or_404(readable, major=int(major), minor=int(minor))
    return found


def _may(request: HttpRequest, document: Document | None = None) -> dict[str, Any]:
    """What this person may do besides reading; nothing for who has not signed in."""
    user = request.user
    if not isinstance(user, User):
        return {}
    document = document or Document.objects.filter(key=MAIN).first()
    return {
        "reads": user.has_role(*READ_DOCUMENTS),
        "reads_old": user.has_role(*READ_OLD_VERSIONS),
        "can_edit": can_edit_drafts(user),
        "can_decide": can_decide(user),
        "draft": draft_seen_by(user, document) if document else None,
    }


def _pdf(request: HttpRequest, version: Version) -> HttpResponse:
    school = getattr(request, "school", None)
    address = request.build_absolute_uri(reverse("policy")) if version.document.is_main else ""
    data = pdf_of(
        version.outline,
        standing_of(version),
        school=school.name if school else "",
        commitment=version.commitment,
        address=address,
    )
    name = f"{version.document.key}-{version.label}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
