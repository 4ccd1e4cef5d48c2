"""Who may write one down, hear it, answer for it, set the rules for it and read the figures."""

from datetime import date

from belisha.complaints.models import (
    Complaint,
    ContactLimit,
    ContactLimitQuerySet,
    Offer,
    PanelMember,
    Step,
)
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
    return complaint.pk in sits_on(user) and not hears(user, complaint)


def sits_on(user: User) -> set[int]:
    """On the panel of which complaints this person sits, by number."""
    if user.staff is None:
        return set()
    seats = PanelMember.objects.filter(staff=user.staff, until_at=None)
    return set(seats.values_list("panel__step__complaint", flat=True))


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


def can_confirm_limit(user: User, limit: ContactLimit) -> bool:
    """A second person, to whom the complaint is known or may be."""
    return bool(limits_for_second(user).filter(pk=limit.pk).exists())


def limits_for_second(user: User) -> ContactLimitQuerySet:
    """Those of somebody else, of complaints that are not kept from this person."""
    known = Complaint.objects.not_kept_from(user)
    limits: ContactLimitQuerySet = ContactLimit.objects.exclude(proposed_by=user)
    limits = limits.filter(complaint__in=known)
    return limits if user.has_role(*LIMITS_FOR) else limits.none()


def can_offer(user: User) -> bool:
    return user.is_staff_member


def can_strike(user: User, offer: Offer) -> bool:
    """Who wrote an offer down, or leads, says that it was a mistake."""
    return can_offer(user) and (offer.by_id == user.pk or user.has_role(*LEADERS))


def sees_figures(user: User) -> bool:
    return user.has_role(*FIGURES_FOR)
