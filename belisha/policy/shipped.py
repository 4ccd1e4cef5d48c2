"""The agreements that are shipped, in our own words, and agreements in the language of a page.

A school issues them as they are or changes them first. What it keeps of the shipped lines is shown
to parents in their language; what it wrote itself is shown as it was typed.
"""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from belisha.policy.rules import Audience

TYPED_IN = "en-gb"

SHIPPED = {
    Audience.EARLY_YEARS: (
        _("My computer promises"),
        _("I ask a grown-up first."),
        _("I look after our tablets."),
        _("I stop when it is time to stop."),
        _("I use kind words."),
        _("I tell a grown-up if I feel worried."),
    ),
    Audience.KEY_STAGE_1: (
        _("Our promises for computers and tablets"),
        _("I use a computer or tablet when my teacher says so."),
        _("I open only the games and pages that my teacher shows me."),
        _("I do not use my own phone, watch or tablet at school."),
        _("I keep my password to myself."),
        _("I write kind words to other people."),
        _("I do not tell people online my full name or where I live."),
        _("I tell a grown-up at once if something upsets me."),
    ),
    Audience.KEY_STAGE_2: (
        _("Our agreement for computers and the internet"),
        _("I use the school’s computers and tablets for my school work."),
        _("I do not use social media at school."),
        _("I do not use my own phone, smart watch or tablet at school."),
        _("I know that the school may keep my phone until my family collects it."),
        _("I sign in as myself and keep my password secret."),
        _("I am as kind online as I am face to face."),
        _("I ask people before I take, change or share a picture of them."),
        _("I keep my address, my school and my plans off the internet."),
        _("I never agree to meet somebody whom I know only online."),
        _("I tell an adult if something worries me, even if I made a mistake."),
    ),
    Audience.FAMILIES: (
        _("What we ask of families online"),
        _("I post school pictures only when they show no child but mine."),
        _("When something worries me, I speak to the school first."),
        _("I start with the class teacher, and then ask for the head."),
        _("I make no page, group or account that looks like the school’s own."),
        _("I write kindly and truthfully about children, families and staff."),
        _("I help my child to keep the promises of their agreement."),
        _("If a post breaks this, the school asks its writer to take it down."),
        _("If that does not help, the school reports it to the app or website."),
        _("The school will listen to every worry, and answer it."),
    ),
}
_LINES = {line for lines in SHIPPED.values() for line in lines}


@dataclass(frozen=True)
class Line:
    """Words as a page shows them. `lang` is empty when they are in the language of the page."""

    text: str
    lang: str = ""


def shown(line: str) -> Line:
    """A line in the language of the page, or as it was typed where no translation is known."""
    if (get_language() or TYPED_IN).startswith("en"):
        return Line(line)
    words = gettext(line) if line in _LINES else line
    return Line(words, "" if words != line else TYPED_IN)
