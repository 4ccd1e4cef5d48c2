"""What each kind of case asks, and what follows from the answers. Data, and one function.

A sheet is a page of questions. An answer may need something: a task, or somebody who must be told,
within so many working days of the local authority. What is needed follows from the answers of
today, so a changed answer changes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from belisha.incidents.rules import About, Kind, Labelled


class Form(Labelled):
    """How a question is answered."""

    YES_NO = "yes-no", "Yes or no"
    WORDS = "words", "In words"
    DAY = "day", "A day"
    CHOICE = "choice", "One of several"


YES, NO, UNSURE = "yes", "no", "unsure"
_YES_NO = ((YES, "Yes"), (NO, "No"), (UNSURE, "We do not know"))


@dataclass(frozen=True)
class Need:
    """Something to be done, or somebody to be told (`tells`), within so many working days.

    The day is not counted on which the need arose, or on which the case was reported where
    `since_report`. With 0 it is the very day; None is without a clock. A school sets a time of its
    own under `clock`, where that is not the `key`.
    """

    key: str
    what: str
    why: str = ""
    days: int | None = None
    tells: bool = False
    since_report: bool = False
    clock: str = ""


@dataclass(frozen=True)
class Question:
    """`reasons`: a yes or no counts only with the reasons beside it. `needs` follow from a reply,
    `settles` names needs that are met by it; "*" stands for any reply."""

    key: str
    asks: str
    form: Form = Form.YES_NO
    help: str = ""
    clause: str = ""
    reasons: bool = False
    choices: tuple[tuple[str, str], ...] = _YES_NO
    needs: Mapping[str, tuple[Need, ...]] = field(default_factory=dict)
    settles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def said(self, value: str) -> str:
        """A reply as people read it."""
        if self.form is Form.DAY and value:
            return f"{date.fromisoformat(value):%-d %B %Y}"
        chosen = self.form in (Form.YES_NO, Form.CHOICE)
        return dict(self.choices).get(value, value) if chosen else value


@dataclass(frozen=True)
class Sheet:
    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Working:
    """How a kind of case is worked on. `serious`: it is never filed as minor (D.ix)."""

    sheets: tuple[Sheet, ...]
    needs: tuple[Need, ...]
    serious: bool = False


# --- what may be needed ------------------------------------------------------------------------

FOLLOW_UP = Need("follow-up", "Follow it up, and write down what was done", "Clause B.x", 5)
SOON = replace(FOLLOW_UP, days=2, clock="follow-up-serious")
HARMED_HOME = Need(
    "parents-harmed", "The parents of whoever was harmed", "It happened to their child", 1, True
)
SUBJECT_HOME = Need(
    "parents-subject", "The parents of the pupil whom it is about", "It is their child", 2, True
)
REFERRAL = Need(
    "referral",
    "Refer it to the local authority’s designated officer",
    "The harm threshold may be met. Ask nobody inside first",
    1,
    since_report=True,
)
CONSULT = Need(
    "consult",
    "Talk to the local authority’s designated officer; no name is needed",
    "Nobody knows whether the harm threshold is met",
    1,
    since_report=True,
)
WEIGH = Need("threshold", "Answer the four questions of the harm threshold", "Clause B.ix", 1)
POLICE = Need("police", "The police", "It may be a crime", 1, True)
SAFEGUARDING = Need("safeguarding", "Children’s social care", "A child may be at risk", 1, True)
TELL_SUBJECT = Need(
    "subject", "Whoever it is about, as the officer agreed", "They may answer to it", 5, True
)
GOVERNORS = Need("governors", "The chair of governors, without details", "It is serious", 5, True)
SUPPORT = Need("support", "Agree how whoever was harmed is helped", "They come first", 2)
REMOVAL = Need("removal", "Ask for the post to be taken down", "So that it spreads no further", 1)
PROVIDER = Need("provider", "Report the account to the service", "It goes on as it was", 3)
LOSS = Need(
    "data-loss",
    "Decide whether the data-protection authority must be told",
    "Personal data is lost; the law gives 72 hours",
    1,
)
WIPE = Need("wipe", "Lock or wipe the device from afar", "Whoever finds it may look into it", 0)
UNDRESSED = Need(
    "undressed",
    "Decide with the safeguarding lead what is done about the picture",
    "It may show a child undressed. Nobody looks at it, copies it or sends it",
    0,
)
ERASE = Need("erase", "See the picture erased, without looking at it", "Clause P.viii", 0)

# --- sheets ------------------------------------------------------------------------------------

THRESHOLD = Sheet(
    "threshold",
    "The harm threshold",
    "Somebody who works with children, or volunteers here. One yes is enough.",
    tuple(
        Question(key, asks, help=help, clause="B.ix", reasons=True, needs=needs)
        for key, asks, help, needs in (
            (
                "harmed",
                "Did they harm a child, or may they have?",
                "By what they did, or by what they left undone.",
                {YES: (REFERRAL, SAFEGUARDING), UNSURE: (CONSULT,)},
            ),
            (
                "crime",
                "May it be a crime against a child, or one that has to do with a child?",
                "Whether it is one, others decide.",
                {YES: (REFERRAL, POLICE), UNSURE: (CONSULT,)},
            ),
            (
                "risk",
                "Does it show that they may be a danger to children?",
                "Also where no child came to harm.",
                {YES: (REFERRAL,), UNSURE: (CONSULT,)},
            ),
            (
                "suitable",
                "Does it show that they may not be fit to work with children?",
                "Also what they do outside school, at home or online.",
                {YES: (REFERRAL,), UNSURE: (CONSULT,)},
            ),
        )
    ),
)
OFFICER = Sheet(
    "officer",
    "The local authority’s designated officer",
    "What was asked there, and what was said. You may ask without a name.",
    (
        Question("asked-on", "On which day did you talk to them?", Form.DAY),
        Question(
            "names",
            "With names, or without?",
            Form.CHOICE,
            choices=(("without", "Without names"), ("with", "With names")),
        ),
        Question(
            "advice",
            "What did they say?",
            Form.WORDS,
            help="And who it was.",
            clause="B.ix",
            settles={"*": ("consult",)},
        ),
        Question(
            "referred-on",
            "On which day was it referred?",
            Form.DAY,
            help="Leave it empty if it was not.",
            clause="B.ix",
            settles={"*": ("referral", "consult")},
            needs={"*": (TELL_SUBJECT,)},
        ),
        Question("referral-number", "Their reference", Form.WORDS),
    ),
)
BREACH = Sheet(
    "breach",
    "What was done",
    "What a member of staff did with a phone, an account or a camera.",
    (
        Question("phone", "Was a phone of their own used in school time?", clause="B.iii"),
        Question("personal", "Was school equipment or time used for private pages?"),
        Question(
            "pictures",
            "Were pictures of pupils taken or kept on a device of their own?",
            clause="P.0",
            needs={YES: (replace(ERASE, what="See the pictures erased from the device"),)},
        ),
        Question("contact", "Was there private contact with a pupil or a family?", clause="B.i"),
        Question(
            "threshold",
            "May the harm threshold be met?",
            help="If so, file it as an allegation.",
            clause="B.ix",
            needs={YES: (REFERRAL,), UNSURE: (CONSULT,)},
        ),
        Question("heard", "What did they say to it?", Form.WORDS),
    ),
)
CONCERN = Sheet(
    "concern",
    "What was noticed",
    "Below the harm threshold, and still not as it should be. It may be nothing.",
    (
        Question("what-rule", "Which rule of conduct is it about?", Form.WORDS),
        Question("known", "Did they know the rule?"),
        Question("before", "Was there something like it before?"),
        Question(
            "threshold",
            "Taken together, may the harm threshold be met?",
            clause="B.ix",
            needs={YES: (REFERRAL,), UNSURE: (CONSULT,)},
        ),
        Question("heard", "What did they say to it?", Form.WORDS),
    ),
)
ACCOUNT = Sheet(
    "account",
    "The account",
    "One that seems to be the school’s, or that nobody agreed to.",
    (
        Question("seems", "Does it seem to be the school’s?", clause="D.iv"),
        Question("runs", "Is it known who runs it?", needs={NO: (PROVIDER,)}),
        Question("asked", "Were they asked to take it down?", clause="D.v", needs={NO: (REMOVAL,)}),
        Question(
            "down",
            "Is it gone?",
            clause="D.v",
            needs={NO: (PROVIDER,)},
            settles={YES: ("removal", "provider")},
        ),
    ),
)
DOWN = Question(
    "down",
    "Is it gone?",
    clause="D.vii",
    needs={NO: (REMOVAL,)},
    settles={YES: ("removal",)},
)
POST = Sheet(
    "post",
    "The comment or post",
    "When and where it was made never bars a report.",
    (
        Question("posted-where", "Where does it stand?", Form.WORDS, clause="E.iv"),
        Question("posted-when", "When was it made?", Form.WORDS, clause="E.iv"),
        Question("false", "Does it say something about somebody that is not true?", clause="D.iii"),
        Question(
            "threat",
            "Does it threaten somebody?",
            needs={YES: (POLICE, GOVERNORS)},
            clause="E.ii",
        ),
        DOWN,
    ),
)
BULLYING = Sheet(
    "bullying",
    "Bullying online",
    "It is a serious incident by definition, and never filed as minor.",
    (
        Question("posted-where", "Where was it done?", Form.WORDS, clause="E.iv"),
        Question("posted-when", "When was it done?", Form.WORDS, clause="E.iv"),
        Question("again", "Did it happen more than once?"),
        Question(
            "why-them",
            "Was it about what they are?",
            Form.WORDS,
            help="Such as race, faith, disability, or whom they love. Write no if not.",
        ),
        Question(
            "threat", "Was somebody threatened?", clause="E.ii", needs={YES: (POLICE, SAFEGUARDING)}
        ),
        DOWN,
        Question("heard-harmed", "What does whoever was harmed want?", Form.WORDS),
        Question("heard-subject", "What did the pupil say to it?", Form.WORDS),
    ),
)
PLACE = Sheet(
    "place",
    "The place and the picture",
    "Do not look at the picture. Do not copy it.",
    (
        Question("which-place", "Where was it taken?", Form.WORDS, clause="P.viii"),
        Question(
            "undressed",
            "May a child be seen undressed?",
            needs={YES: (POLICE, SAFEGUARDING), UNSURE: (SAFEGUARDING,)},
        ),
        Question("shared", "Was it sent on?", needs={YES: (POLICE,)}),
        Question("erased", "Is it erased?", needs={NO: (ERASE,)}, settles={YES: ("erase",)}),
    ),
)
DEVICE = Sheet(
    "device",
    "The device",
    "A camera, tablet, laptop or stick that is not where it should be.",
    (
        Question("which-device", "Which device, and who had it last?", Form.WORDS),
        Question("pictures-on", "Are pictures or names of children on it?", needs={YES: (LOSS,)}),
        Question("locked", "Is it locked and sealed?", needs={NO: (WIPE, LOSS), UNSURE: (WIPE,)}),
        Question("found", "Was it found?", settles={YES: ("wipe",)}),
    ),
)
REMINDER = Sheet(
    "reminder",
    "The event",
    "No reminder was given before pictures were taken.",
    (
        Question("which-event", "Which event?", Form.WORDS, clause="P.v"),
        Question("taken", "Were pictures taken by guests?"),
        Question("told-after", "Were the guests told afterwards?"),
    ),
)
VISITOR = Sheet(
    "visitor",
    "The visitor",
    "Somebody who was on the site used a phone or a camera.",
    (
        Question("notice", "Did they see the notice at the door?"),
        Question(
            "pictures-of", "Were pictures of children taken?", clause="P.vii", needs={YES: (ERASE,)}
        ),
        Question("erased", "Did they erase them?", settles={YES: ("erase",)}),
        Question("left", "Were they asked to leave?"),
    ),
)
JURISDICTION = Sheet(
    "jurisdiction",
    "May the school act on it?",
    "Asked before any sanction for what a pupil did outside school. Each answer needs its reasons.",
    (
        Question(
            "in-charge",
            "Where was the pupil when it was done?",
            Form.CHOICE,
            help="On the way to school, on a trip or in uniform counts as in our charge.",
            choices=(("school", "In the school’s charge"), ("outside", "Outside school")),
            reasons=True,
        ),
        Question(
            "orderly",
            "Could it affect the orderly running of the school?",
            clause="E.i",
            reasons=True,
        ),
        Question(
            "threatens", "Does it threaten a pupil or the public?", clause="E.ii", reasons=True
        ),
        Question(
            "reputation",
            "Could it harm the school’s reputation?",
            help="Anger about the school is no harm to it.",
            clause="E.iii",
            reasons=True,
        ),
        Question("proof", "How do we know who did it?", Form.WORDS),
        Question(
            "fair",
            "Is a sanction fair, and no more than is needed?",
            help="Think of their age, their needs, and of what their family did.",
            reasons=True,
        ),
        Question(
            "lawful",
            "Is the sanction given only while the pupil is in our charge?",
            reasons=True,
        ),
    ),
)

KINDS: dict[Kind, Working] = {
    Kind.BREACH: Working((BREACH, OFFICER), (FOLLOW_UP,)),
    Kind.ALLEGATION: Working((THRESHOLD, OFFICER), (SOON, WEIGH, GOVERNORS), serious=True),
    Kind.CONCERN: Working((CONCERN, OFFICER), (FOLLOW_UP,)),
    Kind.ACCOUNT: Working((ACCOUNT,), (FOLLOW_UP,)),
    Kind.POST: Working((POST, JURISDICTION), (FOLLOW_UP,)),
    Kind.BULLYING: Working((BULLYING, JURISDICTION), (SOON, SUPPORT), serious=True),
    Kind.PLACE: Working((PLACE, JURISDICTION), (SOON, SUPPORT), serious=True),
    Kind.DEVICE: Working((DEVICE,), (FOLLOW_UP,)),
    Kind.REMINDER: Working((REMINDER,), (FOLLOW_UP,)),
    Kind.VISITOR: Working((VISITOR,), (FOLLOW_UP,)),
    Kind.OTHER: Working((JURISDICTION,), (FOLLOW_UP,)),
}
Replies = Mapping[tuple[str, str], str]  # (sheet, question): the newest reply


def sheet_of(kind: Kind, key: str) -> Sheet | None:
    """The sheet of a kind by its key, if the kind has it."""
    return next((one for one in KINDS[kind].sheets if one.key == key), None)


def answered_on(kind: Kind, need: str) -> str:
    """The key of the sheet whose answers meet a need; empty where none does."""
    for sheet in KINDS[kind].sheets:
        settled = (keys for one in sheet.questions for keys in one.settles.values())
        if sheet.key == need or any(need in keys for keys in settled):
            return sheet.key
    return ""


def needs_of(
    kind: Kind,
    replies: Replies,
    *,
    harmed_pupil: bool,
    subject_pupil: bool,
    about: Collection[About] = (),
    undressed: bool = False,
) -> dict[str, Need]:
    """All that a case needs by what is known of it, by key. Of two clocks the shorter counts.

    Nobody is told of a case about themselves, nor who works on it because it is about the head:
    then the chair of governors is not among those to be told (B.ix).
    """
    working = KINDS[kind]
    found = list(working.needs)
    found += [HARMED_HOME] if harmed_pupil else []
    found += [SUBJECT_HOME] if subject_pupil else []
    found += [UNDRESSED] if undressed else []
    for question, value in _replied(working, replies):
        found += [*question.needs.get(value, ()), *question.needs.get("*", ())]
    needs: dict[str, Need] = {}
    for need in found:
        there = needs.get(need.key)
        if there is None or _shorter(need, there):
            needs[need.key] = need
    if About.HEAD in about or About.CHAIR in about:
        needs.pop(GOVERNORS.key, None)
    return needs


def settled_by(kind: Kind, replies: Replies) -> frozenset[str]:
    """The needs that the answers show to be met; a whole sheet meets the need of its key."""
    working = KINDS[kind]
    whole = (
        sheet.key
        for sheet in working.sheets
        if all(replies.get((sheet.key, one.key)) for one in sheet.questions)
    )
    shown = (
        key
        for question, value in _replied(working, replies)
        for key in (*question.settles.get(value, ()), *question.settles.get("*", ()))
    )
    return frozenset((*whole, *shown))


def _replied(working: Working, replies: Replies) -> list[tuple[Question, str]]:
    return [
        (question, value)
        for sheet in working.sheets
        for question in sheet.questions
        if (value := replies.get((sheet.key, question.key), ""))
    ]


def _shorter(one: Need, other: Need) -> bool:
    return one.days is not None and (other.days is None or one.days < other.days)
