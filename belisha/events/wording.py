"""The words of the house: notices for parents, what is said aloud, and what visitors accept.

What families and visitors read is marked for translators; what staff say aloud is in English, as
the school speaks.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from belisha.events.models import Event, Filming
from belisha.policy.models import Clause

NOTICES: dict[str, tuple[str, ...]] = {
    Filming.EVERYONE: (
        _("You may take pictures and film your own child, where everyone can see you."),
        _("Other children may be in your pictures. Keep those for your family."),
        _("Never post pictures of other people’s children."),
    ),
    Filming.STAFF: (
        _("Only the school takes pictures at this event."),
        _("Put your phone and camera away."),
    ),
    Filming.NOBODY: (
        _("Nobody takes pictures or films at this event."),
        _("Put your phone and camera away."),
    ),
}
REMINDERS: dict[str, tuple[str, ...]] = {
    Filming.EVERYONE: (
        "Welcome, everyone.",
        "You may take pictures and film your own child today. Stay where we can all see you.",
        "Do not post any picture or film that shows other people's children. "
        "Some families need them not to be seen.",
        "Thank you for keeping every child safe.",
    ),
    Filming.STAFF: (
        "Welcome, everyone.",
        "Today only the school takes pictures. Put your phones and cameras away.",
        "Thank you for keeping every child safe.",
    ),
    Filming.NOBODY: (
        "Welcome, everyone.",
        "Today nobody takes pictures or films. Put your phones and cameras away.",
        "Thank you for keeping every child safe.",
    ),
}
# How a poster says it in a few words below its symbol.
POSTERS: dict[str, str] = {
    Filming.EVERYONE: _("Film your own child only"),
    Filming.STAFF: _("Only the school takes pictures"),
    Filming.NOBODY: _("No pictures, no films"),
}
VISITORS_RULE = (
    _("Keep your phone and camera in your bag or pocket."),
    _("Take no pictures and make no films in school."),
    _("Never use a phone or a camera near toilets or changing rooms."),
)
UNDERTAKING = (
    _("I take pictures only where and of whom the school says."),
    _("I give every picture to the school first. I use none before the school says yes."),
    _("I name no child. I post and share nothing myself."),
    _("I take no pictures near toilets or changing rooms."),
    _("I delete what the school asks me to delete."),
)


def notice_of(event: Event) -> list[str]:
    """The lines that parents read, in the language that is active where they are ours."""
    return _typed(event.notice) or [gettext(line) for line in NOTICES[event.filming]]


def reminder_of(event: Event) -> list[str]:
    """The lines that are said aloud."""
    return _typed(event.reminder) or list(REMINDERS[event.filming])


def rule_for_visitors(clause: Clause | None) -> str:
    """What a visitor accepts: our plain lines, then the school's own clause as it is printed."""
    own = [f"{clause.number} {clause.text}".strip()] if clause else []
    return "\n".join([*map(gettext, VISITORS_RULE), *own])


def undertaking() -> str:
    """What a visitor signs who takes pictures."""
    return "\n".join(map(gettext, UNDERTAKING))


def _typed(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
