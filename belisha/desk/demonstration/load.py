"""Loads the demonstration school, once: about 210 pupils, 300 parents, 25 staff, two albums."""

import json
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from belisha.audit.actions import record
from belisha.consent.actions import record_answers, set_aside
from belisha.consent.models import Answer, How
from belisha.consent.rules import Kind
from belisha.desk.demonstration.accounts import load_accounts
from belisha.desk.demonstration.asked import gather_pictures, load_asked
from belisha.desk.demonstration.backups import load_backups
from belisha.desk.demonstration.cameras import load_cameras
from belisha.desk.demonstration.cases import load_cases
from belisha.desk.demonstration.complaints import load_complaints
from belisha.desk.demonstration.confiscations import load_confiscations
from belisha.desk.demonstration.filmed import load_clip
from belisha.desk.demonstration.names import (
    CLASSES,
    FIRST_NAMES,
    PARENT_NAMES,
    STAFF,
    SURNAMES,
)
from belisha.desk.demonstration.occasions import load_occasions
from belisha.desk.demonstration.published import load_published
from belisha.desk.demonstration.shared import load_shared
from belisha.desk.demonstration.worked_cases import load_worked_cases
from belisha.desk.demonstration.year import days_of_year
from belisha.people.actions import add_user
from belisha.people.actions.calendar import mark
from belisha.people.actions.protection import protect
from belisha.people.models import (
    Parent,
    Pupil,
    Relation,
    School,
    SchoolClass,
    Staff,
    StaffRole,
    Teaching,
    User,
)
from belisha.people.rules import Role
from belisha.photos.actions import albums, copies, faces, pictures, requests, stops
from belisha.photos.engine import engine
from belisha.photos.imaging.box import Box
from belisha.photos.models import Album, Photo
from belisha.photos.rules import Source, Who
from belisha.policy.actions import awareness
from belisha.policy.actions.acknowledging import acknowledge
from belisha.policy.actions.agreements import issue
from belisha.policy.actions.duties import begin_usual_duties
from belisha.policy.actions.model_documents import Issued, shipped_documents
from belisha.policy.actions.privacy import review_done
from belisha.policy.actions.reading import acknowledge_reading
from belisha.policy.actions.signatures import (
    countersign,
    countersign_on_paper,
    read_with_class,
)
from belisha.policy.awareness import (
    Channel,
    first_day,
    last_day,
    on_a_weekday,
    school_year,
)
from belisha.policy.awareness_plan import SHIPPED_PLAN
from belisha.policy.models import Approval, AwarenessStep, Purpose, add_shipped_purposes
from belisha.policy.models import How as SignedHow
from belisha.policy.readings import readings_of
from belisha.policy.rules import Audience
from belisha.policy.signing import children_of

PICTURES = Path(__file__).parent / "pictures"
PUPILS_IN_A_CLASS = 30
# What the families of the pictures' children answered, so that all six facts are seen at once.
SPECIAL = ("leo", "zofia", "maisie", "malik", "tilly", "idris", "ottoline", "bram")


class NotADemonstration(Exception):
    """The folder holds a real school. Nothing was touched."""


@dataclass
class Made:
    """What the loader has made so far."""

    school: School
    at: datetime
    rng: random.Random = field(default_factory=lambda: random.Random(1935))  # noqa: S311 - the same each time
    staff: dict[str, Staff] = field(default_factory=dict)
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    cast: dict[str, Pupil] = field(default_factory=dict)
    parents: dict[int, list[Parent]] = field(default_factory=dict)  # by pupil id

    @property
    def today(self) -> date:
        return self.at.date()

    def user_of(self, name: str) -> User:
        user = self.staff[name].user
        assert user is not None
        return user


def load(at: datetime) -> School:
    """Load the school unless it is there; return it. Raises `NotADemonstration`."""
    school = School.objects.first()
    if school and not school.demonstration:
        raise NotADemonstration
    if school is None:
        school = _load_people_and_answers(at)
    with scope(school=school):
        if not Album.objects.exists():
            _load_pictures(school, at)
    return school


@transaction.atomic
def _load_people_and_answers(at: datetime) -> School:
    school = School.objects.create(
        name="Kerbside Primary School", phone="01632 960 114", demonstration=True, created_at=at
    )
    with scope(school=school):
        made = Made(school, at)
        add_shipped_purposes(school)
        _staff(made)
        _calendar(made)
        _pupils(made)
        _families(made)
        _documents(made)
        _agreements(made)
        _readings(made)
        _awareness(made)
        _answers(made)
        load_accounts(made)
        load_complaints(made)
        load_backups(at)
        load_cameras(made)
        load_confiscations(made)
        load_occasions(made)
        load_cases(made)
        load_worked_cases(made)
        protect(
            made.cast["ottoline"],
            why="A demonstration: a court order says that this child must not be found.",
            by=made.user_of("Mr Pelican"),
            at=at,
        )
        load_asked(made)
        record("demonstration.loaded", school, by=None, at=at)
    return school


def _calendar(made: Made) -> None:
    """This school year and the next."""
    year = made.today.year - (made.today.month < 9)
    for days in (*days_of_year(year), *days_of_year(year + 1)):
        mark(made.school, days, by=made.user_of("Mrs Toucan"), at=made.at)


def _staff(made: Made) -> None:
    school = made.school
    for year, name in enumerate(CLASSES):
        made.classes[name] = SchoolClass.objects.create(school=school, name=name, year_group=year)
    for name, roles, class_name in STAFF:
        email = f"{name.split()[-1].lower()}@kerbside.example"
        user = add_user(school, email=email, name=name, password=None)
        staff = Staff.objects.create(school=school, name=name, email=email, user=user)
        made.staff[name] = staff
        for role in roles:
            StaffRole.objects.create(school=school, staff=staff, role=Role(role))
        if class_name:
            taught = made.classes[class_name]
            Teaching.objects.create(school=school, staff=staff, school_class=taught)


def _pupils(made: Made) -> None:
    cast = _index()["cast"]
    pupils = [
        Pupil(school=made.school, school_class=made.classes["Robins"], year_group=2, **name)
        for name in cast.values()
    ]
    made.cast = dict(zip(cast, pupils, strict=True))
    for class_name, school_class in made.classes.items():
        there = len(cast) if class_name == "Robins" else 0
        pupils += [
            Pupil(
                school=made.school,
                school_class=school_class,
                year_group=school_class.year_group,
                first_name=made.rng.choice(FIRST_NAMES),
                last_name=made.rng.choice(SURNAMES),
            )
            for _ in range(PUPILS_IN_A_CLASS - there)
        ]
    for number, pupil in enumerate(pupils, start=1):
        pupil.key = f"P{number:04}"
    Pupil.objects.bulk_create(pupils)


def _families(made: Made) -> None:
    """Some 150 households: one of three children, many of two, most with two parents."""
    pupils = list(Pupil.objects.order_by("key"))
    first, rest = pupils[0], pupils[1:]
    made.rng.shuffle(rest)
    households = [[first, rest.pop(), rest.pop()]]
    households += [[rest.pop(), rest.pop()] for _ in range(58)]
    households += [[pupil] for pupil in rest]
    for number, children in enumerate(households):
        for child in children[1:]:  # brothers and sisters mostly share a name
            if child not in made.cast.values():
                child.last_name = children[0].last_name
        made.parents |= {child.pk: [] for child in children}
        _parent(made, children, children[0].last_name, "parent")
        if number:
            # Every fifth second parent lives in another home, under another name.
            other = made.rng.choice(SURNAMES) if number % 5 == 0 else children[0].last_name
            _parent(made, children, other, "parent")
    Pupil.objects.bulk_update(pupils, ["last_name"])
    _order_against_contact(made)


def _parent(made: Made, children: list[Pupil], last_name: str, kind: str) -> Parent:
    number = Parent.objects.count() + 1
    taken = {parent.first_name for parent in made.parents[children[0].pk]}
    first_name = made.rng.choice([name for name in PARENT_NAMES if name not in taken])
    email = f"parent{number}@kerbside.example"
    parent: Parent = Parent.objects.create(
        school=made.school,
        key=f"A{number:04}",
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone=f"07700 900{number:03}",
        user=add_user(made.school, email=email, name=f"{first_name} {last_name}", password=None),
    )
    for child in children:
        Relation.objects.create(
            school=made.school,
            pupil=child,
            parent=parent,
            kind=kind,
            parental_responsibility=True,
        )
        made.parents[child.pk].append(parent)
    return parent


def _order_against_contact(made: Made) -> None:
    """Bram's father: parental responsibility, and an order that forbids contact."""
    father = _parent(made, [made.cast["bram"]], "Signpost-Barred", "father")
    Relation.objects.filter(parent=father).update(no_contact=True)
    made.parents[made.cast["bram"].pk].remove(father)


def _documents(made: Made) -> None:
    """The shipped documents, approved and in force for ten weeks."""
    issued_at = made.at - timedelta(days=70)
    shipped_documents(
        made.school,
        by=made.user_of("Mrs Zebrahart"),
        at=issued_at,
        issued=Issued(
            author="Mrs Zebrahart",
            checker="Mr Pelican",
            approved={
                Approval.Side.HEAD: "Mrs Zebrahart",
                Approval.Side.GOVERNORS: "Dr Pegasus",
            },
            approved_on=issued_at.date() - timedelta(days=7),
            review_on=issued_at.date() + timedelta(days=365),
        ),
    )


def _agreements(made: Made) -> None:
    """The shipped texts, read with the Wrens while two were absent; some parents have signed."""
    issued_at = made.at - timedelta(days=40)
    versions = {
        audience: issue(audience, by=made.user_of("Mrs Zebrahart"), at=issued_at)
        for audience in Audience
    }
    wrens = made.classes["Wrens"]
    children = list(Pupil.objects.filter(school_class=wrens).order_by("key"))
    read_with_class(
        wrens,
        children[2:],
        shown=[version.pk for version in versions.values()],
        on=made.today - timedelta(days=30),
        by=made.user_of("Mr Handsignal"),
        at=made.at - timedelta(days=30),
    )
    signed_at = made.at - timedelta(days=20)
    for number, child in enumerate(children_of(children)):
        parent = made.parents[child.pupil.pk][0]
        if number % 3 == 0 and child.agreement and parent.key != "A0001":
            assert parent.user is not None
            countersign(child.pupil, shown=child.agreement.pk, by=parent.user, at=signed_at)
            acknowledge(shown=versions[Audience.FAMILIES].pk, by=parent.user, at=signed_at)
    countersign_on_paper(
        children[1],
        made.parents[children[1].pk][0],
        how=SignedHow.PAPER,
        on=made.today - timedelta(days=10),
        by=made.user_of("Mrs Toucan"),
        at=made.at - timedelta(days=10),
    )


def _readings(made: Made) -> None:
    """Staff have been asked for sixteen days; most have read some of it, Miss Puffin nothing."""
    puffin = made.staff["Miss Puffin"]
    begin_usual_duties(by=made.user_of("Mrs Zebrahart"), at=made.at - timedelta(days=16))
    for number, person in enumerate(made.staff.values()):
        waiting = readings_of(person, made.today) if person != puffin and number % 4 else []
        for reading in waiting[: 1 + number % 3]:
            acknowledge_reading(
                reading.duty,
                shown=reading.version.pk,
                answers={},
                by=made.user_of(person.name),
                at=made.at - timedelta(days=number % 9),
            )
        if number % 3 == 1:
            review_done(by=made.user_of(person.name), at=made.at)


def _awareness(made: Made) -> None:
    """A year half told: some steps done, one late, no social feed, and no prospectus planned."""
    office, year = made.user_of("Mrs Toucan"), school_year(made.today)
    days = {
        Channel.WEBSITE: (-60, "On the page for parents"),
        Channel.LETTER: (-52, "By email to all families, on paper to eleven"),
        Channel.WORD_OF_MOUTH: (-45, "Said by Mrs Zebrahart at the welcome evening"),
        Channel.NEWSLETTER: (-3, ""),
    }
    words = {step.channel: step.text for step in reversed(SHIPPED_PLAN)}
    for channel, (days_from_now, evidence) in days.items():
        step = _step(made, year, channel, days_from_now, words[channel])
        if evidence and step.planned_on <= made.today:
            awareness.mark_done(
                step,
                done_on=step.planned_on,
                done_by=made.staff["Mrs Toucan"],
                evidence=evidence,
                by=office,
                at=made.at,
            )
    _step(made, year, Channel.WORD_OF_MOUTH, 30, words[Channel.WORD_OF_MOUTH])
    feed = _step(made, year, Channel.SOCIAL_FEED, 40, "")
    awareness.set_aside(feed, why="The school has no social feed.", by=office, at=made.at)


def _step(made: Made, year: int, channel: Channel, days_from_now: int, words: str) -> AwarenessStep:
    """One step of the plan, kept within the school year."""
    day = on_a_weekday(made.today + timedelta(days=days_from_now))
    return awareness.add_step(
        year,
        channel=channel,
        name="",
        planned_on=min(max(day, first_day(year)), last_day(year)),
        text=words,
        by=made.user_of("Mrs Toucan"),
        at=made.at,
    )


def _answers(made: Made) -> None:
    office = made.user_of("Mrs Toucan")
    purposes = {purpose.key: purpose for purpose in Purpose.objects.filter(each_picture=False)}
    asked_on = made.today - timedelta(days=60)
    special = {made.cast[name].pk for name in SPECIAL}
    for pupil in Pupil.objects.order_by("key"):
        if pupil.pk in special:
            continue
        chance = made.rng.random()
        if chance < 0.08:  # these families have not answered
            continue
        refused = [
            key for key in purposes if chance > 0.72 and key in ("website", "social-media", "press")
        ]
        _say(made, pupil, office, asked_on, yes=set(purposes) - set(refused), no=set(refused))
    _special_answers(made, office, purposes, asked_on)


def _special_answers(
    made: Made, office: User, purposes: dict[str, Purpose], asked_on: date
) -> None:
    every, open_to_world = set(purposes), {"website", "social-media", "press"}
    cast = made.cast
    _say(made, cast["leo"], office, asked_on, yes=every - open_to_world, no=open_to_world)
    # Zofia's family has answered for some uses only.
    _say(made, cast["zofia"], office, asked_on, yes={"learning-journal", "display", "newsletter"})
    _say(made, cast["maisie"], office, asked_on, yes=every)
    _say(made, cast["maisie"], office, made.today - timedelta(days=5), no={"social-media"})
    _say(made, cast["malik"], office, asked_on, yes=every)
    _say(made, cast["malik"], office, asked_on, no={"newsletter", "website"}, parent=1)
    ran_out = made.today - timedelta(days=20)
    _say(made, cast["tilly"], office, asked_on, yes={"website", "press"}, expires_on=ran_out)
    _say(made, cast["tilly"], office, asked_on, yes=every - {"website", "press"})
    for answer in _say(made, cast["idris"], office, asked_on, yes={"newsletter"}):
        set_aside(answer, why="Signed by a neighbour", by=office, at=made.at)
    _say(made, cast["ottoline"], office, asked_on, yes=every)
    _say(made, cast["bram"], office, asked_on, yes=every)


def _say(
    made: Made,
    pupil: Pupil,
    office: User,
    on: date,
    *,
    yes: Collection[str] = (),
    no: Collection[str] = (),
    parent: int = 0,
    expires_on: date | None = None,
) -> list[Answer]:
    """The office writes down what a parent ticked on the paper form."""
    parents = made.parents[pupil.pk]
    drafts = [
        Answer(
            parent=parents[min(parent, len(parents) - 1)],
            purpose=purpose,
            kind=Kind.GIVEN if purpose.key in yes else Kind.REFUSED,
            how=How.PAPER,
            happened_on=on,
            expires_on=expires_on if purpose.key in yes else None,
        )
        for purpose in Purpose.objects.filter(key__in=[*yes, *no])
    ]
    return record_answers(pupil, drafts, by=office, at=made.at)


def _index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads((PICTURES / "index.json").read_text())
    return index


def _load_pictures(school: School, at: datetime) -> None:
    """Two albums through the real ingest. One is settled; the other is left for the newcomer."""
    teacher = User.objects.get(school=school, name="Miss Puffin")
    head = User.objects.get(school=school, name="Mrs Zebrahart")
    robins = SchoolClass.objects.get(name="Robins")
    made_albums = {
        "Harvest table": albums.make(
            "Harvest table",
            school_class=None,
            event="Harvest",
            taken_on=date(2026, 10, 2),
            device="Hall camera",
            by=head,
            at=at,
        ),
        "Bridge day": albums.make(
            "Bridge day, Robins",
            school_class=robins,
            event="Bridge day",
            taken_on=date(2026, 11, 20),
            device="Robins iPad 3",
            by=teacher,
            at=at,
        ),
    }
    for entry in _index()["pictures"]:
        by = head if entry["album"] == "Harvest table" else teacher
        file = PICTURES / entry["file"]
        photo = pictures.add(
            made_albums[entry["album"]], file.read_bytes(), name=file.name, by=by, at=at
        ).photo
        if entry["album"] == "Harvest table":
            _settle(photo, file.read_bytes(), entry["faces"], head, at)
    _show_families(head, at)
    load_shared(made_albums["Harvest table"], PICTURES / "bridge-day" / "02.jpg", by=head, at=at)
    load_published(made_albums["Harvest table"], by=head, at=at)
    cast = _index()["cast"]
    two = _pupil(cast["malik"]), _pupil(cast["tilly"])
    load_clip(PICTURES / "bridge-day" / "02.jpg", two, by=head, at=at)
    gather_pictures(User.objects.get(school=school, name="Mrs Toucan"), at)


def _show_families(head: User, at: datetime) -> None:
    """What the parent of the passes sees: two copies, a request, and a child's "not this one"."""
    child, said_no = _pupil(_index()["cast"]["amara"]), _pupil(_index()["cast"]["yusuf"])
    photo = Photo.objects.get(faces__pupil=child)  # of the settled album; the other has no names
    stops.stop(photo, said_no, Source.CHILD, by=head, at=at)
    for key in ("learning-journal", "newsletter"):
        purpose = Purpose.objects.get(key=key)
        copies.make(photo, purpose, by=head, at=at, on=timezone.localdate(at))
    requests.ask_families(
        photo,
        Purpose.objects.get(key="promotional"),
        use="Our prospectus, printed, and the advert in the local paper",
        until=timezone.localdate(at) + timedelta(days=300),
        by=head,
        at=at,
        on=timezone.localdate(at),
    )


def _settle(photo: Photo, data: bytes, drawn: list[dict[str, Any]], by: User, at: datetime) -> None:
    """Do what a person would: name each face that was found, draw those that were missed."""
    faces.keep_found(photo, engine().faces(data), at=at)
    cast = {name: _pupil(words) for name, words in _index()["cast"].items()}
    missed = list(drawn)
    for face in photo.faces.all():
        match = next((one for one in missed if face.box.overlap(Box(*one["box"])) > 0.3), None)
        if match:
            missed.remove(match)
        _name(face, match["who"] if match else "not-a-face", cast, by, at)
    for one in missed:
        if one["who"] != Who.NOT_A_FACE:
            _name(faces.draw(photo, Box(*one["box"]), by=by, at=at), one["who"], cast, by, at)
    faces.say_all_boxed(photo, by=by, at=at)


def _pupil(name: dict[str, str]) -> Pupil:
    found: Pupil = Pupil.objects.get(**name)
    return found


def _name(face: Any, who: str, cast: dict[str, Pupil], by: User, at: datetime) -> None:
    if who in cast:
        faces.settle(face, Who.PUPIL, pupil=cast[who], by=by, at=at)
    else:
        faces.settle(face, Who(who), by=by, at=at)
