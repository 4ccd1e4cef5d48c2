"""The agreements that are shipped, in our own words, and agreements in the language of a page.

A school issues them as they are or changes them first. What it keeps of the shipped lines is shown
to parents in their language; what it wrote itself is shown as it was typed.
"""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as marked

from belisha.policy.rules import Audience

TYPED_IN = "en-gb"

SHIPPED = {
    Audience.EARLY_YEARS: (
        marked("My computer promises"),
        marked("I ask a grown-up first."),
        marked("I look after our tablets."),
        marked("I stop when it is time to stop."),
        marked("I use kind words."),
        marked("I tell a grown-up if I feel worried."),
    ),
    Audience.KEY_STAGE_1: (
        marked("Our promises for computers and tablets"),
        marked("I use a computer or tablet when my teacher says so."),
        marked("I open only the games and pages that my teacher shows me."),
        marked("I do not use my own phone, watch or tablet at school."),
        marked("I keep my password to myself."),
        marked("I write kind words to other people."),
        marked("I do not tell people online my full name or where I live."),
        marked("I tell a grown-up at once if something upsets me."),
    ),
    Audience.KEY_STAGE_2: (
        marked("Our agreement for computers and the internet"),
        marked("I use the school’s computers and tablets for my school work."),
        marked("I do not use social media at school."),
        marked("I do not use my own phone, smart watch or tablet at school."),
        marked("I know that the school may keep my phone until my family collects it."),
        marked("I sign in as myself and keep my password secret."),
        marked("I am as kind online as I am face to face."),
        marked("I ask people before I take, change or share a picture of them."),
        marked("I keep my address, my school and my plans off the internet."),
        marked("I never agree to meet somebody whom I know only online."),
        marked("I tell an adult if something worries me, even if I made a mistake."),
    ),
    Audience.FAMILIES: (
        marked("What we ask of families online"),
        marked("I post school pictures only when they show no child but mine."),
        marked("When something worries me, I speak to the school first."),
        marked("I start with the class teacher, and then ask for the head."),
        marked("I make no page, group or account that looks like the school’s own."),
        marked("I write kindly and truthfully about children, families and staff."),
        marked("I help my child to keep the promises of their agreement."),
        marked("If a post breaks this, the school asks its writer to take it down."),
        marked("If that does not help, the school reports it to the app or website."),
        marked("The school will listen to every worry, and answer it."),
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
