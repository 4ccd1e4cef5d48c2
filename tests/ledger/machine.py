"""A school where anything may happen, beside the simple one. After each step both must agree.

The machine acts on the real tables by the real actions. Each run happens in a savepoint that is
rolled back, since the record refuses to be emptied.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from belisha.audit.actions import verify
from belisha.consent import actions as consent
from belisha.consent.models import Answer, How, facts
from belisha.people.access import Refused
from belisha.people.actions import parents, protection, pupils
from belisha.people.models import Pupil, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import albums, copies, faces, pictures
from belisha.photos.asking import ask
from belisha.photos.imaging.box import Box
from belisha.photos.models import Face, Photo
from belisha.photos.rules import Who
from belisha.policy import actions as policy
from belisha.policy.models import Purpose
from tests.ledger.simple import YES, Child, Copy, Simple, Tie

BEGINNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEYS = ("newsletter", "website", "display", "promotional")  # the last is asked for each picture
MOST_CHILDREN, MOST_PEOPLE, MOST_FACES, MOST_COPIES = 3, 4, 4, 4

# Which of several, whatever their number. The first are meant most, so that things meet.
some = st.sampled_from([0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7])
key_of = st.sampled_from([KEYS[0], KEYS[0], KEYS[0], *KEYS])
SELDOM = st.sampled_from([False, False, True])
NOES = st.sampled_from(["refused", "withdrawn"])
HOW = st.sampled_from([How.WEB, How.PHONE, How.PAPER])


PICTURE = ("boxed", "boxed", "boxed", "face", "no face", "keep back", "not boxed")

# Whoever is written into none of these changes neither what counts nor what stands.
DECIDE = (
    "consent_answer",
    "consent_state",
    "people_relation",
    "people_parent",
    "people_protection",
)


@dataclass
class World:
    """What all runs share: who acts, the purposes, and how many steps there were."""

    school: Any
    head: Any
    office: Any
    lead: Any
    purposes: dict[str, Purpose]
    album: Any
    steps: int = 0
    runs: int = 0


def world_of(school):
    people = [
        make_staff(school, name, role).user
        for name, role in (
            ("Mrs Heron", Role.HEAD),
            ("Mrs Toucan", Role.OFFICE),
            ("Mr Pellow", Role.SAFEGUARDING_LEAD),
        )
    ]
    album = albums.make("Any", taken_on=BEGINNING.date(), by=people[1], at=BEGINNING)
    purposes = {purpose.key: purpose for purpose in Purpose.objects.filter(key__in=KEYS)}
    return World(school, *people, purposes, album)


def picture_of(world, seconds=None):
    """A picture without a file: what may be done with it is asked of its faces alone. One that
    lasts some seconds is a clip."""
    photo = Photo.objects.create(
        school=world.school,
        album=world.album,
        name="x",
        sha256="0" * 64,
        width=640,
        height=480,
        seconds=seconds,
        added_at=BEGINNING,
        added_by=world.office,
    )
    faces.keep_found(photo, [], at=BEGINNING)
    return photo


class AllRules:
    """Hypothesis leaves half of the rules out of each run. A school where time stands still, or
    where nobody answers, finds little: ours has all of them in every run."""

    @staticmethod
    def is_enabled(name):
        return True


class ConsentMachine(RuleBasedStateMachine):
    """Rules are what people do; `some` picks one of those who are there."""

    simple_school = Simple
    seconds = None  # of a clip

    def __init__(self, world):
        super().__init__()
        assert hasattr(self._rules_strategy, "enabled_rules_strategy")
        self._rules_strategy.enabled_rules_strategy = st.just(AllRules())
        self.world, self.savepoint = world, transaction.savepoint()
        self.purposes = dict(world.purposes)
        self.photo = picture_of(world, self.seconds)
        self.days, self.turn, self.drawn = 0, 0, 0
        self.rows, self.copies = {}, {}  # by id; actions read anew what they change
        self.simple = self.simple_school(BEGINNING.date(), frozenset({"promotional"}), set(KEYS))
        self.written, self.found, self.asked_on = {"all"}, None, None
        self.changed, self.unseen = True, 0
        self.watch = connection.execute_wrapper(self.see)
        self.watch.__enter__()
        world.runs += 1

    def see(self, execute, sql, *more):
        """Note that something is written, and which of the tables that decide."""
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            self.changed = True
            self.written |= {table for table in DECIDE if f'"{table}"' in sql}
        return execute(sql, *more)

    def teardown(self):
        self.watch.__exit__(None, None, None)
        try:
            assert [wrong for _, _, wrong in verify() if wrong] == []
        finally:
            transaction.savepoint_rollback(self.savepoint)
            transaction.savepoint_commit(self.savepoint)  # or one would stand on the other
            connection.run_on_commit.clear()  # or each run would wait for those before

    # --- the clock ---------------------------------------------------------------------------

    @property
    def at(self):
        """A minute later at each step, within the school's day."""
        day = BEGINNING.date() + timedelta(days=self.days)
        begins = datetime.combine(day, time(8), tzinfo=UTC)
        return begins + timedelta(seconds=10 * self.turn)

    @rule(days=st.sampled_from([1, 1, 1, 2, 30]))
    def time_passes(self, days):
        self.days += days
        self.simple.today += timedelta(days=days)

    # --- people ------------------------------------------------------------------------------

    @initialize()
    def a_family(self):
        self.child_comes()
        for _ in range(2):
            self.parent_comes(0, responsible=True, order=False)
        self.face_drawn()
        self.settle(0, "pupil", 0)
        self.all_boxed(True)

    def child_comes(self):
        child = pupils.add(
            self.world.school,
            first_name="Any",
            last_name=f"Child{len(self.simple.children)}",
            key="",
            school_class=None,
            year_group=2,
            by=self.world.office,
            at=self.at,
        )
        self.simple.children[child.pk], self.rows[child.pk] = Child(), child

    @rule(which=some, comes=st.booleans())
    def child_comes_goes_or_is_forgotten(self, which, comes):
        """One who has left comes back or is erased; one who is here leaves."""
        if comes and len(self.simple.children) < MOST_CHILDREN:
            self.child_comes()
            return
        child = self._child(which)
        row, by = Pupil.objects.get(pk=child), {"by": self.world.office, "at": self.at}
        if row.erased_at:
            return
        if self.simple.children[child].here:
            pupils.leave(row, on=self.simple.today, **by)
        elif comes:
            pupils.come_back(row, **by)
        else:
            pupils.erase(row, **by)
            self.simple.forget_child(child)
            return
        self.simple.children[child].here = not self.simple.children[child].here

    @precondition(lambda self: self._known())
    @rule(which=some, responsible=st.sampled_from([True, True, False]), order=SELDOM)
    def somebody_becomes_family(self, which, responsible, order):
        """Somebody new, or somebody known who was nothing to this child."""
        if len(self.simple.people) < MOST_PEOPLE:
            self.parent_comes(which, responsible, order)
        elif pairs := self._strangers():
            child, person = pairs[which % len(pairs)]
            parents.join(
                self.rows[person],
                self.rows[child],
                kind="parent",
                parental_responsibility=responsible,
                no_contact=order,
                by=self.world.office,
                at=self.at,
            )
            self.simple.ties[child, person] = Tie(responsible, order)

    def parent_comes(self, which, responsible, order):
        child = self._known()[which % len(self._known())]
        ties = {"kind": "parent", "parental_responsibility": responsible, "no_contact": order}
        person = parents.add(
            self.rows[child],
            details={"first_name": "Any", "last_name": "Parent"},
            ties=ties,
            by=self.world.office,
            at=self.at,
        )
        self.simple.people.add(person.pk)
        self.rows[person.pk] = person
        self.simple.ties[child, person.pk] = Tie(responsible, order)

    @precondition(lambda self: self.simple.ties)
    @rule(which=some, responsible=st.sampled_from([True, True, False]), order=SELDOM)
    def law_changes(self, which, responsible, order):
        pair, tie = self._tie(which)
        parents.change_relation(
            self._relation(pair),
            parental_responsibility=responsible,
            no_contact=order,
            by=self.world.office,
            at=self.at,
        )
        tie.responsible, tie.order = responsible, order

    @precondition(lambda self: self.simple.ties)
    @rule(which=some)
    def tie_ends_or_resumes(self, which):
        pair, tie = self._tie(which)
        by = {"by": self.world.office, "at": self.at}
        if tie.ended:
            parents.resume_relation(self._relation(pair), **by)
        else:
            parents.end_relation(self._relation(pair), on=self.simple.today, **by)
        tie.ended = not tie.ended

    @precondition(lambda self: self._alone())
    @rule(which=some)
    def parent_is_forgotten(self, which):
        person = self._alone()[which % len(self._alone())]
        parents.erase(self.rows[person], by=self.world.office, at=self.at)
        self.simple.forget_person(person)

    @precondition(lambda self: len(self.simple.people) > 1)
    @rule(which=some, goes=some, ends=st.sampled_from([0, 0, 1, 2]))
    def two_contacts_are_one(self, which, goes, ends):
        """Mostly two of one child's family; `ends` of their ties end or resume just before."""
        pairs = list(self.simple.ties)
        child, keep = pairs[which % len(pairs)] if pairs else (0, min(self.simple.people))
        same = [who for whose, who in pairs if whose == child and who != keep]
        others = same or sorted(self.simple.people - {keep})
        other = others[goes % len(others)]
        for person in (keep, other)[:ends]:
            if (child, person) in self.simple.ties:
                self.tie_ends_or_resumes(pairs.index((child, person)))
        consent.merge_contacts(
            self.rows[keep],
            self.rows[other],
            by=self.world.office,
            at=self.at,
        )
        self.simple.merge(keep, other)

    @rule(which=some)
    def child_is_protected_or_not(self, which):
        child = self._child(which)
        row = Pupil.objects.get(pk=child)
        if row.erased_at:
            return
        known = self.simple.children[child]
        act = protection.lift if known.protected else protection.protect
        act(row, why="x", by=self.world.lead, at=self.at)
        known.protected = not known.protected

    # --- answers -----------------------------------------------------------------------------

    @precondition(lambda self: self.simple.ties)
    @rule(which=some, key=key_of)
    def someone_taps_yes(self, which, key):
        self.answer(which, key, YES, How.WEB)

    @precondition(lambda self: self.simple.ties)
    @rule(which=some, key=key_of, words=st.permutations([YES, "withdrawn"]))
    def someone_changes_their_mind(self, which, key, words):
        for word in words:
            self.answer(which, key, word, How.WEB)

    @precondition(lambda self: self.simple.ties)
    @rule(which=some, key=key_of, word=NOES)
    def someone_rings_with_a_no(self, which, key, word):
        self.answer(which, key, word, How.PHONE)

    @precondition(lambda self: self.simple.ties)
    @rule(which=some, key=key_of, lasts=st.sampled_from([0, 0, 1, 2, -9]))
    def someone_says_yes_for_a_while(self, which, key, lasts):
        self.answer(which, key, YES, How.WEB, lasts=lasts)

    @precondition(lambda self: self.simple.ties)
    @rule(
        which=some,
        key=key_of,
        word=st.sampled_from([YES, "refused", "withdrawn"]),
        ago=st.sampled_from([1, 1, 2, 5, -1]),
        lasts=st.sampled_from([None, None, None, 1]),
    )
    def a_paper_of_an_earlier_day_turns_up(self, which, key, word, ago, lasts):
        self.answer(which, key, word, How.PAPER, ago=ago, lasts=lasts)

    def answer(self, which, key, word, how, *, ago=0, lasts=None):
        """Write it down if it may be: `ago` and `lasts` are days from today."""
        (child, person), _ = self._tie(which)
        day = self.simple.today - timedelta(days=ago)
        until = None if lasts is None else self.simple.today + timedelta(days=lasts)
        draft = Answer(
            parent=self.rows[person],
            purpose=self.purposes[key],
            kind=word,
            how=how,
            happened_on=day,
            expires_on=until,
        )
        row = self.rows[child]
        allowed = self.simple.may_say(child, person, word, day, until)
        try:
            (entry,) = consent.record_answers(row, [draft], by=self.world.office, at=self.at)
        except consent.NotRecorded:
            assert not allowed, "an answer that may be written down was refused"
            return
        assert allowed, "an answer was written down that may not be"
        said, new = self.simple.say(child, person, key, word, day, until, how)
        if new:
            said.id = entry.pk
        assert (said.id, said.word) == (entry.pk, entry.kind)

    @precondition(lambda self: self.simple.said)
    @rule(which=some)
    def answer_is_set_aside(self, which):
        said = self.simple.said[-1 - which % len(self.simple.said)]
        answer = Answer.objects.get(pk=said.id)
        consent.set_aside(answer, why="x", by=self.world.office, at=self.at)
        said.aside = True

    @rule(key=key_of)
    def purpose_goes_or_comes_back(self, key):
        use = key not in self.simple.in_use
        self.purposes[key] = policy.change(
            self.purposes[key], in_use=use, by=self.world.head, at=self.at
        )
        self.simple.in_use ^= {key}

    # --- pictures ----------------------------------------------------------------------------

    @rule(what=st.sampled_from(PICTURE), which=some)
    def picture_changes(self, what, which):
        if what == "face" and len(self.simple.picture.faces) < MOST_FACES:
            self.face_drawn()
        elif what == "no face" and self.simple.picture.faces:
            self.face_removed(which)
        elif what == "keep back":
            self.kept_back_or_not()
        else:
            self.all_boxed(what != "not boxed")

    def face_drawn(self):
        self.drawn += 1  # no two boxes are the same
        box = Box(0.01 * (self.drawn % 80), 0.2 * (self.drawn // 80), 0.1, 0.1)
        between = self.seconds and (0, self.seconds * 1000)
        act = {"by": self.world.office, "at": self.at}
        face = faces.draw(self.photo, box, between=between, **act)
        self.simple.picture.faces[face.pk] = ("unsettled", None)

    @precondition(lambda self: self.simple.picture.faces)
    @rule(
        which=some,
        who=st.sampled_from(["pupil"] * 4 + ["adult", "unknown", "unsettled"]),
        whose=some,
    )
    def settle(self, which, who, whose):
        face, child = self._face(which), self._child(whose) if who == "pupil" else None
        row = Face.objects.get(pk=face)
        pupil = self.rows[child] if child else None
        try:
            faces.settle(row, Who(who), pupil=pupil, by=self.world.office, at=self.at)
        except Refused:
            assert not self.simple.children[child].here
            return
        self.simple.picture.faces[face] = (who, child)

    def face_removed(self, which):
        face = self._face(which)
        faces.remove(Face.objects.get(pk=face), by=self.world.office, at=self.at)
        del self.simple.picture.faces[face]
        self.simple.picture.all_boxed = False

    def all_boxed(self, yes):
        act = faces.say_all_boxed if yes else faces.ask_for_boxes_again
        act(self.photo, by=self.world.office, at=self.at)
        self.simple.picture.all_boxed = yes

    def kept_back_or_not(self):
        back = self.simple.picture.kept_back
        act = pictures.let_be_used if back else pictures.keep_back
        act(self.photo, by=self.world.office, at=self.at)
        self.simple.picture.kept_back = not back
        self.simple.picture.kept_back_on = self.simple.today

    @rule(key=key_of, ready=st.sampled_from([True, True, False]))
    def copy_is_asked_for(self, key, ready):
        """Mostly of a picture that somebody has just made ready."""
        if ready:
            self.make_ready()
        hides = self.simple.hides(key)
        try:
            copy = copies.make(
                self.photo,
                self.purposes[key],
                by=self.world.office,
                at=self.at,
                on=self.simple.today,
                sound=False if self.seconds else None,
            )
        except copies.NotNow:
            assert hides is None, "a copy that may be made was refused"
            return
        assert hides is not None, "a copy was made that may not be"
        boxes = [face.where for face in Face.objects.filter(pk__in=hides)]
        assert sorted(copy.hidden) == sorted(boxes)
        if len(self.simple.copies) == MOST_COPIES:
            self.simple.copies.pop(min(self.simple.copies))
        self.simple.copies[copy.pk], self.copies[copy.pk] = Copy(key, hides), copy

    def make_ready(self):
        picture = self.simple.picture
        for number, (who, _) in enumerate(list(picture.faces.values())):
            if who == "unsettled":
                self.settle(number, "pupil" if self._known() else "unknown", number)
        if picture.kept_back:
            self.kept_back_or_not()
        if not picture.all_boxed:
            self.all_boxed(True)

    # --- what must hold ----------------------------------------------------------------------

    def check_invariants(self, *args, **kwargs):
        """After each step that changed something, or with which a new day began."""
        if self.changed or self.asked_on != self.simple.today:
            super().check_invariants(*args, **kwargs)
            self.unseen += 1
        self.changed = False
        self.turn += 1
        self.world.steps += self.turn > 1  # the first look comes before any step

    @invariant()
    def both_schools_agree(self):
        found = self.what_counts_is_right()
        if self.written:
            assert list(consent.differences()) == []
        self.written = set()
        if self.unseen % 4 == 0:
            # What was found right a moment ago need not be asked for again.
            with patch("belisha.photos.asking.facts", lambda pupils, **asked: found):
                self.pictures_and_copies_are_right()

    def what_counts_is_right(self):
        """The tables are asked anew on a new day, or when one that decides was written to."""
        simple = self.simple
        if self.written or self.asked_on != simple.today:
            asked = {"on": simple.today, "purposes": self.purposes.values()}
            self.found, self.asked_on = facts(list(simple.children), **asked), simple.today
        found = self.found
        for child, known in simple.children.items():
            for key in KEYS:
                fact = found[child, key]
                assert fact == simple.fact(child, key), (child, key)
                assert (fact == YES) == simple.may_be_shown(child, key)
                assert not (known.protected and fact == YES)
        return found

    def pictures_and_copies_are_right(self):
        """One copy at a time, in turn, since each is asked about by itself; else the picture."""
        simple = self.simple
        if simple.copies:
            known = sorted(simple.copies)
            pk = known[self.unseen // 4 % len(known)]
            right = copies.is_still_right(self._copy(pk), on=simple.today)
            assert right == simple.still_right(simple.copies[pk])
        else:
            photo = Photo.objects.get(pk=self.photo.pk)
            decided = ask([photo], list(self.purposes.values()), on=simple.today)
            for key, decision in decided[photo.pk].items():
                hides = simple.hides(key)
                assert bool(decision.verdict) == (hides is not None), key
                assert hides is None or decision.hidden_ids == hides, key

    # --- picking -----------------------------------------------------------------------------

    def _copy(self, pk):
        """The copy as someone who asks for it now would find it."""
        copy = self.copies[pk]
        copy.purpose = self.purposes[copy.purpose.key]
        return copy

    def _child(self, which):
        return list(self.simple.children)[which % len(self.simple.children)]

    def _known(self):
        """Children who can have a family: those who are here."""
        return [child for child, known in self.simple.children.items() if known.here]

    def _left(self):
        return [child for child, known in self.simple.children.items() if not known.here]

    def _tie(self, which):
        pairs = list(self.simple.ties)
        pair = pairs[which % len(pairs)]
        return pair, self.simple.ties[pair]

    def _relation(self, pair):
        return Relation.objects.get(pupil_id=pair[0], parent_id=pair[1])

    def _face(self, which):
        known = list(self.simple.picture.faces)
        return known[which % len(known)]

    def _strangers(self):
        people = sorted(self.simple.people)
        pairs = [(child, person) for child in self._known() for person in people]
        return [pair for pair in pairs if pair not in self.simple.ties]

    def _alone(self):
        """Those who may be erased: nothing to any child any more."""
        busy = {person for (_, person), tie in self.simple.ties.items() if not tie.ended}
        return sorted(self.simple.people - busy)


LENGTH = 150  # steps of one run
QUIET = settings(
    deadline=None,
    database=None,
    stateful_step_count=LENGTH,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


def run(machine, world, examples, **more):
    run_state_machine_as_test(
        lambda: machine(world), settings=settings(QUIET, max_examples=examples, **more)
    )
