"""Who may be in what: one mark for each child, and never why."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.urls import include, path
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.consent import sheets
from belisha.consent.actions import set_aside
from belisha.consent.models import Sheet
from belisha.consent.sheets import arrangement
from belisha.people.access import Refused
from belisha.people.rules import Role, told_apart
from belisha.policy.models import Purpose

TODAY = date(2026, 11, 20)
# The page that asks again belongs to the people; here only its name matters.
urlpatterns = [path("again/", lambda _: None, name="again"), path("", include("config.urls"))]


def marks(pupils, purpose="newsletter", on=TODAY):
    """Each name, and whether the child may be in a picture for this purpose."""
    shown = arrangement(pupils, on=on)
    return {
        line.name: place.seen
        for line in shown.lines
        for place in line.places
        if place.purpose.key == purpose
    }


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([("Leo", "Kerb"), ("Mia", "Kerb")], ["Leo K", "Mia K"]),
        ([("Leo", "Kerb"), ("Leo", "Zebra")], ["Leo K", "Leo Z"]),
        ([("Leo", "Kerb"), ("leo", "Kettle")], ["Leo Ker", "leo Ket"]),
        ([("Leo", "K"), ("Leo", "Kerb")], ["Leo K", "Leo Ke"]),
        ([("Leo", "Kerb"), ("Leo", "Kerb")], ["Leo K", "Leo K"]),
        ([("Leo", "")], ["Leo"]),
    ],
)
def test_children_are_told_apart_by_as_few_letters_as_it_takes(names, shown):
    assert told_apart(names) == shown


def test_only_a_yes_puts_a_child_into_the_picture(people, say):
    children = [people.pupil(name) for name in ("Yes", "No", "Late", "Silent")]
    yes, no, late, _ = children
    say(yes, people.parent(yes, name="A Zebra"), "given")
    say(no, people.parent(no, name="B Zebra"), "refused")
    say(late, people.parent(late, name="C Zebra"), "given", expires=date(2026, 10, 1))
    assert marks(children) == {"Yes Z": True, "No Z": False, "Late Z": False, "Silent Z": False}


def test_a_general_yes_to_promotion_puts_nobody_into_the_picture(people, say, purpose):
    leo = people.pupil("Leo")
    say(leo, people.parent(leo), "given", purpose("promotional"))
    shown = arrangement([leo], on=TODAY)
    assert [one.key for one in shown.each_picture] == ["promotional"]
    assert "promotional" not in {one.key for one in shown.purposes}
    assert not any(place.seen for line in shown.lines for place in line.places)


def test_two_of_the_same_name_in_a_class_are_in_only_if_both_may_be(people, say):
    one, other = people.pupil("Leo"), people.pupil("Leo")
    elsewhere = people.pupil("Leo", school_class=people.wrens)
    mum = people.parent(one, other, elsewhere)
    say(one, mum, "given")
    say(elsewhere, mum, "given")
    shown = arrangement([one, other, elsewhere], on=TODAY)
    newsletter = Purpose.objects.get(key="newsletter")
    assert [line.class_name for line in shown.in_it(newsletter)] == ["Wrens"]
    assert [line.class_name for line in shown.beside(newsletter)] == ["Robins", "Robins"]
    say(other, mum, "given")
    assert len(arrangement([one, other], on=TODAY).in_it(newsletter)) == 2


def test_a_change_of_mind_is_on_the_sheet_at_once(family, people, browse, say):
    say(family.leo, family.mum, "given")
    path = f"/consent/sheet/{people.robins.pk}/?for=newsletter"
    office = browse(family.office)
    assert [line.name for line in office.get(path).context["in_it"]] == ["Leo Z"]
    say(family.leo, family.mum, "refused", on=date(2026, 11, 20))
    assert office.get(path).context["in_it"] == []


# Each of these is not a yes, and each must look like the family that has not answered.


def nothing(people, child, mum, dad, say, office, now):
    """The family has not answered."""


def no(people, child, mum, dad, say, office, now):
    say(child, mum, "refused")


def taken_back(people, child, mum, dad, say, office, now):
    say(child, mum, "given")
    say(child, mum, "refused", on=date(2026, 10, 1))


def differing(people, child, mum, dad, say, office, now):
    say(child, mum, "given")
    say(child, dad, "refused")


def ran_out(people, child, mum, dad, say, office, now):
    say(child, mum, "given", expires=date(2026, 10, 1))


def aside(people, child, mum, dad, say, office, now):
    set_aside(say(child, mum, "given"), why="Wrong child", by=office, at=now)


def under_order(people, child, mum, dad, say, office, now):
    say(child, mum, "given")
    child.relations.filter(parent=mum).update(no_contact=True)


def protected(people, child, mum, dad, say, office, now):
    say(child, mum, "given")
    say(child, dad, "given")
    people.protect(child)


NOT_A_YES = [no, taken_back, differing, ran_out, aside, under_order, protected]


@pytest.fixture
def twins(people):
    """Two families that differ in nothing, in two classes whose names are as long."""

    def family(school_class, at):
        child = people.pupil("Canary", "Xcanary", school_class)
        mum = people.parent(child, name=f"Mum{at} Zebra")
        return SimpleNamespace(
            child=child, mum=mum, dad=people.parent(child, name=f"Dad{at} Zebra")
        )

    people.wrens.name, people.wrens.year_group = "Plover", people.robins.year_group
    people.wrens.save()
    return family(people.robins, 1), family(people.wrens, 2)


@pytest.fixture
def hour(monkeypatch):
    """It is the same moment on every page."""
    moment = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def told(answer, school_class):
    """What an answer says, but for the class, its number and the keys of forms."""
    said = answer.content.decode() + repr(sorted(answer.headers.items()))
    said = said.replace(str(school_class.pk), "…").replace(school_class.name, "…")
    said = said.replace(school_class.name.lower(), "…")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "…", said)


@pytest.mark.parametrize("story", NOT_A_YES, ids=lambda story: story.__name__)
@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICE, Role.SAFEGUARDING_LEAD, Role.TEACHER])
def test_the_sheet_of_who_is_not_a_yes_is_the_same_to_the_byte(
    story, role, twins, people, browse, say, now, hour
):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    one, _ = twins
    story(people, one.child, one.mum, one.dad, say, office, now)
    reader = people.staff(role, "Mx Reader", teaches=people.robins)
    if role is Role.TEACHER:
        people.wrens.teachers.through.objects.create(
            school=people.school, staff=reader.staff, school_class=people.wrens
        )
    browser = browse(reader)
    for rest in ("", "?for=newsletter", "sheet.csv"):
        pages = [
            browser.get(f"/consent/sheet/{school_class.pk}/{rest}")
            for school_class in (people.robins, people.wrens)
        ]
        assert [page.status_code for page in pages] == [200, 200]
        assert b"Canary X" in pages[0].content
        first, second = (
            told(page, school_class)
            for page, school_class in zip(pages, (people.robins, people.wrens), strict=True)
        )
        assert first == second


def test_a_yes_is_seen_so_that_the_sameness_above_means_something(twins, people, browse, say, hour):
    say(twins[0].child, twins[0].mum, "given")
    browser = browse(people.staff(Role.OFFICE, "Mrs Tern"))
    pages = [
        told(browser.get(f"/consent/sheet/{school_class.pk}/"), school_class)
        for school_class in (people.robins, people.wrens)
    ]
    assert pages[0] != pages[1]


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        (Role.HEAD, 200, 200),
        (Role.SENIOR_LEADER, 200, 200),
        (Role.OFFICE, 200, 200),
        (Role.TEACHER, 200, 404),
        (Role.OTHER_STAFF, 200, 404),
        (Role.GOVERNOR, 404, 404),
    ],
)
def test_who_opens_the_sheet_of_a_class(role, own, other, people, browse):
    people.pupil("Leo")
    browser = browse(people.staff(role, "Mx Reader", teaches=people.robins))
    for rest in ("", "sheet.csv"):
        assert browser.get(f"/consent/sheet/{people.robins.pk}/{rest}").status_code == own
        assert browser.get(f"/consent/sheet/{people.wrens.pk}/{rest}").status_code == other


def test_the_list_names_the_sheets_that_one_may_read(people, browse, now):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    sheets.make("Xplay", on=TODAY, classes=[people.wrens], by=office, at=now)
    teacher = people.staff(Role.TEACHER, "Miss Raman", teaches=people.robins)
    page = browse(teacher).get("/consent/sheets/").text
    assert "Robins" in page
    assert "Wrens" not in page
    assert "Xplay" not in page
    assert "Xplay" in browse(office).get("/consent/sheets/").text


@pytest.fixture
def event(people, now):
    """Miss Raman of the Robins makes a sheet for a match; Mia of the Wrens comes too."""
    teacher = people.staff(Role.TEACHER, "Miss Raman", teaches=people.robins)
    made = sheets.make("Match", on=TODAY, classes=[people.robins], by=teacher, at=now)
    return SimpleNamespace(sheet=made, teacher=teacher, path=f"/consent/sheets/{made.ref}/")


def test_a_sheet_for_an_event_is_made_found_changed_and_removed(people, browse):
    people.pupil("Leo")
    browser = browse(people.staff(Role.TEACHER, "Miss Raman", teaches=people.robins))
    fields = {"title": "Sports day", "on": "2026-12-01", "classes": people.robins.pk}
    page = browser.post("/consent/sheets/add/", fields, follow=True)
    assert "Sports day" in page.text
    assert "Tuesday 1 December 2026" in page.text
    assert "Leo Z" in page.text
    path = page.redirect_chain[-1][0]
    assert f'href="{path}"' in browser.get("/consent/sheets/").text
    page = browser.post(f"{path}change/", {**fields, "title": "Fun day"}, follow=True)
    assert "Fun day: who may be in what" in page.text
    assert browser.get(f"{path}remove/").status_code == 200
    assert Sheet.objects.count() == 1
    assert "The sheet is gone." in browser.post(f"{path}remove/", follow=True).text
    assert not Sheet.objects.exists()
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True)) == [
        "sheet.made",
        "sheet.changed",
        "sheet.removed",
    ]


def test_who_is_in_the_class_when_the_sheet_is_read_is_on_it(people, event):
    leo, mia = people.pupil("Leo"), people.pupil("Mia", school_class=people.wrens)
    assert list(sheets.pupils_on(event.sheet)) == [leo]
    leo.school_class, mia.school_class = people.wrens, people.robins
    leo.save()
    mia.save()
    assert list(sheets.pupils_on(event.sheet)) == [mia]
    mia.left_on = TODAY
    mia.save()
    assert not sheets.pupils_on(event.sheet).exists()


def test_a_single_child_is_found_put_on_and_taken_off(people, event, browse):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    mia = people.pupil("Mia", "Stripe", people.wrens)
    browser = browse(office)
    assert "Mia Stripe" in browser.get(f"{event.path}change/?q=str").text
    page = browser.post(f"{event.path}children/", {"put_on": mia.pk}, follow=True)
    assert "Take Mia S off the sheet" in page.text
    assert "Mia S" in browse(event.teacher).get(event.path).text
    browser.post(f"{event.path}children/", {"take_off": mia.pk})
    assert not sheets.pupils_on(event.sheet).exists()


def test_nobody_puts_on_whom_they_may_not_see(people, event, browse, now):
    mia = people.pupil("Mia", "Stripe", people.wrens)
    browser = browse(event.teacher)
    assert "Mia" not in browser.get(f"{event.path}change/?q=mia").text
    assert browser.post(f"{event.path}children/", {"put_on": mia.pk}).status_code == 404
    with pytest.raises(Refused):
        sheets.put_on(event.sheet, mia, by=event.teacher, at=now)
    fields = {"title": "Match", "on": "2026-12-01", "classes": people.wrens.pk}
    assert browser.post(f"{event.path}change/", fields).status_code == 422
    sheets.change(
        event.sheet, title="Match", on=TODAY, classes=[people.wrens], by=event.teacher, at=now
    )
    assert not event.sheet.classes.exists()


def test_classes_that_one_may_not_see_stay_on_a_sheet(people, event, now):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    both = [people.robins, people.wrens]
    sheets.change(event.sheet, title="Match", on=TODAY, classes=both, by=office, at=now)
    sheets.change(event.sheet, title="Match", on=TODAY, classes=[], by=event.teacher, at=now)
    assert [row.school_class for row in event.sheet.classes.all()] == [people.wrens]


@pytest.mark.parametrize(
    ("role", "teaches", "read", "changed"),
    [
        (Role.HEAD, None, 200, 200),
        (Role.OFFICE, None, 200, 200),
        (Role.TEACHER, "robins", 200, 404),
        (Role.TEACHER, "wrens", 404, 404),
        (Role.OTHER_STAFF, None, 404, 404),
        (Role.GOVERNOR, None, 404, 404),
    ],
)
def test_who_reads_and_who_changes_a_sheet_of_another(
    role, teaches, read, changed, people, event, browse
):
    reader = people.staff(role, "Mx Reader", teaches=teaches and getattr(people, teaches))
    browser = browse(reader)
    assert browser.get(event.path).status_code == read
    assert browser.get(f"{event.path}sheet.csv").status_code == read
    for act in ("change", "remove"):
        assert browser.get(f"{event.path}{act}/").status_code == changed
    assert browser.post(f"{event.path}children/").status_code == (302 if changed == 200 else 404)


def test_the_csv_has_the_marks_of_the_sheet_no_formula_and_an_entry_in_the_record(
    people, say, browse
):
    office = people.staff(Role.OFFICE, "Mrs Tern")
    evil = people.pupil("=1+1", "Zebra")
    say(evil, people.parent(evil), "given")
    answer = browse(office).get(f"/consent/sheet/{people.robins.pk}/sheet.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="robins-')
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["child"] == "'=1+1 Z"
    assert row["Newsletter"] == "in the picture"
    assert row["School website"] == "beside or covered"
    assert Entry.objects.get(verb="sheet.exported").facts == {"count": 1}


@pytest.mark.urls(__name__)
def test_a_sheet_is_taken_away_only_after_a_fresh_sign_in(people, event, browse):
    browser = browse(event.teacher)
    session = browser.session
    session["fresh_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    assert browser.get(event.path).status_code == 200
    exports = (f"{event.path}sheet.csv", f"/consent/sheet/{people.robins.pk}/sheet.csv")
    for address in (*exports, "/consent/answers.csv"):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(urlencode({"next": address}))


def test_an_empty_event_says_what_to_do(people, event, browse):
    page = browse(event.teacher).get(event.path).text
    assert "Nobody is on this sheet" in page
    assert "Say who comes" in page
