"""Finding requests by whom they are about, or who asked."""

from django.urls import reverse

from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.rules import fits
from belisha.rights.access import sees_requests
from belisha.rights.models import Request

MOST = 20


def find(user: User, typed: str) -> list[Found]:
    rows = Request.objects.all() if sees_requests(user) else ()
    return [
        Found(
            str(row),
            f"Came on {row.received_on:%-d %B %Y}",
            reverse("rights_request", args=[row.ref]),
        )
        for row in rows
        if fits(typed, row.called, row.asked_by)
    ][:MOST]
