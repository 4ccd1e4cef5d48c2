"""The pages of events, of visitors and of the tablet at a door."""

import csv

import pytest
from django.test import Client
from django.urls import reverse

from belisha.events.actions import tablets, visitors
from belisha.events.calendar_feed import events_of
from belisha.events.models import Event, FollowUp, Visitor, WhoComes
from belisha.events.printing import card_pdf, poster_pdf
from belisha.events.searching import find
from belisha.events.tests.conftest import enter
from belisha.people.tests.cast import make_parent, make_pupil

TYPED = {
    "title": "Sports day",
    "place": "Field",
    "kind": "in-school",
    "on": "2026-11-20",
    "begins": "10:00",
    "until": "12:00",
    "comes": "classes",
    "filming": "everyone",
}


def typed(cast, **more):
    return TYPED | {"classes": [cast.robins.pk]} | more


def test_an_event_is_added_changed_planned_once_more_and_cancelled(cast, clock):
    browser = enter(cast.teacher)
    page = browser.post(reverse("event_add"), typed(cast))
    event = Event.objects.get()
    assert page.url == reverse("event", args=[event.ref])
    assert "Never post pictures of other people’s children." in browser.get(page.url).text
    browser.post(reverse("event_change", args=[event.ref]), typed(cast, place="Hall"))
    event.refresh_from_db()
    assert event.place == "Hall"
    clock(days=1)
    again = enter(cast.teacher).get(reverse("event_add"), {"like": event.ref}).text
    assert 'value="2027-11-19"' in again and "Filled in from Sports day" in again
    clock()
    browser.post(reverse("event_cancel", args=[event.ref]))
    assert not Event.objects.current().exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"until": "09:00"}, "It ends before it begins."),
        ({"on": "2026-11-19"}, "This day is over."),
        ({"classes": []}, "Say which classes."),
        ({"title": ""}, "Fill this in."),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(cast, clock, more, words):
    page = enter(cast.teacher).post(reverse("event_add"), typed(cast, **more))
    assert page.status_code == 422 and words in page.text and 'value="Field"' in page.text


def test_parents_meet_the_events_of_their_children_and_the_world_only_open_ones(
    cast, planned, school, clock
):
    planned()
    planned(title="Fair", comes=WhoComes.PUBLIC, classes=[])
    planned(title="Staff tea", comes=WhoComes.STAFF, classes=[])
    other = make_parent(school, make_pupil(school, "Ivo", "Far", cast.wrens), "Uma", "Far")

    def titles(page):
        return [
            name for name in ("Sports day", "Fair", "Staff tea") if f">{name}</h2>" in page.text
        ]

    families = reverse("family_events")
    assert titles(enter(cast.parent).get(families)) == ["Sports day", "Fair"]
    assert titles(enter(other).get(families)) == ["Fair"]
    assert titles(Client().get(reverse("our_events"))) == ["Fair"]
    fed = [event.title for event in events_of(other.user, clock().date())]
    assert fed == ["Fair, 10:00"]
    assert len(list(events_of(cast.governor.user, clock().date()))) == 3


def test_the_lists_are_found_and_saved(cast, planned, clock):
    event = planned(title="=cmd|' /C calc'!A0")
    FollowUp.objects.create(
        school=event.school, event=event, words="Told them", at=clock(), by=cast.head.user
    )
    visitors.sign_in(
        name="Åse Example", firm="", sees="Miss Puffin", rule="No", by=cast.office.user, at=clock()
    )
    office = enter(cast.office)
    rows = list(csv.reader(office.get(reverse("events_csv")).text.splitlines()))
    assert rows[1][0].startswith("'="), "no spreadsheet runs it"
    assert rows[1][-1] == "Told them"
    assert "Åse Example" in office.get(reverse("visitor_book"), {"on": "2026-11-20"}).text
    assert "None found" in office.get(reverse("visitor_book"), {"on": "2026-11-19"}).text
    assert [one.title for one in find(cast.teacher.user, "ase")] == ["Åse Example"]
    assert find(cast.governor.user, "ase") == []


def test_a_poster_and_a_card_are_made_of_any_words_in_any_language(planned, clock):
    event = planned(title="山田 🎉 #[typst] *x*", reminder="A line\nAnother")
    for paper in ("a4", "a3"):
        assert poster_pdf(event, school="Kerbside", paper=paper).startswith(b"%PDF")
    assert card_pdf(event, school="Kerbside").startswith(b"%PDF")


@pytest.fixture
def door(cast, clock):
    _, token = tablets.set_up("Front door", by=cast.office.user, at=clock())
    return reverse("door", args=[token])


ARRIVES = {"name": "Ann Example", "sees": "The boiler", "accepts": "on"}


def come_in(door, **more):
    browser = Client()
    shown = browser.get(f"{door}in/").context["form"].initial["shown"]
    return browser.post(f"{door}in/", ARRIVES | {"shown": shown} | more)


def test_a_visitor_signs_in_and_out_at_a_door_and_sees_nobody_else(door, clock):
    page = come_in(door)
    visitor = Visitor.objects.get()
    badge = Client().get(page.url)
    assert visitor.code in badge.text and badge["Refresh"] == f"30; url={door}"
    assert Client().get(f"{page.url}?stay")["Refresh"] == f"600; url={door}"
    assert "bag or pocket" in visitor.rule
    other = Client().get(f"{door}in/").text + Client().get(f"{door}out/").text
    assert "Ann Example" not in other
    clock(minutes=11)
    assert Client().get(page.url).status_code == 404, "the badge is nobody's to see any more"
    assert Client().post(f"{door}out/", {"who": visitor.code}).url == door
    assert not Visitor.objects.inside().exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"accepts": ""}, "Tick this to come in"),
        ({"shown": "Other words"}, "The words have changed."),
        ({"takes_pictures": "on"}, "Sign here, since you take pictures."),
        ({"name": " "}, "Fill this in."),
    ],
)
def test_nobody_comes_in_without_the_rule_they_read(door, more, words):
    page = come_in(door, **more)
    assert page.status_code == 422 and words in page.text
    assert not Visitor.objects.exists()
    assert come_in(door, name="x" * 200).status_code == 302


def test_a_photographer_s_undertaking_is_kept_with_the_signature(door, cast):
    come_in(door, takes_pictures="on", signature_typed="on")
    visitor = Visitor.objects.get()
    assert visitor.signature == "typed" and "I name no child." in visitor.undertaking
    assert (
        "signed by typed name"
        in enter(cast.office).get(reverse("visitor", args=[visitor.ref])).text
    )


def test_a_wrong_code_may_be_tried_a_few_times_only(door, clock):
    for _ in range(tablets.SIGN_OUT.times):
        assert Client().post(f"{door}out/", {"who": "ZZZZ"}).status_code == 422
    assert Client().post(f"{door}out/", {"who": "ZZZZ"}).status_code == 429
    come_in(door)
    clock(minutes=11)
    assert Client().post(f"{door}out/", {"who": "Ann Example"}).status_code == 302


def test_a_door_opens_nothing_where_somebody_of_the_school_is_signed_in(door, cast):
    browser = enter(cast.teacher)
    assert "Sign out first" in browser.post(f"{door}in/", ARRIVES).text
    assert not Visitor.objects.exists()
    assert Client().get(reverse("door", args=["wrong"])).status_code == 404
