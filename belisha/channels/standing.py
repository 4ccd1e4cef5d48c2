"""How accounts stand on a day, each with all that is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone

from belisha.channels.models import Account, AccountPerson, Closing, HandOver, Seen
from belisha.channels.rules import (
    REMIND,
    Facts,
    Need,
    RunBy,
    Stage,
    may_go_on,
    missing,
    renew_by,
    stage,
)
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.policy.approvals import digest_of, verdict
from belisha.policy.awareness import school_year
from belisha.policy.models import HeadAnswer, HeadRequest

CLAUSE = "C.1"


@dataclass(frozen=True)
class Entry:
    """One account on a day. `asked` are the requests that were not taken back, the newest first,
    each with its answer."""

    account: Account
    on: date
    people: list[AccountPerson]  # of today
    closings: list[Closing]
    seen: list[Seen]
    asked: list[tuple[HeadRequest, HeadAnswer | None]]

    @property
    def administrators(self) -> list[AccountPerson]:
        part = AccountPerson.Part.ADMINISTRATOR
        return [person for person in self.people if person.part == part]

    @property
    def posters(self) -> list[AccountPerson]:
        return [person for person in self.people if person.part == AccountPerson.Part.POSTS]

    @property
    def gone(self) -> list[AccountPerson]:
        """Those who have left and still count as looking after it."""
        return [person for person in self.people if person.is_gone]

    @property
    def closed(self) -> Closing | None:
        return next((one for one in self.closings if one.reopened_at is None), None)

    @cached_property
    def digest(self) -> str:
        """Of all that the head agrees to. Who posts and where it is found may change freely: an
        administrator decides both anyway."""
        one = self.account
        return digest_of(
            (one.service, one.other_service, one.name, one.purpose, one.audience, one.pupils_from),
            (one.comments, one.run_by, one.school_class_id, one.recovery, one.review_every),
            sorted(person.who for person in self.administrators),
            [closing.reopened_at for closing in self.closings if closing.reopened_at][:1],
        )

    @property
    def answered(self) -> HeadAnswer | None:
        """The newest answer of the head."""
        return next((answer for _, answer in self.asked if answer), None)

    @cached_property
    def waits(self) -> bool:
        """Whether the head is asked about it as it is, and has not answered."""
        first = next(iter(self.asked), None)
        return first is not None and first[1] is None and first[0].digest == self.digest

    @cached_property
    def agreed(self) -> Verdict:
        """Whether the head agrees to it as it is. While a renewal waits, the last yes counts."""
        pairs = self.asked[:1] + [pair for pair in self.asked if pair[1]][:1]
        said = [verdict(one, answer, digest=self.digest, on=self.on) for one, answer in pairs]
        if not said:
            return _ask("The head has not been asked", "Ask the head")
        return said[-1] if said[-1] else said[0]

    @property
    def given(self) -> HeadAnswer | None:
        """The newest answer if it was a yes to the account as it is, though it may have run out."""
        for request, answer in self.asked:
            if answer:
                return answer if answer.yes and request.digest == self.digest else None
        return None

    @cached_property
    def due_on(self) -> date | None:
        """The last day before the yes must be renewed."""
        answer = self.given
        if answer is None:
            return None
        agreed_on = timezone.localdate(answer.at)
        yearly = renew_by(self.account.run_by, agreed_on, months=self.account.review_every)
        return min(yearly, answer.until or yearly)

    def last(self, what: Seen.What) -> Seen | None:
        """The newest sight of a thing."""
        return next((one for one in self.seen if one.what == what), None)

    @property
    def used_on(self) -> date | None:
        times = [one.at for one in (self.last(Seen.What.USE), self.answered) if one]
        return timezone.localdate(max(times)) if times else None

    @property
    def factor(self) -> Seen | None:
        """The second factor as it was seen, if no administrator came since."""
        seen, came = self.last(Seen.What.FACTOR), [one.from_at for one in self.administrators]
        return seen if seen and came and seen.at >= max(came) else None

    @cached_property
    def missing(self) -> tuple[Need, ...]:
        """What must still be there before the head can be asked."""
        said = self.last(Seen.What.PEOPLE)
        this_year = said and school_year(timezone.localdate(said.at)) == school_year(self.on)
        return missing(
            purpose=self.account.purpose,
            administrators=[one.who for one in self.administrators if not one.is_gone],
            recovery=self.account.recovery,
            owned=self.account.owned_by_id is not None,
            people_said=self.account.run_by != RunBy.ASSOCIATION or bool(this_year),
            factor=self.factor is not None,
        )

    @cached_property
    def ours(self) -> bool:
        """Whether the head has ever agreed to it."""
        return any(answer and answer.yes for _, answer in self.asked)

    @cached_property
    def stage(self) -> Stage:
        given = self.given
        ran_out = bool(given and not given.ended_at and not given.stands(self.on))
        known = Facts(
            closed=self.closed is not None,
            agreed=bool(self.agreed),
            ours=self.ours,
            waits=self.waits,
            refused=self.agreed.outcome is Outcome.NO,
            ran_out=ran_out,
            gone=bool(self.gone),
            due_on=self.due_on,
            used_on=self.used_on,
        )
        return stage(known, self.on)

    @property
    def is_to_be_asked(self) -> bool:
        """Whether the head is to be asked: it is new, changed or to be renewed."""
        if self.closed or self.waits:
            return False
        return not self.agreed or bool(self.due_on and self.on + REMIND >= self.due_on)

    @property
    def can_be_asked(self) -> bool:
        """The same, and all is there that the head needs."""
        return self.is_to_be_asked and not self.missing

    @cached_property
    def may_use(self) -> Verdict:
        """Whether it may be used for the school: the one answer of gates, lights and lists."""
        if self.closed:
            closed_on = f"{timezone.localdate(self.closed.at):%-d %B %Y}"
            ground = f"This account was closed on {closed_on}"
            return Verdict(Outcome.NO, (Reason(CLAUSE, ground),), "Open it again, and ask the head")
        if not self.agreed:
            return self.agreed
        if self.gone:
            return _ask("Somebody who looks after it has left", "Hand the account over")
        if self.due_on and not may_go_on(self.due_on, self.on):
            ground = f"The head’s yes was to be renewed by {self.due_on:%-d %B %Y}"
            return Verdict(Outcome.NO, (Reason(CLAUSE, ground),), "Renew it")
        return self.agreed


def entries(accounts: Iterable[Account], on: date) -> list[Entry]:
    """How these accounts stand on a day. Six queries, whatever their number."""
    people = AccountPerson.objects.current().select_related("staff__user")
    open_now = HandOver.objects.open()
    people = people.prefetch_related(Prefetch("hand_overs", open_now, to_attr="handing_over"))
    closings = Closing.objects.select_related("by", "reopened_by")
    rows = Account.objects.filter(pk__in=[one.pk for one in accounts]).select_related(
        "school_class", "made_by"
    )
    found = list(
        rows.prefetch_related(
            Prefetch("people", people),
            Prefetch("closings", closings),
            Prefetch("seen", Seen.objects.select_related("by")),
        )
    )
    asked = _asked([one.ref for one in found])
    return [
        Entry(
            one,
            on,
            list(one.people.all()),
            list(one.closings.all()),
            list(one.seen.all()),
            asked.get(one.ref, []),
        )
        for one in found
    ]


def entry_of(account: Account, on: date) -> Entry:
    """How one account stands on a day."""
    return entries([account], on)[0]


def _asked(refs: list[str]) -> dict[str, list[tuple[HeadRequest, HeadAnswer | None]]]:
    kind = HeadRequest.Kind.ACCOUNT
    requests = list(
        HeadRequest.objects.filter(kind=kind, about__in=refs, withdrawn_at=None).order_by(
            "-asked_at", "-id"
        )
    )
    answers = HeadAnswer.objects.filter(request__in=[one.pk for one in requests])
    by_request = {answer.request_id: answer for answer in answers.select_related("by")}
    found: dict[str, list[tuple[HeadRequest, HeadAnswer | None]]] = {}
    for one in requests:
        found.setdefault(one.about, []).append((one, by_request.get(one.pk)))
    return found


def _ask(ground: str, remedy: str) -> Verdict:
    return Verdict(Outcome.ASK, (Reason(CLAUSE, ground),), remedy)
