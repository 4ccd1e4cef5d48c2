"""What can be done with a campaign: begin it, remind, change its end, end it, erase it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from belisha.audit.actions import record
from belisha.consent.campaigns.progress import children_by_parent, silent_parents
from belisha.consent.campaigns.whom import Whom, children_of, plan
from belisha.consent.campaigns.words import subject_and_body
from belisha.consent.models import Answer, Asked, Campaign, Reach
from belisha.consent.rules import is_due
from belisha.people.access import can_manage_people, require
from belisha.people.actions.mail import post
from belisha.people.models import Mail, Parent, School, SchoolClass, User, bounced


@transaction.atomic
def start(
    school: School,
    *,
    title: str,
    text: str,
    whom: Whom,
    classes: Collection[SchoolClass] = (),
    answer_by: date,
    remind_after: int | None,
    since: date | None = None,
    on_paper: Reach = Reach.LETTER,
    by: User,
    at: datetime,
) -> Campaign:
    """Ask: mail goes out at once, and whom no mail reaches is kept for letters or a list.

    `remind_after` is in days; `since` makes it a yearly refresh. Raises `ValidationError` when
    there is nobody to ask.
    """
    require(can_manage_people(by))
    chosen = sorted(classes, key=lambda one: one.name) if whom is Whom.CLASSES else []
    asks = plan(children_of(whom, chosen, on=timezone.localdate(at)))
    if not asks.asks_anyone:
        raise ValidationError("There is nobody to ask.")
    campaign: Campaign = Campaign.objects.create(
        school=school,
        title=title,
        text=text,
        whom=", ".join(one.name for one in chosen)[:200] or whom.label.partition(":")[0],
        class_ids=[one.pk for one in chosen],
        since=since,
        asked_at=at,
        asked_by=by,
        answer_by=answer_by,
        remind_after=remind_after,
    )
    for parent in asks.by_mail:
        mail = _mail(campaign, school, parent, at=at)
        _ask(campaign, parent, Reach.MAIL, at, mail)
    for parent in asks.on_paper:
        _ask(campaign, parent, on_paper, at)
    record(
        "campaign.started",
        campaign,
        by=by.pk,
        at=at,
        mails=len(asks.by_mail),
        on_paper=len(asks.on_paper),
    )
    return campaign


def _ask(
    campaign: Campaign, parent: Parent, reach: Reach, at: datetime, mail: Mail | None = None
) -> None:
    Asked.objects.create(
        school_id=campaign.school_id,
        campaign=campaign,
        parent=parent,
        reach=reach,
        asked_at=at,
        mail=mail,
    )


@transaction.atomic
def remind_now(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Remind everyone who has not answered and whom mail reaches, whatever the days say.

    Nothing is returned: whom a reminder went to is for nobody to know.
    """
    require(can_manage_people(by))
    if not campaign.is_open(timezone.localdate(at)):
        raise ValidationError("This campaign has ended. Give it a later day first.")
    for asked in to_remind(campaign, at=at, whether_due=False):
        remind(asked, campaign, at=at)
    record("campaign.reminded", campaign, by=by.pk, at=at)


def to_remind(campaign: Campaign, *, at: datetime, whether_due: bool = True) -> list[Asked]:
    """Whom a reminder is for: they really have not answered, and mail reaches them."""
    every = timedelta(days=campaign.remind_after) if campaign.remind_after else None
    asked = [
        one
        for one in campaign.asked.select_related("parent").order_by("id")
        if one.parent.email and (not whether_due or _is_due(one, campaign, every=every, at=at))
    ]
    if not asked:
        return []
    children = children_by_parent(one.parent_id for one in asked)
    truth = Answer.objects.annotate(shown=F("kind"))
    silent = silent_parents(campaign, children, truth, on=timezone.localdate(at))
    broken = bounced(one.parent.email for one in asked)
    return [
        one for one in asked if one.parent_id in silent and one.parent.email.lower() not in broken
    ]


def _is_due(asked: Asked, campaign: Campaign, *, every: timedelta | None, at: datetime) -> bool:
    return is_due(
        last_at=asked.reminded_at or asked.asked_at,
        every=every,
        answer_by=campaign.answer_by,
        now=timezone.localtime(at),
    )


@transaction.atomic
def remind(asked: Asked, campaign: Campaign, *, at: datetime) -> None:
    """Send one reminder, unless another process has sent it since `asked` was read."""
    mine = Asked.objects.filter(pk=asked.pk, reminders=asked.reminders)
    if mine.update(reminders=asked.reminders + 1, reminded_at=at):
        _mail(campaign, campaign.school, asked.parent, at=at, reminder=True)


@transaction.atomic
def change(
    campaign: Campaign, *, answer_by: date, remind_after: int | None, by: User, at: datetime
) -> Campaign:
    """Give a campaign another last day or another rhythm of reminders; one that ended goes on."""
    require(can_manage_people(by))
    row = _locked(campaign)
    row.answer_by, row.remind_after, row.ended_at = answer_by, remind_after, None
    row.save(update_fields=["answer_by", "remind_after", "ended_at"])
    record("campaign.changed", row, by=by.pk, at=at, answer_by=answer_by.isoformat())
    return row


@transaction.atomic
def end(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """No more reminders. Answers that come later count all the same."""
    require(can_manage_people(by))
    row = _locked(campaign)
    row.ended_at = row.ended_at or at
    row.save(update_fields=["ended_at"])
    record("campaign.ended", row, by=by.pk, at=at)
    return row


@transaction.atomic
def erase(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Forget who was asked, and when. What families answered stays."""
    require(can_manage_people(by))
    row = _locked(campaign)
    record("campaign.erased", row, by=by.pk, at=at)
    row.delete()


def _locked(campaign: Campaign) -> Campaign:
    row: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    return row


def _mail(
    campaign: Campaign, school: School, parent: Parent, *, at: datetime, reminder: bool = False
) -> Mail:
    subject, body = subject_and_body(campaign, school, language=parent.language, reminder=reminder)
    return post(
        school,
        to=parent.email,
        subject=subject,
        body=body,
        kind="reminder" if reminder else "campaign",
        language=parent.language or "en-gb",
        about=parent,
        at=at,
        lasts=timedelta(days=2) if reminder else None,
    )
