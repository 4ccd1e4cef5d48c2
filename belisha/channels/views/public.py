"""What the world may know: which accounts are ours, and how to tell us of one that is not."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from belisha.channels.actions.found import tell as tell_of
from belisha.channels.actions.page import on_page, page_is_shown
from belisha.channels.forms import TellForm
from belisha.people.access import open_to_anyone
from belisha.people.acting import asks, done, posted
from belisha.people.actions import limits

HOUR = timedelta(hours=1)
TELL_FROM_NETWORK = limits.Door("an account told of from one network", 5, HOUR)
TELL_AT_ALL = limits.Door("an account told of by anyone", 60, HOUR)


@open_to_anyone  # so that a family can tell our accounts from others
@require_GET
def our_accounts(request: HttpRequest) -> HttpResponse:
    """Our only accounts. No person is named."""
    on = timezone.localdate()
    if not page_is_shown():
        raise Http404
    context = {"entries": on_page(on), "today": on}
    return render(request, "channels/our_accounts.html", context)


@open_to_anyone  # whoever sees a false account may tell us without an account of their own
@asks
def tell(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    if not page_is_shown():
        raise Http404
    form, school = TellForm(posted(request)), request.school  # type: ignore[attr-defined]
    if form.is_valid():
        tries = (
            (TELL_FROM_NETWORK, limits.network_of(request)),
            (TELL_AT_ALL, str(school.pk)),
        )
        if again_at := limits.take_each(tries, at=at):
            context = {"again_at": again_at}
            return render(request, "people/wait.html", context, status=429)
    if done(
        request,
        form,
        lambda: tell_of(school, details=form.cleaned_data, at=at),
        _("Thank you. The head will look at it."),
    ):
        return redirect("our_accounts")
    return render(request, "channels/tell.html", {"form": form}, status=422 if form.errors else 200)
