"""What families are asked about a purpose, in the language that is active.

Rules know no Django, so the shipped words of `rules.PURPOSES` are said once more here, marked for
translators. Words that a school has changed are shown as the school typed them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from belisha.policy.models import Purpose
from belisha.policy.rules import PURPOSES

SHIPPED_WORDS = frozenset(
    {
        _("Learning journal"),
        _("The child's own family and the child's teachers."),
        _("Display in school"),
        _("Children, staff and visitors inside the school."),
        _("Newsletter"),
        _("Every family of the school, by email or on paper."),
        _("School website"),
        _("Anyone in the world."),
        _("Social media"),
        _("Anyone in the world, who may keep and share it."),
        _("Newspapers and television"),
        _("Anyone; the press may keep it for ever."),
        _("Promoting the school"),
        _("Anyone who sees a poster, prospectus or advertisement."),
    }
)
# What each use means. Said only while the school calls the purpose by its shipped name.
MEANS = {
    "learning-journal": _("Pictures show what your child learns. They go in a record."),
    "display": _("Pictures go on walls and screens in school."),
    "newsletter": _("Pictures go in the newsletter that we send to families."),
    "website": _("Pictures go on the school’s own website."),
    "social-media": _("The school posts pictures on its own pages."),
    "press": _("A reporter may take pictures, or we may send some."),
    "promotional": _("Pictures go on posters, in our prospectus and in adverts."),
}
_NAMES = {terms.key: terms.name for terms in PURPOSES}


def in_language(text: str) -> str:
    """Our words in the active language; the school's own as they are."""
    return gettext(text) if text in SHIPPED_WORDS else text


@dataclass(frozen=True)
class Question:
    """What a family is asked: the words that the page shows, and that are kept with the answer.

    `asks` stands above all questions; `terms` is said where an answer is not all that is needed.
    """

    asks: str
    name: str
    means: str
    who: str
    terms: str

    @property
    def wording(self) -> str:
        """The whole question in one text."""
        return "\n".join(filter(None, (self.asks, self.name, self.means, self.who, self.terms)))


def question(purpose: Purpose) -> Question:
    """What a family is asked about a purpose, in the active language."""
    shipped = _NAMES.get(purpose.key) == purpose.name
    audience = {"audience": in_language(purpose.audience)}
    terms = gettext("We ask you before each picture. You can say no to all of them.")
    return Question(
        gettext("You choose where we may use pictures of your child."),
        in_language(purpose.name),
        gettext(MEANS[purpose.key]) if shipped else "",
        gettext("Who will see them: %(audience)s") % audience,
        terms if purpose.each_picture else "",
    )
