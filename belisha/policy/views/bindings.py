"""What keeps each clause, and what parents read about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to, open_to_anyone
from belisha.people.acting import acted, asks, done, posted
from belisha.people.models import User
from belisha.policy.access import EDIT_DRAFTS, can_edit_drafts
from belisha.policy.actions import bindings as acts
from belisha.policy.controls import CONTROLS
from belisha.policy.document_forms import BindForm, ForParentsForm
from belisha.policy.likeness import controls_of, suggest
from belisha.policy.models import Binding, Clause, Document, Version, version_in_force
from belisha.policy.reading import sections_of
from belisha.policy.rules import number_in
from belisha.policy.views.documents import document_of

MOST_SUGGESTED = 3  # for one clause


@open_to(*EDIT_DRAFTS)
@asks
def bindings(request: SignedIn, key: str) -> HttpResponse:
    """Each clause with what keeps it, and with suggestions to tick."""
    version = _version(document_of(key), request.GET.get("of", ""))
    rows = list(version.clauses)
    if request.method == "POST":
        by_pk = {str(row.pk): row for row in rows}
        ticked = [words.partition(":") for words in request.POST.getlist("bind")]
        pairs = [(by_pk[pk], control) for pk, _, control in ticked if pk in by_pk]
        off = Binding.objects.select_related("clause").filter(
            clause__version=version, pk=number_in(request.POST.get("off", ""))
        )

        def decide() -> None:
            acts.bind_all(pairs, by=request.user, at=timezone.now())
            for binding in off:
                acts.unbind(binding, by=request.user, at=timezone.now())

        said = "It is taken off." if off else "What you ticked is kept."
        said = said if pairs or off else "Nothing was ticked."
        return acted(request, decide, request.get_full_path(), said)
    bound: dict[int, list[Binding]] = {}
    for binding in Binding.objects.filter(clause__version=version).order_by("id"):
        bound.setdefault(binding.clause_id, []).append(binding)
    suggested = [controls_of(found) for found in suggest([row.item for row in rows])]
    clauses = [
        {
            "clause": row,
            "bound": [(one, CONTROLS.get(one.control)) for one in bound.get(row.pk, [])],
            "suggested": _suggested(found, bound.get(row.pk, [])),
        }
        for row, found in zip(rows, suggested, strict=True)
    ]
    kept = {one.control for many in bound.values() for one in many}
    context = {
        "document": version.document,
        "version": version,
        "clauses": clauses,
        "is_draft": version.issued_at is None,
        "any_suggested": any(one["suggested"] for one in clauses),
        "unbound": [one for one in CONTROLS.values() if one.id not in kept],
    }
    return render(request, "policy/bindings.html", context)


def _suggested(found: list[str], bound: list[Binding]) -> list[Any]:
    there = {one.control for one in bound}
    return [CONTROLS[id_] for id_ in found if id_ not in there][:MOST_SUGGESTED]


@open_to(*EDIT_DRAFTS)
@asks
def clause_bind(request: SignedIn, pk: int) -> HttpResponse:
    """Bind one clause by hand, or say who keeps it."""
    clause = _clause(pk)
    form = BindForm(posted(request))
    there = _back(clause)

    def bind() -> Binding:
        return acts.bind(clause, by=request.user, at=timezone.now(), **form.cleaned_data)

    if done(request, form, bind, "It is kept."):
        return redirect(there)
    context = {"clause": clause, "form": form, "back": there}
    status = 422 if form.errors else 200
    return render(request, "policy/clause_bind.html", context, status=status)


@open_to_anyone  # as the policy itself
@require_GET
def for_parents(request: HttpRequest) -> HttpResponse:
    """The policy in force on one page, in plain words."""
    version = version_in_force(timezone.now())
    said = version.clauses.exclude(for_parents="") if version else []
    context = {
        "version": version,
        "sections": sections_of(list(said)),
        "can_edit": isinstance(request.user, User) and can_edit_drafts(request.user),
    }
    return render(request, "policy/for_parents.html", context)


@open_to(*EDIT_DRAFTS)
@asks
def for_parents_change(request: SignedIn, key: str) -> HttpResponse:
    """Choose the clauses that the parents' page shows, and the words for each."""
    version = _version(document_of(key), request.GET.get("of", ""))
    clauses = list(version.clauses)
    form = ForParentsForm(posted(request), clauses=clauses)

    def say() -> Version:
        acts.say_for_parents(version, form.words, by=request.user, at=timezone.now())
        return version

    if done(request, form, say, "The words for parents are kept."):
        return redirect(request.get_full_path())
    context = {
        "document": version.document,
        "version": version,
        "form": form,
        "rows": list(zip(clauses, form, strict=True)),
        "is_draft": version.issued_at is None,
    }
    status = 422 if form.errors else 200
    return render(request, "policy/for_parents_change.html", context, status=status)


def _version(document: Document, which: str) -> Version:
    """The draft if it is asked for or nothing is in force; else the version in force."""
    version = None if which == "draft" else document.in_force(timezone.now())
    version = version or document.draft
    if version is None:
        raise Http404
    return version


def _clause(pk: int) -> Clause:
    """A clause of a draft or of a version in force."""
    clause: Clause = get_object_or_404(Clause.objects.select_related("version__document"), pk=pk)
    version = clause.version
    if version.issued_at and version != version.document.in_force(timezone.now()):
        raise Http404
    return clause


def _back(clause: Clause) -> str:
    of = "" if clause.version.issued_at else "?of=draft"
    return f"{reverse('bindings', args=[clause.version.document.key])}{of}#b-{clause.pk}"
