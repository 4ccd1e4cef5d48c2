"""How complaints stand on a day, and who is there to hear them: read anew each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from belisha.complaints.models import Attachment, Closing, Complaint, Concerned, Message, Step
from belisha.complaints.rules import Rung, Seat, Stage, Status, Subject, may_go_on, route, status
from belisha.people.actions.mail import lost_about
from belisha.people.models import Mail, SchoolClass, Staff
from belisha.people.rules import Role, offices

_RUNGS = {
    Role.HEAD: Rung.HEAD,
    Role.SENIOR_LEADER: Rung.LEADER,
    Role.CHAIR: Rung.CHAIR,
    Role.GOVERNOR: Rung.GOVERNOR,
}


@dataclass(frozen=True)
class Entry:
    """One complaint as it stands on a day."""

    complaint: Complaint
    steps: list[Step]
    closed: Closing | None
    unanswered: bool  # the family wrote last, or sent a file
    on: date

    @property
    def step(self) -> Step:
        """The stage that it has reached."""
        return self.steps[-1]

    @property
    def stage(self) -> Stage:
        return Stage(self.step.stage)

    @property
    def status(self) -> Status:
        step = self.step
        return status(
            acknowledge_by=step.acknowledge_by,
            acknowledged=step.acknowledged_at is not None,
            due_on=step.due_on,
            decided=step.decided_at is not None,
            closed=self.closed is not None,
            on=self.on,
        )

    @property
    def next_on(self) -> date | None:
        """The next day by which something must have happened."""
        step = self.step
        if self.closed or step.decided_at:
            return None
        if step.acknowledged_at is None:
            return min(step.acknowledge_by, step.due_on)
        return step.due_on

    @property
    def may_go_on(self) -> bool:
        """Whether the family may take it to the next stage today."""
        step = self.step
        return self.closed is None and may_go_on(
            self.stage,
            decided=step.decided_at is not None,
            go_on_by=step.go_on_by,
            due_on=step.due_on,
            on=self.on,
        )


def entries(complaints: Iterable[Complaint], on: date) -> list[Entry]:
    """The complaints of a query as they stand, in its order. Six queries, however many."""
    known = complaints.select_related("child", "school_class").prefetch_related(  # type: ignore[attr-defined]
        Prefetch("steps", Step.objects.select_related("handler").prefetch_related("panels")),
        Prefetch("closings", Closing.objects.open(), to_attr="closed_by"),
        Prefetch("messages", Message.objects.exclude(kind=Message.Kind.NOTE), to_attr="said"),
        Prefetch("attachments", Attachment.objects.filter(from_family=True), to_attr="sent"),
    )
    return [
        Entry(
            complaint=one,
            steps=list(one.steps.all()),
            closed=next(iter(one.closed_by), None),
            unanswered=_is_unanswered([*one.said[-1:], *one.sent[-1:]]),
            on=on,
        )
        for one in known
    ]


def _is_unanswered(last: Iterable[Message | Attachment]) -> bool:
    """Whether the newest of what was written and sent comes from the family."""
    newest = max(last, key=lambda one: one.at, default=None)
    return newest is not None and newest.from_family


def entry_of(complaint: Complaint, on: date) -> Entry:
    return entries(Complaint.objects.filter(pk=complaint.pk), on)[0]


def lost_mail(*complaints: Complaint) -> dict[int, list[Mail]]:
    """Mail about them, by number, that did not arrive and was not noted since."""
    notes = Message.objects.filter(complaint__in=complaints, kind=Message.Kind.NOTE)
    return lost_about(complaints, dict(notes.values_list("complaint", "at")))


def seats(school_class: SchoolClass | None) -> list[Seat]:
    """The offices of those who are here, with the teachers of the class that it is about."""
    here = Staff.objects.current()
    found = [
        Seat(staff.pk, rung)
        for staff in here.prefetch_related("roles")
        for role in sorted(offices(Role(one.role) for one in staff.roles.all()))
        if (rung := _RUNGS.get(role))
    ]
    teachers = here.filter(classes=school_class) if school_class else ()
    return [*(Seat(one.pk, Rung.TEACHER) for one in teachers), *found]


def concerned_in(complaint: Complaint) -> frozenset[int]:
    """Whom it is about, by number; and who complains, if they work here: nobody hears their own."""
    named = Concerned.objects.filter(complaint=complaint).values_list("staff_id", flat=True)
    own = Staff.objects.current().filter(user=complaint.parent.user) if complaint.parent else ()
    mine = {one.pk for one in own if one.user_id}
    return frozenset(named) | mine


def involved_in(complaint: Complaint) -> frozenset[int]:
    """Who heard it before or wrote about it for the school, by number."""
    heard = Step.objects.filter(complaint=complaint).values_list("handler_id", flat=True)
    wrote = Message.objects.filter(complaint=complaint, from_family=False).exclude(by=None)
    decided = Step.objects.filter(complaint=complaint).exclude(decided_by=None)
    users = {*wrote.values_list("by_id", flat=True), *decided.values_list("decided_by", flat=True)}
    people = Staff.objects.filter(user__in=users).values_list("pk", flat=True)
    return frozenset(number for number in (*heard, *people) if number)


def hearer(complaint: Complaint, stage: Stage) -> Seat | None:
    """Who is to hear it at a stage, by the rule."""
    return route(
        stage,
        Subject(complaint.subject),
        seats(complaint.school_class),
        concerned=concerned_in(complaint),
        involved=involved_in(complaint),
    )
