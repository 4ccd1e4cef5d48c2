"""What is decided in a case: clauses breached, sanctions, help, outcomes; its follow-up and end."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from belisha.devices.models import Confiscation
from belisha.incidents.access import can_handle, may_be_given
from belisha.incidents.actions.handling import let_go, tie
from belisha.incidents.actions.needs import done_by_rule, held, look_again, replies_of, to_be_done
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import about_head
from belisha.incidents.models import (
    Breached,
    Case,
    Closing,
    FollowUp,
    Handler,
    Happening,
    OutcomeReader,
    Party,
    Post,
    Sanction,
    StaffOutcome,
    Step,
    Support,
    Task,
    Told,
)
from belisha.incidents.rules import Kind, Part
from belisha.incidents.working.clocks import end_of
from belisha.incidents.working.closing import (
    ForStaff,
    Outcome,
    Ready,
    may_follow_up,
    who_follows_up,
    why_not_close,
)
from belisha.incidents.working.jurisdiction import may_sanction
from belisha.incidents.working.kinds import JURISDICTION
from belisha.lib.moments import moment
from belisha.lib.verdict import Verdict
from belisha.people.access import Refused, require
from belisha.people.models import Staff, User, stands_in
from belisha.policy.awareness import first_day, school_year
from belisha.policy.models import Sanction as DecidedByLadder
from belisha.policy.sanctions import LADDERS, NOTHING

What = Happening.What


# --- clauses -----------------------------------------------------------------------------------


@transaction.atomic
def breached(case: Case, clauses: Iterable[str], *, by: User, at: datetime) -> None:
    """Say which clauses were breached. One that is no longer among them is struck out."""
    row = held(case, by, at)
    wanted = set(clauses)
    there = {one.clause: one for one in Breached.objects.filter(case=row, struck_at=None)}
    for clause in sorted(wanted - there.keys()):
        Breached.objects.create(school_id=row.school_id, case=row, clause=clause, at=at, by=by)
        write(row, What.DECIDED, f"Clause {clause} was breached.", by=by, at=at, clause=clause)
    for clause in sorted(there.keys() - wanted):
        gone = there[clause]
        gone.struck_at, gone.struck_by = at, by
        gone.save()
        write(row, What.DECIDED, f"Clause {clause} was not breached.", by=by, at=at)


# --- sanctions ---------------------------------------------------------------------------------


def may_sanction_in(case: Case) -> Verdict:
    """Whether a sanction may be given in this case, by the answers that count (E.i to E.iii)."""
    replies = replies_of(case)
    asked = {
        key: (one.value, one.why)
        for (sheet, key), one in replies.items()
        if sheet == JURISDICTION.key
    }
    return may_sanction(asked)


@transaction.atomic
def sanction(case: Case, *, party: Party, step: str, why: str, by: User, at: datetime) -> Sanction:
    """Give a pupil a sanction. Outside school only after the test of E.i to E.iii.

    Raises `ValidationError` with what is missing.
    """
    row = held(case, by, at)
    if party.case_id != row.pk or party.struck_at or party.part != Part.SUBJECT:
        raise ValidationError("Choose a pupil whom this case is about.")
    if not party.pupil_id:
        raise ValidationError("Sanctions are for pupils. For staff write an outcome.")
    verdict = may_sanction_in(row)
    if not verdict:
        grounds = " ".join(one.text for one in verdict.reasons)
        raise ValidationError(f"{grounds} {verdict.remedy}")
    given: Sanction = Sanction.objects.create(
        school_id=row.school_id,
        case=row,
        party=party,
        step=step,
        why=why,
        ground="\n".join(f"{one.clause}: {one.text}" for one in verdict.reasons),
        at=at,
        by=by,
    )
    write(row, What.DECIDED, f"{given}. {why}", by=by, at=at)
    return given


@transaction.atomic
def take_back(given: Sanction, *, why: str, by: User, at: datetime) -> None:
    """Take a sanction back; it stays to be read."""
    row = held(given.case, by, at)
    locked: Sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if locked.struck_at:
        raise ValidationError("This was taken back already.")
    locked.struck_at, locked.struck_by, locked.struck_why = at, by, why
    locked.save()
    write(row, What.DECIDED, f"Taken back: {locked}. {why}", by=by, at=at)


def in_like_cases(case: Case, user: User) -> list[tuple[str, int]]:
    """What was done in other cases of the kind, the most usual first: numbers, and none of a case
    that is about whoever asks."""
    if user.staff is None:
        return []
    others = Case.objects.filter(kind=case.kind).exclude(pk=case.pk)
    seen = others.without_those_barred(user, user.staff)
    given = Sanction.objects.standing().filter(case__in=seen)
    return Counter(given.values_list("step", flat=True)).most_common(6)


@dataclass(frozen=True)
class HadBefore:
    """A sanction that a pupil of the case was given earlier, and what it was about."""

    pupil: str
    on: date
    step: str
    about: str


def had_before(case: Case, user: User, at: datetime) -> list[HadBefore]:
    """What the pupils whom a case is about were given else in this school year, the newest first:
    by the ladders of the school, for a phone say, and in other cases that the person works on.

    Whoever looks at a phone learns nothing of this: there, no case exists.
    """
    subjects = Party.objects.standing().filter(case=case, part=Part.SUBJECT)
    pupils = subjects.exclude(pupil=None).values("pupil")
    given = _given_else(case, user, at).filter(party__pupil__in=pupils)
    found = [
        HadBefore(str(one.party), timezone.localdate(one.at), one.step, one.case.get_kind_display())
        for one in given.select_related("case", "party")
    ]
    decided = DecidedByLadder.objects.filter(pupil__in=pupils, decided_at__date__gte=_began(at))
    by_mistake = Confiscation.objects.filter(pupil__in=pupils).exclude(set_aside_at=None)
    decided = decided.exclude(about__in=by_mistake.values("ref"))
    newest = {one.about: one for one in reversed(decided.select_related("pupil"))}
    found += [
        HadBefore(
            str(one.pupil),
            timezone.localdate(one.decided_at),
            one.chosen,
            LADDERS[one.policy].about,
        )
        for one in newest.values()
        if one.chosen != NOTHING
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def earlier_of(party: Party, user: User, at: datetime) -> int:
    """In how many other cases of this school year that one sees the same pupil had a sanction."""
    given = _given_else(party.case, user, at).filter(party__pupil=party.pupil_id)
    cases: int = given.values("case").distinct().count()
    return cases


def _given_else(case: Case, user: User, at: datetime) -> QuerySet[Sanction]:
    """The sanctions of this school year in other cases that this person sees."""
    others = Case.objects.visible_to(user, at).exclude(pk=case.pk)
    given: QuerySet[Sanction] = Sanction.objects.standing().filter(
        case__in=others, at__date__gte=_began(at)
    )
    return given


def _began(at: datetime) -> date:
    """The first day of the school year."""
    return first_day(school_year(timezone.localdate(at)))


# --- help and outcomes -------------------------------------------------------------------------


@transaction.atomic
def support(
    case: Case, *, party: Party, words: str, ask_again_on: date | None, by: User, at: datetime
) -> Support:
    """Write down how somebody who was harmed is helped; on `ask_again_on` it is to be asked again.

    Raises `ValidationError` for a day that is over.
    """
    row = held(case, by, at)
    if party.case_id != row.pk or party.struck_at:
        raise ValidationError("Choose somebody who is part of this case.")
    if ask_again_on and ask_again_on < timezone.localdate(at):
        raise ValidationError("Choose a day to come on which it is asked again.")
    given: Support = Support.objects.create(
        school_id=row.school_id,
        case=row,
        party=party,
        words=words,
        ask_again_on=ask_again_on,
        at=at,
        by=by,
    )
    write(row, What.DECIDED, f"{given}: {words}", by=by, at=at)
    done_by_rule(row, "support", words="Help was agreed.", by=by, at=at)
    if ask_again_on:
        to_be_done(row, f"Ask {party} how it is now", end_of(ask_again_on), by=by, at=at)
    return given


@transaction.atomic
def outcome_for(
    case: Case,
    *,
    party: Party,
    outcome: ForStaff,
    words: str,
    readers: Iterable[Staff],
    by: User,
    at: datetime,
) -> StaffOutcome:
    """Write down what came of it for somebody on the staff; only `readers` and `by` read it (B.xi).

    The case's own record says that there is one, and not which. Raises `ValidationError` where a
    reader is whom it is about, or too close to them.
    """
    row = held(case, by, at)
    if by.staff is None:
        raise Refused
    if party.case_id != row.pk or party.struck_at or party.part != Part.SUBJECT:
        raise ValidationError("Choose somebody whom this case is about.")
    if not party.staff_id:
        raise ValidationError("Outcomes are for staff. For a pupil write a sanction.")
    some = {one.pk: one for one in (*readers, by.staff)}
    if not all(may_be_given(one, row) for one in some.values()):
        raise ValidationError("Somebody among them cannot read this. Choose again.")
    made: StaffOutcome = StaffOutcome.objects.create(
        school_id=row.school_id, case=row, party=party, outcome=outcome, words=words, at=at, by=by
    )
    OutcomeReader.objects.bulk_create(
        OutcomeReader(school_id=row.school_id, outcome=made, staff=one) for one in some.values()
    )
    names = ", ".join(sorted(one.name for one in some.values()))
    words = f"An outcome for {party} was written. {names} may read it."
    write(row, What.DECIDED, words, by=by, at=at, staff_outcome=made.pk)
    return made


def outcomes_for_reading(case: Case, user: User, at: datetime) -> list[StaffOutcome]:
    """The outcomes that this person may read. Whoever is barred since reads none."""
    if not can_handle(user, case, at):
        return []
    rows = StaffOutcome.objects.visible_to(user).filter(case=case).select_related("party", "by")
    return list(rows.prefetch_related("readers__staff"))


# --- follow-up and the end ---------------------------------------------------------------------


def can_follow_up(user: User, case: Case, at: datetime) -> bool:
    """Whether this person's follow-up counts: see `closing.may_follow_up`."""
    return case.pk in followed_up_by(user, [case], at)


def followed_up_by(user: User, cases: Collection[Case], at: datetime) -> set[int]:
    """In which of these cases this person's follow-up counts, by number."""
    seen = Case.objects.visible_to(user, at).filter(pk__in=[case.pk for case in cases])
    named, head = stands_in(user, timezone.localdate(at)), about_head(cases)
    return {
        pk
        for pk in seen.values_list("pk", flat=True)
        if may_follow_up(user.roles, about_head=pk in head, stands_in=named)
    }


def somebody_follows_up(cases: Collection[Case], at: datetime) -> set[int]:
    """In which of these cases the follow-up of somebody who works on them counts, by number."""
    works = Handler.objects.current().filter(case__in=cases).exclude(staff__user=None)
    users = {one.staff.user_id: one.staff.user for one in works.select_related("staff__user")}
    return {pk for user in users.values() for pk in followed_up_by(user, cases, at)}


@transaction.atomic
def follow_up(case: Case, *, words: str, by: User, at: datetime) -> FollowUp:
    """The head or a named senior leader writes down what was done (B.x)."""
    row = held(case, by, at)
    if not can_follow_up(by, row, at):
        who = who_follows_up(about_head=bool(about_head([row])))
        raise ValidationError(f"{who} writes this. Hand it over, and go on working on it.")
    made: FollowUp = FollowUp.objects.create(
        school_id=row.school_id, case=row, words=words, at=at, by=by
    )
    write(row, What.DECIDED, f"Followed up. {words}"[:5000], by=by, at=at)
    done_by_rule(row, "follow-up", words="It was followed up.", by=by, at=at)
    return made


def _asked(case: Case) -> int:
    """How many steps to get something off the web still wait for their answer."""
    posts = Post.objects.there().filter(case=case)
    asked: int = Step.objects.running().filter(post__in=posts).count()
    return asked


def ready_of(case: Case) -> Ready:
    """What is known of a case when somebody wants to close it."""
    opened = case.closings.filter(reopened_at__isnull=False).order_by("reopened_at").last()
    since = case.follow_ups.all()
    if opened:
        since = since.filter(at__gt=opened.reopened_at)
    return Ready(
        Kind(case.kind),
        followed_up=since.exists(),
        open_tasks=Task.objects.open().filter(case=case).exclude(rule="follow-up").count(),
        not_told=Told.objects.waiting().filter(case=case).count(),
        asked=_asked(case),
        about_head=bool(about_head([case])),
        earlier=frozenset(
            Kind(one.facts["was"])
            for one in case.happenings.filter(what=What.CORRECTED)
            if "was" in one.facts
        ),
    )


@transaction.atomic
def close(
    case: Case, *, outcome: Outcome, words: str, learnt: str, by: User, at: datetime
) -> Closing:
    """Close a case. Raises `ValidationError` with all that is missing.

    Of two who close it at once the first one does; the other is told who did.
    """
    require(can_handle(by, case, at))
    row: Case = Case.objects.select_for_update().get(pk=case.pk)
    if there := Closing.objects.standing().filter(case=row).select_related("by").first():
        raise ValidationError(f"{there.by.name} closed it on {moment(there.at)}. Look again.")
    if missing := why_not_close(ready_of(row), outcome):
        raise ValidationError(missing)
    return _close(row, outcome, words, learnt, by=by, at=at)


def _close(
    row: Case, outcome: Outcome, words: str, learnt: str, *, by: User, at: datetime
) -> Closing:
    made: Closing = Closing.objects.create(
        school_id=row.school_id, case=row, outcome=outcome, words=words, learnt=learnt, at=at, by=by
    )
    said = f"{outcome.label}. {words}"
    write(row, What.CLOSED, said[:5000], by=by, at=at, outcome=outcome)
    if learnt:
        write(row, What.CLOSED, f"Learnt: {learnt}"[:5000], by=by, at=at)
    return made


@transaction.atomic
def reopen(case: Case, *, why: str, by: User, at: datetime) -> None:
    """Open a closed case again. It is followed up anew before it can be closed."""
    require(can_handle(by, case, at))
    row: Case = Case.objects.select_for_update().get(pk=case.pk)
    closing = Closing.objects.standing().filter(case=row).first()
    if closing is None:
        raise ValidationError("This case is open already.")
    closing.reopened_at, closing.reopened_by, closing.reopened_why = at, by, why
    closing.save()
    write(row, What.OPENED, f"Opened again. {why}", by=by, at=at)
    for task in Task.objects.filter(case=row, rule="follow-up"):
        # The rule makes it anew, with a clock of its own.
        task.needed = False
        task.save()
    row.keepings.filter(settled_at=None).delete()
    look_again(row, by=by, at=at)


@transaction.atomic
def join(case: Case, into: Case, *, by: User, at: datetime) -> None:
    """Join a case to another about the same thing: it is closed, and goes on there.

    The person must see both. People and what is still to be done go over; what happened and its
    evidence stay where they were written, one link away. Nobody sees more than before.
    """
    if case.pk == into.pk:
        raise ValidationError("This is the same case.")
    for one in sorted((case, into), key=lambda one: one.pk):  # always in the same order
        Case.objects.select_for_update().get(pk=one.pk)
    row, there = held(case, by, at), held(into, by, at)
    if _asked(row):
        raise ValidationError("What is to go from the web stays there. Write down what came of it.")
    tie(row, there, why="Joined.", by=by, at=at)
    known = [
        (one.part, one.staff_id, one.pupil_id, one.parent_id, one.words)
        for one in Party.objects.standing().filter(case=there)
    ]
    for one in Party.objects.standing().filter(case=row):
        if (one.part, one.staff_id, one.pupil_id, one.parent_id, one.words) in known:
            continue
        copied = Party.objects.create(
            school_id=there.school_id,
            case=there,
            part=one.part,
            staff_id=one.staff_id,
            pupil_id=one.pupil_id,
            parent_id=one.parent_id,
            words=one.words,
            at=at,
            by=by,
        )
        write(there, What.PARTY, f"{copied}: {Part(copied.part).label.lower()}.", by=by, at=at)
    for task in Task.objects.open().filter(case=row):
        if task.rule == "":
            Task.objects.create(
                school_id=there.school_id,
                case=there,
                what=task.what,
                why=task.why,
                staff=task.staff,
                due_at=task.due_at,
                at=at,
                by=by,
            )
        task.done_at, task.done_by, task.needed, task.words = at, by, False, "It goes on there."
        task.save()
    for told in Told.objects.waiting().filter(case=row):
        if not Told.objects.filter(case=there, rule=told.rule, who=told.who).exists():
            Told.objects.create(
                school_id=there.school_id,
                case=there,
                rule=told.rule,
                who=told.who,
                seat=told.seat,
                why=told.why,
                due_at=told.due_at,
                at=at,
                by=by,
            )
        told.was_told, told.how = False, "It goes on there."
        told.settled_at, told.settled_by = at, by
        told.save()
    let_go(there, by=by, at=at)
    look_again(there, by=by, at=at)
    _close(row, Outcome.MERGED, f"It goes on in {there}.", "", by=by, at=at)
