"""Pages about purposes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import SignedIn, open_to, open_to_guests
from belisha.people.rules import Role
from belisha.policy import actions
from belisha.policy.access import SEE_PURPOSES, can_change_purposes
from belisha.policy.forms import PurposeForm
from belisha.policy.models import Purpose


@open_to_guests(*SEE_PURPOSES, says="What pictures are used for")
@require_GET
def purposes(request: SignedIn) -> HttpResponse:
    context = {"purposes": Purpose.objects.all(), "can_change": can_change_purposes(request.user)}
    return render(request, "policy/purposes.html", context)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def change_purpose(request: SignedIn, key: str) -> HttpResponse:
    purpose = get_object_or_404(Purpose.objects.all(), key=key)
    name = purpose.name  # the form changes the object before it is right
    form = PurposeForm(request.POST or None, instance=purpose)
    if form.is_valid():
        actions.change(purpose, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The purpose is changed.")
        return redirect("purposes")
    context = {"name": name, "form": form}
    return render(request, "policy/purpose.html", context, status=422 if form.errors else 200)
