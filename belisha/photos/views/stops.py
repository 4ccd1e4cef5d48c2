"""Stops as staff write them down and lift them, and the copies that were closed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import SignedIn, open_to, open_to_staff, require
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.photos.access import can_lift
from belisha.photos.actions import stops
from belisha.photos.models import Photo, Stop
from belisha.photos.recalls import to_recall
from belisha.photos.rules import Source
from belisha.photos.shown import recalled
from belisha.photos.views.finding import face_of, photo_of


@open_to_staff
@require_POST
def stop(request: SignedIn, ref: str) -> HttpResponse:
    """Write down "not this one" for the child of a face."""
    photo, source = photo_of(request, ref), request.POST.get("source", "")
    face = face_of(photo, request.POST.get("face", ""))
    if face.pupil is None or source not in set(Source):
        raise Http404
    stops.stop(photo, face.pupil, Source(source), by=request.user, at=timezone.now())
    messages.success(request, f"{face.pupil.short_name} is hidden in every copy of this picture.")
    return redirect(f"{reverse('picture', args=[ref])}?face={face.pk}")


@open_to_staff
@require_http_methods(["GET", "POST"])
def lift(request: SignedIn, pk: int) -> HttpResponse:
    standing = Stop.objects.standing().filter(photo__in=Photo.objects.visible_to(request.user))
    found: Stop = get_object_or_404(
        standing.select_related("photo__album", "pupil__school_class"), pk=pk
    )
    require(can_lift(request.user, found))
    page = reverse("picture", args=[found.photo.ref])
    if request.method == "POST":
        stops.lift(found, by=request.user, at=timezone.now())
        messages.success(request, "The family’s answers count for this picture again.")
        return redirect(page)
    if found.source == Source.FAMILY:
        words = "Lift it only when the same person has told you so themselves."
    elif found.source == Source.CHILD:
        words = "Lift it only when the child has told you so."
    else:
        words = "The school said so. Lift it when the reason is gone."
    context = {
        "title": f"Let this picture of {found.pupil.short_name} be used again",
        "words": f"{words} The family’s answers count again from then on.",
        "act": "Lift the stop",
        "back_url": page,
    }
    return render(request, "ui/confirm.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@require_GET
def recalls(request: SignedIn) -> HttpResponse:
    """What must come down at places that are not ours, the most pressing first; and copies that
    were made and can no longer be opened, since a yes no longer counts."""
    on = timezone.localdate()
    children, further = recalled(request.user, on=on, before=request.GET.get("before", ""))
    copies = {closed.copy.pk for child in children for closed in child.copies}
    context = {
        "children": children,
        "count": len(copies),
        "further": further,
        "places": [(one, one.is_late(on)) for one in to_recall(request.user, on=on)],
    }
    return render(request, "photos/recalls.html", context)
