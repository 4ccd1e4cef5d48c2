"""Contacts that may be one person, and those that are said to be two.

The page on which two are merged stands above, with the answers: see `consent.views`.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to_keepers
from belisha.people.actions import merging
from belisha.people.models import NotOne

MOST = 20  # pairs on one page; the next ones come when these are settled


@open_to_keepers
@require_GET
def seem_one(request: SignedIn) -> HttpResponse:
    pairs = merging.pairs_that_seem_one()
    merging.with_children(pairs[:MOST])
    shown = {
        "pairs": pairs[:MOST],
        "more": len(pairs) - MOST,
        "two": NotOne.objects.select_related("one", "other").order_by("-said_at"),
    }
    return render(request, "people/seem_one.html", shown)


@open_to_keepers
@require_POST
def say_two(request: SignedIn, one: int, other: int) -> HttpResponse:
    pair = merging.pair_that_seems_one(one, other)
    if pair is None:
        raise Http404
    merging.say_two(*pair, by=request.user, at=timezone.now())
    messages.success(request, "They stay two people. They are not offered again.")
    return redirect("seem_one")


@open_to_keepers
@require_POST
def take_back_two(request: SignedIn, pk: int) -> HttpResponse:
    said = get_object_or_404(NotOne.objects.select_related("one"), pk=pk)
    merging.take_back_two(said, by=request.user, at=timezone.now())
    messages.success(request, "They are offered again.")
    return redirect("seem_one")
