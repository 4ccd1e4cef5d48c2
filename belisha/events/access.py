"""Who may keep events, say what was said, follow up, and know who is in the building."""

from datetime import datetime

from belisha.events.models import Challenge, Event, Said, Visitor
from belisha.events.rules import UNDO_WITHIN
from belisha.people.models import Pupil, Relation, User
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, STAFF, Role

SEE_EVENTS = STAFF | GOVERNORS
KEEP_VISITORS = LEADERS | {Role.OFFICE}
FOLLOW_CHALLENGES = LEADERS | SAFEGUARDING


def can_add_events(user: User) -> bool:
    """Every member of staff."""
    return user.is_staff_member


def can_change_event(user: User, event: Event) -> bool:
    """Whoever made it, the office and the leaders."""
    mine = user.is_staff_member and event.created_by_id == user.pk
    return mine or user.has_role(*LEADERS, Role.OFFICE)


def can_say(user: User) -> bool:
    """Write down that the reminder was said: every member of staff, since anybody may say it."""
    return user.is_staff_member


def can_set_said_aside(user: User, said: Said) -> bool:
    """Whoever tapped it, and the leaders."""
    return (user.is_staff_member and said.by_id == user.pk) or can_follow_up(user)


def can_take_back(user: User, said: Said, at: datetime) -> bool:
    """Whoever tapped it a moment ago."""
    return user.is_staff_member and said.by_id == user.pk and at - said.at <= UNDO_WITHIN


def can_follow_up(user: User) -> bool:
    """Accept what was told later, and write what was done (B.x): the head or a senior leader."""
    return user.has_role(*LEADERS)


def can_keep_visitors(user: User) -> bool:
    """Set up a door tablet; put entries right; see the whole book and what visitors signed."""
    return user.has_role(*KEEP_VISITORS)


def can_see_visitors(user: User) -> bool:
    """Who is in the building now, for every member of staff; they may also sign them in and out."""
    return user.is_staff_member


def can_correct(user: User, visitor: Visitor) -> bool:
    return can_keep_visitors(user) and visitor.cancelled_at is None


def can_challenge(user: User) -> bool:
    return user.is_staff_member


def can_close_challenge(user: User) -> bool:
    """The leaders and those who safeguard (P.viii)."""
    return user.has_role(*FOLLOW_CHALLENGES)


def can_cancel_challenge(user: User, challenge: Challenge) -> bool:
    """Whoever wrote it down by mistake, and the leaders."""
    if challenge.cancelled_at or challenge.closed_at:
        return False
    return user.has_role(*LEADERS) or (user.is_staff_member and challenge.by_id == user.pk)


def classes_of_parent(user: User) -> list[int]:
    """The classes of somebody's children who are at the school."""
    if user.parent is None:
        return []
    ties = Relation.objects.filter(parent=user.parent).open_here()
    pupils = Pupil.objects.current().filter(pk__in=ties.values("pupil"))
    return list(pupils.exclude(school_class=None).values_list("school_class", flat=True))
