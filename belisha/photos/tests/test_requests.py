"""Specific permission: one picture, one use, a yes of everyone who is asked (clause P.vi)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.actions.protection import protect
from belisha.people.actions.pupils import erase, leave
from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import answering, copies, faces, requests
from belisha.photos.asking import ask_one, check
from belisha.photos.models import PictureAnswer, PictureRequest, SafeCopy
from belisha.photos.rules import Who
from belisha.photos.tests.conftest import MALIK, TODAY, TWO, same_robins, same_school
from belisha.photos.tests.test_copies import within
from belisha.photos.tests.test_pages import picture_of
from belisha.photos.todo import todo
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

UNTIL = TODAY + timedelta(days=200)
USE = "Prospectus 2027, printed"


@pytest.fixture
def promotion(school):
    return Purpose.objects.get(key="promotional")


@pytest.fixture
def asked(settled, promotion):
    """Malik's mother and Tilly's father are asked about the picture of the two."""
    return ask(settled, promotion)


def ask(robins, promotion, use=USE, until=UNTIL, by=None, on=TODAY):
    who = by or robins.teacher
    return requests.ask_families(
        robins.photo, promotion, use=use, until=until, by=who, at=robins.at, on=on
    )


def say(robins, asked, parent, yes, pupil=None, on=TODAY):
    return answering.answer(
        asked,
        pupil or robins.malik,
        yes=yes,
        wording="May we?",
        language="en-gb",
        by=parent.user,
        at=robins.at,
        on=on,
    )


def is_shown(robins, asked, on=TODAY):
    """Whether Malik is seen in a copy for this request."""
    face = robins.photo.faces.get(pupil=robins.malik)
    decision = ask_one(robins.photo, asked.purpose, on=on, request=asked)
    return bool(decision.verdict) and face.pk not in decision.hidden_ids


def make(robins, asked):
    return copies.make(
        robins.photo, asked.purpose, by=robins.teacher, at=robins.at, on=TODAY, request=asked
    )


def test_a_yes_to_the_very_picture_shows_the_child_and_no_other(settled, asked):
    assert not is_shown(settled, asked)
    say(settled, asked, settled.mother, yes=True)
    assert is_shown(settled, asked)
    copy = make(settled, asked)
    data = copies.give(copy, by=settled.teacher, at=settled.at, on=TODAY)
    assert abs(within(data, MALIK) - within(TWO, MALIK)).mean() < 5
    assert len(copy.hidden) == 1


def test_a_yes_counts_for_its_own_use_alone(settled, asked, promotion):
    say(settled, asked, settled.mother, yes=True)
    other = ask(settled, promotion, use="A banner at the gate")
    assert not is_shown(settled, other)
    assert ask_one(settled.photo, promotion, on=TODAY).hidden_ids == {
        face.pk for face in settled.photo.faces.all()
    }


def test_a_yes_counts_for_its_own_picture_alone(settled, asked, promotion):
    say(settled, asked, settled.mother, yes=True)
    other = picture_of(settled, settled.malik)
    assert ask_one(other, promotion, on=TODAY, request=asked).hidden_ids


def test_everyone_who_is_asked_must_say_yes(settled, school, asked):
    father = make_parent(school, settled.malik, "Fabian", "Wayfinder")
    say(settled, asked, settled.mother, yes=True)
    assert not is_shown(settled, asked)
    say(settled, asked, father, yes=True)
    assert is_shown(settled, asked)
    say(settled, asked, father, yes=False)
    assert not is_shown(settled, asked)


def test_a_general_no_to_promotion_stops_every_picture(settled, asked):
    say(settled, asked, settled.mother, yes=True)
    settled.say(settled.malik, settled.mother, Kind.REFUSED, "promotional")
    assert not is_shown(settled, asked)


@pytest.mark.parametrize(
    "end", ["no", "withdrawn", "ran out", "protected", "order", "another parent", "erased"]
)
def test_a_copy_is_closed_at_once_when_a_yes_counts_no_more(settled, school, asked, end):
    say(settled, asked, settled.mother, yes=True)
    copy, on = make(settled, asked), TODAY
    assert copies.is_still_right(copy, on=UNTIL)
    if end == "no":
        say(settled, asked, settled.mother, yes=False)
    elif end == "withdrawn":
        requests.withdraw(asked, by=settled.teacher, at=settled.at)
    elif end == "ran out":
        on = UNTIL + timedelta(days=1)
    elif end == "protected":
        lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
        protect(settled.malik, why="A court order", by=lead, at=settled.at)
    elif end == "order":
        settled.mother.relations.update(no_contact=True)
    elif end == "another parent":
        make_parent(school, settled.malik, "Fabian", "Wayfinder")
    else:
        leave(settled.malik, on=TODAY, by=settled.office, at=settled.at)
        erase(settled.malik, by=settled.office, at=settled.at)
    assert not copies.is_still_right(copy, on=on)
    with pytest.raises(copies.NotNow):
        copies.give(copy, by=settled.teacher, at=settled.at, on=on)


def test_a_copy_asks_for_its_request_as_it_is_now(settled, asked):
    """A copy that was read a moment ago must not remember that the request stood."""
    say(settled, asked, settled.mother, yes=True)
    made = make(settled, asked)
    copy = SafeCopy.objects.select_related("request").get(pk=made.pk)
    assert check([copy], on=TODAY)[0].right
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    assert not check([copy], on=TODAY)[0].right


def test_answers_are_appended_and_the_latest_counts(settled, asked):
    for yes in (True, True, False, False, True):
        say(settled, asked, settled.mother, yes=yes)
    kinds = list(PictureAnswer.objects.values_list("kind", flat=True))
    assert kinds == ["given", "withdrawn", "given"]
    assert is_shown(settled, asked)
    assert Entry.objects.filter(verb="picture.answered").count() == 3


def test_only_those_who_answer_for_the_child_answer(settled, school, asked):
    barred = make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    without = make_parent(school, settled.malik, "Vesna", "Wayfinder", pr=False)
    for parent in (settled.father, barred, without):
        with pytest.raises(Refused):
            say(settled, asked, parent, yes=True)
    absent = make_pupil(school, "Priya", "Greenlight", settled.school_class)
    mother = make_parent(school, absent, "Runa", "Greenlight")
    with pytest.raises(Refused):
        say(settled, asked, mother, yes=True, pupil=absent)
    assert not PictureAnswer.objects.exists()


def test_when_it_is_over_nobody_answers(settled, asked):
    with pytest.raises(requests.NotAsked):
        say(settled, asked, settled.mother, yes=True, on=UNTIL + timedelta(days=1))
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    with pytest.raises(requests.NotAsked):
        say(settled, asked, settled.mother, yes=False)


def test_while_the_picture_is_checked_a_no_is_heard_and_a_yes_waits(settled, asked):
    faces.ask_for_boxes_again(settled.photo, by=settled.teacher, at=settled.at)
    asked.photo.refresh_from_db()
    with pytest.raises(requests.NotAsked):
        say(settled, asked, settled.mother, yes=True)
    assert say(settled, asked, settled.mother, yes=False).kind == Kind.REFUSED


def test_only_a_settled_picture_with_children_is_asked_about(robins, school, promotion):
    with pytest.raises(requests.NotAsked, match="Settle every face"):
        ask(robins, promotion)
    for face in robins.photo.faces.all():
        faces.settle(face, Who.ADULT, by=robins.teacher, at=robins.at)
    faces.say_all_boxed(robins.photo, by=robins.teacher, at=robins.at)
    with pytest.raises(requests.NotAsked, match="nobody to ask"):
        ask(robins, promotion)
    robins.settle_all()
    with pytest.raises(requests.NotAsked, match="day is over"):
        ask(robins, promotion, until=TODAY - timedelta(days=1))
    ask(robins, promotion)
    with pytest.raises(requests.NotAsked, match="already"):
        ask(robins, promotion, use=USE.upper())
    with pytest.raises(Refused):
        ask(robins, Purpose.objects.get(key="website"))


def test_who_may_ask(settled, school, promotion):
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    other = make_staff(school, "Mr Handsignal", Role.TEACHER)
    make_class(school, "Wrens", other, year=1)
    for who in (lead, other.user, settled.mother.user):
        with pytest.raises(Refused):
            ask(settled, promotion, by=who)
    for number, who in enumerate(
        (
            settled.office,
            make_staff(school, "Mrs Zebrahart", Role.HEAD).user,
            make_staff(school, "Ms Deputy", Role.SENIOR_LEADER).user,
        )
    ):
        ask(settled, promotion, use=f"Use {number}", by=who)


def test_each_person_is_sent_one_message_that_names_no_child(settled, school, promotion):
    twin = make_parent(school, settled.tilly, "Ilse", "Crossley")
    make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    settled.mother.language = "cy"
    settled.mother.save()
    ask(settled, promotion)
    sent = Mail.objects.filter(kind="picture-request")
    assert {mail.to for mail in sent} == {
        parent.email for parent in (settled.mother, settled.father, twin)
    }
    assert {mail.language for mail in sent} == {"cy", "en-gb"}
    for mail in sent:
        for word in ("Malik", "Tilly", "Prospectus", "Bridge", "Robins", "Wanda"):
            assert word not in mail.subject + mail.body
    assert sent.get(language="cy").about == f"parent:{settled.mother.pk}"


# The pages of staff


def test_the_office_asks_sees_counts_and_withdraws(client, settled, school):
    make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    client.force_login(settled.office)
    page = f"/pictures/{settled.photo.ref}/"
    assert f"{page}ask/" in client.get(page).text
    wrong = client.post(f"{page}ask/", {"use": "", "until": "2020-01-01"})
    assert wrong.status_code == 422
    until = timezone.localdate() + timedelta(days=90)
    sent = client.post(f"{page}ask/", {"use": USE, "until": until.isoformat()})
    asked = PictureRequest.objects.get()
    assert sent.headers["Location"] == f"/requests/{asked.ref}/"
    say(settled, asked, settled.mother, yes=True, on=timezone.localdate())
    shown = client.get(f"/requests/{asked.ref}/")
    assert (shown.context["yes"], shown.context["no"], shown.context["silent"]) == (1, 0, 1)
    assert "Cleo Crossley" in shown.text
    assert "Wanda Wayfinder" in shown.text
    assert "Uri" not in shown.text
    assert USE in client.get("/requests/").text
    copy = client.post(f"{page}copies/", {"purpose": f"promotional:{asked.ref}"}, follow=True)
    assert f"Promoting the school: {USE}" in copy.text
    assert "Goes with 1 face hidden" in copy.text
    client.post(f"/requests/{asked.ref}/withdraw/")
    assert client.get(copy.redirect_chain[-1][0]).status_code == 410
    assert "withdrew it" in client.get(f"/requests/{asked.ref}/").text


def test_a_teacher_sees_counts_and_no_names_of_parents(client, settled, asked):
    client.force_login(settled.teacher)
    shown = client.get(f"/requests/{asked.ref}/").text
    assert "No answer yet" in shown
    assert "Cleo" not in shown
    assert "Wanda" not in shown


def test_a_teacher_of_another_class_finds_no_request(client, settled, school, asked):
    other = make_staff(school, "Mr Handsignal", Role.TEACHER)
    make_class(school, "Wrens", other, year=1)
    client.force_login(other.user)
    for address in (
        f"/requests/{asked.ref}/",
        f"/requests/{asked.ref}/withdraw/",
        f"/pictures/{settled.photo.ref}/ask/",
    ):
        assert client.get(address).status_code == 404
    assert USE not in client.get("/requests/").text


def test_a_copy_is_made_only_with_a_request_for_that_picture_and_use(client, settled, asked):
    client.force_login(settled.teacher)
    other = picture_of(settled, settled.malik)
    for photo, purpose in ((other, "promotional"), (settled.photo, "website")):
        said = {"purpose": f"{purpose}:{asked.ref}"}
        assert client.post(f"/pictures/{photo.ref}/copies/", said).status_code == 404
    assert not SafeCopy.objects.exists()


def test_a_protected_child_looks_like_one_whose_family_has_not_answered(
    client, settled, school, asked
):
    """Malik's mother says yes; the page is the same to the letter as before she did."""

    def page(who):
        client.force_login(who)
        shown = client.get(f"/requests/{asked.ref}/")
        return shown.text.replace(str(shown.context["csrf_token"]), "")

    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    before = {who: page(who) for who in (settled.teacher, settled.office, lead)}
    protect(settled.malik, why="A court order", by=lead, at=settled.at)
    say(settled, asked, settled.mother, yes=True)
    assert {who: page(who) for who in (settled.teacher, settled.office, lead)} == before
    assert "must say yes to this very picture" in before[settled.teacher]


def test_a_use_that_runs_out_is_told_on_the_first_page(settled, school, asked):
    def told(who, on):
        return [task.title for task in todo(who, on) if USE in task.title]

    near, after = UNTIL - timedelta(days=10), UNTIL + timedelta(days=2)
    colleague = make_staff(school, "Mrs Halfbarrier", Role.TEACHER).user
    for who in (settled.teacher, settled.office):
        assert told(who, near) == [f"“{USE}” ends on 8 June 2027"]
        assert told(who, after) == [f"“{USE}” ended on 8 June 2027"]
        assert told(who, TODAY) == told(who, UNTIL + timedelta(days=30)) == []
    assert told(colleague, near) == []
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    assert told(settled.office, near) == []


def test_a_parent_is_told_on_the_first_page_until_they_answer(settled, asked):
    title = "The school asks about a picture of Malik"
    assert [task.title for task in todo(settled.mother.user, TODAY)] == [title]
    say(settled, asked, settled.mother, yes=False)
    assert list(todo(settled.mother.user, TODAY)) == []


def test_the_fact_of_a_picture_needs_no_more_questions_for_more_requests(
    settled, promotion, django_assert_max_num_queries
):
    several = [ask(settled, promotion, use=f"Use {number}") for number in range(5)]
    for one in several:
        say(settled, one, settled.mother, yes=True)
    made = [make(settled, one) for one in several]
    rows = list(
        SafeCopy.objects.select_related("purpose", "request").filter(
            pk__in=[one.pk for one in made]
        )
    )
    with django_assert_max_num_queries(11):
        assert all(checked.right for checked in check(rows, on=TODAY))
