"""Families are asked, reminded until they answer, and counted without a word about protection."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent import jobs, todo
from belisha.consent.actions import set_aside
from belisha.consent.campaigns import acts
from belisha.consent.campaigns.progress import progress
from belisha.consent.campaigns.whom import Whom, children_of, plan
from belisha.consent.models import Asked, Campaign, Reach, facts
from belisha.consent.rules import Fact, Kind
from belisha.people.access import Refused
from belisha.people.actions import parents as parent_acts
from belisha.people.actions.calendar import mark
from belisha.people.calendar import Days, Mark
from belisha.people.models import Mail, Parent, Relation, calendar_of
from belisha.people.rules import Role
from belisha.policy.actions import change as change_purpose
from belisha.policy.models import Purpose

YES, NO = Kind.GIVEN, Kind.REFUSED
TODAY = date(2026, 11, 20)


@pytest.fixture
def office(people):
    return people.staff(Role.OFFICE, "Mr Wick")


@pytest.fixture
def head(people):
    return people.staff(Role.HEAD, "Mrs Head")


@pytest.fixture
def lead(people):
    return people.staff(Role.SAFEGUARDING_LEAD, "Ms Lead")


@pytest.fixture
def mailed():
    """Give a parent an address."""

    def mailed(parent, language=""):
        parent.email, parent.language = parent.user.email, language
        parent.save()
        return parent

    return mailed


@pytest.fixture
def start(school, office, now):
    def start(whom=Whom.EVERYONE, at=now, **more):
        words = {
            "title": "Pictures this year",
            "text": "We look forward to your answers.",
            "answer_by": at.date() + timedelta(days=14),
            "remind_after": 5,
        }
        return acts.start(school, whom=whom, by=office, at=at, **(words | more))

    return start


@pytest.fixture
def answer(say):
    """Say the same to everything that is asked beforehand."""

    def answer(child, parent, kind=YES, *, but=(), **more):
        for purpose in Purpose.objects.in_use().filter(each_picture=False):
            if purpose.key not in but:
                say(child, parent, kind, purpose, **more)

    return answer


@pytest.fixture
def tick():
    """Let the job look, at a time of the test's own."""

    def tick(at):
        jobs.LOOK.forget()
        jobs.remind(at)

    return tick


def reminders():
    return sorted(Mail.objects.filter(kind="reminder").values_list("to", flat=True))


# --- whom -------------------------------------------------------------------------------------


def test_everyone_with_parental_responsibility_is_asked_and_nobody_under_an_order(
    people, start, mailed
):
    leo = people.pupil("Leo")
    ada = mailed(people.parent(leo, name="Ada Zebra"))
    bo = people.parent(leo, name="Bo Zebra")
    mailed(people.parent(leo, name="Con Order", no_contact=True))
    mailed(people.parent(leo, name="Gran Kerb", responsible=False))
    campaign = start()
    assert {(one.parent, one.reach) for one in campaign.asked.all()} == {
        (ada, Reach.MAIL),
        (bo, Reach.LETTER),
    }
    assert [mail.to for mail in Mail.objects.all()] == [ada.email]


def test_a_parent_under_an_order_for_one_child_is_asked_about_the_other_alone(
    people, start, mailed, now
):
    leo, zoe = people.pupil("Leo"), people.pupil("Zoe")
    parent = mailed(people.parent(leo, name="Ada Zebra"))
    Relation.objects.create(
        school=people.school,
        pupil=zoe,
        parent=parent,
        parental_responsibility=True,
        no_contact=True,
    )
    (person,) = progress(start(), on=TODAY).people
    assert person.children == (leo,)
    assert plan([zoe]).nobody == (zoe,)
    assert not plan([zoe]).asks_anyone


def test_the_families_of_a_class_or_the_new_starters_are_asked(people, start, say):
    leo = people.pupil("Leo")
    zoe = people.pupil("Zoe", school_class=people.wrens)
    people.parent(leo, name="Ada Zebra"), people.parent(zoe, name="Bo Kerb")
    campaign = start(Whom.CLASSES, classes=[people.wrens])
    assert [str(one.parent) for one in campaign.asked.all()] == ["Bo Kerb"]
    assert campaign.whom == "Wrens"
    say(leo, Parent.objects.get(first_name="Ada"), NO)
    assert children_of(Whom.NEW, [], on=TODAY) == [zoe]


def test_an_address_from_which_mail_came_back_counts_as_none(people, start, mailed, now):
    leo = people.pupil("Leo")
    ada = mailed(people.parent(leo, name="Ada Zebra"))
    first = start()
    Mail.objects.update(bounced_at=now, given_up_at=now, trouble="There is no such address.")
    (person,) = progress(first, on=TODAY).not_reached
    assert (person.parent, person.not_reached) == (ada, "There is no such address.")
    assert start().asked.get().reach == Reach.LETTER


def test_with_nobody_to_ask_there_is_no_campaign(people, start):
    people.pupil("Leo")
    with pytest.raises(ValidationError, match="nobody to ask"):
        start()
    assert not Campaign.objects.exists()


def test_only_the_office_and_the_head_ask(people, school, lead, now):
    with pytest.raises(Refused):
        acts.start(
            school,
            title="x",
            text="",
            whom=Whom.EVERYONE,
            answer_by=TODAY,
            remind_after=None,
            by=lead,
            at=now,
        )


# --- the mail ---------------------------------------------------------------------------------


def test_a_mail_names_the_thing_the_reason_the_date_and_one_link_and_no_person(
    people, start, mailed, settings
):
    settings.ADDRESS = "https://belisha.kerbside.example"
    leo = people.pupil("Leo", "Quillfeather")
    ada = mailed(people.parent(leo, name="Ada Quillfeather"))
    start()
    mail = Mail.objects.get()
    assert mail.subject == "A question from Kerbside Primary School: Pictures this year"
    assert mail.about == f"parent:{ada.pk}"
    assert "We look forward to your answers." in mail.body
    assert "We use a picture of a child only when the family says yes." in mail.body
    assert "Answer by 4 December 2026" in mail.body
    assert re.findall(r"https?://\S+", mail.body) == ["https://belisha.kerbside.example/in/"]
    for name in ("Leo", "Quillfeather", "Ada", "Robins"):
        assert name not in mail.body + mail.subject


def test_a_mail_speaks_the_parents_language_and_leaves_the_offices_words(people, start, mailed):
    mailed(people.parent(people.pupil("Leo"), name="Ada Zebra"), language="pl")
    start()
    mail = Mail.objects.get()
    assert mail.language == "pl"
    assert mail.subject.startswith("Pytanie od szkoły")
    assert "4 grudnia 2026" in mail.body
    assert "We look forward to your answers." in mail.body


# --- who has answered -------------------------------------------------------------------------


def test_a_parent_has_answered_when_every_question_about_every_child_is(
    people, start, answer, say, purpose
):
    leo, zoe = people.pupil("Leo"), people.pupil("Zoe", school_class=people.wrens)
    ada = people.parent(leo, zoe, name="Ada Zebra")
    bo = people.parent(leo, name="Bo Zebra")
    campaign = start()
    answer(leo, ada)
    answer(zoe, ada, NO, but=("press",))
    answer(leo, bo, NO)
    stands = progress(campaign, on=TODAY)
    assert [one.parent for one in stands.answered] == [bo]
    assert [(str(one.school_class), one.answered, one.asked) for one in stands.classes] == [
        ("Robins", 1, 2),
        ("Wrens", 0, 1),
    ]
    say(zoe, ada, YES, purpose("press"))
    assert progress(campaign, on=TODAY).silent == []


def test_what_another_person_said_answers_for_nobody_else(people, start, answer):
    leo = people.pupil("Leo")
    ada, bo = people.parent(leo, name="Ada Zebra"), people.parent(leo, name="Bo Zebra")
    campaign = start()
    answer(leo, ada)
    assert [one.parent for one in progress(campaign, on=TODAY).silent] == [bo]


def test_what_ran_out_or_was_set_aside_is_asked_for_again(people, start, answer, say, office, now):
    leo = people.pupil("Leo")
    ada = people.parent(leo, name="Ada Zebra")
    campaign = start()
    answer(leo, ada, expires=date(2026, 12, 1))
    assert not progress(campaign, on=TODAY).silent
    assert progress(campaign, on=date(2026, 12, 2)).silent
    answer(leo, ada, on=date(2026, 11, 2))
    assert not progress(campaign, on=date(2026, 12, 2)).silent
    set_aside(say(leo, ada, NO, on=date(2026, 11, 3)), why="Wrong", by=office, at=now)
    assert not progress(campaign, on=TODAY).silent, "the answer before it stands again"


def test_at_the_yearly_refresh_old_answers_count_but_are_asked_for_again(people, start, answer):
    leo = people.pupil("Leo")
    ada = people.parent(leo, name="Ada Zebra")
    answer(leo, ada, on=date(2026, 7, 1))
    campaign = start(since=date(2026, 9, 1))
    assert progress(campaign, on=TODAY).silent
    assert facts([leo.pk], on=TODAY)[leo.pk, "newsletter"] is Fact.GIVEN
    answer(leo, ada, on=date(2026, 11, 19))
    assert not progress(campaign, on=TODAY).silent


# --- reminders --------------------------------------------------------------------------------


def test_reminders_come_every_few_days_and_stop_by_themselves(
    people, start, answer, mailed, tick, now
):
    leo, zoe = people.pupil("Leo"), people.pupil("Zoe")
    ada = mailed(people.parent(leo, name="Ada Zebra"))
    bo = mailed(people.parent(zoe, name="Bo Kerb"))
    start()
    tick(now + timedelta(days=4))
    assert reminders() == []
    answer(leo, ada)
    tick(now + timedelta(days=5))
    tick(now + timedelta(days=5, hours=1))
    assert reminders() == [bo.email]
    tick(now + timedelta(days=10))
    assert reminders() == [bo.email, bo.email]
    tick(now + timedelta(days=15))
    assert len(reminders()) == 2, "the last day is past"


def test_nobody_is_reminded_twice_by_two_workers(people, start, mailed, now):
    mailed(people.parent(people.pupil("Leo"), name="Ada Zebra"))
    campaign = start()
    at = now + timedelta(days=6)
    both = [acts.to_remind(campaign, at=at), acts.to_remind(campaign, at=at)]
    for (asked,) in both:
        acts.remind(asked, campaign, at=at)
    assert len(reminders()) == 1


def test_an_order_that_comes_later_ends_the_reminders(people, start, mailed, tick, now):
    mailed(people.parent(people.pupil("Leo"), name="Ada Zebra"))
    campaign = start()
    Relation.objects.update(no_contact=True)
    tick(now + timedelta(days=6))
    assert reminders() == []
    assert progress(campaign, on=TODAY).people == ()


def test_the_office_reminds_now_ends_and_goes_on(people, start, mailed, browse, office, now):
    mailed(people.parent(people.pupil("Leo"), name="Ada Zebra"))
    campaign = start(at=timezone.now(), remind_after=None)
    browser, at = browse(office), [campaign.pk]
    page = browser.post(reverse("campaign_remind", args=at), follow=True).text
    assert "Whoever has not answered gets a reminder by email." in page
    assert len(reminders()) == 1
    browser.post(reverse("campaign_end", args=at))
    browser.post(reverse("campaign_remind", args=at))
    assert len(reminders()) == 1
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    browser.post(reverse("campaign_change", args=at), {"answer_by": later, "remind_after": "7"})
    campaign.refresh_from_db()
    assert campaign.ended_at is None
    assert (campaign.answer_by.isoformat(), campaign.remind_after) == (later, 7)
    browser.post(reverse("campaign_remind", args=at))
    assert len(reminders()) == 2


# --- protection -------------------------------------------------------------------------------


def nothing(*_):
    """The family has not answered."""


def no_to_all(child, parent, answer):
    answer(child, parent, NO, on=date(2026, 10, 1))


def yes_to_all(child, parent, answer):
    answer(child, parent, YES)


def yes_then_no(child, parent, answer):
    answer(child, parent, YES)
    answer(child, parent, NO, on=date(2026, 10, 1))


@pytest.fixture
def pair(people, mailed):
    """A protected child and an ordinary one, who differ in nothing but their names."""
    hidden, plain = people.pupil("Hidden", "Xaaa"), people.pupil("Plains", "Xbbb")
    hers, his = people.parent(hidden, name="Pa Xaaa"), people.parent(plain, name="Pa Xbbb")
    mailed(hers), mailed(his)
    people.protect(hidden)
    return (hidden, hers), (plain, his)


@pytest.mark.parametrize("role", ["office", "head"])
@pytest.mark.parametrize(("truth", "looks_like"), [(yes_to_all, nothing), (yes_then_no, no_to_all)])
def test_a_campaign_tells_nothing_that_the_register_hides(
    truth, looks_like, role, family, people, start, answer, browse, request, tick, mailed, now
):
    """The same family, once protected and once not: every page is the same to the last byte."""
    browser = browse(request.getfixturevalue(role))
    mailed(family.mum)
    campaign = start()
    paths = [
        reverse("campaigns"),
        *(reverse(name, args=[campaign.pk]) for name in ("campaign", "campaign_letters")),
        reverse("campaign_hand_out", args=[campaign.pk, family.leo.school_class_id]),
        reverse("campaign_csv", args=[campaign.pk]),
        reverse("mail"),
        reverse("today"),
    ]

    def looked_at(say_so, protected):
        with transaction.atomic():
            if protected:
                people.protect(family.leo)
            say_so(family.leo, family.mum, answer)
            tick(now + timedelta(days=6))
            preview = browser.post(reverse("campaign_add"), typed(whom="new"))
            pages = [browser.get(path) for path in paths]
            transaction.set_rollback(True)
        assert {page.status_code for page in pages} == {200}
        return [re.sub(r"\w{64}", "…", page.text) for page in [*pages, preview]]

    hidden, plain = looked_at(truth, protected=True), looked_at(looks_like, protected=False)
    for path, one, other in zip([*paths, "preview"], hidden, plain, strict=True):
        assert one == other, path


def test_the_register_and_the_campaign_tell_the_same_story(pair, start, answer, office):
    campaign = start()
    yes_to_all(*pair[0], answer)
    yes_to_all(*pair[1], answer)
    seen = progress(campaign, on=TODAY, user=office)
    assert [str(one.parent) for one in seen.silent] == ["Pa Xaaa"]
    said = facts([pair[0][0].pk, pair[1][0].pk], on=TODAY)
    assert said[pair[0][0].pk, "newsletter"] is Fact.NONE


def test_the_safeguarding_lead_sees_who_really_answered(pair, start, answer, lead, browse):
    campaign = start()
    yes_to_all(*pair[0], answer)
    assert [str(one.parent) for one in progress(campaign, on=TODAY, user=lead).answered] == [
        "Pa Xaaa"
    ]
    page = browse(lead).get(
        reverse("campaign_hand_out", args=[campaign.pk, pair[0][0].school_class_id])
    )
    assert "Hidden X" in page.text, "what is printed for others is as others see it"


def test_a_protected_family_that_answered_is_not_reminded_and_no_record_tells(
    pair, start, answer, office, now, tick
):
    campaign = start()
    yes_to_all(*pair[0], answer)
    tick(now + timedelta(days=6))
    acts.remind_now(campaign, by=office, at=now + timedelta(days=6))
    assert set(reminders()) == {pair[1][1].email}
    told = [entry for entry in Entry.objects.all() if entry.verb.startswith("campaign")]
    assert [(entry.verb, entry.facts) for entry in told][1:] == [("campaign.reminded", {})]


def test_a_protected_family_counts_as_new_starters_like_any_other(pair, answer):
    yes_to_all(*pair[0], answer)
    assert children_of(Whom.NEW, [], on=TODAY) == [pair[0][0], pair[1][0]]


# --- words that change in substance -----------------------------------------------------------


def test_after_a_change_in_substance_no_yes_counts_until_it_is_given_again(
    people, head, say, purpose, now, browse
):
    leo, zoe = people.pupil("Leo"), people.pupil("Zoe")
    ada, bo = people.parent(leo, name="Ada Zebra"), people.parent(zoe, name="Bo Kerb")
    say(leo, ada, YES), say(zoe, bo, NO)
    later = now + timedelta(hours=1)
    change_purpose(purpose(), by=head, at=later, substance=True, audience="Anyone in the world.")
    said = facts([leo.pk, zoe.pk], on=TODAY)
    assert said[leo.pk, "newsletter"] is Fact.EXPIRED
    assert said[zoe.pk, "newsletter"] is Fact.REFUSED, "a no counts on"
    page = browse(ada.user).get(f"/children/{leo.pk}/")
    (card,) = [card for card in page.context["shown"].cards if card.purpose == purpose()]
    assert card.fact is Fact.EXPIRED
    say(leo, ada, YES, on=date(2026, 11, 19), at=later + timedelta(hours=1))
    assert facts([leo.pk], on=TODAY)[leo.pk, "newsletter"] is Fact.EXPIRED, "an older paper form"
    say(leo, ada, YES, on=TODAY, at=later + timedelta(hours=2))
    assert facts([leo.pk], on=TODAY)[leo.pk, "newsletter"] is Fact.GIVEN


def test_a_change_without_substance_lets_a_yes_count(people, head, say, purpose, now):
    leo = people.pupil("Leo")
    say(leo, people.parent(leo, name="Ada Zebra"), YES)
    change_purpose(purpose(), by=head, at=now + timedelta(hours=1), name="Our newsletter")
    assert facts([leo.pk], on=TODAY)[leo.pk, "newsletter"] is Fact.GIVEN


def test_today_brings_the_office_to_a_campaign_that_is_ready(
    people, head, office, start, purpose, now, browse
):
    people.parent(people.pupil("Leo"), name="Ada Zebra")
    start()
    later = now + timedelta(hours=1)
    change_purpose(purpose(), by=head, at=later, substance=True, audience="Anyone.")
    (task, *_) = todo.todo(office, TODAY)
    assert task.title == "Ask families again: Newsletter"
    page = browse(office).get(task.url).text
    assert "New words: Newsletter" in page
    start(at=later + timedelta(hours=1))
    assert "Ask families again" not in next(todo.todo(office, TODAY)).title


# --- pages ------------------------------------------------------------------------------------

TYPED = {
    "title": "Pictures this year",
    "whom": "everyone",
    "text": "Tell us, whatever it is.",
    "remind_after": "5",
    "on_paper": "letter",
}


def typed(**more):
    later = timezone.localdate() + timedelta(days=14)
    return TYPED | {"answer_by": later.isoformat()} | more


def test_the_office_sees_whom_it_asks_before_anything_is_sent(people, office, browse, mailed):
    leo, _ = people.pupil("Leo"), people.pupil("Zoe", "Lane")
    mailed(people.parent(leo, name="Ada Zebra"))
    people.parent(leo, name="Bo Zebra")
    browser = browse(office)
    page = browser.post(reverse("campaign_add"), typed()).text
    assert "<b>1</b><span>by email</span>" in page
    assert "<b>1</b><span>by letter</span>" in page
    assert "<b>1</b><span>child with nobody to ask</span>" in page
    assert "Zoe L" in page
    assert "Tell us, whatever it is." in page
    assert not Campaign.objects.exists()
    assert not Mail.objects.exists()
    page = browser.post(reverse("campaign_add"), typed(go="1"), follow=True).text
    assert "The families are asked." in page
    assert "0 of 2 parents have answered" in page
    assert Mail.objects.count() == 1


def test_what_is_typed_wrongly_comes_back_with_what_was_typed(people, office, browse):
    page = browse(office).post(reverse("campaign_add"), typed(whom="classes"))
    assert page.status_code == 422
    assert "Tick at least one class." in page.text
    assert "Tell us, whatever it is." in page.text
    page = browse(office).post(reverse("campaign_add"), typed(answer_by="2020-01-01"))
    assert "This day is past." in page.text


def test_the_sheet_says_who_answered_and_the_record_who_took_it(
    people, office, start, answer, browse
):
    leo = people.pupil("Leo")
    ada = people.parent(leo, name="Ada Zebra")
    people.parent(leo, name="=Bo Zebra")
    campaign = start()
    answer(leo, ada)
    sheet = browse(office).get(reverse("campaign_csv", args=[campaign.pk])).text
    assert "Ada,Zebra,Robins,by letter,yes," in sheet
    assert "'=Bo,Zebra,Robins,by letter,no," in sheet
    assert Entry.objects.filter(verb="campaign.exported", by=office.pk).exists()


def test_the_list_to_hand_out_holds_names_and_no_reasons(
    people, office, start, answer, say, browse
):
    leo, zoe = people.pupil("Leo", "Zebra"), people.pupil("Zoe", "Lane")
    ada, bo = people.parent(leo, name="Ada Zebra"), people.parent(zoe, name="Bo Lane")
    campaign = start()
    answer(leo, ada)
    say(zoe, bo, NO)
    page = browse(office).get(reverse("campaign_hand_out", args=[campaign.pk, people.robins.pk]))
    assert "Zoe L" in page.text
    for word in ("Leo", "Bo Lane", "refused", "No answer"):
        assert word not in page.text


def test_a_campaign_can_be_erased_and_forgets_whom_the_school_forgets(
    people, office, start, browse, mailed
):
    leo = people.pupil("Leo")
    ada = mailed(people.parent(leo, name="Ada Zebra"))
    campaign = start()
    Relation.objects.update(ended_on=TODAY)
    parent_acts.erase(ada, by=office, at=timezone.now())
    assert Asked.objects.get().mail is None
    assert not Mail.objects.exists()
    assert "Zebra" not in browse(office).get(reverse("campaign", args=[campaign.pk])).text
    browse(office).post(reverse("campaign_erase", args=[campaign.pk]))
    assert not Campaign.objects.exists()
    assert not Asked.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees", "makes"),
    [
        (Role.HEAD, 200, 200),
        (Role.OFFICE, 200, 200),
        (Role.SAFEGUARDING_LEAD, 200, 404),
        (Role.SENIOR_LEADER, 200, 404),
        (Role.TEACHER, 404, 404),
        (Role.GOVERNOR, 404, 404),
    ],
)
def test_who_sees_campaigns_and_who_makes_them(people, start, browse, role, sees, makes):
    people.parent(people.pupil("Leo"), name="Ada Zebra")
    campaign = start()
    browser = browse(people.staff(role, "Mx Reader"))
    assert browser.get(reverse("campaign", args=[campaign.pk])).status_code == sees
    for name in ("campaign_letters", "campaign_csv", "campaign_change", "campaign_erase"):
        assert browser.get(reverse(name, args=[campaign.pk])).status_code == makes
    assert browser.get(reverse("campaign_add")).status_code == makes


def test_families_are_given_ten_school_days_unless_the_office_says_otherwise(
    school, office, browse
):
    today = timezone.localdate()
    snow = Days(Mark.WEATHER, today, today + timedelta(days=20))
    mark(school, snow, by=office, at=timezone.now())
    shown = browse(office).get(reverse("campaign_add")).context["form"].initial["answer_by"]
    assert shown == calendar_of(school).add_school_days(today, 10)
    assert shown > snow.last_day


def test_the_day_until_which_families_are_asked_is_that_of_the_offices_task(
    people, office, start, mailed, now
):
    mailed(people.parent(people.pupil("Leo"), name="Ada Zebra"))
    start()
    (task,) = [one for one in todo.todo(office, now.date()) if "no answer" in one.title]
    assert task.due == Campaign.objects.get().answer_by
