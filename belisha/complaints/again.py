"""What of this area is done again after a restore: kept from somebody, taken back, stopped.

Of complaints nothing is left for a person to look at: that list is the head's and the office's, and
some are about them. What could not be done again is noted in the complaint itself. What its time
erased, the job erases again by itself.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.audit.journal import Line
from belisha.complaints.actions.hearing import keep_from
from belisha.complaints.actions.offers import strike
from belisha.complaints.actions.receiving import replace_code
from belisha.complaints.actions.stages import close, current, leave_seats, locked
from belisha.complaints.actions.telling import tell_staff
from belisha.complaints.models import Closing, Complaint, Concerned, ContactLimit, Message, Offer
from belisha.people.actions.amend import amend
from belisha.people.again import who, who_if_known
from belisha.people.models import Staff

WORDS = "Said before a restore. The words are lost."
OF_FAMILY = (Closing.Why.WITHDRAWN, Closing.Why.CONTENT)

LEFT = {
    "complaint.about": "On {} somebody was named whom it is about. Name them again.",
    "complaint.code-replaced": "On {} the family asked for a new code. Ring them.",
    "complaint.closed": "On {} it was closed. A restore opened it again.",
    "contact-limit.ended": "On {} a limit to contact was ended. End it again.",
}


def _about(line: Line) -> bool:
    complaint = locked(Complaint.objects.get(pk=line.about_id))
    staff = Staff.objects.get(pk=line.facts["staff"])
    if Concerned.objects.filter(complaint=complaint, staff=staff).exists():
        return False
    keep_from(complaint, [staff], by=who_if_known(line), at=line.at)
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
    by = who_if_known(line)
    why = Closing.Why(line.facts["why"])
    close(complaint, why, words=WORDS, by=by.pk if by else None, at=line.at)
    return True


def _limit_ended(line: Line) -> bool:
    limit = ContactLimit.objects.get(pk=line.about_id)
    if limit.ended_at:
        return False
    amend(limit, ended_at=line.at, ended_by=who_if_known(line), why_ended=WORDS)
    record("contact-limit.ended", limit, by=line.by, at=line.at)
    return True


@transaction.atomic
def note_left(line: Line) -> None:
    """Note in the complaint what could not be done again, and tell whoever hears it.

    Somebody whom it is about does not see it from now on, whatever else stood in the way.
    """
    number = line.about_id
    if line.verb == "contact-limit.ended":
        number = ContactLimit.objects.get(pk=number).complaint_id
    complaint = locked(Complaint.objects.get(pk=number))
    if line.verb == "complaint.about":
        _keep_at_least(complaint, line)
    Message.objects.create(
        school_id=complaint.school_id,
        complaint=complaint,
        kind=Message.Kind.NOTE,
        words=LEFT[line.verb].format(f"{timezone.localdate(line.at):%-d %B %Y}"),
        at=line.at,
    )
    words = "A restore lost something of a concern."
    tell_staff(current(complaint).handler, words, about=complaint, at=line.at)


def _keep_at_least(complaint: Complaint, line: Line) -> None:
    """Nobody hears it, if they did: whoever answers for it is asked to give it to somebody."""
    staff = Staff.objects.get(pk=line.facts["staff"])
    named = {"school_id": complaint.school_id, "complaint": complaint, "staff": staff}
    Concerned.objects.get_or_create(**named, defaults={"at": line.at, "by": who_if_known(line)})
    leave_seats(complaint, staff.pk, at=line.at)
    step = current(complaint)
    if step.handler == staff and step.decided_at is None:
        amend(step, handler_id=None, rung="")


def _offer_struck(line: Line) -> bool:
    offer = Offer.objects.get(pk=line.about_id)
    if offer.struck_at:
        return False
    strike(offer, WORDS, by=who(line), at=line.at)
    return True


AGAIN = {
    "complaint.about": _about,
    "complaint.code-replaced": _code_replaced,
    "complaint.closed": _closed,
    "contact-limit.ended": _limit_ended,
    "complaint.offer-struck": _offer_struck,
}
UNTOLD: dict[str, Callable[[Line], None]] = dict.fromkeys(LEFT, note_left)
