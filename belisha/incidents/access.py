"""Who may see a case and work on it. Everything in this area comes by here."""

from datetime import datetime

from belisha.incidents.models import Case, Party
from belisha.incidents.rules import About, Part
from belisha.people.models import Staff, User
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, STAFF, Role

# Whoever may be given a case; which they see, `Case.objects.visible_to` says.
HANDLERS = STAFF | GOVERNORS


def case_for(user: User, ref: str, at: datetime) -> Case | None:
    """The case, or nothing: for whoever may not see it as for one that does not exist."""
    found: Case | None = Case.objects.visible_to(user, at).filter(ref=ref).first()
    return found


def can_handle(user: User, case: Case, at: datetime) -> bool:
    """Whether the person works on this case: they see it, and may act in it."""
    return bool(Case.objects.visible_to(user, at).filter(pk=case.pk).exists())


def can_keep_officer(user: User) -> bool:
    """Who writes down whom to reach at the local authority: whoever may have to."""
    return user.has_role(*LEADERS, *SAFEGUARDING, Role.CHAIR)


def can_set_periods(user: User) -> bool:
    """How long cases are kept, and within which time things are done, say those who lead."""
    return user.has_role(Role.HEAD, Role.SAFEGUARDING_LEAD)


def can_see_figures(user: User) -> bool:
    """Governors, leaders and those who safeguard read how many cases there were."""
    return user.has_role(*LEADERS, *SAFEGUARDING, *GOVERNORS)


def may_be_given(staff: Staff, case: Case) -> bool:
    """Whether somebody may work on a case: it is not about them, and they are not too close."""
    if staff.user is None or staff.left_on is not None:
        return False
    mine = Case.objects.filter(pk=case.pk).without_those_barred(staff.user, staff)
    return bool(mine.exists())


def keep_from_lead(case: Case) -> bool:
    """Whether nobody who comes back to a case is to be sent to the safeguarding lead: it is about
    them, or may be, since it is about somebody on the staff whom nobody could name."""
    subjects = Party.objects.standing().filter(case=case, part=Part.SUBJECT)
    if case.about == About.STAFF and not subjects.exclude(staff=None).exists():
        return True
    leads = Staff.objects.current().filter(roles__role=Role.SAFEGUARDING_LEAD)
    return any(not may_be_given(one, case) for one in leads)
