"""Pages of the head about guests from outside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.audit.models import Entry
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, pages_for_guests
from belisha.people.actions import guests as acts
from belisha.people.forms.guests import GuestForm
from belisha.people.models import GuestPass
from belisha.people.rules import Role
from belisha.people.views.asking import Back, ask, asks, done, erasing, posted
from belisha.people.views.family_doors import whole_address

only_the_head = open_to(Role.HEAD)
MOST_LOOKS = 500


@only_the_head
@require_GET
def guests(request: SignedIn) -> HttpResponse:
    everyone, at = GuestPass.objects.all(), timezone.now()
    live = list(everyone.live(at))
    shown = {"live": live, "over": [row for row in everyone if row not in live]}
    return render(request, "people/guests.html", shown)


@only_the_head
@after_fresh_sign_in
@asks
def invite_guest(request: SignedIn) -> HttpResponse:
    form = GuestForm(posted(request), today=timezone.localdate())
    link = whole_address(request, "family_sign_in")
    row = done(
        request,
        form,
        lambda typed: acts.invite(
            request.school, **typed, link=link, by=request.user, at=timezone.now()
        ),
        "Invited. A mail with the address of the sign-in page goes to them.",
    )
    if row:
        return redirect("guest", row.pk)
    lede = "They look and change nothing. You see what they looked at."
    back = Back("Guests", reverse("guests"))
    return ask(request, form, title="Invite a guest", act="Invite them", back=back, lede=lede)


@only_the_head
@require_GET
def guest(request: SignedIn, pk: int) -> HttpResponse:
    """What a guest may look at, until when, and each look."""
    row, pages = _guest(pk), pages_for_guests()
    looks = Entry.objects.filter(
        school_id=request.school.pk, about=f"guestpass:{row.pk}", verb="guest.looked"
    ).order_by("-number")
    shown = {
        "guest": row,
        "is_live": GuestPass.objects.live(timezone.now()).filter(pk=row.pk).exists(),
        "is_over_by_date": row.until <= timezone.now(),
        "pages": [pages[name] for name in row.pages if name in pages],
        "count": looks.count(),
        "looks": [
            (look.at, pages.get(look.facts["page"], look.facts["page"]))
            for look in looks[:MOST_LOOKS]
        ],
    }
    return render(request, "people/guest.html", shown)


@only_the_head
@after_fresh_sign_in
@asks
def change_guest(request: SignedIn, pk: int) -> HttpResponse:
    row = _guest(pk)
    form = GuestForm(posted(request), today=timezone.localdate(), instance=row)
    if done(
        request, form, lambda typed: acts.change(row, **typed, by=request.user, at=timezone.now())
    ):
        return redirect("guest", pk)
    title, back = f"Change what {row} may see", Back(str(row), reverse("guest", args=[pk]))
    return ask(request, form, title=title, act="Save", back=back)


@only_the_head
@require_POST
def end_guest(request: SignedIn, pk: int) -> HttpResponse:
    row = acts.end(_guest(pk), by=request.user, at=timezone.now())
    messages.success(request, f"{row} sees nothing any more.")
    return redirect("guest", pk)


@only_the_head
@require_POST
def resume_guest(request: SignedIn, pk: int) -> HttpResponse:
    try:
        row = acts.resume(_guest(pk), by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, f"{row} can look again.")
    return redirect("guest", pk)


@only_the_head
@asks
def erase_guest(request: SignedIn, pk: int) -> HttpResponse:
    row = _guest(pk)
    page = erasing(
        request,
        lambda: acts.erase(row, by=request.user, at=timezone.now()),
        name=row.name,
        words="Name, email address and way in go. What they looked at stays in the record, "
        "unnamed.",
        back=reverse("guest", args=[pk]),
    )
    return page or redirect("guests")


def _guest(pk: int) -> GuestPass:
    row: GuestPass = get_object_or_404(GuestPass.objects.all(), pk=pk)
    return row
