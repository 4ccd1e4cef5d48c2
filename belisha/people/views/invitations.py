"""Choosing a password: by invitation, or because the old one is forgotten."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from belisha.people.access import open_to_anyone
from belisha.people.actions import invitations as acts
from belisha.people.actions import limits
from belisha.people.forms.doors import ChoosePasswordForm, ForgottenForm
from belisha.people.views.asking import asks, posted
from belisha.people.views.family_doors import wait


@open_to_anyone  # the code is the right; to look at the page spends nothing
@asks
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a password, once. The second step follows: theirs, or setting one up."""
    at = timezone.now()
    found = acts.invited(code, at=at)
    if found is None or found.staff is None or found.staff.user is None:
        return render(request, "people/invitation_over.html", status=410)
    form = ChoosePasswordForm(posted(request), user=found.staff.user)
    if form.is_valid():
        user = acts.accept(found, form.cleaned_data["password"], at=at)
        if user is None:
            return render(request, "people/invitation_over.html", status=410)
        if request.user.is_authenticated:  # the office shows the page on its own device, say
            logout(request)
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    shown = {"form": form, "staff": found.staff}
    return render(request, "people/invitation.html", shown, status=422 if form.errors else 200)


@open_to_anyone  # whoever has forgotten their password cannot sign in
@asks
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say the same to everyone, known here or not."""
    form = ForgottenForm(posted(request))
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "people/forgotten.html", {"form": form}, status=status)
    email, at = form.cleaned_data["email"].lower(), timezone.now()
    network = limits.network_of(request)
    tries = ((limits.FORGOTTEN_ADDRESS, email), (limits.FORGOTTEN_NETWORK, network))
    again_at = limits.take_each(tries, at=at)
    if again_at:
        return wait(request, again_at)
    school = request.school  # type: ignore[attr-defined]
    acts.forgotten(school, email, at=at, address=lambda code: link_of(request, code))
    return render(request, "people/forgotten.html", {"sent_to": email})


def link_of(request: HttpRequest, code: str) -> str:
    """The whole address of an invitation, at the address that people know this site by."""
    path = reverse("invitation", args=[code])
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
