"""Answers of `asking` as people see them: in the page's language, with the school's own numbers."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, STAFF, Role
from belisha.policy.access import ASK_HEAD
from belisha.policy.asking import (
    Asker,
    Because,
    Question,
    Remedy,
    answer,
    hangs_on,
)
from belisha.policy.asking.question import PARTS
from belisha.policy.asking.wording import ASKED, commonest, offered, part_label, words_of
from belisha.policy.exceptions import EXCEPTABLE
from belisha.policy.models import Binding, Purpose
from belisha.policy.models.documents import version_in_force

# Which kind of answer it is, in the first words.
HEADINGS = {Outcome.YES: _("Yes"), Outcome.ASK: _("Ask first"), Outcome.NO: _("No")}
DEPENDS = _("It depends")
# The part that is to be said first.
TO_SAY: dict[str, str] = {
    Remedy.SAY_WHERE: "where",
    Remedy.SAY_WITH_WHAT: "with_",
    Remedy.SAY_WHEN: "when",
    Remedy.SAY_OF_WHOM: "of",
}
# Pages on which a remedy is done, by the name of their route. All are for staff; a parents'
# association applies for its accounts itself.
DONE_ON = {
    Remedy.ASK_HEAD: ("albums", _("Go to the albums")),
    Remedy.SIGN_OUT: ("devices", _("Go to the devices")),
    Remedy.ON_A_VISIT: ("devices", _("Go to the devices")),
    Remedy.SCHOOL_CAMERA: ("devices", _("Go to the devices")),
    Remedy.HAND_IT_IN: ("take_from", _("Take the device")),
    Remedy.SAFE_COPY: ("albums", _("Go to the albums")),
    Remedy.COPY_THEN_HEAD: ("albums", _("Go to the albums")),
    Remedy.ASK_FAMILIES: ("albums", _("Go to the albums")),
    Remedy.APPLY: ("account-apply", _("Apply for an account")),
    Remedy.APPLY_AS_HEAD: ("account-apply", _("Apply for an account")),
}
# As whom a person is taken to ask; the first role that they have counts.
ASKS_AS = (
    (frozenset({Role.HEAD}), Asker.HEAD),
    (frozenset({Role.TEACHER}), Asker.TEACHER),
    (STAFF, Asker.STAFF),
    (GOVERNORS, Asker.GOVERNOR),
    (frozenset({Role.PARENTS_ASSOCIATION}), Asker.PTA),
    (frozenset({Role.PARENT}), Asker.PARENT),
    (frozenset({Role.GUEST}), Asker.VISITOR),
)


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True)
class Said:
    """One reason on the page. `address` leads to its clause, where the policy has a page."""

    outcome: Outcome
    clause: str
    address: str
    text: str


@dataclass(frozen=True)
class Reply:
    """An answer on the page: its first words, what to do, why, and what it still hangs on."""

    outcome: Outcome
    heading: str
    remedy: str
    button: Link | None
    reasons: list[Said]
    open_part: str = ""
    options: tuple[Link, ...] = ()
    exception: Link | None = None


@dataclass(frozen=True)
class Example:
    """A question that many ask, with its answer in a few words."""

    link: Link
    outcome: Outcome
    heading: str
    why: Said


def own_clauses(at: datetime) -> dict[str, str]:
    """Where each control stands in the school's own document in force: ``{"B.ii": "3.2"}``."""
    version = version_in_force(at)
    bound = Binding.objects.filter(clause__version=version).exclude(control="")
    rows = bound.order_by("-clause__position").values_list("control", "clause__address")
    return dict(rows) if version else {}  # of several clauses the first


def clause_shown(clause: str, own: dict[str, str]) -> str:
    """The number of a clause in the school's own document, or in the model policy."""
    return own.get(clause, clause)


def policy_address(clause: str) -> str:
    """Where a clause, by the number that is shown, can be read, or nothing."""
    try:
        return f"{reverse('policy')}#{clause}"
    except NoReverseMatch:
        return ""


def said_by(
    clause: str, own: dict[str, str], text: str = "", outcome: Outcome = Outcome.ASK
) -> Said:
    """A ground of a rule as a page shows it, with the clause in the school's own number."""
    shown = clause_shown(clause, own)
    return Said(outcome, shown, policy_address(shown), text)


def asker_of(user: User) -> Asker:
    """As whom somebody asks who has signed in."""
    return next((asker for roles, asker in ASKS_AS if user.roles & roles), Asker.VISITOR)


def address_of(question: Question) -> str:
    """The address under which a question has its answer, to be shared."""
    parts = {"as": question.asker, "do": question.deed}
    parts |= {part.strip("_"): getattr(question, part) for part in PARTS}
    told = {name: value for name, value in parts.items() if value}
    more = {"supervised": "yes"} if question.supervised else {}
    return f"{reverse('can_i')}?{urlencode(told | more)}"


class Replies:
    """The answers that one page shows. Three queries, whatever their number.

    `reader` is whoever looks at it, if they have signed in: a button leads only where they may go.
    """

    def __init__(self, at: datetime, reader: User | None) -> None:
        self.purposes = [purpose.terms for purpose in Purpose.objects.all()]
        self.own = own_clauses(at)
        self.for_staff = bool(reader and reader.is_staff_member)
        self.may_apply = bool(reader and reader.roles & ASK_HEAD)

    def to(self, question: Question) -> Reply:
        """The answer to one question, in the language of the page."""
        verdict = answer(question, self.purposes)
        part, options = self._open(question, verdict)
        return Reply(
            verdict.outcome,
            gettext(heading(verdict)),
            gettext(verdict.remedy) if verdict.remedy else "",
            self._button(question, verdict.remedy),
            [self.said(reason) for reason in verdict.reasons],
            part,
            options,
            self._exception(verdict),
        )

    def examples(self, asker: Asker) -> list[Example]:
        """The commonest questions of people like the asker."""
        found = []
        for common in commonest(asker):
            verdict = answer(common.question, self.purposes)
            link = Link(gettext(common.words), address_of(common.question))
            why = self.said(verdict.reasons[0])
            found.append(Example(link, verdict.outcome, gettext(heading(verdict)), why))
        return found

    def said(self, reason: Reason) -> Said:
        """A reason as the page shows it."""
        outcome = reason.outcome if isinstance(reason, Because) else Outcome.YES
        return said_by(reason.clause, self.own, gettext(reason.text), outcome)

    def _open(self, question: Question, verdict: Verdict) -> tuple[str, tuple[Link, ...]]:
        """The first part that is not said and would change the answer, and what it could be."""
        deed = question.deed
        first = [TO_SAY[verdict.remedy]] if verdict.remedy in TO_SAY else []
        parts = [] if verdict else [*first, *ASKED[deed]]
        for part in parts:
            if hangs_on(question, part, self.purposes):
                links = [
                    Link(
                        gettext(words_of(deed, value)),
                        address_of(question.saying(part, value)),
                    )
                    for value in offered(deed, part)
                ]
                return gettext(part_label(deed, part)), tuple(links)
        return "", ()

    def _button(self, question: Question, remedy: str) -> Link | None:
        if remedy == Remedy.AS_A_PARENT:
            url = address_of(replace(question, asker=Asker.PARENT))
            return Link(gettext("Ask as a parent"), url)
        applies = self.may_apply and remedy == Remedy.APPLY
        if not remedy or not (self.for_staff or applies):
            return None
        route, words = DONE_ON.get(Remedy(remedy), ("", ""))
        return _link(gettext(words), route)

    def _exception(self, verdict: Verdict) -> Link | None:
        """The page on which the head is asked for an exception, where each rule broken has one."""
        clauses = [reason.clause for reason in verdict.reasons]
        if verdict.outcome is not Outcome.NO or not self.for_staff:
            return None
        if not all(clause in EXCEPTABLE for clause in clauses):
            return None
        return _link(gettext("Ask the head for an exception"), "approval_ask", clause=clauses[0])


def _link(words: str, route: str, **query: str) -> Link | None:
    """A link to a page by the name of its route, or none where the site has no such page."""
    try:
        url = reverse(route)
    except NoReverseMatch:
        return None
    return Link(words, f"{url}?{urlencode(query)}" if query else url)


def heading(verdict: Verdict) -> str:
    """The first words of an answer, in English."""
    return DEPENDS if verdict.remedy in TO_SAY else HEADINGS[verdict.outcome]
