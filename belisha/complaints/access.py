"""Who may write one down, hear it, answer for it, set the rules for it and read the figures."""

from datetime import date

from belisha.complaints.models import Complaint, ContactLimit, Step
from belisha.complaints.rules import Stage, may_decide
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, LEADERS, STAFF, Role

READERS = tuple(STAFF | GOVERNORS)
FIGURES_FOR = (*LEADERS, *GOVERNORS)
LIMITS_FOR = (*LEADERS, Role.CHAIR)


def can_see(user: User, complaint: Complaint, on: date) -> bool:
    return bool(Complaint.objects.visible_to(user, on).filter(pk=complaint.pk).exists())


def hears(user: User, complaint: Complaint) -> bool:
    """Whether this person hears it now. It may not be about them, whoever gave it to them."""
    current = Step.objects.filter(complaint=complaint, ended_at=None, handler=user.staff)
    known = Complaint.objects.not_kept_from(user).filter(pk=complaint.pk)
    return bool(user.staff and current.exists() and known.exists())


def answers_for(user: User, complaint: Complaint, on: date) -> bool:
    """Whether this person answers for it: sees it as head, chair or governor, without a seat on
    its panel alone."""
    if not user.has_role(Role.HEAD, Role.SENIOR_LEADER, *GOVERNORS):
        return False
    return can_see(user, complaint, on) and not only_sits(user, complaint)


def only_sits(user: User, complaint: Complaint) -> bool:
    """Whether a seat on the panel is all that shows it to this person."""
    sits = complaint.steps.filter(
        panels__members__staff=user.staff, panels__members__until_at=None
    ).exists()
    return bool(sits and not hears(user, complaint))


def can_handle(user: User, complaint: Complaint, on: date) -> bool:
    """Who acknowledges, writes, gives it on and answers: who hears it, and who answers for it."""
    return hears(user, complaint) or answers_for(user, complaint, on)


def can_decide(user: User, complaint: Complaint, on: date) -> bool:
    """Who answers the stage that it has reached, or says that it goes another way (D.vi)."""
    if not can_handle(user, complaint, on):
        return False
    now = complaint.steps.get(ended_at=None)
    had_part = user.staff is not None and user.staff.pk in complaint.had_part()
    return may_decide(Stage(now.stage), hears=hears(user, complaint), had_part=had_part)


def can_write_down(user: User) -> bool:
    """What comes by letter, telephone or at the gate is written down by whoever it reaches."""
    return user.has_role(*READERS)


def can_set_targets(user: User) -> bool:
    return user.has_role(Role.HEAD, Role.CHAIR)


def can_propose_limit(user: User, complaint: Complaint, on: date) -> bool:
    return user.has_role(*LIMITS_FOR) and can_handle(user, complaint, on)


def can_confirm_limit(user: User, limit: ContactLimit, on: date) -> bool:
    """A second person, to whom the complaint is known or may be."""
    if limit.proposed_by_id == user.pk or not user.has_role(*LIMITS_FOR):
        return False
    return bool(Complaint.objects.not_kept_from(user).filter(pk=limit.complaint_id).exists())


def can_offer(user: User) -> bool:
    return user.is_staff_member


def sees_figures(user: User) -> bool:
    return user.has_role(*FIGURES_FOR)
