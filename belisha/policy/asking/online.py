"""Networks, phones, friends, accounts and comments (parts A to D)."""

from collections.abc import Collection, Iterator

from belisha.lib.marking import marked as _
from belisha.policy.asking.pictures import NEVER_IN_TOILETS, PARENTS_DECIDE
from belisha.policy.asking.question import (
    OTHERS_CHILDREN,
    STAFF,
    Asker,
    Of,
    On,
    Question,
    When,
    Where,
)
from belisha.policy.asking.reasons import Because, Remedy, ask, no, yes
from belisha.policy.rules import PurposeTerms

Purposes = Collection[PurposeTerms]

LIKE_STAFF = STAFF | {Asker.VOLUNTEER}

NOT_IN_LESSONS = no("B.iii", _("Nobody uses social networks in lessons."), Remedy.WAIT_FOR_BREAK)
HANGS_ON_TIME = ask("B.iii", _("It hangs on the time. In lessons never."), Remedy.SAY_WHEN)
REPUTATION = yes("B.0", _("Your own time is yours. Guard your good name and the school’s."))
SETTINGS = yes("B.v", _("Look through your privacy settings each term."))
OWN_PHONE_AWAY = yes("P.vii", _("Your own phone stays away in school."))
OWN_AFFAIR = yes("D.0", _("What you do online in your own time is your affair."))
TRUE_AND_KIND = yes("D.iii", _("What you write is true, and is kind to people of the school."))
NOT_IN_SCHOOL = no("A.2", _("Pupils use no social networks in school."), Remedy.ASK_A_PARENT)

PUPILS_PHONE = no(
    "A.3", _("Pupils do not use phones or watches of their own in school."), Remedy.HAND_IT_IN
)
MAY_BE_KEPT = no("A.4", _("The school may keep it until a parent collects it."), Remedy.HAND_IT_IN)
NOT_ALONE = no(
    "A.3",
    _("At an event after school, only with a parent right beside you."),
    Remedy.BRING_A_PARENT,
)
HANGS_ON_EVENT = ask(
    "A.3",
    _("It hangs on the time. Beside a parent after school yes, in lessons no."),
    Remedy.SAY_WHEN,
)
BESIDE_A_PARENT = yes("A.3", _("After school, and while a parent stays right beside you."))
RULE_IS_FOR_SCHOOL = yes("A.3", _("This rule is for school. At home your family decides."))
HELPERS_PHONE = no(
    "P.vii", _("Whoever helps in school leaves their own phone away."), Remedy.LEAVE_WITH_STAFF
)
PHONE_AT_EVENT = yes("P.v", _("At an event you may film or take pictures, in full view."))
KEEP_IT_AWAY = ask(
    "P.vii",
    _("Visitors take no pictures in school. Who holds up a phone is challenged."),
    Remedy.ASK_AT_OFFICE,
)
PHONE_AT_HOME = yes("P.0", _("At home your phone is yours. It holds no pictures of pupils."))

NEVER_PUPILS = no(
    "B.i", _("Who works or helps in school never adds a pupil."), Remedy.TELL_THE_HEAD
)
OWN_CHILD_IS_FAMILY = ask(
    "B.i",
    _("Your own child is your family. Tell the head, so that it is known."),
    Remedy.TELL_THE_HEAD,
)
ADULTS_WITH_CARE = yes("B.0", _("A colleague or a parent is no pupil. Think of your good name."))
YOUR_FAMILY = yes("D.0", _("Within your own family you decide."))
STAFF_MAY_DECLINE = yes("D.0", _("Nothing forbids it. Staff may say no, and many do."))
THEIR_PARENTS_DECIDE = ask("D.0", _("That child’s own parents decide."), Remedy.ASK_THEIR_PARENTS)
STAFF_SAY_NO = no("B.i", _("Adults who work in school never add pupils."), Remedy.ASK_A_PARENT)

HEAD_APPROVES = ask(
    "C.1",
    _("The head approves every account before it is used for the school."),
    Remedy.APPLY,
)
NOT_BY_YOURSELF = ask(
    "C.1",
    _("Every account stands in the register. Nobody approves their own."),
    Remedy.APPLY_AS_HEAD,
)
SEEMS_THE_SCHOOLS = no(
    "D.iv",
    _("No account may seem to be the school’s, or a class’s."),
    Remedy.HEAD_OPENS_IT,
)
IN_WHOSE_NAME = ask(
    "D.iv",
    _("It hangs on the name. Your own is yours, the school’s is not."),
    Remedy.SAY_OF_WHOM,
)
FOR_YOUR_CHILD = yes("D.iv", _("An account in your own name is yours. It must not look like ours."))
MIND_THE_AGE = yes("D.0", _("Look first how old the service wants its users to be."))
PUPILS_OPEN_NONE = no(
    "A.2",
    _("Pupils use no social networks in school, and open no account there."),
    Remedy.ASK_A_PARENT,
)

NO_NEGATIVE = yes("B.vi", _("Say nothing negative about school, pupils, families or colleagues."))
NOT_ABOUT_PUPILS = no("B.vi", _("Do not write about pupils online."), Remedy.TALK_TO_US)
ABOUT_WHOM = ask("B.vi", _("It hangs on whom it is about."), Remedy.SAY_OF_WHOM)
HEAD_SPEAKS = ask("B.0", _("The head speaks to newspapers and television."), Remedy.HEAD_SPEAKS)
COMPLAIN_TO_US = yes("D.ii", _("A complaint comes to the school first, not online."))
NOT_ABOUT_OTHERS = no("D.iii", _("Do not write about other people’s children."), Remedy.TALK_TO_US)
ABOUT_WHOM_AT_HOME = ask("D.iii", _("It hangs on whom it is about."), Remedy.SAY_OF_WHOM)
NEVER_TO_HURT = ask(
    "D.ix", _("Writing to hurt somebody is bullying, wherever you are."), Remedy.ASK_A_PARENT
)


def using_networks(q: Question, purposes: Purposes) -> Iterator[Because]:
    """Social networks, by the time of day (A.2, B.iii)."""
    if q.asker is Asker.PUPIL:
        yield from _at_home(q, NOT_IN_SCHOOL)
    elif q.when is When.LESSON and (q.where is not Where.HOME or q.asker in LIKE_STAFF):
        yield NOT_IN_LESSONS
    elif q.when is None:
        yield HANGS_ON_TIME
    elif q.asker in STAFF:
        yield from (REPUTATION, SETTINGS, OWN_PHONE_AWAY)
    else:
        yield from (OWN_AFFAIR, TRUE_AND_KIND)


def using_phones(q: Question, purposes: Purposes) -> Iterator[Because]:
    """A phone of one's own. That of staff is forbidden before any deed is weighed (P.vii)."""
    if q.asker in STAFF:
        return
    if q.asker is Asker.PUPIL:
        yield from _pupils_phone(q)
    elif q.where is Where.HOME and not q.in_school_hours:
        yield PHONE_AT_HOME
    elif q.asker is Asker.PARENT and q.at_event:
        yield from (PHONE_AT_EVENT, NEVER_IN_TOILETS)
    else:
        yield HELPERS_PHONE if q.asker is Asker.VOLUNTEER else KEEP_IT_AWAY


def _pupils_phone(q: Question) -> Iterator[Because]:
    after_school = q.when in (When.AFTER_SCHOOL, When.EVENT)
    if q.where is Where.HOME and not q.in_school_hours and q.when is not When.EVENT:
        yield RULE_IS_FOR_SCHOOL
    elif q.where is Where.VISIT or q.in_school_hours:
        yield from (PUPILS_PHONE, MAY_BE_KEPT)
    elif q.supervised and after_school:
        yield from (BESIDE_A_PARENT, NEVER_IN_TOILETS)
    elif q.supervised and q.when is None:
        yield HANGS_ON_EVENT
    elif after_school:
        yield from (NOT_ALONE, MAY_BE_KEPT)
    else:
        yield from (PUPILS_PHONE, MAY_BE_KEPT)


def adding_friends(q: Question, purposes: Purposes) -> Iterator[Because]:
    """Becoming somebody's friend on a network (B.i)."""
    if q.asker is Asker.PUPIL:
        if q.of is Of.SCHOOL:
            yield STAFF_SAY_NO
        yield from _at_home(q, NOT_IN_SCHOOL)
    elif q.asker is Asker.PARENT:
        if q.of is Of.OWN_CHILD:
            yield YOUR_FAMILY
        else:
            yield STAFF_MAY_DECLINE if q.of is Of.SCHOOL else THEIR_PARENTS_DECIDE
    else:
        if q.when is When.LESSON:
            yield NOT_IN_LESSONS
        if q.of is Of.SCHOOL:
            yield from (ADULTS_WITH_CARE, SETTINGS)
        elif q.of is Of.OWN_CHILD:
            yield OWN_CHILD_IS_FAMILY if q.asker in LIKE_STAFF else YOUR_FAMILY
        else:
            yield NEVER_PUPILS


def opening_accounts(q: Question, purposes: Purposes) -> Iterator[Because]:
    """An account with a service, for the school or for oneself (C.1, D.iv)."""
    if q.asker is Asker.HEAD:
        yield NOT_BY_YOURSELF
    elif q.asker is Asker.PUPIL:
        yield PUPILS_OPEN_NONE
    elif q.asker is Asker.VISITOR:
        yield SEEMS_THE_SCHOOLS
    elif q.asker is not Asker.PARENT:
        yield HEAD_APPROVES
    elif q.of is Of.OWN_CHILD:
        yield from (FOR_YOUR_CHILD, MIND_THE_AGE)
    else:
        own = q.of is None and q.on is On.PERSONAL
        yield IN_WHOSE_NAME if own else SEEMS_THE_SCHOOLS


def commenting(q: Question, purposes: Purposes) -> Iterator[Because]:
    """Writing online about the school and its people (B.vi, D.ii, D.iii)."""
    if q.asker is Asker.PUPIL:
        yield from _at_home(q, NOT_IN_SCHOOL)
        yield NEVER_TO_HURT
    elif q.asker is Asker.PARENT:
        if q.of is None:
            yield ABOUT_WHOM_AT_HOME
        if q.of in OTHERS_CHILDREN:
            yield NOT_ABOUT_OTHERS
        yield from (TRUE_AND_KIND, COMPLAIN_TO_US)
    else:
        if q.asker in LIKE_STAFF and q.when is When.LESSON:
            yield NOT_IN_LESSONS
        if q.on is On.PRESS:
            yield HEAD_SPEAKS
        if q.of in OTHERS_CHILDREN:
            yield NOT_ABOUT_PUPILS
        if q.of is None:
            yield ABOUT_WHOM
        yield from (NO_NEGATIVE, TRUE_AND_KIND)


def _at_home(q: Question, in_school: Because) -> Iterator[Because]:
    """Of a pupil: at home parents decide, anywhere else the school's ban stands."""
    at_home = q.where is Where.HOME and not q.in_school_hours
    yield PARENTS_DECIDE if at_home else in_school
