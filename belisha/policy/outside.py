"""Guidance from outside that the policy asks staff to read, with its parts as sections.

Editions and addresses are data, and an edition here may no longer be the newest: a school writes
down the one that stands on the cover. What each part is about is said in our own words.
"""

from dataclasses import dataclass

from belisha.policy.outline import Item, Outline


@dataclass(frozen=True)
class Outside:
    """A document from outside. `edition` is the last that is known here.

    `parts` holds for each part its name, its title and what it is about.
    """

    key: str
    title: str
    edition: str
    read_at: str
    parts: tuple[tuple[str, str, str], ...]

    @property
    def outline(self) -> Outline:
        """Each part is a section of its own, so that a duty can name it: ``Partone.p1``."""
        items = (Item("", f"{name}. {title}", text, name) for name, title, text in self.parts)
        return Outline(f"{self.title}, {self.edition}", tuple(items))


OUTSIDE = (
    Outside(
        "safeguarding",
        "Keeping children safe in education",
        "1 September 2025",
        "https://www.gov.uk/government/publications/keeping-children-safe-in-education--2",
        (
            (
                "Part one",
                "Safeguarding information for all staff",
                "What everyone who works directly with children knows, notices and does.",
            ),
            (
                "Part two",
                "The management of safeguarding",
                "What governors and leaders put in place, online safety and filtering included.",
            ),
            (
                "Part three",
                "Safer recruitment",
                "Which checks come before and after somebody starts to work with children.",
            ),
            (
                "Part four",
                "Concerns and allegations about adults",
                "What happens when an adult may have harmed a child, and with concerns below that.",
            ),
            (
                "Part five",
                "Sexual violence and harassment between children",
                "How the school answers when one child hurts another in this way.",
            ),
            (
                "Annex A",
                "Part one, condensed",
                "For staff who do not work directly with children, if the school so chooses.",
            ),
            (
                "Annex B",
                "Further information",
                "More about the kinds of harm, for leaders and those who work with children.",
            ),
            (
                "Annex C",
                "The designated safeguarding lead",
                "What the safeguarding lead and the deputies do.",
            ),
        ),
    ),
    Outside(
        "safer-working",
        "Safer working practice",
        "February 2022",
        "https://saferrecruitmentconsortium.org/",
        (
            (
                "All of it",
                "How adults behave",
                "How adults keep children safe and their own conduct beyond doubt: being alone "
                "with a child, messages, gifts, pictures and life outside work.",
            ),
        ),
    ),
    Outside(
        "teachers-standards",
        "Teachers’ Standards",
        "July 2011, introduction updated in 2021",
        "https://www.gov.uk/government/publications/teachers-standards",
        (
            (
                "Part one",
                "Teaching",
                "What is expected of a teacher’s work with pupils.",
            ),
            (
                "Part two",
                "Personal and professional conduct",
                "How teachers behave, in school and outside it, so that they can be trusted.",
            ),
        ),
    ),
)
