"""Pictures and the devices that take them: taking, posting, showing, and off site (part P, B, D).

What posting hangs on is read from the purposes themselves, as the making of a safe copy reads it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from belisha.lib.marking import marked as _
from belisha.policy.asking.question import (
    OTHERS_CHILDREN,
    OWN_PAGES,
    STAFF,
    Asker,
    Deed,
    Of,
    On,
    Question,
    When,
    Where,
    With,
)
from belisha.policy.asking.reasons import Because, Remedy, ask, no, yes
from belisha.policy.rules import Clause, PurposeTerms

Purposes = Collection[PurposeTerms]

# The purpose of each place on which the school itself shows pictures.
PURPOSE_OF = {
    On.WEBSITE: "website",
    On.NEWSLETTER: "newsletter",
    On.DISPLAY: "display",
    On.JOURNAL: "learning-journal",
    On.SOCIAL: "social-media",
    On.PRESS: "press",
    On.PROSPECTUS: "promotional",
}
INSIDE = frozenset({On.DISPLAY, On.JOURNAL})

NEVER_IN_TOILETS = yes("P.viii", _("Never in toilets or changing areas."))
OUTSIDE_THE_SCHOOL = yes("P.i", _("At home, what you picture of your own child is your affair."))
FULL_VIEW = yes("P.v", _("At an event you may film or take pictures, in full view."))
KEEP_OTHERS_OFF = yes("D.i", _("Do not post a picture with other people’s children."))
ON_SCHOOL_DEVICE = yes("P.ix", _("A school camera is yours to use when it is signed out to you."))
IN_AND_OUT = yes("P.iii", _("Pictures may be taken in school, indoors and outdoors."))
ANSWERS_FIRST = yes("P.i", _("Look first whose families said yes. No answer means no."))
FOR_THE_VISIT = yes("P.ii", _("Sign the camera out for the visit. Wipe it afterwards."))
SAY_IT_ALOUD = yes("P.v", _("Say aloud that nobody posts pictures of other people’s children."))
HANGS_ON_DEVICE = ask(
    "P.0",
    _("It hangs on the device. A school camera may be used, your own never."),
    Remedy.SAY_WITH_WHAT,
)
NOT_AT_HOME = no(
    "P.ii", _("Staff take pictures of pupils in school and on visits only."), Remedy.SCHOOL_CAMERA
)
ASKED_FOR_SCHOOL = no(
    "P.0", _("You asked as someone of the school. Then the answer is no."), Remedy.AS_A_PARENT
)

HELPERS_PHONE = no(
    "P.0",
    _("Visitors, volunteers and governors take no pictures with their own phones."),
    Remedy.LEAVE_WITH_STAFF,
)
HELPERS_CAMERA = no(
    "P.i",
    _("Pictures of pupils stay on the school’s own devices and network."),
    Remedy.LEAVE_WITH_STAFF,
)
VISITORS_CAMERA = ask(
    "P.vii",
    _("A visitor with a camera is challenged, unless the head has agreed."),
    Remedy.LEAVE_WITH_STAFF,
)
WITH_AUTHORITY = ask(
    "P.ix",
    _("A school camera is used only with a member of staff’s authority."),
    Remedy.ASK_TEACHER_FOR_CAMERA,
)
BUILDING = ask(
    "P.0",
    _("A picture of the school must show no child by chance."),
    Remedy.ASK_AT_OFFICE,
)

NOT_IN_SCHOOL = no(
    "P.0",
    _("In school, and on visits, parents are visitors. They take no pictures there."),
    Remedy.ASK_AT_OFFICE,
)
HANGS_ON_PLACE = ask(
    "P.v",
    _("It hangs on the place. At home and at events yes, in school no."),
    Remedy.SAY_WHERE,
)
NOT_FOR_FAMILIES = no("P.ix", _("School cameras are for the school’s staff."), Remedy.ASK_AT_OFFICE)
NOT_YOUR_CHILD = ask(
    "D.i",
    _("Another child’s parents decide about pictures of that child."),
    Remedy.ASK_THEIR_PARENTS,
)

PUPILS_DEVICE = no(
    "A.3",
    _("Pupils take no pictures with devices of their own in school."),
    Remedy.ASK_TEACHER_FOR_CAMERA,
)
PARENTS_DECIDE = ask("A.1", _("At home your parents or carers decide."), Remedy.ASK_A_PARENT)

FACES_FIRST = ask(
    "P.iv", _("Every face in it is settled before it goes anywhere."), Remedy.SAFE_COPY
)
FACES_BY_SCHOOL = ask(
    "P.iv", _("The school settles every face in it before it goes anywhere."), Remedy.SEND_TO_SCHOOL
)
FAMILIES_YES = ask(
    "P.i",
    _("Each child’s family must have said yes to this use. No answer means no."),
    Remedy.SAFE_COPY,
)
THIS_VERY_PICTURE = ask(
    "P.vi",
    _("Each family must say yes to this very picture. A general yes is not enough."),
    Remedy.ASK_FAMILIES,
)
IF_IT_PROMOTES = ask(
    "P.vi",
    _("If it promotes the school, each family must say yes to this very picture."),
    Remedy.ASK_FAMILIES,
)
HEAD_FIRST = ask(
    "B.ii", _("The head must agree before the picture is posted."), Remedy.COPY_THEN_HEAD
)
HEAD_AGREES = ask("B.ii", _("The head must agree before the picture is posted."), Remedy.ASK_HEAD)
YOU_ARE_THE_HEAD = yes("B.ii", _("You are the head: your agreement is written down with it."))
SHOWN_IN_SCHOOL = yes("P.iii", _("Pictures may be shown in school and in a child’s own records."))
ALL_BUT_PRIVATE = yes("P.i", _("They stay on a school device, behind a password."))
NOT_ON_OWN_ACCOUNT = no(
    "B.ii",
    _("Staff post no pictures of the school on accounts of their own."),
    Remedy.SCHOOL_PAGE,
)
NO_USE_ANY_MORE = no(
    "P.i", _("The school does not use pictures for this any more."), Remedy.OTHER_USE
)
OWN_CHILD_AS_PARENT = ask(
    "D.i", _("A picture of your own child alone is yours to post."), Remedy.AS_A_PARENT
)
NOT_IN_LESSONS = no(
    "B.iii", _("Nobody on the staff uses social networks in lessons."), Remedy.WAIT_FOR_BREAK
)
NOT_YOURS_TO_POST = no(
    "P.iii",
    _("School pictures stay in the school’s protected pages."),
    Remedy.LEAVE_WITH_STAFF,
)
ASSOCIATIONS_ACCOUNT = ask(
    "C.1", _("The account itself must be approved by the head."), Remedy.APPLY
)
OWN_CHILD_ALONE = yes("D.i", _("You may post your own child, with no other child in the picture."))
OTHERS_IN_IT = no(
    "D.i", _("Parents do not post pictures of other people’s children."), Remedy.ONLY_MY_CHILD
)
OTHERS_TO_THE_PRESS = replace(OTHERS_IN_IT, remedy=Remedy.SEND_TO_SCHOOL)
SCHOOL_ALONE = ask(
    "D.i", _("A picture of the school must show no child but your own."), Remedy.ONLY_MY_CHILD
)
NOT_FROM_SCHOOLS_CAMERA = ask(
    "P.i", _("Pictures from a school camera belong to the school."), Remedy.SEND_TO_SCHOOL
)
OTHERS_ARE_IN_IT = no(
    "D.i", _("Do not post a picture with other people’s children."), Remedy.ASK_A_PARENT
)
PUPILS_DO_NOT_POST = no("A.2", _("Pupils use no social networks in school."), Remedy.ASK_A_PARENT)

PARENTS_IN_THE_ROOM = ask(
    "P.i",
    _("At an event many families look on. Show only children whose families said yes."),
    Remedy.SAFE_COPY,
)
NOT_SHOWN_OUTSIDE = no(
    "P.iii",
    _("School pictures are not shown at home or outside the school."),
    Remedy.SHOW_IN_SCHOOL,
)
SHOWN_WHERE = ask(
    "P.iii",
    _("School pictures are not shown at home or outside the school."),
    Remedy.SAY_WHERE,
)
MAY_BE_LET_IN = ask(
    "P.iii",
    _("Governors and inspectors look at pictures in the protected pages only."),
    Remedy.ASK_FOR_A_LOOK,
)
STAFF_SHOW = no("P.iii", _("Only staff show the school’s pictures."), Remedy.LEAVE_WITH_STAFF)
OWN_PAGES_SHOW = yes("P.iii", _("Your own pages show you your child. Other faces are hidden."))
HANGS_ON_WHOM = ask("D.i", _("It hangs on who is in it."), Remedy.SAY_OF_WHOM)
TEACHER_SAYS = ask(
    "P.iii", _("Children look at pictures in school with a teacher."), Remedy.ASK_TEACHER_FOR_CAMERA
)

OFF_SITE_ON_VISIT = ask(
    "P.ii", _("It may leave the school for an educational visit."), Remedy.SIGN_OUT
)
STAYS_HERE = no(
    "P.ii",
    _("School cameras and tablets leave the school only for an educational visit."),
    Remedy.ON_A_VISIT,
)
NOT_AUTHORISED = no("P.ix", _("Only staff take the school’s devices out."), Remedy.LEAVE_WITH_STAFF)
CARRIED_ON_VISIT = ask(
    "P.ix",
    _("On a visit a member of staff decides who carries it."),
    Remedy.ASK_TEACHER_FOR_CAMERA,
)


def taking(q: Question, purposes: Purposes) -> Iterator[Because]:
    """A picture or a film. With a place to show it, the reasons of posting are weighed too."""
    if q.on is not None:
        yield from posting(q, purposes)
    if q.asker in STAFF:
        yield from _taken_by_staff(q)
    elif q.asker is Asker.PARENT:
        yield from _taken_by_parent(q)
    elif q.asker is Asker.PUPIL:
        yield from _taken_by_pupil(q)
    else:
        yield from _taken_by_helper(q)


def _taken_by_staff(q: Question) -> Iterator[Because]:
    if q.where is Where.HOME:
        yield ASKED_FOR_SCHOOL if q.of is Of.OWN_CHILD else NOT_AT_HOME
    if q.with_ is None:
        yield HANGS_ON_DEVICE
    if q.at_event:
        yield SAY_IT_ALOUD
    if q.where is Where.VISIT:
        yield FOR_THE_VISIT
    yield from (IN_AND_OUT, ON_SCHOOL_DEVICE, ANSWERS_FIRST, NEVER_IN_TOILETS)


def _taken_by_helper(q: Question) -> Iterator[Because]:
    if q.with_ is With.SCHOOL_CAMERA:
        yield WITH_AUTHORITY
    elif q.of is Of.SCHOOL:
        yield BUILDING
    elif q.of is Of.OWN_CHILD and q.asker is not Asker.VISITOR:
        yield ASKED_FOR_SCHOOL
    elif q.with_ is not With.OWN_CAMERA:
        yield HELPERS_PHONE
    else:
        yield VISITORS_CAMERA if q.asker is Asker.VISITOR else HELPERS_CAMERA


def _taken_by_parent(q: Question) -> Iterator[Because]:
    if q.with_ is With.SCHOOL_CAMERA:
        yield NOT_FOR_FAMILIES
    elif q.at_event:
        if q.of in (Of.PUPIL, Of.OTHER_CHILDREN):
            yield NOT_YOUR_CHILD
        yield from (FULL_VIEW, KEEP_OTHERS_OFF, NEVER_IN_TOILETS)
    elif q.where is Where.HOME:
        if q.of is None:
            yield HANGS_ON_WHOM
        else:
            yield OUTSIDE_THE_SCHOOL if q.of is Of.OWN_CHILD else NOT_YOUR_CHILD
        yield KEEP_OTHERS_OFF
    elif q.where is None and not q.in_school_hours:
        yield HANGS_ON_PLACE
    else:
        yield NOT_IN_SCHOOL


def _taken_by_pupil(q: Question) -> Iterator[Because]:
    if q.with_ is With.SCHOOL_CAMERA:
        yield WITH_AUTHORITY
    else:
        yield PARENTS_DECIDE if q.where is Where.HOME else PUPILS_DEVICE


def posting(q: Question, purposes: Purposes) -> Iterator[Because]:
    """A picture put where others see it: on the school's pages and walls, or on one's own page."""
    if q.asker in STAFF:
        if q.on in OWN_PAGES and q.when is When.LESSON and q.deed is not Deed.SHOW_PICTURES:
            yield NOT_IN_LESSONS
        yield from _posted_for_school(q, purposes)
    elif q.asker is Asker.PARENT:
        yield from _posted_by_parent(q, purposes)
    elif q.asker is Asker.PUPIL:
        yield from _posted_by_pupil(q)
    elif q.asker in (Asker.GOVERNOR, Asker.PTA) and q.on is not On.PERSONAL:
        if q.with_ is With.OWN_PHONE:
            yield HELPERS_PHONE
        yield HEAD_AGREES
        if q.asker is Asker.PTA and q.on is On.SOCIAL:
            yield ASSOCIATIONS_ACCOUNT
        yield from _by_purpose(q, purposes, FACES_BY_SCHOOL)
    else:
        own = q.of is Of.OWN_CHILD and q.on in OWN_PAGES
        yield OWN_CHILD_AS_PARENT if own else NOT_YOURS_TO_POST


def _posted_for_school(q: Question, purposes: Purposes) -> Iterator[Because]:
    if q.on is On.PERSONAL:
        if q.of is Of.OWN_CHILD:
            yield OWN_CHILD_AS_PARENT
        else:
            yield HEAD_AGREES if q.of is Of.SCHOOL else NOT_ON_OWN_ACCOUNT
        return
    if q.on in INSIDE:
        yield SHOWN_IN_SCHOOL
    else:
        yield YOU_ARE_THE_HEAD if q.asker is Asker.HEAD else HEAD_FIRST
    yield from _by_purpose(q, purposes, FACES_FIRST)


def _by_purpose(q: Question, purposes: Purposes, faces: Because) -> Iterator[Because]:
    """What the purpose itself asks for, as `photos.rules.decide` does for a picture."""
    yield faces
    terms = {purpose.key: purpose for purpose in purposes}
    known = terms.get(PURPOSE_OF[q.on]) if q.on else None
    if q.on and (known is None or not known.in_use):
        yield NO_USE_ANY_MORE
    if q.of is Of.SCHOOL:
        return
    of_each = known is not None and known.clause is Clause.PROMOTION
    yield THIS_VERY_PICTURE if of_each else FAMILIES_YES
    if q.on is On.PRESS and not of_each:
        yield IF_IT_PROMOTES


def _posted_by_parent(q: Question, purposes: Purposes) -> Iterator[Because]:
    if q.with_ is With.SCHOOL_CAMERA:
        yield NOT_FROM_SCHOOLS_CAMERA
    if q.on is On.PRESS and q.of not in (Of.OWN_CHILD, Of.SCHOOL):
        yield OTHERS_TO_THE_PRESS
    elif q.on not in OWN_PAGES:
        yield from _by_purpose(q, purposes, FACES_BY_SCHOOL)
    elif q.of is Of.OWN_CHILD:
        yield OWN_CHILD_ALONE
    else:
        yield SCHOOL_ALONE if q.of is Of.SCHOOL else OTHERS_IN_IT


def _posted_by_pupil(q: Question) -> Iterator[Because]:
    if q.on is not None and q.on not in OWN_PAGES:
        yield NOT_YOURS_TO_POST
    elif q.where is not Where.HOME or q.in_school_hours:
        yield PUPILS_DO_NOT_POST
    elif q.of in (Of.OWN_CHILD, Of.SCHOOL):
        yield PARENTS_DECIDE
    else:
        yield OTHERS_ARE_IN_IT


def showing(q: Question, purposes: Purposes) -> Iterator[Because]:
    """Letting others look at pictures that are there (P.iii)."""
    if q.on is not None:
        yield from posting(q, purposes)
    if q.asker in STAFF:
        if q.where in (Where.HOME, Where.VISIT):
            yield NOT_SHOWN_OUTSIDE
        if q.where is None:
            yield SHOWN_WHERE
        if q.at_event:
            yield PARENTS_IN_THE_ROOM
        yield from (SHOWN_IN_SCHOOL, ALL_BUT_PRIVATE)
    elif q.asker is Asker.PARENT:
        yield from _shown_by_parent(q)
    elif q.asker is Asker.PUPIL:
        yield from _shown_by_pupil(q)
    else:
        looks = q.asker in (Asker.GOVERNOR, Asker.VISITOR)
        yield MAY_BE_LET_IN if looks else STAFF_SHOW


def _shown_by_parent(q: Question) -> Iterator[Because]:
    if q.with_ is With.SCHOOL_CAMERA:
        yield NOT_FOR_FAMILIES
    if q.of is Of.OWN_CHILD:
        yield from (OWN_PAGES_SHOW, KEEP_OTHERS_OFF)
    elif q.of in OTHERS_CHILDREN:
        yield STAFF_SHOW
    else:
        yield HANGS_ON_WHOM


def _shown_by_pupil(q: Question) -> Iterator[Because]:
    if q.where is Where.HOME:
        yield PARENTS_DECIDE
    else:
        own = q.with_ in (With.OWN_PHONE, With.OWN_CAMERA)
        yield PUPILS_DEVICE if own else TEACHER_SAYS


def taking_off_site(q: Question, purposes: Purposes) -> Iterator[Because]:
    """A school camera or tablet out of the school (P.ii)."""
    on_visit = q.where is Where.VISIT
    if q.asker in STAFF and on_visit:
        yield OFF_SITE_ON_VISIT
    elif q.asker in (Asker.PUPIL, Asker.VOLUNTEER) and on_visit:
        yield CARRIED_ON_VISIT
    elif q.asker not in STAFF:
        yield NOT_AUTHORISED
    if not on_visit:
        yield STAYS_HERE
