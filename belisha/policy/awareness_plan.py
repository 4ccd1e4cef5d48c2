"""The plan of a school year that is shipped, with a text of our own for each channel (D.0).

A school changes day and words before it uses them. Nothing is sent by Belisha.
"""

from dataclasses import dataclass

from belisha.policy.awareness import Channel


@dataclass(frozen=True)
class ShippedStep:
    """A channel, the month and day on which it is planned, and the words to use."""

    channel: Channel
    month: int
    day: int
    text: str


SHIPPED_PLAN = (
    ShippedStep(
        Channel.WEBSITE,
        9,
        10,
        "What we ask of families online\n\n"
        "Our policy on social media and pictures is on this page. It says how we use pictures of "
        "children, and what we ask of you. Post school pictures only when they show no child but "
        "your own. If something worries you, speak to us first. We listen, and we answer.",
    ),
    ShippedStep(
        Channel.LETTER,
        9,
        17,
        "Dear parents and carers,\n\n"
        "at the start of the year we write to you about life online.\n\n"
        "Children’s pictures: post school pictures only when they show no child but yours. Some "
        "families have strong reasons to keep a child off the internet, and we never say which.\n\n"
        "Worries and complaints: tell the class teacher first, then the head. You find our "
        "complaints form on the website and in the office.\n\n"
        "Groups and pages: give a parents’ group a name of its own, so that nobody takes it for "
        "the school’s.\n\n"
        "All this stands on the parents’ pages. Read it there and tell us that you have.\n\n"
        "Thank you for keeping our children safe with us.",
    ),
    ShippedStep(
        Channel.WORD_OF_MOUTH,
        9,
        24,
        "To say at the welcome evening:\n\n"
        "“You will want to take pictures this year, and at events you may. Keep those with other "
        "people’s children off the internet. If a post about the school upsets you, show it to us "
        "and do not answer it there. Our rules are on the website, and on one page for parents.”",
    ),
    ShippedStep(
        Channel.PROSPECTUS,
        10,
        8,
        "Pictures and social media\n\n"
        "We ask you about each use of your child’s picture, and you can change your mind at any "
        "time. In return we ask every family to put no other child online, to bring a complaint to "
        "us rather than to social media, and to make no page that looks like the school’s own.",
    ),
    ShippedStep(
        Channel.NEWSLETTER,
        11,
        12,
        "Before you press “post”\n\n"
        "The season of plays and fairs begins. Is another child in your picture? Keep it for the "
        "family album. Have you read what we ask of families? It takes two minutes, on the "
        "parents’ pages or on paper from the office.",
    ),
    ShippedStep(
        Channel.SOCIAL_FEED,
        1,
        14,
        "A reminder from school: your child, your picture, your choice. Other children in it? Keep "
        "it off the internet. Our rules for families are on our website.",
    ),
    ShippedStep(
        Channel.WORD_OF_MOUTH,
        6,
        17,
        "To say at sports day, before it begins:\n\n"
        "“Film and photograph where everyone can see you. Do not post what shows other people’s "
        "children. Thank you.”",
    ),
    ShippedStep(
        Channel.NEWSLETTER,
        7,
        8,
        "Safe online in the holidays\n\n"
        "Most apps for chat and pictures are not meant for children under 13. Look together at who "
        "can see what your child posts. If something goes wrong, save it, block it and tell us in "
        "September, or ring the police if somebody is in danger.",
    ),
)
