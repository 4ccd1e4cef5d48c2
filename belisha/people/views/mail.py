"""The page of the school's mail: what waits, what did not arrive, what is sent."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to_keepers
from belisha.people.actions import mail as actions
from belisha.people.models import Fate, Mail, held_up

ON_A_PAGE = 50


@open_to_keepers
@require_GET
def mail(request: SignedIn) -> HttpResponse:
    """All messages that may be shown, newest first, or those of one fate."""
    seen = Mail.objects.visible_to(request.user)
    chosen = next((fate for fate in Fate if fate == request.GET.get("fate")), None)
    rows = (seen.of_fate(chosen) if chosen else seen).order_by("-posted_at", "-id")
    shown = {
        "fates": [(fate, seen.of_fate(fate).count()) for fate in Fate],
        "chosen": chosen,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "wrong": settings.MAIL.wrong,
        "held_up": held_up(),
    }
    return render(request, "people/mail.html", shown)


@open_to_keepers
@require_POST
def try_again(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, actions.try_again, "It is tried again now.")


@open_to_keepers
@require_POST
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, actions.give_up, "It will not be sent.")


def _done(request: SignedIn, pk: int, act: Callable[..., Mail], said: str) -> HttpResponse:
    row = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    try:
        act(row, by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, said)
    return redirect("mail")
