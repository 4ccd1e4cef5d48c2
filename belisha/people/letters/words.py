"""What a letter says, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belisha.lib.bidi import in_order
from belisha.people.rules import LANGUAGES

SCHOOLS_OWN = LANGUAGES[0][0]
OTHER_LANGUAGES = tuple(code for code, _name in LANGUAGES[1:])


@dataclass(frozen=True)
class Words:
    """The words of a letter by their place in it."""

    language: str
    said: dict[str, str | list[str]]

    def day(self, on: date) -> str:
        with translation.override(self.language):
            return date_format(on, "j E Y")


def words_in(
    language: str,
    *,
    school: str = "",
    phone: str = "",
    children: Sequence[str] = (),
    answer_by: date | None = None,
) -> Words:
    """Say a letter in a language, or in English when it is empty."""
    language = language or SCHOOLS_OWN
    with translation.override(language):
        said: dict[str, str | list[str]] = {
            "heading": _("Pictures of your child: yes or no?"),
            "greeting": _("Dear parent or carer,"),
            "asks": _("%(school)s asks you about pictures of:") % {"school": school},
            "children": list(children),
            "reason": " ".join(
                [
                    _("We use a picture of a child only when the family says yes."),
                    _("No answer counts as no."),
                    _("You can change your mind at any time."),
                ]
            ),
            "until": _("Answer by %(day)s.") % {"day": date_format(answer_by, "j E Y")}
            if answer_by
            else "",
            "how": _("Point your phone’s camera at the square. Or open this page:"),
            "type": _("Then type this code:"),
            "alt": _("A square code that opens the page."),
            "secret": _("The code is for you alone. It works once, for 28 days."),
            "help": _("To ask anything, ring the school: %(phone)s") % {"phone": in_order(phone)}
            if phone
            else _("To ask anything, speak to the school office."),
            "line": _("This letter asks about pictures of your child.")
            + " "
            + _("On the page you can choose your language."),
        }
    return Words(language, said)
