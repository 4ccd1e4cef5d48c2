"""The mail of a campaign: standard words in the reader's language, the office's as typed."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belisha.consent.models import Campaign
from belisha.people.models import School

WAY_IN = "/in/"


def link() -> str:
    """Where parents come in. Without an address of its own the site is on this machine alone."""
    return f"{settings.ADDRESS or 'http://localhost:8000'}{WAY_IN}"


def subject_and_body(
    campaign: Campaign, school: School, *, language: str, reminder: bool = False
) -> tuple[str, str]:
    """Write one mail: the thing, the reason, the date and one link. It names nobody."""
    with translation.override(language or settings.LANGUAGE_CODE):
        named = {"school": school.name, "title": campaign.title}
        if reminder:
            subject = _("Reminder from %(school)s: %(title)s") % named
        else:
            subject = _("A question from %(school)s: %(title)s") % named
        day = date_format(campaign.answer_by, "j E Y")
        reasons = [
            _("You have not answered everything yet.") if reminder else "",
            _("We ask every year, so that your answers are up to date.") if campaign.since else "",
            _("We use a picture of a child only when the family says yes."),
            _("Tell us yes or no for each use."),
            _("No answer counts as no."),
        ]
        parts = [
            _("Dear parent or carer,"),
            campaign.text.strip(),
            " ".join(filter(None, reasons)),
            _("Answer by %(day)s, on this page:") % {"day": day} + f"\n{link()}",
            _("You can change your mind at any time."),
            _("You get this message because the school has your address."),
            school.name,
        ]
    return subject[:200], "\n\n".join(filter(None, parts)) + "\n"
