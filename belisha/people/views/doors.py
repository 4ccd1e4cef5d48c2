"""The first run, and the addresses of a demonstration."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people import actions
from belisha.people.access import open_to_anyone
from belisha.people.forms.founding import FirstRunForm
from belisha.people.models import School

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_anyone  # only until there is a school
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    if School.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if form.is_valid():
        user = actions.found_school(**form.cleaned_data, at=timezone.now())
        login(request, user, backend=_BACKEND)
        return redirect("today")
    return render(request, "people/setup.html", {"form": form}, status=422 if form.errors else 200)


@open_to_anyone  # the pass is the right, and no real school has one
@require_GET
def enter_demonstration(request: HttpRequest, demonstration_pass: str) -> HttpResponse:
    user = actions.bearer_of(demonstration_pass)
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    return redirect("today")
