"""Cases on which anything may be done by anybody, beside a simple memory of what was promised.

No case closes without its follow-up, whom it is about never sees it nor gets a mail about it, no
sanction without its ground, and every clock ends at the right hour. As in `machine`, each run
happens in a savepoint that is rolled back; a step that wrote nothing changed no promise.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from belisha.incidents.actions import deciding, handling, needs, rising
from belisha.incidents.actions.record import verify
from belisha.incidents.actions.telling import Named, tell
from belisha.incidents.models import Case, Closing, FollowUp, Handler, Sanction, Task, Told
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.working.closing import Outcome
from belisha.incidents.working.kinds import JURISDICTION, THRESHOLD
from belisha.people.access import Refused
from belisha.people.calendar import LONDON
from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_pupil, make_staff
from tests.ledger.machine import AllRules

# Before Christmas, Easter, the holidays of August with their bank holiday, the clock of winter.
BEGINNINGS = (
    date(2026, 12, 22),
    date(2027, 3, 24),
    date(2027, 7, 30),
    date(2027, 8, 26),
    date(2027, 10, 28),
)
# Written down by hand from the list of the government, to weigh the clocks of the code.
BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
    date(2027, 8, 30),
    date(2027, 12, 27),
    date(2027, 12, 28),
    date(2028, 1, 3),
}
DAYS = {
    "referral": 1,
    "consult": 1,
    "threshold": 1,
    "parents-harmed": 1,
    "parents-subject": 2,
    "support": 2,
    "governors": 5,
}
SEATS = (
    ("Mrs Zebrahart", Role.HEAD),
    ("Mr Lantern", Role.SENIOR_LEADER),
    ("Mr Pelican", Role.SAFEGUARDING_LEAD),
    ("Ms Toucan", Role.DEPUTY_SAFEGUARDING_LEAD),
    ("Dr Pegasus", Role.CHAIR),
    ("Miss Puffin", Role.TEACHER),
)
MOST_CASES = 3
some = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5])
anybody = st.sampled_from([*range(6), *range(6, 20)])  # see `_who`
KINDS = st.sampled_from([Kind.BULLYING, Kind.BULLYING, Kind.ALLEGATION, Kind.POST, Kind.CONCERN])
ABOUT = st.sampled_from([About.PUPIL, About.STAFF, About.HEAD, About.CHAIR, About.NOBODY])
VALUES = st.sampled_from(["yes", "yes", "no", "unsure", ""])


@dataclass(eq=False)
class Promise:
    """What is remembered of one case."""

    case: Any
    serious: bool
    subjects: set[int] = field(default_factory=set)
    stepped_back: set[int] = field(default_factory=set)
    pupil: Any = None
    followed: bool = False
    closed: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    # To a subject, by address, when they became one.
    mails: dict[str, int] = field(default_factory=dict)
    works: list[int] = field(default_factory=list)  # who works on it, as it was read last

    @property
    def may_sanction(self):
        where = self.answers.get("in-charge")
        if where == "school":
            return True
        rest = ("orderly", "threatens", "reputation")
        if where != "outside" or not self.answers.get("proof"):
            return False
        if any(self.answers.get(key) not in ("yes", "no") for key in (*rest, "fair", "lawful")):
            return False
        ground = any(self.answers[key] == "yes" for key in rest)
        return ground and self.answers["fair"] == self.answers["lawful"] == "yes"


@dataclass
class Staffroom:
    """What all runs share."""

    school: Any
    staff: list[Any]
    pupils: list[Any]
    steps: int = 0
    closed: int = 0
    weighed: set[date] = field(default_factory=set)  # all days that some clock went over


def staffroom_of(school):
    staff = [make_staff(school, name, role) for name, role in SEATS]
    year5 = make_class(school, "Skylarks", year=5)
    pupils = [make_pupil(school, name, "Kerbstone", year5) for name in ("Robin", "Wren")]
    return Staffroom(school, staff, pupils)


class CaseMachine(RuleBasedStateMachine):
    """Rules are what people do. Whoever may not do it is refused, and nothing changes."""

    def __init__(self, world):
        super().__init__()
        self._rules_strategy.enabled_rules_strategy = st.just(AllRules())
        self.world, self.savepoint = world, transaction.savepoint()
        self.promises, self.touched, self.wrote, self.risen_at = [], set(), False, None
        self.watch = connection.execute_wrapper(self.see)
        self.watch.__enter__()

    def see(self, execute, sql, *more):
        self.wrote |= not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, *more)

    def teardown(self):
        self.watch.__exit__(None, None, None)
        try:
            assert all(wrong is None for _, wrong in verify())
            for promise in self.promises:
                self._in_the_end(promise)
        finally:
            transaction.savepoint_rollback(self.savepoint)
            transaction.savepoint_commit(self.savepoint)  # or one would stand on the other
            connection.run_on_commit.clear()  # or each run would wait for those before

    def _act(self, which, who, act):
        """Let somebody do something; return whether it was done."""
        promise = self.promises[which % len(self.promises)]
        staff = self.actor = self._who(promise, who)
        self.touched.add(promise)
        try:
            with transaction.atomic():
                act(promise, staff)
        except (Refused, ValidationError):
            return None
        assert staff.pk not in promise.subjects | promise.stepped_back, f"{staff} acted"
        return promise

    def _who(self, promise, who):
        """Mostly somebody who works on the case; now and then anybody at all."""
        if who < len(SEATS) or not promise.works:
            return self.world.staff[who % len(SEATS)]
        mine = promise.works[who % len(promise.works)]
        return next(one for one in self.world.staff if one.pk == mine)

    @initialize(day=st.sampled_from(BEGINNINGS))
    def a_day_begins(self, day):
        self.at = datetime.combine(day, time(9), LONDON)

    # --- what people do ----------------------------------------------------------------------

    @precondition(lambda self: len(self.promises) < MOST_CASES)
    @rule(kind=KINDS, about=ABOUT, who=some)
    def somebody_tells(self, kind, about, who):
        named = [Named(Part.HARMED, pupil=self.world.pupils[1])]
        if about is About.PUPIL:
            named.append(Named(Part.SUBJECT, pupil=self.world.pupils[0]))
        if about is About.STAFF:
            named.append(Named(Part.SUBJECT, staff=self.world.staff[who]))
        details = {"kind": kind, "what": "It was seen.", "about": about, "way": Way.FAMILY}
        case = tell(self.world.school, details=details, named=named, by=None, at=self.at).case
        promise = Promise(case, kind in (Kind.BULLYING, Kind.ALLEGATION))
        self.promises.append(promise)
        self.touched.add(promise)
        meant = {About.HEAD: 0, About.CHAIR: 4, About.STAFF: who}.get(about)
        if meant is not None:
            self._becomes_subject(promise, self.world.staff[meant])
        promise.pupil = about is About.PUPIL
        self._clocks(promise)

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody, whom=some)
    def somebody_is_named(self, which, who, whom):
        meant = self.world.staff[whom]
        named = Named(Part.SUBJECT, staff=meant)
        done = self._act(
            which, who, lambda one, by: handling.name(one.case, named, by=by.user, at=self.at)
        )
        if done:
            self._becomes_subject(done, meant)

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody, to=some)
    def somebody_hands_over(self, which, who, to):
        self._act(
            which,
            who,
            lambda one, by: handling.hand_over(
                one.case, to=self.world.staff[to], why="", stays=True, by=by.user, at=self.at
            ),
        )

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody)
    def somebody_steps_back(self, which, who):
        def act(one, by):
            handling.step_back(one.case, why="", by=by.user, at=self.at)

        if done := self._act(which, who, act):
            done.stepped_back.add(self.actor.pk)

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody, values=st.lists(VALUES, min_size=4, max_size=4))
    def the_threshold_is_answered(self, which, who, values):
        keys = [one.key for one in THRESHOLD.questions]
        typed = {
            key: needs.Typed(value, "So." if value else "")
            for key, value in zip(keys, values, strict=True)
        }
        done = self._act(
            which,
            who,
            lambda one, by: needs.answer_sheet(one.case, THRESHOLD, typed, by=by.user, at=self.at),
        )
        if done:
            self._clocks(done)

    @precondition(lambda self: self.promises)
    @rule(
        which=some,
        who=anybody,
        where=st.sampled_from(["school", "outside", "outside", ""]),
        value=VALUES,
        key=st.sampled_from(["orderly", "threatens", "reputation", "fair", "lawful", "all", "all"]),
    )
    def the_test_is_answered(self, which, who, where, value, key):
        keys = ("orderly", "threatens", "reputation", "fair", "lawful")
        typed = {one: value for one in keys if key in (one, "all")} | {"in-charge": where}
        typed["proof"] = "He said so." if key == "all" else ""
        done = self._act(
            which,
            who,
            lambda one, by: needs.answer_sheet(
                one.case,
                JURISDICTION,
                {one: needs.Typed(said, "So." if said else "") for one, said in typed.items()},
                by=by.user,
                at=self.at,
            ),
        )
        if done:
            done.answers |= typed

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody)
    def somebody_gives_a_sanction(self, which, who):
        def act(one, by):
            party = one.case.parties.filter(part=Part.SUBJECT).exclude(pupil=None).first()
            if party is None:
                raise ValidationError("no pupil")
            deciding.sanction(one.case, party=party, step="x", why="y", by=by.user, at=self.at)

        if done := self._act(which, who, act):
            assert done.may_sanction, f"a sanction by {done.answers}"

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody)
    def everything_is_done_and_told(self, which, who):
        def act(one, by):
            for task in Task.objects.open().filter(case=one.case).exclude(rule="follow-up"):
                needs.finish(task, needed=True, words="", by=by.user, at=self.at)
            for told in Told.objects.waiting().filter(case=one.case):
                handling.settle(told, was_told=True, how="", by=by.user, at=self.at)

        # Where nothing is open nobody is refused, and nothing happens.
        promise = self.promises[which % len(self.promises)]
        if (
            Task.objects.open().filter(case=promise.case).exclude(rule="follow-up").exists()
            or Told.objects.waiting().filter(case=promise.case).exists()
        ):
            self._act(which, who, act)

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody)
    def somebody_follows_up(self, which, who):
        def act(one, by):
            deciding.follow_up(one.case, words="x", by=by.user, at=self.at)

        if done := self._act(which, who, act):
            role = SEATS[self.world.staff.index(self.actor)][1]
            assert role in (Role.HEAD, Role.SENIOR_LEADER, Role.CHAIR), f"{role} followed up"
            assert role is not Role.CHAIR or self.world.staff[0].pk in done.subjects
            done.followed = True

    @precondition(lambda self: self.promises)
    @rule(which=some, who=anybody, outcome=st.sampled_from([Outcome.DEALT, *Outcome]))
    def somebody_closes(self, which, who, outcome):
        def act(one, by):
            deciding.close(one.case, outcome=outcome, words="x", learnt="y", by=by.user, at=self.at)

        if done := self._act(which, who, act):
            assert not done.closed, "closed twice"
            assert done.followed, "closed without a follow-up"
            assert not Task.objects.open().filter(case=done.case).exists()
            assert not Told.objects.waiting().filter(case=done.case).exists()
            assert not (done.serious and outcome is Outcome.MINOR), "filed as minor"
            done.closed = True
            self.world.closed += 1

    @precondition(lambda self: self.promises)
    @rule(which=some, follows=st.booleans())
    def the_head_or_a_leader_works_it_to_the_end(self, which, follows):
        """All is done, but perhaps the follow-up; then they close it, if they can."""
        for who in (0, 1):
            self.everything_is_done_and_told(which, who)
            if follows:
                self.somebody_follows_up(which, who)
            self.somebody_closes(which, who, Outcome.DEALT)

    @precondition(lambda self: any(one.closed for one in self.promises))
    @rule(which=some, who=anybody)
    def somebody_opens_again(self, which, who):
        def act(one, by):
            deciding.reopen(one.case, why="x", by=by.user, at=self.at)

        if done := self._act(which, who, act):
            done.closed = done.followed = False
            self._clocks(done)

    @rule(hours=st.sampled_from([1, 5, 20, 24, 72, 24 * 14]))
    def time_goes_by(self, hours):
        self.at += timedelta(hours=hours)

    @precondition(lambda self: self.promises and self.risen_at != self.at)
    @rule()
    def what_is_late_rises(self):
        self.risen_at = self.at
        rising.rise(self.at)
        self.touched.update(self.promises)

    # --- what was promised -------------------------------------------------------------------

    @invariant()
    def nobody_learns_of_their_own_case(self):
        self.world.steps += 1
        for promise in self.touched if self.wrote else ():
            self._nobody_learns(promise)
        self.touched, self.wrote = set(), False

    def _nobody_learns(self, promise, *, every=False):
        handlers = Handler.objects.current().filter(case=promise.case)
        promise.works = sorted(handlers.values_list("staff_id", flat=True))
        barred = promise.subjects | promise.stepped_back
        assert not barred & set(promise.works), "somebody works on the case about them"
        some = [one for one in self.world.staff if one.pk in barred]
        # One of them each time, since it asks much of the database; at the end all of them.
        for staff in some if every else some[self.world.steps % (len(some) or 1) :][:1]:
            seen = Case.objects.visible_to(staff.user, self.at).filter(pk=promise.case.pk)
            assert not seen.exists(), f"{staff} sees the case about them"
        mails = self._mails(promise) if promise.mails else {}
        for address, count in promise.mails.items():
            assert mails[address] == count, "a mail to whom it is about"

    def _in_the_end(self, promise):
        self._nobody_learns(promise, every=True)
        closings = Closing.objects.filter(case=promise.case).exists()
        assert FollowUp.objects.filter(case=promise.case).exists() >= closings
        assert promise.pupil or not Sanction.objects.filter(case=promise.case).exists()

    def _becomes_subject(self, promise, staff):
        promise.subjects.add(staff.pk)
        promise.mails.setdefault(staff.email, self._mails(promise)[staff.email])

    @staticmethod
    def _mails(promise):
        about = Mail.objects.filter(about=f"case:{promise.case.pk}")
        return Counter(about.values_list("to", flat=True))

    def _clocks(self, promise):
        """Whatever was made just now is due after its working days, counted here by hand."""
        rows = [*Task.objects.open().filter(case=promise.case, at=self.at)]
        rows += [*Told.objects.waiting().filter(case=promise.case, at=self.at)]
        for row in rows:
            if row.rule in DAYS:
                began = promise.case.reported_at if row.rule in _SINCE_REPORT else self.at
                day = began.astimezone(LONDON).date()
                last = _counted(day, DAYS[row.rule])
                due = datetime.combine(last, time(17), LONDON)
                assert row.due_at == due, f"{row} is due {row.due_at}, not {due}"
                self.world.weighed |= {day + timedelta(n) for n in range((last - day).days + 1)}


_SINCE_REPORT = ("referral", "consult")


def _counted(day, days):
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day
