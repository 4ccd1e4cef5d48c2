"""The answer: every reason that applies, of which the strictest decides."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from belisha.lib.marking import marked as _
from belisha.lib.verdict import Outcome, Verdict
from belisha.policy.asking import online, pictures
from belisha.policy.asking.question import (
    PARTS,
    PICTURES,
    PRIVATE_PLACES,
    STAFF,
    TAKING,
    Deed,
    Of,
    Question,
    Where,
    With,
    implied,
)
from belisha.policy.asking.reasons import Because, Remedy, no
from belisha.policy.rules import PURPOSES, PurposeTerms

Purposes = Collection[PurposeTerms]

NEVER_THERE = no(
    "P.viii",
    _("No camera, tablet or phone in toilets or changing areas. This has no exception."),
    Remedy.LEAVE_IT_OUTSIDE,
)
NO_STAFF_PHONE = no(
    "P.vii",
    _("A staff phone is not used in school, nor for anything of the school."),
    Remedy.SCHOOL_DEVICE,
)
NO_PICTURES_ON_IT = no(
    "P.0",
    _("Nobody takes pictures of children here with a phone of their own."),
    Remedy.SCHOOL_CAMERA,
)
NO_CAMERA_OF_ONES_OWN = no(
    "P.i",
    _("Pictures of pupils stay on the school’s own devices and network."),
    Remedy.SCHOOL_CAMERA,
)
STAYS_IN_SCHOOL = no(
    "P.ii",
    _("A school camera or tablet leaves the school only for an educational visit."),
    Remedy.ON_A_VISIT,
)
STAYS_WITH_STAFF = replace(STAYS_IN_SCHOOL, remedy=Remedy.LEAVE_WITH_STAFF)

# What is done with the device itself in the hand.
HANDLING = TAKING | {Deed.SHOW_PICTURES}
_STRICTEST = (Outcome.NO, Outcome.ASK, Outcome.YES)
_OF_DEED: dict[Deed, Callable[[Question, Purposes], Iterator[Because]]] = {
    Deed.POST_PICTURE: pictures.posting,
    Deed.TAKE_PICTURE: pictures.taking,
    Deed.FILM: pictures.taking,
    Deed.SHOW_PICTURES: pictures.showing,
    Deed.TAKE_DEVICE_OFF_SITE: pictures.taking_off_site,
    Deed.USE_NETWORK: online.using_networks,
    Deed.USE_PHONE: online.using_phones,
    Deed.ADD_FRIEND: online.adding_friends,
    Deed.OPEN_ACCOUNT: online.opening_accounts,
    Deed.COMMENT: online.commenting,
}


def answer(question: Question, purposes: Purposes = PURPOSES) -> Verdict:
    """Answer a question by the clauses; `purposes` are the uses of pictures, the school's own.

    The reasons of the outcome come first, and of them those that time will not cure. A no names
    no reason that weighs the other way.
    """
    reasons = tuple(dict.fromkeys(_weighed(implied(question), purposes)))
    outcome = next(one for one in _STRICTEST if any(reason.outcome is one for reason in reasons))
    said = sorted(reasons, key=_weight)
    if outcome is Outcome.NO:
        said = [reason for reason in said if reason.outcome is outcome]
    return Verdict(outcome, tuple(said), said[0].remedy or "")


def _weight(reason: Because) -> tuple[int, bool]:
    return _STRICTEST.index(reason.outcome), reason.remedy is Remedy.WAIT_FOR_BREAK


def _weighed(q: Question, purposes: Purposes) -> Iterator[Because]:
    if q.where in PRIVATE_PLACES:
        yield NEVER_THERE
        return
    yield from _OF_DEED[q.deed](q, purposes)
    yield from _forbidden_devices(q)


def _forbidden_devices(q: Question) -> Iterator[Because]:
    """What never is used, whatever for."""
    if q.with_ is With.SCHOOL_CAMERA and q.where is Where.HOME and q.deed in HANDLING:
        yield STAYS_IN_SCHOOL if q.asker in STAFF else STAYS_WITH_STAFF
    own_family = q.deed in TAKING and q.where is Where.HOME and q.of is Of.OWN_CHILD
    if q.asker not in STAFF or own_family:  # which is answered to a parent
        return
    if q.with_ is With.OWN_PHONE or q.deed is Deed.USE_PHONE:
        yield NO_STAFF_PHONE
        if q.deed in PICTURES:
            yield NO_PICTURES_ON_IT
    if q.with_ is With.OWN_CAMERA and q.deed in PICTURES:
        yield NO_CAMERA_OF_ONES_OWN


def hangs_on(question: Question, part: str, purposes: Purposes = PURPOSES) -> bool:
    """Whether what is not said yet of a part would change the answer."""
    if getattr(question, part) is not None:
        return False
    options = [value for value in PARTS[part] if value not in PRIVATE_PLACES]
    told = {answer(question.saying(part, value), purposes).outcome for value in options}
    return len(told) > 1
