"""What a parent says of one picture on paper or in person, as the office writes it down (P.vi)."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent.models import How
from belisha.consent.rules import Fact, Kind
from belisha.people.access import Refused
from belisha.people.actions.parents import end_relation
from belisha.people.actions.parents import erase as erase_parent
from belisha.people.actions.protection import protect
from belisha.people.actions.pupils import erase, leave
from belisha.people.models import Parent, Pupil, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import make_parent, make_staff
from belisha.photos.actions import answering, faces, requests
from belisha.photos.asking import answers_to, facts_of_requests
from belisha.photos.models import PictureAnswer, PictureRequest
from belisha.photos.tests.conftest import TODAY, same_robins, same_school
from belisha.photos.tests.test_requests import UNTIL, USE, ask, is_shown, promotion, say
from belisha.photos.todo import todo

robins, school = same_robins, same_school  # the names by which tests ask for them

__all__ = ["promotion"]
LATER = TODAY + timedelta(days=5)


@pytest.fixture
def asked(settled, promotion):
    return ask(settled, promotion)


@pytest.fixture
def asked_now(settled, promotion):
    """Asked today, by the clock of the pages."""
    today = timezone.localdate()
    return requests.ask_families(
        settled.photo,
        promotion,
        use=USE,
        until=today + timedelta(days=90),
        by=settled.teacher,
        at=timezone.now(),
        on=today,
    )


def write(robins, asked, yes, parent=None, on_day=TODAY, on=LATER, by=None, how=How.PAPER):
    return answering.answer_on_paper(
        asked,
        robins.malik,
        parent or robins.mother,
        yes=yes,
        how=how,
        happened_on=on_day,
        by=by or robins.office,
        at=robins.at,
        on=on,
    )


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_yes_on_paper_counts_as_one_on_the_page_does(settled, asked):
    entry = write(settled, asked, yes=True)
    assert is_shown(settled, asked)
    assert (entry.how, entry.happened_on, entry.by) == (How.PAPER, TODAY, settled.office)
    assert entry.wording.startswith("May the school use this picture of your child until")
    assert Entry.objects.get(verb="picture.answered").facts["how"] == "paper"
    assert write(settled, asked, yes=True, how=How.IN_PERSON) == entry, "said twice, written once"
    assert not list(todo(settled.mother.user, TODAY))


@pytest.mark.parametrize("role", [*Role])
def test_only_those_who_write_answers_down_write_these(settled, school, asked, role):
    """The roles of `consent.access.can_record`."""
    if role in (Role.PARENT, Role.GUEST):
        user = settled.mother.user
    else:
        user = make_staff(school, "Mx Somebody", role).user
    may = {Role.HEAD, Role.SENIOR_LEADER, Role.OFFICE}
    may |= {Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD}
    if role in may:
        assert write(settled, asked, yes=False, by=user).kind == Kind.REFUSED
    else:
        with pytest.raises(Refused):
            write(settled, asked, yes=False, by=user)
        assert not PictureAnswer.objects.exists()


def test_nobody_answers_for_another_or_against_an_order(settled, school, asked):
    barred = make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    without = make_parent(school, settled.malik, "Vesna", "Wayfinder", pr=False)
    gone = make_parent(school, settled.malik, "Tove", "Wayfinder")
    Relation.objects.filter(parent=gone).update(ended_on=TODAY)
    for parent in (barred, without, gone, settled.father):
        for yes in (True, False):
            with pytest.raises(requests.NotAsked, match="does not answer for the child"):
                write(settled, asked, yes, parent=parent)
    assert not PictureAnswer.objects.exists()


def test_when_the_request_is_over_nothing_is_written_down(settled, asked):
    with pytest.raises(requests.NotAsked, match="no longer asks"):
        write(settled, asked, yes=True, on=UNTIL + timedelta(days=1))
    requests.withdraw(asked, by=settled.teacher, at=settled.at)
    with pytest.raises(requests.NotAsked, match="no longer asks"):
        write(settled, asked, yes=False)
    assert not PictureAnswer.objects.exists()


def test_the_day_must_be_one_on_which_they_could_answer(settled, asked):
    with pytest.raises(requests.NotAsked, match="still to come"):
        write(settled, asked, yes=False, on_day=LATER + timedelta(days=1))
    asked_on = timezone.localdate(asked.asked_at)
    with pytest.raises(requests.NotAsked, match="were asked on"):
        write(settled, asked, yes=False, on_day=asked_on - timedelta(days=1))


def test_while_the_picture_is_checked_only_a_no_is_written_down(settled, asked):
    faces.ask_for_boxes_again(settled.photo, by=settled.teacher, at=settled.at)
    asked.photo.refresh_from_db()
    with pytest.raises(requests.NotAsked):
        write(settled, asked, yes=True)
    assert write(settled, asked, yes=False).kind == Kind.REFUSED


def test_a_form_of_last_week_leaves_a_newer_answer_alone(settled, asked):
    say(settled, asked, settled.mother, yes=False, on=LATER)
    write(settled, asked, yes=True, on_day=TODAY)
    assert not is_shown(settled, asked, on=LATER)
    assert answering.last_answer(asked, settled.malik, settled.mother).how == How.WEB
    write(settled, asked, yes=True, on_day=LATER)
    assert is_shown(settled, asked, on=LATER)


def test_each_parent_has_a_voice_of_their_own(settled, school, asked):
    father = make_parent(school, settled.malik, "Fabian", "Wayfinder")
    write(settled, asked, yes=True)
    assert not is_shown(settled, asked)
    write(settled, asked, yes=False, parent=father)
    assert not is_shown(settled, asked)
    write(settled, asked, yes=True, parent=father)
    assert is_shown(settled, asked)


def test_what_was_written_down_wrongly_is_set_aside_and_what_stood_before_counts(settled, asked):
    say(settled, asked, settled.mother, yes=False)
    wrong = write(settled, asked, yes=True, on_day=LATER)
    assert is_shown(settled, asked, on=LATER)
    with pytest.raises(requests.NotAsked):
        answering.set_aside(wrong, why=" ", by=settled.office, at=settled.at)
    for who in (settled.teacher, settled.mother.user):
        with pytest.raises(Refused):
            answering.set_aside(wrong, why="No.", by=who, at=settled.at)
    for _ in range(2):
        answering.set_aside(wrong, why="The other twin.", by=settled.office, at=settled.at)
    assert not is_shown(settled, asked, on=LATER)
    assert answering.last_answer(asked, settled.malik, settled.mother).kind == Kind.REFUSED
    assert PictureAnswer.objects.count() == 3, "nothing is changed or lost"
    assert Entry.objects.filter(verb="picture.answer-set-aside").count() == 1


def test_without_another_answer_they_are_asked_again(settled, asked):
    wrong = write(settled, asked, yes=True)
    answering.set_aside(wrong, why="Another picture.", by=settled.office, at=settled.at)
    assert [task.url for task in todo(settled.mother.user, TODAY)]
    assert {one.answer for one in answers_to(asked)} == {None}


def test_staff_cannot_take_away_what_a_parent_said_on_their_own_page(settled, asked):
    own = say(settled, asked, settled.mother, yes=False)
    with pytest.raises(Refused):
        answering.set_aside(own, why="No.", by=settled.office, at=settled.at)
    address = f"/picture-answers/{own.pk}/set-aside/"
    assert enter(settled.office).get(address).status_code == 404


def test_an_entry_that_sets_aside_is_not_set_aside_itself(settled, asked):
    wrong = write(settled, asked, yes=True)
    entry = answering.set_aside(wrong, why="Wrong.", by=settled.office, at=settled.at)
    with pytest.raises(Refused):
        answering.set_aside(entry, why="Wrong.", by=settled.office, at=settled.at)


def test_a_protected_child_looks_as_though_nobody_had_ever_said_yes(settled, school, asked):
    """Also after a no: on paper the mother says no, then yes, then the yes is set aside."""
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    write(settled, asked, yes=False)
    protect(settled.malik, why="A court order", by=lead, at=settled.at)

    def page(who):
        text = enter(who).get(f"/requests/{asked.ref}/").text
        return re.sub(r"\w{64}", "", text)

    def seen():
        fact = facts_of_requests([asked], settled.malik, on=TODAY)[asked.pk]
        return [fact, *map(page, (settled.teacher, settled.office, lead))]

    before = seen()
    assert before[0] is Fact.REFUSED
    later = write(settled, asked, yes=True, on_day=LATER)
    assert seen() == before
    assert enter(lead).get(f"/picture-answers/{later.pk}/set-aside/").status_code == 404
    answering.set_aside(later, why="Wrong.", by=settled.office, at=settled.at)
    assert seen() == before


def test_of_an_erased_child_or_parent_no_reason_stays_that_may_name_them(settled, asked):
    wrong = write(settled, asked, yes=True)
    answering.set_aside(wrong, why="Malik Wayfinder.", by=settled.office, at=settled.at)
    other = PictureAnswer.objects.filter(pk=wrong.pk)
    other.update(parent=settled.father, why="Cleo Crossley.")
    leave(settled.malik, on=TODAY, by=settled.office, at=settled.at)
    erase(settled.malik, by=settled.office, at=settled.at)
    assert set(PictureAnswer.objects.values_list("why", flat=True)) == {""}
    other.update(why="Cleo Crossley.")
    end_relation(settled.father.relations.get(), on=TODAY, by=settled.office, at=settled.at)
    erase_parent(settled.father, by=settled.office, at=settled.at)
    assert set(PictureAnswer.objects.values_list("why", flat=True)) == {""}


# The pages


def test_the_office_writes_an_answer_down_and_sets_it_aside(settled, school, asked_now):
    make_parent(school, settled.malik, "Uri", "Wayfinder", no_contact=True)
    office, page = enter(settled.office), f"/requests/{asked_now.ref}/"
    assert f"{page}record/" in office.get(page).text
    form = office.get(f"{page}record/").text
    assert "Wanda Wayfinder, for Malik W" in form
    assert "Cleo Crossley, for Tilly C" in form
    assert "Uri" not in form
    tie = Relation.objects.get(parent=settled.mother)
    sent = {"who": tie.pk, "answer": "yes", "how": "paper", "happened_on": "2020-01-01"}
    wrong = office.post(f"{page}record/", sent)
    assert wrong.status_code == 422
    assert "were asked on" in wrong.text
    barred = Relation.objects.get(no_contact=True)
    assert office.post(f"{page}record/", sent | {"who": barred.pk}).status_code == 422
    today = timezone.localdate().isoformat()
    done = office.post(f"{page}record/", sent | {"happened_on": today}, follow=True)
    assert "The answer is written down." in done.text
    entry = PictureAnswer.objects.get()
    aside = f"/picture-answers/{entry.pk}/set-aside/"
    assert aside in done.text
    assert "on paper" in done.text
    own = enter(settled.mother.user).get(f"/children/{settled.malik.pk}/asked/{asked_now.ref}/")
    assert "You said yes. You told us on" in own.text
    assert "on paper." in own.text
    assert office.post(aside, {"why": ""}).status_code == 422
    done = office.post(aside, {"why": "Meant for Tilly."}, follow=True)
    assert "Meant for Tilly." in done.text
    assert office.get(aside).status_code == 404, "it is aside already"
    teacher = enter(settled.teacher)
    assert teacher.get(f"{page}record/").status_code == 404
    assert teacher.get(aside).status_code == 404
    assert "Meant for Tilly." not in teacher.get(page).text


def test_the_page_says_when_nobody_can_answer_any_more(settled, asked_now):
    requests.withdraw(asked_now, by=settled.teacher, at=settled.at)
    office, page = enter(settled.office), f"/requests/{asked_now.ref}/"
    assert f"{page}record/" not in office.get(page).text
    assert "Nobody can answer this any more." in office.get(f"{page}record/").text


def test_the_requests_and_answers_are_saved_as_a_sheet(settled, school, asked_now):
    Pupil.objects.filter(pk=settled.tilly.pk).update(first_name="=Tilly")
    Parent.objects.filter(pk=settled.father.pk).update(first_name="+Cleo")
    PictureRequest.objects.update(use="@sum(1)")
    write(
        settled,
        asked_now,
        yes=True,
        how=How.IN_PERSON,
        on_day=timezone.localdate(),
        on=timezone.localdate(),
    )
    office = enter(settled.office)
    assert "/requests/requests.csv" in office.get("/requests/").text

    def rows(who=office):
        text = who.get("/requests/requests.csv").text
        return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))

    malik, tilly = rows()
    assert (malik["parent"], malik["answer"], malik["how"]) == (
        "Wanda Wayfinder",
        "Yes",
        "in person",
    )
    assert malik["on"] == timezone.localdate().isoformat()
    assert (tilly["answer"], tilly["on"], tilly["how"]) == ("No answer yet", "", "")
    assert tilly["first name"] == "'=Tilly", "a cell cannot become a formula"
    assert tilly["parent"].startswith("'+")
    assert tilly["use"].startswith("'@")
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    protect(settled.malik, why="A court order", by=lead, at=settled.at)
    for who in (office, enter(lead)):
        assert rows(who)[0]["answer"] == "No answer yet"
    assert Entry.objects.filter(verb="picture.requests-exported").count() == 3
    teacher = enter(settled.teacher)
    assert teacher.get("/requests/requests.csv").status_code == 404
    assert "requests.csv" not in teacher.get("/requests/").text


def test_the_sheet_is_given_only_after_a_fresh_sign_in(settled, asked_now):
    office = enter(settled.office)
    session = office.session
    session["fresh_at"] = "2026-01-01T00:00:00+00:00"
    session.save()
    answer = office.get("/requests/requests.csv")
    assert answer.status_code == 302
    assert "again" in answer.headers["Location"]


def test_the_sheet_needs_no_more_questions_for_more_requests(
    settled, promotion, django_assert_num_queries
):
    from belisha.photos.asking import answers_to_each

    several = [ask(settled, promotion, use=f"Use {number}") for number in range(5)]
    with django_assert_num_queries(3):
        assert sum(map(len, answers_to_each(several).values())) == 10
