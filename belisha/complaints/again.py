"""What of this area is done again after a restore: kept from somebody, taken back, stopped.

Nothing here is left for a person to look at: that list is the head's, and some are about the head.
What its time erased, the job erases again by itself.
"""

from belisha.audit.actions import record
from belisha.audit.journal import Line
from belisha.complaints.actions.hearing import keep_from
from belisha.complaints.actions.receiving import replace_code
from belisha.complaints.actions.stages import close, locked
from belisha.complaints.models import Closing, Complaint, Concerned, ContactLimit
from belisha.people.actions.amend import amend
from belisha.people.models import Staff, User

WORDS = "Said before a restore. The words are lost."
OF_FAMILY = (Closing.Why.WITHDRAWN, Closing.Why.CONTENT)


def _about(line: Line) -> bool:
    complaint = locked(Complaint.objects.get(pk=line.about_id))
    staff = Staff.objects.get(pk=line.facts["staff"])
    if Concerned.objects.filter(complaint=complaint, staff=staff).exists():
        return False
    keep_from(complaint, [staff], by=_who(line), at=line.at)
    return True


def _code_replaced(line: Line) -> bool:
    """The old code was lost, perhaps to somebody: the family is mailed another."""
    complaint = locked(Complaint.objects.get(pk=line.about_id))
    replace_code(complaint, at=line.at)
    return True


def _closed(line: Line) -> bool:
    """What its family took back, or said to be settled."""
    complaint = locked(Complaint.objects.get(pk=line.about_id))
    is_closed = Closing.objects.open().filter(complaint=complaint).exists()
    if is_closed or line.facts["why"] not in OF_FAMILY:
        return False
    by = _who(line)
    why = Closing.Why(line.facts["why"])
    close(complaint, why, words=WORDS, by=by.pk if by else None, at=line.at)
    return True


def _limit_ended(line: Line) -> bool:
    limit = ContactLimit.objects.get(pk=line.about_id)
    if limit.ended_at:
        return False
    amend(limit, ended_at=line.at, ended_by=_who(line), why_ended=WORDS)
    record("contact-limit.ended", limit, by=line.by, at=line.at)
    return True


def _who(line: Line) -> User | None:
    """Who did it; nobody for somebody who came after the backup, or for a family with a code."""
    found: User | None = User.objects.filter(pk=line.by or 0).first()
    return found


AGAIN = {
    "complaint.about": _about,
    "complaint.code-replaced": _code_replaced,
    "complaint.closed": _closed,
    "contact-limit.ended": _limit_ended,
}
