"""Mail about a complaint. It never says what the complaint says, nor whom it is about."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from belisha.complaints.models import Complaint
from belisha.people.actions.mail import paragraphs, post, ring
from belisha.people.models import Staff


def tell_family(complaint: Complaint, *, at: datetime) -> None:
    """Say that there is something new, and where to read it."""
    if not complaint.email:
        return
    school = complaint.school
    with translation.override(complaint.language):
        post(
            school,
            to=complaint.email,
            subject=_("News from %(school)s") % {"school": school},
            body=paragraphs(
                _("There is something new about what you wrote to us."),
                _("Read it here:"),
                address(complaint),
                _("Sign in, or type the code that we gave you."),
                ring(school),
            ),
            kind="complaint",
            at=at,
            language=complaint.language,
            about=complaint,
        )


def tell_code(complaint: Complaint, code: str, *, at: datetime) -> None:
    """Mail a new code to whoever lost theirs."""
    school = complaint.school
    with translation.override(complaint.language):
        post(
            school,
            to=complaint.email,
            subject=_("Your code at %(school)s") % {"school": school},
            body=paragraphs(
                _("You asked for a new code. Your old one no longer works."),
                f"    {code}",
                _("Type it here:"),
                _site() + reverse("complain_code"),
                _("Did you not ask for it? Then tell nobody this code."),
                ring(school),
            ),
            kind="complaint",
            at=at,
            language=complaint.language,
            about=complaint,
        )


def tell_staff(staff: Staff | None, words: str, *, about: Complaint, at: datetime) -> None:
    """Say to one person that something waits, without saying what."""
    if staff is None or not staff.email:
        return
    post(
        staff.school,
        to=staff.email,
        subject="Something waits for you in Belisha",
        body=paragraphs(words, "Read it here:", _site() + reverse("complaint", args=[about.ref])),
        kind="complaint",
        at=at,
        about=about,
    )


def address(complaint: Complaint) -> str:
    """Where its family reads it."""
    return _site() + reverse("complain_one", args=[complaint.ref])


def _site() -> str:
    return settings.ADDRESS or "http://localhost:8000"
