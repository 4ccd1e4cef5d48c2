"""The directory of services, and the lists for the school's filter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.channels.access import KEEPERS, can_make_lists
from belisha.channels.actions.lists import make_list
from belisha.channels.blocklists import Format, Group, TooMany
from belisha.channels.directory import Kind, WrongEntry, services
from belisha.channels.filtering import domains_for
from belisha.people.access import SignedIn, open_to, open_to_staff
from belisha.people.rules import fits


@open_to_staff
@require_GET
def directory(request: SignedIn) -> HttpResponse:
    """Every service that we know, by kind; found by name."""
    typed, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    found = [
        one
        for one in services()
        if (not typed or fits(typed, one.name)) and (not kind or one.kind == kind)
    ]
    context = {
        "services": found,
        "typed": typed,
        "kind": kind,
        "kinds": list(Kind),
        "makes_lists": can_make_lists(request.user),
    }
    return render(request, "channels/services.html", context)


@open_to(*KEEPERS)
@require_GET
def blocklists(request: SignedIn) -> HttpResponse:
    """Which lists there are, and how long they are today."""
    on = timezone.localdate()
    try:
        groups = [(group, len(domains_for(group, on))) for group in Group]
    except WrongEntry as why:
        groups = []
        messages.error(request, f"The school's own file of services cannot be used: {why}")
    return render(request, "channels/blocklists.html", {"groups": groups, "formats": list(Format)})


@open_to(*KEEPERS)
@require_POST
def blocklist(request: SignedIn, group: str, form: str) -> HttpResponse:
    """One list as a file; that it was made is remembered: so A.2 is shown to be kept."""
    if group not in list(Group) or form not in list(Format):
        raise Http404
    wanted = Format(form)
    try:
        text = make_list(Group(group), wanted, by=request.user, at=timezone.now())
    except (WrongEntry, TooMany) as why:
        messages.error(request, str(why))
        return redirect("blocklists")
    named = f'attachment; filename="{group}-{wanted.file_name}"'
    headers = {"Content-Disposition": named}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
