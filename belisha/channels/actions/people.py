"""Who looks after an account and posts there: said anew, handed over, and left open by a leaver."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.channels.access import can_look_after, can_see_factor
from belisha.channels.actions.accounts import Part, People, add_person, locked, put_to_head
from belisha.channels.models import Account, AccountPerson, HandOver, Seen
from belisha.channels.standing import Entry, entry_of
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.actions.staff import ToDoFirst
from belisha.people.models import Staff, User


@transaction.atomic
def say_people(
    account: Account,
    people: People,
    *,
    password_changed_on: date | None = None,
    factor_moved_on: date | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Say who looks after an account and posts there from now on; the association does so yearly.

    Who is not among them any more hands over by this. Of an account that is in use the password
    must have been changed then, and the second step be somebody else's: raises `ValidationError`.
    """
    row = locked(account)
    require(can_look_after(by, row))
    entry = entry_of(row, timezone.localdate(at))
    goes = [one for one in entry.people if not _stays(one, people)]
    if goes and entry.ours and not (password_changed_on and factor_moved_on):
        raise ValidationError("Somebody goes: change the password and move the second step first.")
    for staff in people.administrators:
        add_person(row, Part.ADMINISTRATOR, at=at, staff=staff)
    for name in people.names:
        add_person(row, Part.ADMINISTRATOR, at=at, called=name)
    for staff in people.posters:
        add_person(row, Part.POSTS, at=at, staff=staff)
    for one in goes:
        _goes(one, None, password_changed_on, factor_moved_on, by, at)
    Seen.objects.create(school_id=row.school_id, account=row, what=Seen.What.PEOPLE, at=at, by=by)
    record("account.people_said", row, by=by.pk, at=at, went=[one.pk for one in goes])
    return entry_of(row, timezone.localdate(at))


def _stays(one: AccountPerson, people: People) -> bool:
    if one.part == Part.POSTS:
        return one.staff in people.posters
    return one.staff in people.administrators if one.staff else one.called in people.names


@transaction.atomic
def begin_hand_over(person: AccountPerson, *, due_on: date, by: User, at: datetime) -> HandOver:
    """Say that somebody hands their part over by a day. Who began one already is left as it is."""
    require(can_look_after(by, locked(person.account)))
    if due_on < timezone.localdate(at):
        raise ValidationError("This day is past.")
    return _open(person, due_on, by, at)


@transaction.atomic
def hand_over(
    person: AccountPerson,
    *,
    to: Staff | None = None,
    to_name: str = "",
    password_changed_on: date,
    factor_moved_on: date,
    by: User,
    at: datetime,
) -> Entry:
    """Hand somebody's part in an account over: to whom, and how the keys were changed.

    With two people again the head is asked at once, since others now hold the keys. Raises
    `ValidationError` when somebody was quicker, or for a day to come.
    """
    account, on = locked(person.account), timezone.localdate(at)
    require(can_look_after(by, account))
    person = AccountPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.until_at:
        raise ValidationError("This was handed over already.")
    if max(password_changed_on, factor_moved_on) > on:
        raise ValidationError("This day is still to come.")
    if to and to.pk == person.staff_id:
        raise ValidationError("This is who hands over. Choose somebody else.")
    taker = None
    if to or to_name:
        taker = add_person(account, person.part, at=at, staff=to, called=to_name)
    _goes(person, taker, password_changed_on, factor_moved_on, by, at)
    if person.part == Part.ADMINISTRATOR and can_see_factor(by, account):
        Seen.objects.create(
            school_id=account.school_id, account=account, what=Seen.What.FACTOR, at=at, by=by
        )
    entry = entry_of(account, on)
    if entry.ours and not entry.agreed and entry.can_be_asked:
        put_to_head(entry, by=by, at=at, why="It was handed over.")
        entry = entry_of(account, on)
    return entry


@transaction.atomic
def set_hand_over_aside(row: HandOver, *, by: User, at: datetime) -> None:
    """They stay after all."""
    require(can_look_after(by, locked(row.person.account)))
    row = HandOver.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.done_at:
        raise ValidationError("This was done already.")
    if row.person.is_gone:
        raise ValidationError("They have left the school. Somebody else must take over.")
    amend(row, set_aside=True, done_at=at, done_by=by)
    record("account.hand_over_set_aside", row.person.account, by=by.pk, at=at)


def to_hand_over_first(staff: Staff) -> Iterator[ToDoFirst]:
    """What stands in the way of somebody's leaving: accounts that they still look after."""
    for person in _parts_of(staff):
        yield ToDoFirst(
            f"{person.account.name} on {person.account.service_name}: {staff} {_does(person)}.",
            reverse("account-hand-over", args=[person.pk]),
            "Hand it over",
        )


def leave_open(staff: Staff, by: User, at: datetime) -> None:
    """They have left all the same: what they did not hand over stays open, and nags."""
    for person in _parts_of(staff):
        _open(person, timezone.localdate(at), by, at)


def _parts_of(staff: Staff) -> Iterable[AccountPerson]:
    current = Account.objects.current()
    parts = AccountPerson.objects.current().filter(staff=staff, account__in=current)
    return list(parts.select_related("account", "staff"))


def _does(person: AccountPerson) -> str:
    return "looks after it" if person.part == Part.ADMINISTRATOR else "posts there"


def _open(person: AccountPerson, due_on: date, by: User, at: datetime) -> HandOver:
    row: HandOver
    row, is_new = HandOver.objects.get_or_create(
        school_id=person.school_id,
        person=person,
        done_at=None,
        defaults={"due_on": due_on, "opened_at": at, "opened_by": by},
    )
    if is_new:
        record("account.hand_over_begun", person.account, by=by.pk, at=at, person=person.pk)
    return row


def _goes(
    person: AccountPerson,
    taker: AccountPerson | None,
    password_changed_on: date | None,
    factor_moved_on: date | None,
    by: User,
    at: datetime,
) -> None:
    amend(person, until_at=at)
    row = _open(person, timezone.localdate(at), by, at)
    amend(
        row,
        taken_by=taker,
        password_changed_on=password_changed_on,
        factor_moved_on=factor_moved_on,
        done_at=at,
        done_by=by,
    )
    record("account.handed_over", person.account, by=by.pk, at=at, person=person.pk)
