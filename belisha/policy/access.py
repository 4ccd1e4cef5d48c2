"""Who may see and change the purposes, agreements and documents, and how parents are told."""

from datetime import date

from belisha.people.access import sees_whole_school
from belisha.people.models import (
    Pupil,
    PupilQuerySet,
    Relation,
    SchoolClass,
    Staff,
    User,
    stands_in,
)
from belisha.people.rules import GOVERNORS, SEES_WHOLE_SCHOOL, STAFF, Role
from belisha.policy.models import (
    Acknowledgement,
    Approval,
    Declaration,
    Document,
    HeadRequest,
    HeadRequestQuerySet,
    How,
    Signature,
    Version,
)

SEE_PURPOSES = SEES_WHOLE_SCHOOL
# A guest has the pages of their pass; the policy itself is open to anyone.
READ_DOCUMENTS = tuple(role for role in Role if role != Role.GUEST)
READ_OLD_VERSIONS = STAFF | GOVERNORS
EDIT_DRAFTS = (Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE)
RECORD_GOVERNORS = (Role.HEAD, Role.OFFICE, Role.CHAIR)
SEE_DRAFTS = (*EDIT_DRAFTS, *GOVERNORS)
KEEP_PAPER = (Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE)
PLAN_AWARENESS = (Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE)
SEE_AWARENESS = (*PLAN_AWARENESS, *GOVERNORS)


def can_change_purposes(user: User) -> bool:
    """The head alone decides what families are asked."""
    return user.has_role(Role.HEAD)


def can_write_agreements(user: User) -> bool:
    """The head alone drafts and issues: the school stands behind these words."""
    return user.has_role(Role.HEAD)


def classes_with_lists_for(user: User) -> list[SchoolClass]:
    """The classes whose signatures a member of staff sees: all, or those whom they teach."""
    classes = SchoolClass.objects.current()
    if sees_whole_school(user):
        return list(classes)
    return list(classes.filter(teachers=user.staff)) if user.is_staff_member else []


def can_keep_paper(user: User) -> bool:
    """The head, a senior leader and the office write down what parents signed on paper."""
    return user.has_role(*KEEP_PAPER)


def can_read_with(user: User, school_class: SchoolClass) -> bool:
    """Those who teach the class, and those who keep the papers, write a reading down."""
    return can_keep_paper(user) or bool(user.staff and school_class.teachers.contains(user.staff))


def can_set_aside(user: User, signature: Signature) -> bool:
    """Whoever may write it down. What a parent signed on their own page is the parent's alone."""
    if signature.reading:
        return can_read_with(user, signature.reading.school_class)
    return can_keep_paper(user) and signature.how != How.WEB


def can_set_acknowledgement_aside(user: User, entry: Acknowledgement) -> bool:
    """As with signatures: what a parent told on their own page is the parent's alone."""
    return can_keep_paper(user) and entry.how != How.WEB and entry.voids_id is None


def can_plan_awareness(user: User) -> bool:
    """The head, a senior leader and the office plan how parents are told, and do it (D.0)."""
    return user.has_role(*PLAN_AWARENESS)


def children_signed_for_by(user: User) -> PupilQuerySet:
    """A person's own children, whose agreement they counter-sign.

    It takes parental responsibility, and no order against contact.
    """
    relations = Relation.objects.filter(parent=user.parent).open().responsible()
    children: PupilQuerySet = Pupil.objects.current().filter(id__in=relations.values("pupil_id"))
    return children if user.parent else children.none()


def can_edit_drafts(user: User) -> bool:
    """The head, senior leaders and the office write; nothing of it counts before it is issued."""
    return user.has_role(*EDIT_DRAFTS)


def can_decide(user: User) -> bool:
    """The head alone approves as the head, issues, throws away, and keeps the list."""
    return user.has_role(Role.HEAD)


def can_record_governors(user: User) -> bool:
    """The head, the office or the chair write down that the governors approved."""
    return user.has_role(*RECORD_GOVERNORS)


def can_see_draft(user: User, draft: Version) -> bool:
    """Those who write it; and governors once the head has approved it, so that they may too."""
    if can_edit_drafts(user):
        return True
    return user.has_role(*GOVERNORS) and Approval.Side.HEAD in draft.approvals


def draft_seen_by(user: User, document: Document) -> Version | None:
    """The draft of a document, if this person may read it."""
    draft = document.draft
    return draft if draft and can_see_draft(user, draft) else None


def can_write_ladder(user: User) -> bool:
    """The head alone says which sanction follows which breach."""
    return user.has_role(Role.HEAD)


# Readings, reviews and declarations

READERS = STAFF | GOVERNORS  # whom a duty to read may bind
SEE_READERS = (Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE)


def can_set_duties(user: User) -> bool:
    """The head alone says who must read what, and what is asked about it."""
    return user.has_role(Role.HEAD)


def can_keep_reads(user: User) -> bool:
    """The head, a senior leader and the office see who has not read, remind, and write down."""
    return user.has_role(*SEE_READERS)


def can_receive(user: User, declaration: Declaration) -> bool:
    """The head, or the chair about the head; nobody receives their own."""
    return bool(Declaration.objects.to(user).filter(pk=declaration.pk).exists())


# Who may ask the head for something; each area says who may ask for its own things.
ASK_HEAD = STAFF | {Role.PARENTS_ASSOCIATION}


def can_ask_for_exceptions(user: User) -> bool:
    """Any member of staff, and the parents' association."""
    return user.has_role(*ASK_HEAD)


def decides(user: User, on: date) -> bool:
    """Whether this person decides for the school on a day: the head, or who stands in."""
    return user.has_role(Role.HEAD) or (user.has_role(Role.SENIOR_LEADER) and stands_in(user, on))


def can_answer(user: User, request: HeadRequest, on: date) -> bool:
    """The head, or the senior leader whom the head named for that day; never who asked.

    What the head asks for is answered by a senior leader.
    """
    if request.asked_by_id == user.pk:
        return False
    asked_by_head = request.asked_by.has_role(Role.HEAD)
    return decides(user, on) or (asked_by_head and user.has_role(Role.SENIOR_LEADER))


def to_answer(user: User, on: date) -> HeadRequestQuerySet:
    """The requests that wait for this person's answer on a day, as `can_answer` says of one."""
    waiting: HeadRequestQuerySet = HeadRequest.objects.open().exclude(asked_by=user)
    if decides(user, on):
        return waiting
    if not user.has_role(Role.SENIOR_LEADER):
        return waiting.none()
    heads = Staff.objects.filter(left_on=None, roles__role=Role.HEAD)
    return waiting.filter(asked_by__in=heads.values("user_id"))


def can_take_back(user: User, request: HeadRequest) -> bool:
    """Who asked, while there is no answer."""
    return request.asked_by_id == user.pk
