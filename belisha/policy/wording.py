"""What families are asked about a purpose, in the language that is active.

Rules know no Django, so the shipped words of `rules.PURPOSES` are said once more here, marked for
translators. Words that a school has changed are shown as the school typed them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from belisha.policy.models import Purpose
from belisha.policy.rules import PURPOSES

# The short version of the model policy: what parents read of these clauses.
FOR_PARENTS = {
    "A.3": _("Children do not use their own phones or watches at school."),
    "A.4": _("If a child uses one, we keep it in the office. We ask you to collect it."),
    "B.i": _("Staff are never friends with pupils on social media."),
    "C.1": _("The head agrees before anyone opens an account for the school."),
    "D.i": _("Do not post pictures of other people’s children."),
    "D.ii": _("If you are unhappy, tell us first. Do not post about it."),
    "D.iv": _("Do not open accounts or groups that look like the school’s."),
    "D.ix": _("Bullying online is serious. We act on it."),
    "P.i": _(
        "We ask you before we use a picture of your child. You can change your mind at any time."
    ),
    "P.v": _("At school events you may film your own child, where everyone can see you."),
    "P.vi": _("Before we use a picture in an advert, we ask you about that very picture."),
    "P.viii": _("Nobody uses a camera or a phone in toilets or changing rooms."),
}
SHIPPED_WORDS = frozenset(FOR_PARENTS.values()) | frozenset(
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
