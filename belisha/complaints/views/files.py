"""Files with a complaint: sent by its family, or added by whoever handles it; opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from belisha.complaints.access import READERS
from belisha.complaints.actions import files as acts
from belisha.complaints.forms import AttachForm
from belisha.complaints.models import Attachment, Complaint
from belisha.complaints.views.families import own, user_of
from belisha.complaints.views.register import complaint_of, handled
from belisha.incidents.actions.files import most_bytes
from belisha.incidents.rules import ENDINGS
from belisha.incidents.sending import FULL, as_attachment, gate, read
from belisha.people.access import SignedIn, open_to, open_to_anyone
from belisha.people.acting import asks, done, posted
from belisha.people.models import User


@open_to_anyone  # for whoever sent it: see the head of `families`
@asks
def add_as_family(request: HttpRequest, ref: str) -> HttpResponse:
    complaint = own(request, ref)
    back = reverse("complain_one", args=[ref])
    return _add(request, complaint, by=user_of(request), from_family=True, back=back)


@open_to(*READERS)
@asks
def add(request: SignedIn, ref: str) -> HttpResponse:
    """What a family brought on paper, say."""
    complaint = handled(request, ref)
    back = reverse("complaint", args=[ref])
    return _add(request, complaint, by=request.user, from_family=False, back=back)


def _add(
    request: HttpRequest, complaint: Complaint, *, by: User | None, from_family: bool, back: str
) -> HttpResponse:
    at, sender = timezone.now(), None if from_family else by

    def keep() -> Attachment:
        typed = form.cleaned_data
        return acts.attach(
            complaint,
            typed["file"].read(),
            name=typed["file"].name,
            shows=typed["words"],
            from_family=from_family,
            by=by,
            at=at,
        )

    page = gate(
        request,
        back=back,
        is_shut=from_family and acts.may_show_undressed(complaint),
        tell=lambda: acts.say_undressed(complaint, from_family=from_family, by=by, at=at),
    )
    if page:
        return page
    form = AttachForm(posted(request), request.FILES or None, initial={"shows": "no"}, by=sender)
    try:
        kept = done(request, form, keep, _("We have it. Thank you."))
    except FULL:
        form.add_error(None, _("There is no room to keep it. Ring the school."))
        kept = None
    if kept:
        return redirect(back)
    context = {"form": form, "back": back, "megabytes": most_bytes(sender) >> 20}
    status = 422 if form.errors else 200
    return render(request, "complaints/files.html", context, status=status)


@open_to(*READERS)
@require_GET
def download(request: SignedIn, ref: str, file: str) -> HttpResponse:
    """The file as it came, for whoever may see the complaint. The record tells who opened it."""
    rows = Attachment.objects.filter(complaint=complaint_of(request, ref))
    known = rows.select_related("complaint", "file__school")
    found: Attachment = get_object_or_404(known, ref=file)
    data = read(lambda: acts.opened(found, by=request.user, at=timezone.now()))
    name = f"file-{found.sha256[:12]}.{ENDINGS[found.media_type]}"
    return as_attachment(data, found.media_type, name)
