"""A contact from a pupil, or a slip of one's own (B.i): told in two taps, to one person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.audit.actions import record
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.models import Staff
from belisha.people.rules import Role
from belisha.people.sheets import as_csv
from belisha.policy.actions import declarations as acts
from belisha.policy.forms import DeclarationForm, NoteForm
from belisha.policy.models import Declaration, DeclarationNote

RECEIVES = (Role.HEAD, Role.CHAIR)


@open_to_staff
@require_http_methods(["GET", "POST"])
def declarations(request: SignedIn) -> HttpResponse:
    """Tell; and see what one has told, and whether it was received."""
    own = Declaration.objects.by(request.user)
    corrects = own.filter(ref=request.GET.get("corrects", "")).first()
    form = DeclarationForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    if form.is_valid():
        try:
            row = acts.declare(
                **form.cleaned_data, corrects=corrects, by=request.user, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Told to {row.get_to_display()}. You did right.")
            return redirect("declarations")
    to = Role.CHAIR if request.user.has_role(Role.HEAD) else Role.HEAD
    context = {
        "form": form,
        "corrects": corrects,
        "own": [(row, _received(row)) for row in own.select_related("corrects")],
        "to_chair": to is Role.CHAIR,
        "nobody": not Staff.objects.current().filter(roles__role=to).exists(),
    }
    return render(request, "policy/declarations.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_GET
def declaration(request: SignedIn, ref: str) -> HttpResponse:
    """One of one's own, to read and print."""
    row = get_object_or_404(Declaration.objects.by(request.user), ref=ref)
    context = {"declaration": row, "received": _received(row), "mine": True}
    return render(request, "policy/declaration.html", context)


@open_to(*RECEIVES)
@require_GET
def received(request: SignedIn) -> HttpResponse:
    """What this person receives; of their own there is nothing here."""
    rows = Declaration.objects.to(request.user).select_related("staff")
    listed = [(row, _received(row)) for row in rows]
    return render(request, "policy/received.html", {"rows": listed})


@open_to(*RECEIVES)
@require_http_methods(["GET", "POST"])
def received_one(request: SignedIn, ref: str) -> HttpResponse:
    """Read one, say that it was received, and note what was said."""
    rows = Declaration.objects.to(request.user).select_related("staff", "corrects")
    row = get_object_or_404(rows, ref=ref)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts.receive(row, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        messages.success(request, "Noted. They see that you have received it.")
        return redirect("received_one", row.ref)
    context = {
        "declaration": row,
        "notes": DeclarationNote.objects.filter(declaration=row).select_related("by"),
        "form": form,
    }
    return render(request, "policy/received_one.html", context)


@open_to(*RECEIVES)
@after_fresh_sign_in
@require_GET
def received_csv(request: SignedIn) -> HttpResponse:
    """All that this person receives, with what they noted."""
    with transaction.atomic():
        record("declarations.exported", request.school, by=request.user.pk, at=timezone.now())
    rows: list[list[object]] = [
        ["name", "what", "happened", "declared", "words", "received", "notes"]
    ]
    for row in Declaration.objects.to(request.user).select_related("staff"):
        notes = list(DeclarationNote.objects.filter(declaration=row))
        rows.append(
            [
                row.staff.name,
                row.get_kind_display(),
                row.happened_on,
                timezone.localtime(row.declared_at).date(),
                row.words,
                timezone.localtime(notes[0].at).date() if notes else "",
                "\n".join(note.note for note in notes if note.note),
            ]
        )
    return as_csv(f"declared-{timezone.localdate()}", rows)


def _received(row: Declaration) -> DeclarationNote | None:
    first: DeclarationNote | None = DeclarationNote.objects.filter(declaration=row).first()
    return first
