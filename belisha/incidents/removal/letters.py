"""What the school writes to whom, ready to be sent or changed (D.v, D.vii). Pure."""

from dataclasses import dataclass

from belisha.incidents.removal.ladder import Rung


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def letter_for(
    rung: Rung,
    *,
    school: str,
    what: str,
    where: str,
    url: str = "",
    words: str = "",
    is_place: bool = False,
    imitates: bool = False,
) -> Letter:
    """A friendly letter to a person, a short one to a service. `what` is such as “the post”.

    `where` names the group or page on which it stands; with `is_place` it is that group or account
    itself. `imitates`: it seems to be an account of the school (D.iv).

    It says what is wrong and what is asked for, and neither threatens nor accuses: most people take
    a thing down when somebody asks them well.
    """
    seen = f"{what} “{where}”" if is_place else f"{what} on “{where}”"
    seen += f" ({url})" if url else ""
    looked_after = (
        f"{seen}. It should" if is_place else f"“{where}”. {what.capitalize()} there should"
    )
    shown = f"\n\nIt says: “{words}”" if words else ""
    ours = (
        " It looks like one of ours. Only accounts that the head agreed to are." if imitates else ""
    )
    body = {
        Rung.AUTHOR: (
            f"Hello,\n\nwe have seen {seen}.{shown}\n\nIt may hurt somebody, or show a "
            "child whose family has not agreed. Would you please take it down? It would help if "
            "you did so today.\n\nIf you are unhappy with something at school, we want to hear it. "
            "Please talk to the class teacher or to us. We can also send you our way to complain.\n"
            f"\nThank you,\n{school}"
        ),
        Rung.ADMINISTRATOR: (
            f"Hello,\n\nyou look after {looked_after} not be there.{shown}\n"
            f"\nWould you please take it down, and tell us when it is done?{ours}\n\n"
            f"Thank you,\n{school}"
        ),
        Rung.PLATFORM: (
            f"We are {school}, a primary school in the United Kingdom. We report "
            f"{seen}.{shown}\n\nIt concerns a child, or somebody who works with children. It "
            "breaks your own rules for the reason chosen in this form. Please remove it, keep a "
            "copy in case the police ask, and tell us your decision."
        ),
        Rung.HELPLINE: (
            f"We are {school}, a primary school. {seen[0].upper()}{seen[1:]} has not been "
            "removed, though we asked the author and reported it to the service.\n\nWhat can we "
            "still do, and can you ask the service for us?"
        ),
    }
    subjects = {
        Rung.AUTHOR: f"Please take down {what}",
        Rung.ADMINISTRATOR: f"Please take down {what}",
        Rung.PLATFORM: f"Report of {what}",
        Rung.HELPLINE: f"Help with {what}",
    }
    return Letter(subjects[rung], body[rung])
