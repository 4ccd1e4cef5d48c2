"""Tablets at a door: set up and ended by the office."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.events.access import KEEP_VISITORS
from belisha.events.actions import tablets as acts
from belisha.events.forms.visitors import TabletForm
from belisha.events.models import DoorTablet
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, asks, done, posted
from belisha.people.qr import qr_code


@open_to(*KEEP_VISITORS)
@asks
def tablets(request: SignedIn) -> HttpResponse:
    """Those there are; and a new one, whose address is shown once."""
    form, link = TabletForm(posted(request)), ""

    def act() -> tuple[DoorTablet, str]:
        return acts.set_up(form.cleaned_data["name"], by=request.user, at=timezone.now())

    if made := done(request, form, act, "Open this address on the tablet now."):
        link = request.build_absolute_uri(reverse("door", args=[made[1]]))
        form = TabletForm()
    context = {
        "rows": DoorTablet.objects.select_related("made_by", "ended_by"),
        "form": form,
        "link": link,
        "square": qr_code(link, "The same address, for the camera of the tablet") if link else "",
    }
    return render(request, "events/tablets.html", context, status=422 if form.errors else 200)


@open_to(*KEEP_VISITORS)
@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(DoorTablet, pk=pk)
    return acted(
        request,
        lambda: acts.end(row, by=request.user, at=timezone.now()),
        reverse("visitor_tablets"),
        "Its address opens nothing any more.",
    )
