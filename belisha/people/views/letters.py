"""Printed letters for the families of a class."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to_keepers
from belisha.people.actions.letters import families_of, print_letters
from belisha.people.models import SchoolClass
from belisha.people.views.asking import asks


@open_to_keepers
@after_fresh_sign_in
@asks
def class_letters(request: SignedIn, pk: int) -> HttpResponse:
    """Say what printing does; then print, which makes new codes."""
    row: SchoolClass = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    families = families_of(row)
    if request.method == "POST" and families:
        pdf = print_letters(families, about=row, by=request.user, at=timezone.now())
        return HttpResponse(pdf, content_type="application/pdf", headers=_saved_as())
    shown = {"school_class": row, "count": len(families), "address": settings.ADDRESS}
    return render(request, "people/letters.html", shown)


def _saved_as() -> dict[str, str]:
    """The name of the file says nothing of who is in it."""
    name = f"letters-{timezone.localdate().isoformat()}.pdf"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
