"""Who may open which page of answers, and what they find there."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from belisha.consent.models import Answer
from belisha.people.rules import Role


def opened(browser, path):
    return browser.get(path).status_code


@pytest.mark.parametrize(
    ("role", "register", "own_class", "other_class", "record", "lists"),
    [
        (Role.HEAD, 200, 200, 200, 200, 200),
        (Role.OFFICE, 200, 200, 200, 200, 200),
        (Role.SAFEGUARDING_LEAD, 200, 200, 200, 200, 200),
        (Role.TEACHER, 200, 200, 404, 404, 404),
        (Role.OTHER_STAFF, 200, 200, 404, 404, 404),
        (Role.GOVERNOR, 404, 404, 404, 404, 404),
    ],
)
def test_who_opens_what(role, register, own_class, other_class, record, lists, people, browse, say):
    leo, wren = people.pupil("Leo"), people.pupil("Wen", school_class=people.wrens)
    answer = say(leo, people.parent(leo), "given")
    browser = browse(people.staff(role, "Mx Reader", teaches=people.robins))
    assert opened(browser, "/consent/") == register
    assert opened(browser, "/consent/answers.csv") == register
    assert opened(browser, f"/consent/pupil/{leo.pk}/") == own_class
    assert opened(browser, f"/consent/pupil/{wren.pk}/") == other_class
    assert opened(browser, f"/consent/pupil/{leo.pk}/record/") == record
    assert opened(browser, f"/consent/set-aside/{answer.pk}/") == record
    assert opened(browser, "/consent/import/") == lists
    assert opened(browser, "/children/") == 404


def test_without_signing_in_nothing_opens(family, client):
    for path in ("/consent/", "/children/", f"/consent/pupil/{family.leo.pk}/"):
        assert client.get(path).headers["Location"].startswith("/account/login/")


def test_a_teacher_finds_their_class_and_nobody_else(people, browse):
    people.pupil("Leo")
    people.pupil("Wen", school_class=people.wrens)
    page = browse(people.staff(Role.TEACHER, "Miss Raman", teaches=people.robins)).get("/consent/")
    assert "Leo" in page.text
    assert "Wen" not in page.text


def test_a_teacher_sees_what_counts_but_not_who_said_it(people, family, browse, say):
    say(family.leo, family.mum, "refused")
    teacher = people.staff(Role.TEACHER, "Miss Raman", teaches=people.robins)
    page = browse(teacher).get(f"/consent/pupil/{family.leo.pk}/").text
    assert ">No</span>" in page
    assert "Ada" not in page
    assert "History" not in page


@pytest.fixture
def register(people, family, browse, say, purpose):
    """Leo said yes to the newsletter; Mia no to the website; Wen nothing."""
    mia = people.pupil("Mia", "Stripe")
    people.pupil("Wen", "Stripe", school_class=people.wrens)
    say(family.leo, family.mum, "given")
    say(mia, people.parent(mia, name="Di Stripe"), "refused", purpose("website"))
    return browse(family.office)


@pytest.mark.parametrize(
    ("query", "found", "count"),
    [
        ("", {"Leo", "Mia", "Wen"}, "0 of 3 families have answered everything"),
        ("purpose=newsletter", {"Leo", "Mia", "Wen"}, "1 of 3 families have answered"),
        ("words=stripe", {"Mia", "Wen"}, "0 of 2 families"),
        ("words=m+str", {"Mia"}, "0 of 1 family has"),
        ("state=given", {"Leo"}, "0 of 3"),
        ("state=refused", {"Mia"}, "0 of 3"),
        ("state=none&purpose=promotional", set(), "3 of 3"),
        ("state=refused&purpose=newsletter", set(), "1 of 3"),
        ("state=nonsense&purpose=nonsense", {"Leo", "Mia", "Wen"}, "0 of 3"),
    ],
)
def test_the_register_is_narrowed_by_name_purpose_and_answer(register, query, found, count):
    page = register.get(f"/consent/?{query}")
    assert {name for name in ("Leo", "Mia", "Wen") if f">{name} " in page.text} == found
    assert count in page.text


def test_the_register_is_narrowed_by_class(register, people):
    page = register.get(f"/consent/?school_class={people.wrens.pk}")
    assert ">Wen " in page.text
    assert ">Leo " not in page.text


def test_a_general_yes_to_promotion_is_shown_as_asked_for_each_picture(
    family, browse, say, purpose
):
    say(family.leo, family.mum, "given", purpose("promotional"))
    browser = browse(family.office)
    page = browser.get("/consent/?purpose=promotional").text
    assert "Asked for each picture</span>" in page
    assert "1 of 1 family has answered" in page
    say(family.leo, family.dad, "refused", purpose("promotional"))
    assert "Asked for each" not in browser.get("/consent/?purpose=promotional").text


def test_the_csv_has_the_rows_of_the_page_and_no_formula(register, people):
    people.pupil("=1+1", "Stripe")
    answer = register.get("/consent/answers.csv?words=stripe")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["first name"] for row in rows] == ["'=1+1", "Mia", "Wen"]
    assert rows[1]["School website"] == "No"
    assert rows[1]["Newsletter"] == "No answer yet"


def typed(family, **more):
    return {
        "parent": family.mum.pk,
        "how": "paper",
        "happened_on": "2026-09-01",
        "to-newsletter": "given",
        "to-press": "refused",
        **more,
    }


def test_a_paper_form_is_written_down_at_once_for_several_purposes(family, browse):
    browser = browse(family.office)
    page = browser.post(f"/consent/pupil/{family.leo.pk}/record/", typed(family), follow=True)
    assert "2 answers are written down for Leo Z." in page.text
    assert "from Ada Zebra" in page.text
    kinds = dict(Answer.objects.values_list("purpose__key", "kind"))
    assert kinds == {"newsletter": "given", "press": "refused"}


def test_nothing_is_ticked_before_a_person_ticks_it(family, browse):
    page = browse(family.office).get(f"/consent/pupil/{family.leo.pk}/record/")
    assert "checked" not in page.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            {"to-newsletter": "leave", "to-press": "leave"},
            "Choose yes or no for at least one purpose.",
        ),
        ({"happened_on": "1 Sept"}, "Write the day like 01/09/2026."),
        ({"parent": ""}, "Say who answered."),
        ({"expires_on": "2026-08-01"}, "The yes runs out before it was given."),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(family, browse, wrong, words):
    fields = typed(family, **wrong)
    page = browse(family.office).post(f"/consent/pupil/{family.leo.pk}/record/", fields)
    assert page.status_code == 422
    assert words in page.text
    assert page.text.count(" checked") == sum(
        bool(fields.get(name)) for name in ("parent", "how")
    ) + sum(name.startswith("to-") for name in fields)
    assert not Answer.objects.exists()


def test_tomorrow_is_refused_on_the_page_too(family, browse):
    tomorrow = timezone.localdate() + timedelta(days=1)
    fields = typed(family, happened_on=tomorrow.isoformat())
    page = browse(family.office).post(f"/consent/pupil/{family.leo.pk}/record/", fields)
    assert "The day of the answer has not come yet." in page.text


def test_setting_aside_asks_why_first(family, browse, say):
    answer = say(family.leo, family.mum, "given")
    browser, path = browse(family.office), f"/consent/set-aside/{answer.pk}/"
    assert browser.post(path, {"why": " "}).status_code == 422
    assert Answer.objects.count() == 1
    page = browser.post(path, {"why": "Wrong child"}, follow=True)
    assert "The answer is set aside." in page.text
    assert "Wrong child" in page.text
    assert "Set it aside" not in page.text


def test_looking_changes_nothing(family, browse, say):
    answer = say(family.leo, family.mum, "given")
    browser = browse(family.office)
    for path in (
        "/consent/",
        f"/consent/pupil/{family.leo.pk}/record/?to-newsletter=refused",
        f"/consent/set-aside/{answer.pk}/?why=x",
        "/consent/import/",
    ):
        assert browser.get(path).status_code == 200
    assert list(Answer.objects.all()) == [answer]
    assert browser.post("/consent/").status_code == 405


def test_a_parent_does_not_open_the_pages_of_staff(family, browse):
    browser = browse(family.mum.user)
    for path in ("/consent/", "/consent/answers.csv", f"/consent/pupil/{family.leo.pk}/"):
        assert opened(browser, path) == 404
