"""What waits at school for a parent to collect: of their own children alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.devices.confiscations.stands import waiting_for_family
from belisha.devices.confiscations.words import said_home
from belisha.people.access import SignedIn, open_to
from belisha.people.rules import Role


@open_to(Role.PARENT)
@require_GET
def waits_for_family(request: SignedIn) -> HttpResponse:
    waiting = [
        (one, said_home(one.row, one))
        for one in waiting_for_family(request.user, at=timezone.now())
    ]
    return render(request, "confiscations/family.html", {"waiting": waiting})
