"""Pages about backups, and the archive of everything."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import ask, asks, done, posted
from belisha.people.rules import Role
from belisha.rights.access import KEEPERS, can_take_along
from belisha.rights.actions import archives as actions
from belisha.rights.forms import ArchiveForm
from belisha.rights.models import Backup, Restore, Takeaway
from belisha.rights.standing import is_there, kept_for, standing

ON_A_PAGE = 25


@open_to(*KEEPERS)
@require_GET
def backups(request: SignedIn) -> HttpResponse:
    """When a backup was last made and proven, which may be kept until when, and archives."""
    now, days = timezone.now(), kept_for()
    page = Paginator(Backup.objects.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "standing": standing(timezone.localdate(now)),
        "page": page,
        "rows": [
            (row, row.keep_until(days), row.gone_on is None and is_there(row)) for row in page
        ],
        "days": days,
        "today": timezone.localdate(now),
        "restores": Restore.objects.all()[:5],
        "archives": Takeaway.objects.all()[:10],
        "good": set(Takeaway.objects.good(now).values_list("pk", flat=True)),
        "may_take": can_take_along(request.user),
    }
    return render(request, "rights/backups.html", context)


@open_to(*KEEPERS)
@require_POST
def gone(request: SignedIn) -> HttpResponse:
    """A backup lies nowhere any more."""
    row = get_object_or_404(Backup, ref=request.POST.get("ref", ""))
    actions.say_gone(row, by=request.user, at=timezone.now())
    messages.success(request, "Written down: this backup is gone.")
    return redirect("backups")


@open_to(*KEEPERS)
@require_POST
def looked(request: SignedIn) -> HttpResponse:
    """Somebody has looked at what a restore left."""
    if actions.say_looked(by=request.user, at=timezone.now()):
        messages.success(request, "Thank you. It is not asked again.")
    return redirect("backups")


@open_to(Role.HEAD)
@after_fresh_sign_in
@asks
def archive(request: SignedIn) -> HttpResponse:
    """Ask for an archive of everything."""
    form, now = ArchiveForm(posted(request)), timezone.now()
    said = "The archive is being made. It is here soon, and for a day."
    if done(
        request,
        form,
        lambda: actions.ask_for_archive(
            request.school, **form.cleaned_data, by=request.user, at=now
        ),
        said,
    ):
        return redirect("backups")
    words = (
        "You get one file with every record and picture, which other programs can read. It is not "
        "locked: whoever has it can read it. The safeguarding lead is told that you asked."
    )
    return ask(
        request,
        form,
        title="Take everything along",
        act="Make the archive",
        back=reverse("backups"),
        above="Backups",
        words=words,
    )


@open_to(Role.HEAD)
@after_fresh_sign_in
@require_GET
def fetch(request: SignedIn, ref: str) -> HttpResponseBase:
    """The archive itself."""
    row = get_object_or_404(Takeaway, ref=ref)
    try:
        pieces = actions.fetch_archive(row, by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect("backups")
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    day = timezone.localdate(row.asked_at)
    response["Content-Disposition"] = f'attachment; filename="school-{day:%Y-%m-%d}.zip"'
    response["Content-Length"] = str(row.size)
    response["Cache-Control"] = "private, no-store"
    return response
