"""How the clauses about documents, agreements and conduct stand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from belisha.lib.state import Standing, State, share
from belisha.people.models import Pupil
from belisha.policy.controls import CONTROLS
from belisha.policy.models import (
    MAIN,
    Acknowledgement,
    Document,
    PrivacyReview,
    Read,
    Reading,
    Version,
    awareness_state,
    current_agreements,
    version_in_force,
)
from belisha.policy.readings import counted, privacy_figures
from belisha.policy.rules import Audience
from belisha.policy.signing import ClassList, children_of, families_reached

REVIEW_SOON = 60  # days before a review is due


def _in_force(on: date) -> Version | None:
    return version_in_force(timezone.make_aware(datetime.combine(on, time.max)))


def reviewed(on: date) -> State:
    """G.1: a version is in force, and its review is not late."""
    version = _in_force(on)
    if version is None or version.review_on is None:
        return State(Standing.BROKEN, "No version of this policy is in force", route="documents")
    left = (version.review_on - on).days
    if left < 0:
        words = f"The review was due on {version.review_on:%-d %B %Y}"
        return State(Standing.BROKEN, words, route="documents", proven_on=version.issued_on)
    words = f"Next review by {version.review_on:%-d %B %Y}"
    standing = Standing.ATTENTION if left <= REVIEW_SOON else Standing.KEPT
    return State(standing, words, route="documents", proven_on=version.issued_on)


def commitment(on: date) -> State:
    """G.2: the safeguarding commitment stands on the public page and on those of parents."""
    version = _in_force(on)
    if version is None or not version.commitment:
        return State(Standing.BROKEN, "No safeguarding commitment is stated", route="documents")
    words = "The commitment stands on every page that parents see"
    return State(Standing.KEPT, words, proven_on=on)


def neighbours(on: date) -> State:
    """G.3: the school's other policies are kept here too, each in a version in force."""
    others = Document.objects.filter(kind=Document.Kind.POLICY, ended_at=None).exclude(key=MAIN)
    moment = timezone.make_aware(datetime.combine(on, time.max))
    current = Version.objects.in_force(moment).filter(document__in=others)
    have = current.order_by().values("document").distinct().count()
    last = current.aggregate(last=Max("issued_on"))["last"]
    words = "other policies have a version in force"
    return share(have, others.count(), words, route="documents", proven_on=last)


def agreements(on: date) -> State:
    """A.1: every pupil has signed the agreement of their age, and a parent of theirs too."""
    if not set(current_agreements()) - {Audience.FAMILIES}:
        return State(Standing.NOT_IN_USE, "No agreement is issued", route="agreement_texts")
    school = ClassList(None, tuple(children_of(Pupil.objects.current())))
    last = Reading.objects.aggregate(last=Max("held_on"))["last"]
    words = f"children have signed the agreement; {school.countersigned} have a parent who signed"
    return share(school.signed, school.asked, words, route="agreements", proven_on=last)


def told(on: date) -> State:
    """D.0: parents are told in all the ways planned, and every child has one who read it."""
    plan = awareness_state(on)
    expectations = current_agreements().get(Audience.FAMILIES)
    if expectations is None:
        words = "Families are not asked to read anything"
        return State(Standing.NOT_IN_USE, words, route="agreement_texts")
    reached, of = families_reached(expectations)
    last = Acknowledgement.objects.standing().aggregate(last=Max("happened_on"))["last"]
    words = "children have a parent who read what we ask of families"
    state = share(reached, of, words, route="awareness", proven_on=last)
    if plan.is_kept:
        return state
    lacking = f"{words}; ways to tell them: {plan.late} late, {plan.gaps} not planned"
    return replace(state, words=lacking, standing=Standing.ATTENTION)


def answered_when_asked(on: date) -> State:
    """A ban: whoever asks “Can I…?” is told so; a breach leaves no trace here yet."""
    return State(Standing.NOT_IN_USE, "“Can I…?” answers this", route="can_i")


# Bans whose breaches are not recorded here yet: the software answers, and people keep watch.
ASKED = ("A.2", "A.3", "B.iii", "B.vi", "D.i", "D.iii", "P.0", "P.vii", "P.viii")


# Which document a clause asks somebody to read, and what is counted.
READINGS = {
    "B.0": (MAIN, "have read this policy"),
    "B.iv": ("teachers-standards", "have read the Teachers’ Standards"),
    "B.vii": ("safer-working", "have read the guidance on safer working practice"),
    "B.viii": ("safeguarding", "have read the statutory safeguarding guidance"),
}


def readings(on: date) -> dict[str, State]:
    """B.0, B.iv, B.vii, B.viii: whoever must read a document has read it. Asked all at once."""
    found = {document.key: counts for document, counts in counted(on).items()}
    proven = dict(
        Read.objects.order_by().values_list("version__document__key").annotate(Max("happened_on"))
    )
    return {
        control: share(*found.get(key, (0, 0)), words, route="readers", proven_on=proven.get(key))
        for control, (key, words) in READINGS.items()
    }


def reviewed_privacy(on: date) -> State:
    """B.v: everybody on the staff has gone through their privacy settings this term."""
    done, of = privacy_figures(on)
    last = PrivacyReview.objects.aggregate(last=Max("done_on"))["last"]
    return share(
        done, of, "have reviewed their settings this term", route="privacy", proven_on=last
    )


def declared(on: date) -> State:
    """B.i: asked beforehand, and told in two taps afterwards. How often is nobody's to know."""
    words = "“Can I…?” answers this. A contact is told to the head in two taps"
    return State(Standing.NOT_IN_USE, words, route="declarations")


STATES: dict[str, Callable[[date], State]] = {
    "G.1": reviewed,
    "G.2": commitment,
    "G.3": neighbours,
    "A.1": agreements,
    "B.i": declared,
    "B.v": reviewed_privacy,
    "D.0": told,
    **{control: answered_when_asked for control in CONTROLS if control in ASKED},
}
