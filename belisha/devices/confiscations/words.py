"""What families are told about a device: by mail, on paper, on their page. In their language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from belisha.devices.confiscations.stands import Stands
from belisha.devices.models import Confiscation
from belisha.people.actions.mail import paragraphs, ring


def mail_home(row: Confiscation, stands: Stands, *, language: str) -> tuple[str, str]:
    """Subject and body of a mail to a parent. It names no child."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = _("%(school)s has a device of your child") % {"school": row.school.name}
        body = paragraphs(
            _("Dear parent or carer,"),
            *said_home(row, stands),
            _("You can read this on your own page, too:") + f"\n{_address()}/in/",
            _("You get this message because the school has your address."),
            row.school.name,
        )
    return subject, body


def said_home(row: Confiscation, stands: Stands) -> list[str]:
    """What waits, where, until when, and what to do: each a paragraph, in the language in force."""
    taken, back = timezone.localtime(row.seized_at), timezone.localtime(stands.back_by)
    by = _("Please collect it by %(time)s on %(day)s, and sign for it.") % {
        "time": time_format(back, "H:i"),
        "day": date_format(back, "j E Y"),
    }
    closed = _("We have not looked through it.") if not row.was_opened else ""
    return [
        _("We took a device from your child on %(day)s. It is: %(what)s.")
        % {"day": date_format(taken, "j E Y"), "what": row.get_kind_display()},
        _("Pupils do not use their own devices at school."),
        " ".join(filter(None, (_("It lies in the school office. It is locked away."), closed))),
        _("Please collect it as soon as you can, and sign for it.") if stands.late else by,
        _("Can you not come? Does your child need it to get home? Please tell us.")
        + " "
        + ring(row.school),
    ]


def _address() -> str:
    return settings.ADDRESS or "http://localhost:8000"
