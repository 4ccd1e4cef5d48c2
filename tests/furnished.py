"""A school with one thing of every kind, each marked with words that stand nowhere else.

Whoever meets a mark that is not theirs to see has found a leak.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_scopes import scope
from PIL import Image

from belisha.channels.actions import accounts as account_acts
from belisha.channels.actions import found as found_acts
from belisha.channels.actions.page import show_page
from belisha.complaints.actions import files, hearing, panels
from belisha.complaints.actions.limits import propose
from belisha.complaints.actions.offers import offer
from belisha.complaints.actions.receiving import Told, receive
from belisha.complaints.models import Step
from belisha.complaints.rules import Outcome, Stage
from belisha.consent import importing, sheets
from belisha.consent.actions import record_answers
from belisha.consent.campaigns import acts as campaigns
from belisha.consent.campaigns.whom import Whom
from belisha.consent.models import Answer, How
from belisha.consent.rules import Kind
from belisha.devices.actions import checks, loans, losses, memory, off_site
from belisha.devices.actions import register as device_acts
from belisha.devices.confiscations import exempting, keeping, matters, returning, seizing
from belisha.devices.models import ContactTry, Matter, Returned
from belisha.events.actions import challenges, occasions, reminders, tablets
from belisha.events.actions import visitors as visiting
from belisha.events.models import WhoComes
from belisha.incidents.actions import deciding, handling, needs, removal, telling
from belisha.incidents.actions import evidence as case_evidence
from belisha.incidents.models import Case, Keeping, Sanction
from belisha.incidents.models import Task as CaseTask
from belisha.incidents.removal.brake import Deed, Sort
from belisha.incidents.removal.ladder import Rung
from belisha.incidents.rules import About, Part, Way
from belisha.incidents.rules import Kind as CaseKind
from belisha.incidents.working.kinds import BULLYING, JURISDICTION
from belisha.people.actions import add_user, calendar, choices, merging
from belisha.people.actions.codes import ask as mail_code
from belisha.people.actions.invitations import invite
from belisha.people.actions.letters import issue as letter_code
from belisha.people.actions.protection import protect
from belisha.people.actions.roster import keep as keep_roster
from belisha.people.actions.standing_in import name_stand_in
from belisha.people.calendar import Days, Mark
from belisha.people.models import (
    GuestPass,
    Mail,
    Parent,
    Pupil,
    Relation,
    School,
    SchoolClass,
    Staff,
    StaffRole,
    StandIn,
    Teaching,
    User,
)
from belisha.people.roster import template_csv
from belisha.people.rules import GOVERNORS, SEES_WHOLE_SCHOOL, Role
from belisha.people.sessions import ref_of
from belisha.people.tests.cast import give_passkey, give_second_factor
from belisha.photos import store
from belisha.photos.actions import (
    albums,
    answering,
    clips,
    copies,
    faces,
    pictures,
    places,
    prints,
    publications,
    requests,
    retention,
    selections,
    shares,
    stops,
)
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film.engine import Found
from belisha.photos.imaging.film.tests import making
from belisha.photos.imaging.film.track import Point, Track
from belisha.photos.models import (
    Album,
    CoveredClip,
    Photo,
    RefusedClip,
    Rendition,
    Selection,
)
from belisha.photos.retention import Keeps
from belisha.photos.rules import Layout, PlaceKind, Source, Viewers, Who
from belisha.policy.access import READERS
from belisha.policy.actions import (
    acknowledging,
    agreements,
    approvals,
    awareness,
    bindings,
    declarations,
    documents,
    duties,
    imports,
    privacy,
    reading,
    signatures,
)
from belisha.policy.actions.model_documents import shipped_documents
from belisha.policy.awareness import Channel, school_year
from belisha.policy.duties import Recurrence
from belisha.policy.models import (
    MAIN,
    Approval,
    Clause,
    Declaration,
    Document,
    HowRead,
    Purpose,
    Version,
    add_shipped_purposes,
    current_agreements,
)
from belisha.policy.models import How as SignedHow
from belisha.policy.models.documents import clauses_of
from belisha.policy.outline import Item, Outline
from belisha.policy.readings import readings_of
from belisha.policy.rules import Audience
from belisha.rights.actions import requests as asking
from belisha.rights.models import Item as Gathered
from belisha.rights.models import Request, Takeaway
from belisha.rights.rules import Asked
from belisha.rights.rules import Part as BundlePart

PASSWORD = "four words that fit"
TAKEN_ON = date(2026, 10, 2)


@dataclass
class Furnished:
    """The things of one class: what addresses name, and the marks on them."""

    school: School
    mark: str
    users: dict[str, User] = field(default_factory=dict)
    named: dict[str, object] = field(default_factory=dict)  # by the end of an address before it

    def marked(self, *kinds: str) -> list[str]:
        """The words that stand on things of these kinds."""
        return [f"{self.mark}{kind}" for kind in kinds]

    def name(self, kind: str) -> str:
        return f"{self.mark}{kind}"


def furnished_school(name: str, at: datetime) -> School:
    school = School.objects.create(name=name, created_at=at)
    with scope(school=school):
        add_shipped_purposes(school)
        for role in SEES_WHOLE_SCHOOL:
            add_staff(school, f"{school.pk}-{role}", role)
    return school


def add_staff(school: School, name: str, role: Role) -> Staff:
    user = add_user(school, email=f"{name}@staff.example", name=name, password=PASSWORD)
    give_second_factor(user)
    RecoveryCodes.activate(user).mark_as_viewed()
    staff: Staff = Staff.objects.create(school=school, name=name, email=user.email, user=user)
    StaffRole.objects.create(school=school, staff=staff, role=role)
    return staff


def user_with(school: School, role: Role) -> User:
    found: Staff = Staff.objects.filter(roles__role=role).order_by("id").first()
    assert found.user is not None
    return found.user


def furnish(school: School, mark: str) -> Furnished:
    """Add a class with its people and answers, a picture, and what was done with it."""
    with scope(school=school):
        things = Furnished(school, mark)
        _people(things)
        _calendar(things)
        _answers(things)
        _policy(things)
        _documents(things)
        _agreements(things)
        _readings(things)
        _roster(things)
        _campaign(things)
        _pictures(things)
        _clip(things)
        _accounts(things)
        _complaints(things)
        _devices(things)
        _confiscated(things)
        _events(things)
        _cases(things)
        _shown(things)
        _agreed(things)
        _published(things)
        _taken_along(things)
        _asked_about(things)
    return things


def _people(things: Furnished) -> None:
    school, name, users = things.school, things.name, things.users
    for role in SEES_WHOLE_SCHOOL:
        users[role.value] = user_with(school, role)
    for role in (Role.TEACHER, Role.OTHER_STAFF, *GOVERNORS, Role.PARENTS_ASSOCIATION):
        staff = add_staff(school, name(role.value), role)
        users[role.value] = staff.user
        things.named[f"staff of {role}"] = staff.pk
    school_class = SchoolClass.objects.create(school=school, name=name("class"), year_group=2)
    teacher = Staff.objects.get(user=users["teacher"])
    Teaching.objects.create(school=school, staff=teacher, school_class=school_class)
    pupil = Pupil.objects.create(
        school=school,
        key=name("pupilkey"),
        first_name=name("first"),
        last_name=name("last"),
        school_class=school_class,
        year_group=2,
    )
    parent, relation = _parent(things, pupil, "parent")
    barred, _ = _parent(things, pupil, "barred", no_contact=True)
    hidden = Pupil.objects.create(
        school=school,
        first_name="Hidden",
        last_name=name("hiddenlast"),
        school_class=school_class,
        year_group=2,
    )
    protect(
        hidden,
        why=name("why"),
        by=users["safeguarding-lead"],
        at=timezone.now(),
    )
    letter_code(parent, by=users["office"], at=timezone.now())
    mail_code(school, parent.email, link="http://127.0.0.1/in/code/", at=timezone.now())
    twin = Parent.objects.create(  # may be the parent once more, and is not the one under an order
        school=school,
        key=name("twinkey"),
        first_name=name("twinfirst"),
        last_name=name("twinlast"),
        email=parent.email,
        phone=name("twinphone")[:30],
    )
    said = merging.say_two(barred, twin, by=users["office"], at=timezone.now())
    things.users |= {"parent": parent.user, "parent-under-order": barred.user}
    guest = _guest(things, "guest", until=timezone.now() + timedelta(days=2))
    _guest(things, "expired-guest", until=timezone.now() - timedelta(seconds=1))
    things.named |= {
        "classes/": school_class.pk,
        "purposes/": "newsletter",
        "people/template/": "children",
        "pupils/": pupil.pk,
        "pupil/": pupil.pk,
        "protected/": hidden.pk,
        "children/": pupil.pk,
        "child/": pupil.pk,
        "sheet/": school_class.pk,
        "forms/": school_class.pk,
        "parents/": parent.pk,
        "ties/": relation.pk,
        "seem-one/": parent.pk,
        "and/": twin.pk,
        "two/": said.pk,
        "staff/": teacher.pk,
        "guests/": guest.pk,
        "enter/": "a-real-school-has-no-pass",
        "account/invitation/": invite(teacher, by=None, at=timezone.now()),
        "account/sessions/": ref_of(a_session(teacher.user)),
        "account/factors/passkeys/": give_passkey(teacher.user, "Passkey").pk,
    }


def _guest(things: Furnished, kind: str, *, until: datetime) -> GuestPass:
    school, name, head = things.school, things.name, things.users["head"]
    email = f"{name(kind)}@away.example"
    things.users[kind] = add_user(school, email=email, name=name(kind), password=PASSWORD)
    guest: GuestPass = GuestPass.objects.create(
        school=school,
        name=name(kind),
        email=email,
        pages=["figures", "purposes", "in-school"],
        until=until,
        user=things.users[kind],
        invited_at=timezone.now() - timedelta(days=1),
        invited_by=head,
    )
    return guest


def _parent(things: Furnished, pupil: Pupil, kind: str, *, no_contact: bool = False):
    school, name = things.school, things.name
    user = add_user(school, email=f"{name(kind)}@home.example", name=name(kind), password=PASSWORD)
    parent = Parent.objects.create(
        school=school,
        key=name(f"{kind}key"),
        first_name=name(f"{kind}first"),
        last_name=name(f"{kind}last"),
        email=f"{name(kind)}@home.example",
        phone=name(f"{kind}phone")[:30],
        user=user,
    )
    relation = Relation.objects.create(
        school=school,
        pupil=pupil,
        parent=parent,
        parental_responsibility=True,
        no_contact=no_contact,
    )
    return parent, relation


def a_session(user: User) -> UserSession:
    """Somewhere else where somebody is signed in."""
    store = SessionStore()
    store.create()
    return UserSession.objects.create(
        user=user, session_key=store.session_key, ip="127.0.0.1", user_agent="Firefox/1 (Windows)"
    )


def _calendar(things: Furnished) -> None:
    """A term, once for the school; a day without children; and a private calendar address.

    Whoever has the address may read the days, so no mark stands on them.
    """
    school, office, at = things.school, things.users["office"], timezone.now()
    autumn = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18), "Autumn term")
    calendar.take_over(school, [autumn], by=office, at=at)
    inset = Days(Mark.INSET, date(2026, 11, 27), date(2026, 11, 27))
    row = calendar.mark(school, inset, by=office, at=at)
    choices.choose(things.users["teacher"], digest=True, slash_key=True, at=at)
    things.named |= {
        "calendar/days/": row.pk,
        "feeds/": choices.make_address(things.users["teacher"], at=at),
    }


def _answers(things: Furnished) -> None:
    office, at = things.users["office"], timezone.now()
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    drafts = [
        Answer(
            parent_id=things.named["parents/"],
            purpose=purpose,
            kind=Kind.GIVEN,
            how=How.PAPER,
            happened_on=TAKEN_ON,
        )
        for purpose in Purpose.objects.filter(each_picture=False)
    ]
    answer, *_ = record_answers(pupil, drafts, by=office, at=at)
    sheet = (
        "pupil,parent,purpose,answer,on\n"
        + f"{things.name('unknown')},x,website,given,2026-10-02\n"
    )
    kept = importing.keep(sheet.encode(), "a.csv", school=things.school, by=office, at=at)
    taught = SchoolClass.objects.get(pk=things.named["classes/"])
    event = sheets.make(
        things.name("sheet"), on=TAKEN_ON, classes=[taught], by=things.users["teacher"], at=at
    )
    sheets.put_on(event, pupil, by=office, at=at)
    things.named |= {
        "set-aside/": answer.pk,
        "consent/import/": kept.ref,
        "sheets/": event.ref,
    }


def _documents(things: Furnished) -> None:
    """The shipped documents, once for the school; a step of the plan of how parents are told."""
    head, today = things.users["head"], timezone.localdate()
    shipped_documents(things.school, by=head, at=timezone.now())
    step = awareness.add_step(
        school_year(today),
        channel=Channel.LETTER,
        name=things.name("step"),
        planned_on=today,
        text=things.name("stepwords"),
        by=head,
        at=timezone.now(),
    )
    things.named["awareness/steps/"] = step.pk
    office = things.users["office"]
    awareness.mark_done(step, done_on=today, done_by=head.staff, by=head, at=timezone.now())
    awareness.keep_file(
        step, b"%PDF-1.7", name=things.name("evidence.pdf"), by=office, at=timezone.now()
    )


def _agreements(things: Furnished) -> None:
    """Issued once for the school; read with the class; signed by a parent on paper."""
    head, at = things.users["head"], timezone.now()
    for audience in Audience if not current_agreements() else ():
        agreements.issue(audience, by=head, at=at)
    current = current_agreements()
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    held = signatures.read_with_class(
        pupil.school_class,
        [pupil],
        shown=[version.pk for version in current.values()],
        on=timezone.localdate(at),
        by=things.users["teacher"],
        at=at,
    )
    on_paper = signatures.countersign_on_paper(
        pupil,
        Parent.objects.get(pk=things.named["parents/"]),
        how=SignedHow.PAPER,
        on=timezone.localdate(at),
        by=things.users["office"],
        at=at,
    )
    read = acknowledging.acknowledge_on_paper(
        Parent.objects.get(pk=things.named["parents/"]),
        how=SignedHow.PAPER,
        on=timezone.localdate(at),
        by=things.users["office"],
        at=at,
    )
    agreements.draft(
        Audience.KEY_STAGE_2,
        title="Our next agreement",
        text="I ask first.",
        small_change=False,
        by=head,
        at=at,
    )
    things.named |= {
        "children/": pupil.pk,
        "agreements/readings/": held.pk,
        "agreements/signatures/": on_paper.pk,
        "agreements/families/": things.named["parents/"],
        "agreements/acknowledgements/": read.pk,
        "agreements/texts/": Audience.KEY_STAGE_2.value,
    }


def _policy(things: Furnished) -> None:
    """The policy in force, once for the school; a draft under approval; a file being mended.

    Each of them for a document of the class's own, too, so that its key is no other school's.
    """
    head, at = things.users["head"], timezone.now()
    word = {"by": head, "at": at}
    front = {
        "author": things.name("author"),
        "checker": things.name("checker"),
        "commitment": "We keep children safe.",
        "review_on": timezone.localdate(at) + timedelta(days=20),
    }
    text = Outline(
        things.name("policy"), (Item("i", "B. Staff", "Never add pupils as friends.", "B"),)
    )
    if not Document.objects.filter(key=MAIN).exists():
        _issue(documents.draft_from(MAIN, text, **word, **front), head, at)
    own = documents.add_document(f"{things.mark} of our own", **word)
    draft = documents.draft_from(own.key, text, **word, **front)
    _issue(draft, head, at)
    clause = draft.clauses.get()
    bindings.bind(clause, "B.i", **word)
    bindings.say_for_parents(draft, {clause.pk: "Staff are not your child's friends."}, **word)
    draft = documents.start_draft(own, substance=True, **word)
    documents.approve(draft, Approval.Side.HEAD, seen=draft.digest, **word)
    kept = imports.keep_import(
        own, text, data=b"text", name=things.name("file"), read="text", **word
    )
    things.named |= {
        "policy/": own.key,
        "versions/": "1.0",
        "clauses/": draft.clauses.get().pk,
        "imports/": kept.ref,
    }


def _issue(draft: Version, head: User, at: datetime) -> None:
    seen, on = draft.digest, timezone.localdate(at)
    documents.approve(draft, Approval.Side.HEAD, seen=seen, by=head, at=at)
    documents.approve(
        draft, Approval.Side.GOVERNORS, name="Dr Who", on=on, seen=seen, by=head, at=at
    )
    documents.issue(draft, seen=seen, by=head, at=at)


def _readings(things: Furnished) -> None:
    """A document of the school's own with a duty to read, and guidance; what staff declared."""
    school, name, users, at = things.school, things.name, things.users, timezone.now()
    head, teacher = users["head"], users["teacher"]
    document = Document.objects.create(school=school, key=name("document").lower(), title="Rules")
    version = Version.objects.create(
        school=school,
        document=document,
        major=1,
        title="Rules of ours",
        made_at=at,
        made_by=head,
        issued_at=at,
        issued_on=timezone.localdate(at),
        issued_by=head,
    )
    outline = Outline("Rules", (Item("i", "A. Rules", "Be kind.", "A"),))
    Clause.objects.bulk_create(clauses_of(version, outline))
    duty = duties.add_duty(
        document, roles=READERS, days=14, recurrence=Recurrence.VERSION, by=head, at=at
    )
    duties.set_questions(
        version, [duties.Draft("How are we?", ["Kind", "Rude"], 1, "", "A.i")], by=head, at=at
    )
    assistant = Staff.objects.get(user=users["other-staff"])
    read = reading.write_reading_down(
        assistant,
        duty,
        how=HowRead.PAPER,
        on=timezone.localdate(at),
        by=users["office"],
        at=at,
    )
    office = Staff.objects.get(user=users["office"])
    reading.remind(office, readings_of(office, timezone.localdate(at)), by=head, at=at)
    if not Version.objects.issued().filter(document__key="safeguarding").exists():
        edition = "the edition of this year"
        duties.put_edition_in_use(
            "safeguarding", edition=edition, read_at="https://guidance.example/", by=head, at=at
        )
    privacy.review_done(by=teacher, at=at)
    told = {"kind": Declaration.Kind.CONTACT, "happened_on": timezone.localdate(at), "at": at}
    declared = declarations.declare(words=name("declared"), by=users["other-staff"], **told)
    declarations.receive(declared, note=name("noted"), by=head, at=at)
    of_head = declarations.declare(words=name("headtold"), by=head, **told)
    declarations.receive(of_head, note=name("chairnoted"), by=users["chair-of-governors"], at=at)
    things.named |= {
        "reading/": duty.pk,
        "reading/staff/": assistant.pk,
        "reading/reads/": read.pk,
        "reading/duties/": duty.pk,
        "reading/guidance/": "safeguarding",
        "reading/versions/": version.pk,
        "declarations/": declared.ref,
        "declarations/received/": declared.ref,
    }


def _roster(things: Furnished) -> None:
    """A list of people that the office sent and has not accepted yet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("children.csv", template_csv())
    kept = keep_roster(
        buffer.getvalue(),
        "children.csv",
        school=things.school,
        by=things.users["office"],
        at=timezone.now(),
    )
    things.named["people/import/"] = kept.ref


def _campaign(things: Furnished) -> None:
    """The families of the class are asked; a mail to them waits."""
    office, at = things.users["office"], timezone.now()
    campaign = campaigns.start(
        things.school,
        title=things.name("campaign"),
        text=things.name("campaignwords"),
        whom=Whom.CLASSES,
        classes=[SchoolClass.objects.get(pk=things.named["classes/"])],
        answer_by=timezone.localdate(at) + timedelta(days=14),
        remind_after=5,
        by=office,
        at=at,
    )
    mail = Mail.objects.get(about=f"parent:{things.named['parents/']}", kind="campaign")
    things.named |= {"campaigns/": campaign.pk, "people/mail/": mail.pk}


def _pictures(things: Furnished) -> None:
    teacher, at, name = things.users["teacher"], timezone.now(), things.name
    album = albums.make(
        name("title"),
        taken_on=TAKEN_ON,
        by=teacher,
        at=at,
        school_class=SchoolClass.objects.get(pk=things.named["classes/"]),
        event=name("event"),
        device=name("device"),
    )
    photo = pictures.add(
        album, a_picture(name("camera")), name=f"{name('filename')}.jpg", by=teacher, at=at
    ).photo
    faces.keep_found(photo, [], at=at)
    face = faces.draw(photo, Box(0.3, 0.3, 0.2, 0.2), by=teacher, at=at)
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    faces.settle(face, Who.PUPIL, pupil=pupil, by=teacher, at=at)
    faces.say_all_boxed(photo, by=teacher, at=at)
    purpose = Purpose.objects.get(key="newsletter")
    today = timezone.localdate()
    copy = copies.make(photo, purpose, by=teacher, at=at, on=today)
    promotion = Purpose.objects.get(key="promotional")
    until = today + timedelta(days=30)
    request = requests.ask_families(
        photo, promotion, use=name("use"), until=until, by=teacher, at=at, on=today
    )
    other = requests.ask_families(
        photo, promotion, use=name("otheruse"), until=until, by=teacher, at=at, on=today
    )
    told = answering.answer_on_paper(
        request,
        pupil,
        Parent.objects.get(pk=things.named["parents/"]),
        yes=False,
        how=How.PAPER,
        happened_on=today,
        by=things.users["office"],
        at=at,
        on=today,
    )
    requests.remind(other, by=teacher, at=at, on=today)
    parent, display = things.users["parent"], Purpose.objects.get(key="display")
    stop = stops.stop(photo, pupil, Source.FAMILY, purpose=display, by=parent, at=at)
    things.named |= {
        "children/": pupil.pk,
        "shown/": copy.ref,
        "asked/": request.ref,
        "requests/": request.ref,
        "picture-answers/": told.pk,
        "stops/": stop.pk,
        "albums/": album.ref,
        "pictures/": photo.ref,
        "faces/": face.pk,
        "copies/": copy.ref,
    }


def _clip(things: Furnished) -> None:
    """A clip that was looked through, one face of it, its copy, and one that was refused."""
    teacher, at = things.users["teacher"], timezone.now()
    album = Album.objects.get(ref=things.named["albums/"])
    name = f"{things.name('filename')}.mp4"
    photo = clips.add(album, a_clip(), name=name, by=teacher, at=at).photo
    way = Track((Point(0, Box(0.3, 0.3, 0.2, 0.2)), Point(200, Box(0.3, 0.3, 0.2, 0.2))))
    clips.keep_looked(photo, [Found(way, b"strip")], seconds=0.3, at=at)
    face = photo.faces.get()
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    faces.settle(face, Who.PUPIL, pupil=pupil, by=teacher, at=at)
    faces.say_all_boxed(photo, by=teacher, at=at)
    photo.refresh_from_db()
    purpose, today = Purpose.objects.get(key="newsletter"), timezone.localdate()
    copy = copies.make(photo, purpose, by=teacher, at=at, on=today, sound=False)
    made = CoveredClip.objects.get(photo=photo)
    about = {"school": things.school, "at": at, "photo": photo}
    store.keep(b"preview", **about, rendition=Rendition.PREVIEW).save()
    for rendition in (Rendition.COVERED, Rendition.FIRST):
        store.keep(b"covered", **about, rendition=rendition, covered=made).save()
    made.made_at = at
    made.save()
    until = today + timedelta(days=30)
    asked = requests.ask_families(
        photo,
        Purpose.objects.get(key="promotional"),
        use=things.name("clipuse"),
        until=until,
        by=teacher,
        at=at,
        on=today,
    )
    refused = RefusedClip.objects.create(
        school=things.school, album=album, added_at=at, why="It broke off.", at=at
    )
    things.named |= {
        "clips/": photo.ref,
        "at/": 0,
        "ways/": face.pk,
        "strips/": face.strip,
        "clip-copies/": copy.ref,
        "shown/clips/": copy.ref,
        "asked/clips/": asked.ref,
        "refused/": refused.pk,
    }


@cache
def a_clip() -> bytes:
    """Three pictures of a small room."""
    return making.clip([making.room(number) for number in range(3)])


def _accounts(things: Furnished) -> None:
    """An account of the school, for which the head is asked; one that was found; the public page.

    What stands on the public page is for the whole world, so no mark does.
    """
    name, users, at = things.name, things.users, timezone.now()
    teacher = Staff.objects.get(user=users["teacher"])
    assistant = Staff.objects.get(user=users["other-staff"])
    account = account_acts.write_down(
        details={
            "service": "facebook",
            "name": name("account"),
            "purpose": name("accountpurpose"),
            "audience": "public",
            "run_by": "school",
            "recovery": f"{name('recovery')}@kerbside.example".lower(),
        },
        people=account_acts.People([teacher, assistant], [name("helper")]),
        owned=True,
        by=users["teacher"],
        at=at,
    )
    account_acts.see_factor(account, by=users["office"], at=at)
    account_acts.ask(account, by=users["teacher"], at=at)
    found = found_acts.record_found(
        details={
            "service": "whatsapp",
            "name": name("foundaccount"),
            "seen": name("foundwords"),
            "seen_on": timezone.localdate(at),
            "told_by": "staff",
        },
        by=users["teacher"],
        at=at,
    )
    show_page(True, by=users["head"], at=at)
    things.named |= {
        "accounts/": account.ref,
        "accounts/found/": found.ref,
        "accounts/hand-over/": account.people.first().pk,
    }


def _complaints(things: Furnished) -> None:
    """A concern about the class that has come to a panel, and one about the head."""
    name, users, at = things.name, things.users, timezone.now()
    parent = Parent.objects.get(pk=things.named["parents/"])

    def tell(subject: str, words: str) -> Any:
        """With a name of its own, so that no other mark stands in it."""
        details = {"subject": subject, "words": name(words), "name": name("complainant")}
        told = Told({**details, "class_called": name("class")}, parent=parent)
        return receive(things.school, told, language="en-gb", by=parent.user, at=at)[0]

    complaint = tell("class", "concern")
    tell("head", "abouthead")
    for stage, who in ((Stage.ONE, "head"), (Stage.TWO, "head"), (Stage.PANEL, "head")):
        step = Step.objects.get(complaint=complaint, ended_at=None)
        hearing.take_further(step, name(f"further{stage}"), by=users[who], at=at)
    governors = [
        add_staff(things.school, name(f"sits{number}"), Role.GOVERNOR) for number in range(3)
    ]
    panels.call(
        complaint,
        members=governors,
        others=[],
        meets_at=at + timedelta(days=9),
        place=name("panelplace"),
        papers_by=at.date() + timedelta(days=4),
        by=users["head"],
        at=at,
    )
    limit = propose(
        complaint,
        limit=name("limit"),
        reasons=name("limitreasons"),
        tried=name("tried"),
        review_on=at.date() + timedelta(days=30),
        by=users["head"],
        at=at,
    )
    offered = offer(
        where="A group",
        seen="Lunch",
        seen_on=at.date(),
        reply="Write to us",
        offered_on=at.date(),
        by=users["office"],
        at=at,
    )
    sent = files.attach(
        complaint, b"%PDF-1.7", name=name("sentfile"), from_family=True, by=parent.user, at=at
    )
    closed = tell("class", "closedconcern")
    first = Step.objects.get(complaint=closed)
    hearing.answer(first, Outcome.UPHELD, name("answer"), by=users["teacher"], at=at)
    hearing.end(closed, "content", "", by=users["teacher"], at=at)
    things.named |= {
        "complain/": complaint.ref,
        "complaints/": complaint.ref,
        "complaints/limits/": limit.ref,
        "complaints/offers/": offered.ref,
        # One act stands for all, since they share one door.
        "complain/<str:ref>/": "write",
        "complaints/<str:ref>/": "answer",
        "complaints/<str:ref>/files/": sent.ref,
    }


def _devices(things: Furnished) -> None:
    """A camera that is out on a visit with the head's yes; one that is lost; a check that runs."""
    school, users, name, at = things.school, things.users, things.name, timezone.now()
    office, today = users["office"], timezone.localdate(at)
    teacher = Staff.objects.get(user=users["teacher"])
    kept = {"kind": "camera", "lives_in": name("cupboard"), "by": office, "at": at}
    camera = device_acts.add(school, name=name("kitlabel"), **kept)
    lost = device_acts.add(school, name=name("lostkit"), **kept)
    plan = off_site.plan_visit(
        camera,
        holder=teacher,
        visit=None,
        title=name("visitplan"),
        leaves_on=today,
        back_on=today + timedelta(days=1),
        purpose=name("visitpurpose"),
        by=users["teacher"],
        at=at,
    )
    loan = loans.sign_out(
        lost, holder=teacher, signed="typed", purpose=name("loanwords"), by=users["teacher"], at=at
    )
    loss = losses.report(
        lost, held="unknown", last_seen=name("whereseen"), by=users["teacher"], at=at
    )
    memory.imported(camera, about="", count=2, by=users["teacher"], at=at)
    check = checks.start(school, by=office, at=at)
    checks.tick(check, camera, seen=True, condition="good", by=office, at=at)
    things.named |= {
        "devices/": camera.ref,
        "devices/checks/": check.ref,
        "devices/losses/": loss.ref,
        "devices/visits/": plan.ref,
        "loans/": loan.ref,
    }


def _confiscated(things: Furnished) -> None:
    """A phone that the teacher took: in the office, a parent reached, something wrong; a watch
    that was collected; what the child may have."""
    name, users, at = things.name, things.users, timezone.now()
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    parent = Parent.objects.get(pk=things.named["parents/"])
    teacher, office, head = users["teacher"], users["office"], users["head"]
    seen = {
        "description": name("looks"),
        "condition": "",
        "power": "off",
        "not_unlocked": True,
        "not_searched": True,
        "opened_why": "",
        "despite": name("despite"),
        "during": "lesson",
        "where": "classroom",
        "why": name("happened"),
        "way_home": "unknown",
    }
    may_have = exempting.exempt(
        pupil,
        kind="watch",
        named="",
        says=name("mayhave"),
        until=timezone.localdate(at) + timedelta(days=30),
        by=office,
        at=at,
    )
    before = at - timedelta(days=3)
    phone, watch = (
        seizing.seize(pupil, kind=kind, seized_at=before, by=teacher, at=before, **seen)
        for kind in ("phone", "watch")
    )
    for number, row in enumerate((phone, watch)):
        keeping.receive(
            row,
            envelope=f"{things.mark} {number}",
            shelf=name("shelf"),
            fits=True,
            difference="",
            by=office,
            at=at,
        )
    how = ContactTry.How.PHONE
    agreed = {"how": how, "reached": True, "agreed": name("agreed"), "tried_at": at}
    keeping.write_try(phone, parent, **agreed, by=office, at=at)
    matter = matters.tell(phone, Matter.Kind.CONDITION, name("wrong"), by=office, at=at)
    matters.decide_sanction(phone, chosen="No sanction", why=name("sanctionwhy"), by=head, at=at)
    returning.collect(
        watch,
        parent=parent,
        adult="",
        identity=Returned.Identity.KNOWN,
        signature="typed",
        same_condition=True,
        words=name("returned"),
        by=office,
        at=at,
    )
    things.named |= {
        "ladders/": "mobile-phones",
        "confiscations/": phone.ref,
        "confiscations/take/": pupil.pk,
        "confiscations/exemptions/": may_have.ref,
        "confiscations/exemptions/for/": pupil.pk,
        "confiscations/matters/": matter.pk,
    }


def _events(things: Furnished) -> None:
    """An event that nobody said the reminder at; a visitor whom the office let in, one who came in
    at a door, and a challenge. A calendar program reads titles, so no mark stands on them."""
    name, users, at = things.name, things.users, timezone.now()
    occasion = occasions.add(
        [SchoolClass.objects.get(pk=things.named["classes/"])],
        title="Bridge day",
        place=name("occasionplace"),
        reminder=name("occasionsaid"),
        starts_at=at + timedelta(hours=1),
        ends_at=at + timedelta(hours=2),
        comes=WhoComes.CLASSES,
        by=users["teacher"],
        at=at,
    )
    reminders.say(occasion, by=users["teacher"], at=at)
    who = {"firm": "", "rule": "No phone.", "at": at}
    visitor = visiting.sign_in(
        name=name("visitorname"), sees=name("visitorsees"), by=users["office"], **who
    )
    challenge = challenges.write_down(
        place="hall",
        what="phone",
        done="would-not",
        words=name("challengewords"),
        by=users["teacher"],
        at=at,
    )
    tablet, token = tablets.set_up(name("tabletname"), by=users["office"], at=at)
    at_door = visiting.sign_in(name="Ann Example", sees="The boiler", tablet=tablet, **who)
    things.named |= {
        "events/": occasion.ref,
        "visitors/": visitor.ref,
        "visitors/kept/": "visits",
        "visitors/tablets/": tablet.pk,
        "challenges/": challenge.ref,
        "door/": token,
        "door/<str:token>/badge/": at_door.ref,
    }


def _cases(things: Furnished) -> None:
    """One on which those who safeguard work, with all that can hang on it; one about the head, on
    which the chair works."""
    school, at, lead = things.school, timezone.now(), things.users["safeguarding-lead"]
    pupil = Pupil.objects.get(pk=things.named["pupils/"])
    told = {"way": Way.PUPIL, "kind": CaseKind.BULLYING, "who": "", "where": "", "when": ""}
    begun = telling.tell(
        school,
        details=told | {"about": About.PUPIL, "what": things.name("case")},
        named=[telling.Named(Part.SUBJECT, pupil=pupil)],
        by=None,
        at=at,
    )
    case = begun.case
    image = io.BytesIO()
    Image.new("RGB", (64, 64), "orange").save(image, "PNG")
    kept = case_evidence.add_file(case, image.getvalue(), name=things.name("case"), by=lead, at=at)
    covered = case_evidence.cover(kept, [Box(0, 0, 0.5, 0.5)], by=lead, at=at)
    to_tell = handling.must_be_told(case, who=things.name("case"), why="", by=lead, at=at)
    to_do, sanction, over = _work_on(case, things, lead, at)
    _to_go(case, things, lead, at)
    teacher = Staff.objects.get(user=things.users["teacher"])
    close = handling.declare({"why": things.name("close"), "other_staff": teacher}, by=lead, at=at)
    telling.tell(
        school,
        details=told | {"about": About.HEAD, "what": things.name("headcase")},
        by=None,
        at=at,
    )
    things.named |= {
        "cases/": case.ref,
        "cases/<str:ref>/people/": case.parties.filter(part=Part.SUBJECT).first().pk,
        "cases/<str:ref>/told/": to_tell.pk,
        "cases/<str:ref>/evidence/": kept.ref,
        "cases/<str:ref>/copies/": covered.ref,
        "cases/<str:ref>/ask/": "bullying",
        "cases/<str:ref>/to-do/": to_do.pk,
        "cases/<str:ref>/sanction/": sanction.pk,
        "cases/over/": over.pk,
        "cases/close/": close.pk,
    }


def _work_on(
    case: Case, things: Furnished, lead: User, at: datetime
) -> tuple[CaseTask, Sanction, Keeping]:
    """What is asked, to be done and decided in a case; and its period is over."""
    name = things.name("case")
    answers = {"posted-where": needs.Typed(name), "down": needs.Typed("no")}
    needs.answer_sheet(case, BULLYING, answers, by=lead, at=at)
    test = {"in-charge": needs.Typed("school", name)}
    needs.answer_sheet(case, JURISDICTION, test, by=lead, at=at)
    deciding.breached(case, ["D.ix"], by=lead, at=at)
    party = case.parties.filter(part=Part.SUBJECT).first()
    return (
        needs.add_task(case, what=name, days=1, by=lead, at=at),
        deciding.sanction(case, party=party, step=name, why=name, by=lead, at=at),
        Keeping.objects.create(school=things.school, case=case, at=at),
    )


def _to_go(case: Case, things: Furnished, lead: User, at: datetime) -> None:
    """A post whose author was asked, and a heavy means that is weighed."""
    name = things.name("case")
    where = {"thing": "post", "service": "facebook", "where": name, "harms": ["bullying"]}
    post = removal.add_post(case, where, by=lead, at=at)
    step = removal.take_step(post, Rung.AUTHOR, to=name, words=name, by=lead, at=at)
    heavy = {"deed": Deed.POLICE, "sort": Sort.HARASSMENT, "why": name, "why_not": name}
    measure = removal.weigh(case, heavy, by=lead, at=at)
    things.named |= {
        "cases/<str:ref>/posts/": post.pk,
        "cases/<str:ref>/posts/<int:pk>/ask/": Rung.AUTHOR.value,
        "cases/<str:ref>/posts/<int:pk>/pass/": Rung.AUTHOR.value,
        "cases/<str:ref>/posts/<int:pk>/is/": "gone",
        "cases/<str:ref>/steps/": step.pk,
        "cases/<str:ref>/weigh/": measure.pk,
        "cases/<str:ref>/weigh/<int:pk>/": "drop",
    }


def _shown(things: Furnished) -> None:
    """The picture and the clip shown to its family, in school, to a guest; the picture on a wall;
    its time is over."""
    school, users, name, at = things.school, things.users, things.name, timezone.now()
    today, teacher = timezone.localdate(at), things.users["teacher"]
    photo = Photo.objects.get(ref=things.named["pictures/"])
    days = {"from_on": today, "until_on": today + timedelta(days=30), "by": teacher, "at": at}
    shared, wall = (
        shares.share(
            photo.album,
            [photo, Photo.objects.get(ref=things.named["clips/"])],
            viewers=viewers,
            purpose=Purpose.objects.get(key=viewers.purposes[0]),
            title=name(title),
            **days,
        )
        for viewers, title in ((Viewers.FAMILIES, "familyshare"), (Viewers.SCHOOL, "wallshare"))
    )
    guest = GuestPass.objects.get(pk=things.named["guests/"])
    look = shares.let_guest_look(wall, guest, until_on=today, by=users["head"], at=at)
    draft = prints.Draft(
        name("printtitle"), wall.purpose, Layout.FOUR, today, where=name("printwhere")
    )
    printed = prints.make(photo.album, [(1, photo)], draft, by=teacher, at=at, on=today)
    spare = pictures.add(
        photo.album, a_picture(name("spare")), name="spare.jpg", by=teacher, at=at
    ).photo
    gone = pictures.remove(spare, by=teacher, at=at)
    retention.set_period(school, Keeps.ALBUM, 1, by=users["office"], at=at)
    things.named |= {
        "shared/": shared.ref,
        "in-school/": wall.ref,
        "guest-looks/": look.pk,
        "prints/": printed.ref,
        "deletions/": gone.ref,
        "retention/periods/": Keeps.ALBUM.value,
        "retention/kinds/": Keeps.KEPT_BACK.value,
    }


def _agreed(things: Furnished) -> None:
    """An exception that the teacher asked for, and somebody who stands in; once for each class."""
    users, name, at = things.users, things.name, timezone.now()
    asked = approvals.ask_for_exception(
        "P.0", title=name("exception"), words="Any", why="Any", by=users["teacher"], at=at
    )
    day = timezone.localdate(at) + timedelta(days=StandIn.objects.count())
    leader = Staff.objects.get(user=users["senior-leader"])
    named = name_stand_in(leader, first_day=day, last_day=day, by=users["head"], at=at)
    things.named |= {
        "approvals/": asked.ref,
        "stand-ins/": named.pk,
        "services/lists/": "pupils",
        "services/lists/<str:group>/": "domains",
    }


def _published(things: Furnished) -> None:
    """The picture and the clip in the gallery, agreed to by the head, and the picture on a wall
    from which it must come down. What the world may read there has no mark."""
    users, name, at = things.users, things.name, timezone.now()
    today, teacher, head = timezone.localdate(at), users["teacher"], users["head"]
    photo, clip = (Photo.objects.get(ref=things.named[kind]) for kind in ("pictures/", "clips/"))
    copies.make(clip, Purpose.objects.get(key="website"), sound=False, on=today, by=teacher, at=at)
    keeper = Staff.objects.get(user=users["office"])
    days = {"from_on": today, "by": teacher, "at": at}

    def chosen(kind: PlaceKind, *photos: Photo, **more: object) -> Selection:
        place = places.add_place(
            things.school, kind, name=kind.label, keeper=keeper, by=head, at=at, **more
        )
        row = selections.choose(photo.album, place, photos, title=name("settitle"), **days)
        said = {one.pk: selections.Worded("", "A boat") for one in row.pictures.all()}
        selections.write(
            row,
            said,
            title=row.title,
            words=name("setwords"),
            from_on=row.from_on,
            until_on=row.until_on,
            looked=True,
            by=teacher,
            at=at,
        )
        return row

    ours = chosen(
        PlaceKind.WEBSITE, photo, clip, in_our_hands=True, sites=["https://www.kerbside.example"]
    )
    asked = selections.ask(ours, by=teacher, at=at, on=today)
    approvals.answer(asked, yes=True, digest=asked.digest, by=head, at=at)
    wall = chosen(PlaceKind.DISPLAY, photo)
    for row in (ours, wall):
        selections.publish(row, by=teacher, at=at, on=today)
    on_wall = wall.pictures.get()
    publications.take(on_wall, by=teacher, at=at, on=today)
    things.named |= {
        "places/": ours.place.ref,
        "places/add/": PlaceKind.PRESS.value,
        "publications/": on_wall.ref,
        "publications/of/": things.named["pupils/"],
        "publications/sets/": ours.ref,
        "gallery/": ours.place.token,
        "gallery/<str:token>/": ours.pictures.get(photo=photo).ref,
        "gallery/<str:token>/clips/": ours.pictures.get(photo=clip).ref,
    }


def _taken_along(things: Furnished) -> None:
    """The head asked for an archive of everything; it could not be made."""
    row = Takeaway.objects.create(
        school=things.school,
        why=things.name("takeaway"),
        asked_at=timezone.now(),
        asked_by=things.users["head"],
        failed_at=timezone.now(),
    )
    things.named["backups/archive/"] = row.ref


def _asked_about(things: Furnished) -> None:
    """Somebody asked what is held on the child; it was gathered, and nothing is decided yet."""
    office, at = things.users["office"], timezone.now()
    row = asking.receive(
        things.school,
        Asked.COPY,
        Pupil.objects.get(pk=things.named["pupils/"]),
        by=office,
        at=at,
        asked_by=things.name("asker"),
        how=Request.How.LETTER,
        words=things.name("askedwords"),
        received_on=timezone.localdate(at),
    )
    asking.identify(row, how=things.name("identity"), by=office, at=at)
    asking.gather(row, BundlePart.SCHOOL, by=office, at=at)
    things.named |= {
        "rights/": row.ref,
        "items/": BundlePart.SCHOOL.value,
        "things/": Gathered.objects.exclude(picture="").first().pk,
        "bundle/": BundlePart.SCHOOL.value,
        "do/": "refuse",
    }


def a_picture(words: str) -> bytes:
    """A small JPEG that says something in its metadata."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = exif[0x0110] = words  # the description, the camera
    Image.effect_noise((320, 240), 60).convert("RGB").save(file, "JPEG", exif=exif, comment=words)
    return file.getvalue()
