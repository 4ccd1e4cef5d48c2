"""Who may see the accounts, ask for one, look after it, and decide what was found."""

from datetime import date

from belisha.channels.models import Account, AccountPerson
from belisha.channels.rules import RunBy
from belisha.people.models import Staff, StaffQuerySet, User, stands_in
from belisha.people.rules import GOVERNORS, STAFF, Role

ASSOCIATION = Role.PARENTS_ASSOCIATION
SEE_ACCOUNTS = (*STAFF, *GOVERNORS, ASSOCIATION)
APPLY = (*STAFF, ASSOCIATION)
KEEPERS = (Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE)


def can_make_lists(user: User) -> bool:
    """The keepers, for whoever looks after the filter."""
    return user.has_role(*KEEPERS)


def can_apply(user: User) -> bool:
    """Anyone on the staff; and the parents' association for itself."""
    return user.has_role(*APPLY)


def runs_association_only(user: User) -> bool:
    """Whether this person may ask for accounts of the parents' association alone."""
    return user.has_role(ASSOCIATION) and not user.is_staff_member


def can_look_after(user: User, account: Account) -> bool:
    """Who changes, renews, hands over and closes: the keepers, who asked for it while they are
    here, who looks after it, and the association its own."""
    if user.has_role(*KEEPERS):
        return True
    if user.has_role(ASSOCIATION) and account.run_by == RunBy.ASSOCIATION:
        return True
    return user.is_staff_member and (account.made_by_id == user.pk or administers(user, account))


def administers(user: User, account: Account) -> bool:
    """Whether this person looks after the account."""
    people = AccountPerson.objects.current().administrators().filter(account=account)
    return bool(user.staff and people.filter(staff=user.staff).exists())


def can_see_factor(user: User, account: Account) -> bool:
    """Four eyes: somebody on the staff who does not look after it."""
    return user.is_staff_member and not administers(user, account)


def can_say_used(user: User, account: Account) -> bool:
    """Who looks after it or posts there."""
    people = AccountPerson.objects.current().filter(account=account, staff=user.staff)
    return can_look_after(user, account) or bool(user.staff and people.exists())


def staff_to_choose(user: User, account: Account | None) -> StaffQuerySet:
    """Whom a person may name as looking after an account: staff know one another and the
    association, the association knows its own and those who stand there already."""
    here: StaffQuerySet = Staff.objects.current()
    known = APPLY if user.is_staff_member else (ASSOCIATION,)
    named = AccountPerson.objects.current().filter(account=account).values("staff_id")
    return (here.filter(roles__role__in=known) | here.filter(pk__in=named)).distinct()


def can_show_page(user: User) -> bool:
    """The head says whether the school shows its accounts to the world."""
    return user.has_role(Role.HEAD)


def can_record_found(user: User) -> bool:
    return user.is_staff_member


def can_decide_found(user: User, on: date) -> bool:
    """The head, or who stands in that day."""
    return user.has_role(Role.HEAD) or stands_in(user, on)


def can_follow_up(user: User) -> bool:
    return user.has_role(*KEEPERS)
