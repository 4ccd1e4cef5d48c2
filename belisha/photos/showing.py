"""What is at which place now: asking the rule of publishing about what is in the database.

As with pictures, nothing that it answers is kept.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from belisha.channels.approvals import may_use
from belisha.channels.models import Account
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import Pupil, SchoolClass
from belisha.photos.asking import Checked, check
from belisha.photos.captions import Child, Finding, Names, findings
from belisha.photos.models import Publication, Selection
from belisha.photos.publishing import Dates, copy_verdict, may_publish, needs_head
from belisha.photos.rules import PlaceKind
from belisha.policy.approvals import digest_of, said_of_each
from belisha.policy.models import HeadRequest

logger = logging.getLogger("belisha.photos")

REMOVED = "The picture was removed here"
NOT_MADE = "No copy of it was made yet"
TAKEN_OFF = "Someone at school took it off"
CLOSED = "The place is closed"


@dataclass(frozen=True)
class Placed:
    """A publication on a day: whether it may be there, and what is known of its copy."""

    publication: Publication
    verdict: Verdict
    checked: Checked | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def right(self) -> bool:
        return bool(self.verdict)

    @property
    def checked_verdict(self) -> Verdict:
        """What the rule about pictures alone says of the copy."""
        return copy_verdict(self.checked is not None and self.checked.right)

    @property
    def why(self) -> str:
        """Why it may not be there, naming nobody."""
        return "; ".join(dict.fromkeys(reason.ground for reason in self.verdict.reasons))


def with_all(publications: Any) -> Any:
    """A query for publications with everything that is asked about them."""
    return publications.select_related(
        *("selection__place__purpose", "selection__place__account", "selection__place__keeper"),
        *("selection__album", "copy__purpose", "copy__request", "photo__album"),
    )


def placed(publications: Sequence[Publication], *, on: date, ahead: bool = False) -> list[Placed]:
    """Ask about publications, in the same order, in twenty queries at most whatever their number.

    `ahead`: before the first day it is asked as though that day had come. An error in deciding is
    logged and is a no.
    """
    known = _Known(publications, on, ahead)
    return [known.placed(one) for one in publications]


def place_one(publication: Publication, *, on: date, ahead: bool = False) -> Placed:
    """The same about one, read anew."""
    row = with_all(Publication.objects).get(pk=publication.pk)
    return placed([row], on=on, ahead=ahead)[0]


def digest_for(selection: Selection, marks: Iterable[str]) -> str:
    """What the head agrees to: the place, the days, the words, and each picture as it goes."""
    days = selection.from_on, selection.until_on
    return digest_of(selection.place_id, *days, selection.title, selection.words, *marks)


def mark_of(publication: Publication) -> str:
    """What the head is shown of one picture: whom its copy hides, and the words beside it."""
    copy = publication.copy
    assert copy is not None
    return digest_of(copy.ref, copy.hidden, publication.caption, publication.alt)


def kind_of_request(selection: Selection) -> HeadRequest.Kind:
    promotes = selection.place.what is PlaceKind.PROMOTION
    return HeadRequest.Kind.PROMOTION if promotes else HeadRequest.Kind.PICTURES


def head_says(selections: Collection[Selection], *, on: date) -> dict[int, Verdict | None]:
    """The head's answer by the id of the selection; None where none is needed. Five queries."""
    answers: dict[int, Verdict | None] = {one.pk: None for one in selections}
    asked = [one for one in selections if needs_head(one.place.what)]
    marks: dict[int, list[str]] = {one.pk: [] for one in asked}
    rows = Publication.objects.filter(selection__in=asked).order_by("position", "id")
    for pk, mark in rows.values_list("selection_id", "mark"):
        marks[pk].append(mark)
    for kind in HeadRequest.Kind.PICTURES, HeadRequest.Kind.PROMOTION:
        some = [one for one in asked if kind_of_request(one) is kind]
        if not some:
            continue
        digests = {one.ref: digest_for(one, marks[one.pk]) for one in some}
        said = said_of_each(kind, digests, clause=needs_head(some[0].place.what), on=on)
        answers |= {one.pk: said[one.ref] for one in some}
    return answers


def account_says(account: Account | None, *, on: date) -> Verdict | None:
    """Whether an account may be used; None where there is none."""
    return may_use(account, on) if account else None


def names_of_school() -> Names:
    """The names of all children, and the classes. Two queries."""
    rows = Pupil.objects.filter(erased_at=None).values_list("first_name", "last_name", "known_as")
    children = [Child(*row) for row in rows]
    return Names.of(children, SchoolClass.objects.current().values_list("name", flat=True))


def words_of(selection: Selection) -> str:
    """The words around all pictures of a selection."""
    return f"{selection.title}.\n{selection.words}"


class _Known:
    """Everything that the rule must know about some publications, read once."""

    def __init__(self, publications: Sequence[Publication], on: date, ahead: bool) -> None:
        self.on, self.ahead = on, ahead
        copies = [one.copy for one in publications if one.copy]
        self.checked = {found.copy.pk: found for found in check(copies, on=on)}
        selections = {one.selection_id: one.selection for one in publications}
        self.head = head_says(list(selections.values()), on=on)
        accounts = {one.place.account_id: one.place.account for one in selections.values()}
        self.account = {pk: account_says(account, on=on) for pk, account in accounts.items()}
        said = any(one.caption or one.alt for one in publications)
        worded = said or any(one.title or one.words for one in selections.values())
        self.names = names_of_school() if worded else Names()
        self.around = {pk: findings(words_of(one), self.names) for pk, one in selections.items()}

    def placed(self, publication: Publication) -> Placed:
        checked = self.checked.get(publication.copy_id or 0)
        try:
            found = tuple(self._findings(publication, checked))
            return Placed(publication, self._verdict(publication, checked, found), checked, found)
        except Exception:
            logger.exception("Deciding about publication %s failed", publication.pk)
            return Placed(publication, copy_verdict(False), checked)

    def _verdict(
        self, publication: Publication, checked: Checked | None, found: Sequence[Finding]
    ) -> Verdict:
        if ground := _gone(publication):
            return Verdict(Outcome.NO, (Reason("P.iii", ground),))
        selection = publication.selection
        return may_publish(
            copy_verdict(checked is not None and checked.right and not self._left(checked)),
            self.head[selection.pk],
            self.account[selection.place.account_id],
            found,
            Dates(selection.from_on, selection.until_on, self._day(selection)),
            looked=selection.looked_at is not None,
        )

    def _day(self, selection: Selection) -> date:
        return max(self.on, selection.from_on) if self.ahead else self.on

    def _left(self, checked: Checked) -> bool:
        """Whether somebody in it has left the school."""
        days = [face.pupil.left_on for face in checked.shown if face.pupil]
        return any(day and day <= self.on for day in days)

    def _findings(self, publication: Publication, checked: Checked | None) -> list[Finding]:
        seen = [face.pupil for face in checked.shown if face.pupil] if checked else []
        beside = Names.of(Child(one.first_name, one.last_name, one.known_as) for one in seen)
        words = f"{publication.caption}.\n{publication.alt}"
        around = self.around[publication.selection_id]
        if beside.lasts:  # the words around all pictures stand beside this face, too
            around = findings(words_of(publication.selection), self.names, beside=beside)
        return [*findings(words, self.names, beside=beside), *around]


def _gone(publication: Publication) -> str:
    """Why it is not there whatever the rule says, or nothing."""
    if publication.ended_at:
        return TAKEN_OFF
    if publication.selection.dropped_at or publication.place.closed_at:
        return CLOSED
    if publication.copy:
        return ""
    return NOT_MADE if publication.photo and not publication.mark else REMOVED
