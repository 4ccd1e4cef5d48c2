"""What a signed-in parent sees: what they asked about their data, and where it is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import asks, done, posted
from belisha.people.rules import Role
from belisha.rights.actions import requests as acts
from belisha.rights.forms import MyDataForm
from belisha.rights.models import Request


@open_to(Role.PARENT)
@asks
def my_data(request: SignedIn) -> HttpResponse:
    """Ask for a copy of what the school holds, and see how that stands."""
    user, now = request.user, timezone.now()
    form = MyDataForm(posted(request), user=user)

    def ask() -> Request:
        typed = form.cleaned_data
        return acts.ask(request.school, typed["child"], typed["words"], by=user, at=now)

    if done(request, form, ask, _("Thank you. We answer within a month.")):
        return redirect("my_data")
    context = {"form": form, "rows": Request.objects.of_family(user)}
    return render(request, "rights/my_data.html", context, status=422 if form.errors else 200)
