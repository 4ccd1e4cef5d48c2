"""What an answer can say: each reason with its clause and what it weighs, and the ways on.

The words are data, marked for translation; no blank is ever filled in.
"""

from dataclasses import dataclass
from enum import StrEnum

from belisha.lib.marking import marked as _
from belisha.lib.verdict import Outcome, Reason


class Remedy(StrEnum):
    """What a person can do now."""

    LEAVE_IT_OUTSIDE = _(
        "Leave the device outside. Tell the safeguarding lead if you see one used."
    )
    SCHOOL_DEVICE = _("Use what the school has. Keep your own phone in a safe place.")
    SCHOOL_CAMERA = _("Use a school camera, and sign it out first.")
    ASK_TEACHER_FOR_CAMERA = _("Ask a teacher. School cameras are used with their permission.")
    AS_A_PARENT = _("This is about your own child. Ask again as a parent.")
    ASK_HEAD = _("Ask the head first, and show the picture and the place.")
    SAFE_COPY = _("Make a safe copy. It hides every child whose family has not said yes.")
    SEND_TO_SCHOOL = _("Give it to the school. The school checks every face and asks.")
    COPY_THEN_HEAD = _("Make a safe copy, then ask the head.")
    SCHOOL_PAGE = _("Offer it for the school’s own page, and ask the head.")
    SHOW_IN_SCHOOL = _("Pictures may be shown in school and in a child’s own records.")
    ASK_FAMILIES = _("Show each family this very picture, and wait for their yes.")
    OTHER_USE = _("Choose another use.")
    ONLY_MY_CHILD = _("Post a picture that shows no child but your own.")
    ASK_THEIR_PARENTS = _("Ask that child’s parents first.")
    LEAVE_WITH_STAFF = _("Leave this to the staff, or ask the head.")
    ASK_AT_OFFICE = _("Ask a member of staff, or at the school office.")
    SAY_WHERE = _("Say where it is, and ask again.")
    SAY_WITH_WHAT = _("Say what you would use, and ask again.")
    SAY_WHEN = _("Say when it is, and ask again.")
    SAY_OF_WHOM = _("Say whom it is about, and ask again.")
    WAIT_FOR_BREAK = _("Wait until the lesson is over.")
    ASK_A_PARENT = _("Ask your parent or carer.")
    BRING_A_PARENT = _("Ask a parent to come with you, and to stay beside you.")
    HAND_IT_IN = _("Leave it at home, or hand it in at the school office.")
    TELL_THE_HEAD = _("Tell the head if a pupil writes to you. That protects you.")
    APPLY = _("Write down what it is for and who runs it. The head decides.")
    APPLY_AS_HEAD = _("Write it into the register. Someone else whom the school named decides.")
    HEAD_OPENS_IT = _("Suggest it to the head. The school can open one.")
    TALK_TO_US = _("Tell the class teacher or the head. They will listen and answer.")
    HEAD_SPEAKS = _("Ask the head. The head speaks for the school.")
    ON_A_VISIT = _("Take it only on an educational visit, and sign it out.")
    SIGN_OUT = _("Sign it out against the visit. Sign it in when you are back.")
    ASK_FOR_A_LOOK = _("Ask the head. The head can let you look at named pages.")


@dataclass(frozen=True)
class Because(Reason):
    """One reason, which way it weighs, and what to do about it unless it is a yes."""

    outcome: Outcome = Outcome.YES
    remedy: Remedy | None = None


def yes(clause: str, words: str) -> Because:
    return Because(clause, words)


def ask(clause: str, words: str, remedy: Remedy) -> Because:
    return Because(clause, words, outcome=Outcome.ASK, remedy=remedy)


def no(clause: str, words: str, remedy: Remedy) -> Because:
    return Because(clause, words, outcome=Outcome.NO, remedy=remedy)
