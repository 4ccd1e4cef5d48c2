"""Every clause of the model policy that Belisha puts to work, by its id.

A school's own clauses are bound to these. The full words of the model policy are in its document;
here stands a short form for the screen, in our words.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a clause is: see the guide for the head."""

    GATE = "gate"  # an act waits until something is true
    DUTY = "duty"  # someone must do or read something
    BAN = "ban"  # an act that is never right
    RIGHT = "right"  # something that the school may do


@dataclass(frozen=True)
class Control:
    """One clause of the model policy. `id` is such as ``B.ii``."""

    id: str
    kind: Kind
    short: str


_ALL = (
    ("G.1", Kind.DUTY, "Each version says who wrote, checked and approved it, and when"),
    ("G.2", Kind.DUTY, "The safeguarding commitment is stated"),
    ("G.3", Kind.DUTY, "The rules refer to the school's other policies"),
    ("A.1", Kind.DUTY, "Pupils sign an acceptable-use agreement"),
    ("A.2", Kind.BAN, "Pupils use no social networks in school"),
    ("A.3", Kind.BAN, "Pupils use no devices of their own in school"),
    ("A.4", Kind.RIGHT, "A pupil's device may be confiscated and kept in the office"),
    ("A.5", Kind.RIGHT, "Sanctions are those of the online-safety policy"),
    ("B.0", Kind.DUTY, "Staff read and acknowledge the guidelines"),
    ("B.i", Kind.BAN, "Staff never add pupils as friends"),
    ("B.ii", Kind.GATE, "The head agrees before pictures of events are posted"),
    ("B.iii", Kind.BAN, "Staff use no social networks in lessons"),
    ("B.iv", Kind.BAN, "Staff keep to the Teachers' Standards"),
    ("B.v", Kind.DUTY, "Staff review their privacy settings"),
    ("B.vi", Kind.BAN, "Staff post no negative comments about the school"),
    ("B.vii", Kind.DUTY, "Staff read the guidance on safer working practice"),
    ("B.viii", Kind.DUTY, "Staff read the statutory safeguarding guidance"),
    ("B.ix", Kind.DUTY, "Misuse by staff goes to the head or the LADO"),
    ("B.x", Kind.DUTY, "Every breach is followed up"),
    ("B.xi", Kind.RIGHT, "A breach may lead to disciplinary action"),
    ("C.1", Kind.GATE, "The head approves every account before it is used"),
    ("D.0", Kind.DUTY, "Parents are made aware of what is asked of them"),
    ("D.i", Kind.BAN, "Parents post no pictures of other people's children"),
    ("D.ii", Kind.DUTY, "Complaints go through the school"),
    ("D.iii", Kind.BAN, "Nobody posts malicious or invented comments"),
    ("D.iv", Kind.BAN, "Nobody makes accounts that seem to be the school's"),
    ("D.v", Kind.RIGHT, "Such accounts are reported to who runs them, then to the provider"),
    ("D.vi", Kind.DUTY, "Concerns are dealt with fairly, step by step"),
    ("D.vii", Kind.RIGHT, "Defamatory posts are reported and removed"),
    ("D.viii", Kind.RIGHT, "In serious cases legal options are considered"),
    ("D.ix", Kind.BAN, "Bullying online is a serious incident"),
    ("E.0", Kind.RIGHT, "Sanctions for bullying follow the anti-bullying policy"),
    ("E.i", Kind.RIGHT, "The school acts on what harms its orderly running"),
    ("E.ii", Kind.RIGHT, "The school acts on a threat to a pupil or the public"),
    ("E.iii", Kind.RIGHT, "The school acts on what harms its reputation"),
    ("E.iv", Kind.RIGHT, "It does not matter when or where a post was made"),
    ("P.0", Kind.BAN, "Nobody pictures children with a phone of their own"),
    ("P.i", Kind.GATE, "A family's yes comes before their child's picture"),
    ("P.ii", Kind.DUTY, "School cameras stay in school and are wiped after printing"),
    ("P.iii", Kind.GATE, "Pictures may be shown in school and in a child's own records"),
    ("P.iv", Kind.GATE, "Every face is settled before a picture goes anywhere"),
    ("P.v", Kind.DUTY, "At each event staff remind everyone aloud"),
    ("P.vi", Kind.GATE, "Promotion needs the family's yes to that very picture"),
    ("P.vii", Kind.BAN, "Staff phones take no pictures; visitors are challenged"),
    ("P.viii", Kind.BAN, "No cameras or phones in toilets and changing areas"),
    ("P.ix", Kind.DUTY, "School cameras are kept securely and used with authority"),
)
CONTROLS = {id_: Control(id_, kind, short) for id_, kind, short in _ALL}
