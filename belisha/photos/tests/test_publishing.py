"""Pictures at places: gated by families and the head, asked at each look, recalled elsewhere."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, How
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.actions import pupils
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import (
    albums,
    answering,
    faces,
    pictures,
    places,
    publications,
    requests,
    selections,
)
from belisha.photos.actions.recalls import notice
from belisha.photos.actions.selections import NotYet, Worded
from belisha.photos.captions import Finding
from belisha.photos.imaging.box import Box
from belisha.photos.ledger import Fate, ledger_of
from belisha.photos.models import Publication, Recall, TakeDown
from belisha.photos.publishing import Dates, copy_verdict, may_publish, needs_head
from belisha.photos.recalls import mine, to_recall
from belisha.photos.rules import PlaceKind, Who
from belisha.photos.showing import place_one
from belisha.policy.actions import approvals
from belisha.policy.models import HeadAnswer, HeadRequest, Purpose
from tests.furnished import a_picture

TODAY = date(2026, 11, 20)
DAYS = Dates(TODAY, TODAY + timedelta(days=9), TODAY)
YES = Verdict(Outcome.YES, (Reason("B.ii", "The head agreed"),))
NO = Verdict(Outcome.NO, (Reason("B.ii", "The head said no"),))
WAITS = Verdict(Outcome.ASK, (Reason("B.ii", "The head has not answered yet"),))


@pytest.fixture
def world(school, now):
    """A settled picture of one child whose family says yes to the website and the newsletter."""
    robins = make_class(school, "Robins")
    world = SimpleNamespace(
        head=make_staff(school, "Mrs Zebrahart", Role.HEAD),
        office=make_staff(school, "Mrs Toucan", Role.OFFICE),
        teacher=make_staff(school, "Miss Puffin", Role.TEACHER),
        stranger=make_staff(school, "Mr Tunnel", Role.TEACHER),
    )
    robins.teachers.add(world.teacher, through_defaults={"school": school})
    world.child = make_pupil(school, "Ada", "Kerbstone", robins)
    world.parent = make_parent(school, world.child, "Pat", "Kerbstone")
    by = {"by": world.teacher.user, "at": now}
    album = albums.make("Bridge day", taken_on=TODAY, school_class=robins, **by)
    world.photo = pictures.add(album, a_picture("x"), name="x.jpg", **by).photo
    faces.keep_found(world.photo, [], at=now)
    face = faces.draw(world.photo, Box(0.3, 0.3, 0.2, 0.2), **by)
    faces.settle(face, Who.PUPIL, pupil=world.child, **by)
    faces.say_all_boxed(world.photo, **by)

    def say(kind, *keys):
        drafts = [
            Answer(
                parent=world.parent,
                purpose=Purpose.objects.get(key=key),
                kind=kind,
                how=How.PHONE,
                happened_on=TODAY,
            )
            for key in keys
        ]
        record_answers(world.child, drafts, by=world.office.user, at=now)

    def place(kind, **more):
        made = {"goes_out_on": TODAY} if kind is PlaceKind.NEWSLETTER else {}
        return places.add_place(
            school,
            kind,
            name=kind.label,
            keeper=world.office,
            by=world.head.user,
            at=now,
            **{**made, **more},
        )

    def chosen(place, caption="A boat", **more):
        row = selections.choose(
            album, place, [world.photo], title="Boats", from_on=TODAY, **more, **by
        )
        write(row, caption)
        return row

    def write(row, caption, *, looked=False):
        said = {one.pk: Worded(caption, "A boat") for one in row.pictures.all()}
        days = {"from_on": row.from_on, "until_on": row.until_on}
        selections.write(row, said, title="Boats", words="", looked=looked, **days, **by)

    def agreed(row):
        asked = selections.ask(row, on=TODAY, **by)
        return approvals.answer(asked, yes=True, digest=asked.digest, by=world.head.user, at=now)

    def published(kind=PlaceKind.WEBSITE, **more):
        row = chosen(place(kind, **more))
        if needs_head(kind):
            agreed(row)
        selections.publish(row, on=TODAY, **by)
        return row.pictures.get()

    say("given", "website", "newsletter", "display")
    world.say, world.place, world.chosen, world.write = say, place, chosen, write
    world.agreed, world.published, world.by = agreed, published, by
    return world


def gallery(row):
    return Client().get(f"/gallery/{row.place.token}/")


def seen(row):
    return Client().get(f"/gallery/{row.place.token}/{row.ref}.jpg").status_code == 200


# The rule


@pytest.mark.parametrize("head", [NO, WAITS])
@pytest.mark.parametrize("account", [None, YES])
def test_whoever_does_not_say_yes_is_never_passed_over(head, account):
    """A verdict that is no yes is falsy: it must be asked about by name."""
    right = copy_verdict(True)
    assert may_publish(right, YES, account, [], DAYS)
    assert may_publish(right, head, account, [], DAYS).outcome is head.outcome
    assert may_publish(right, YES, head, [], DAYS).outcome is head.outcome
    assert not may_publish(copy_verdict(False), YES, account, [], DAYS)


def test_words_and_days_count_too():
    right, soft = copy_verdict(True), Finding("Ada", "a name", "Leave it out")
    never = Finding("Ada Kerbstone", "a full name", "Leave it out", never=True)
    assert may_publish(right, YES, None, [soft], DAYS).outcome is Outcome.ASK
    assert may_publish(right, YES, None, [soft], DAYS, looked=True)
    assert not may_publish(right, YES, None, [never], DAYS, looked=True)
    early, late = (Dates(DAYS.first, DAYS.last, TODAY + timedelta(days=n)) for n in (-1, 10))
    assert may_publish(right, YES, None, [], early).outcome is Outcome.ASK
    assert may_publish(right, YES, None, [], late).outcome is Outcome.NO


def test_the_head_is_asked_for_every_place_but_walls_and_journals():
    assert {kind for kind in PlaceKind if not needs_head(kind)} == {
        PlaceKind.DISPLAY,
        PlaceKind.JOURNAL,
    }


# The gate


def test_what_is_typed_is_kept_when_the_head_is_asked(world):
    row, today = world.chosen(world.place(PlaceKind.WEBSITE)), timezone.localdate()
    picture = row.pictures.get()
    caption, alt = f"caption_{picture.pk}", f"alt_{picture.pk}"
    days = {"from_on": today, "until_on": today + timedelta(days=30)}
    typed = {"title": "Boats", **days, caption: "A raft", alt: ""}
    client, address = Client(), f"/publications/sets/{row.ref}/ask/"
    client.force_login(world.teacher.user)
    refused = client.post(address, typed)
    assert refused.status_code == 422 and 'value="A raft"' in refused.text
    client.post(address, typed | {alt: "Children on a raft"})
    assert row.pictures.get().caption == "A raft"
    assert HeadRequest.objects.open().exists()


def test_nothing_is_published_without_the_head(world):
    row = world.chosen(world.place(PlaceKind.WEBSITE, in_our_hands=True))
    with pytest.raises(NotYet, match="No copy"):
        selections.publish(row, on=TODAY, **world.by)
    selections.ask(row, on=TODAY, **world.by)
    with pytest.raises(NotYet, match="not answered"):
        selections.publish(row, on=TODAY, **world.by)
    assert not Publication.objects.published().exists()


def test_words_that_change_after_the_yes_are_asked_for_anew(world):
    row = world.chosen(world.place(PlaceKind.WEBSITE, in_our_hands=True))
    world.agreed(row)
    world.write(row, "Another boat")
    with pytest.raises(NotYet, match="changed"):
        selections.publish(row, on=TODAY, **world.by)


def test_a_full_name_is_never_put_before_the_head(world):
    row = world.chosen(world.place(PlaceKind.WEBSITE, in_our_hands=True))
    world.write(row, "Ada Kerbstone and a boat", looked=True)
    with pytest.raises(NotYet, match="Ada Kerbstone"):
        selections.ask(row, on=TODAY, **world.by)


def test_a_no_between_the_yes_of_the_head_and_the_publishing_wins_and_is_told(world):
    row = world.chosen(world.place(PlaceKind.WEBSITE, in_our_hands=True))
    world.agreed(row)
    world.say("withdrawn", "website")
    with pytest.raises(NotYet, match="may not be shown"):
        selections.publish(row, on=TODAY, **world.by)


def test_the_head_cannot_agree_to_what_a_family_forbids(world):
    row = world.chosen(world.place(PlaceKind.WEBSITE, in_our_hands=True))
    asked = selections.ask(row, on=TODAY, **world.by)
    world.say("withdrawn", "website")
    with pytest.raises(ValidationError, match="may not be shown"):
        approvals.answer(
            asked, yes=True, digest=asked.digest, by=world.head.user, at=world.by["at"]
        )


# The gallery


def test_the_gallery_shows_it_and_stops_at_the_withdrawal(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.by["at"])
    row = world.published(in_our_hands=True)
    page = gallery(row)
    assert row.ref in page.content.decode() and seen(row)
    feed = Client().get(f"/gallery/{row.place.token}/feed.json").json()
    assert [item["id"] for item in feed["items"]] == [row.ref]
    for words in ("Ada", "Kerbstone", "Robins", "Puffin", "Bridge day"):
        assert words not in page.content.decode() + str(feed)
    world.say("withdrawn", "website")
    assert row.ref not in gallery(row).content.decode() and not seen(row)
    assert Client().get(f"/gallery/{row.place.token}/feed.json").json()["items"] == []


@pytest.mark.parametrize("what", ["yes ends", "closed", "taken off", "child left", "last day"])
def test_whatever_ends_it_ends_it_at_once(world, monkeypatch, what):
    now = world.by["at"]
    monkeypatch.setattr(timezone, "now", lambda: now)
    row, head = world.published(in_our_hands=True), {"by": world.head.user, "at": now}
    assert seen(row)
    if what == "yes ends":
        approvals.take_back_yes(HeadAnswer.objects.get(), why="x", **head)
    elif what == "closed":
        places.close_place(row.place, **head)
    elif what == "taken off":
        publications.end(row, **world.by)
    elif what == "child left":
        pupils.leave(world.child, on=TODAY, by=world.office.user, at=now)
    else:
        later = now + timedelta(days=366)
        monkeypatch.setattr(timezone, "now", lambda: later)
    assert not seen(row)


def test_a_place_that_is_not_ours_has_no_gallery(world):
    row = world.published(PlaceKind.NEWSLETTER)
    assert gallery(row).status_code == 404
    assert Client().get("/gallery/made-up/").status_code == 404


# Elsewhere


def test_what_left_is_recalled_until_somebody_says_that_it_is_down(world):
    row = world.published(PlaceKind.NEWSLETTER)
    with pytest.raises(publications.NotThere):
        publications.take(world.published(in_our_hands=True), on=TODAY, **world.by)
    publications.take(row, on=TODAY, **world.by)
    assert list(Publication.objects.elsewhere()) == [row], "though nobody spoke of it yet"
    assert to_recall(world.head.user, on=TODAY) == []
    world.say("withdrawn", "newsletter")
    (found,) = to_recall(world.head.user, on=TODAY)
    assert found.publication == row and found.due > TODAY
    assert "Ada" not in found.why and "family" not in found.why.lower()
    with pytest.raises(publications.NotThere):
        publications.take(row, on=TODAY, **world.by)
    down = {"words": "I looked.", "happened_on": TODAY, "by": world.office.user}
    publications.take_down(row, TakeDown.Outcome.DOWN, **down, at=world.by["at"])
    assert to_recall(world.head.user, on=TODAY) == []
    publications.take_down(row, TakeDown.Outcome.STILL, **down, at=world.by["at"])
    assert [one.publication for one in to_recall(world.head.user, on=TODAY)] == [row]


def test_a_protection_and_a_withdrawal_look_alike_in_the_recall(world):
    from belisha.people.actions.protection import protect

    row = world.published(PlaceKind.NEWSLETTER)
    publications.take(row, on=TODAY, **world.by)
    world.say("withdrawn", "newsletter")
    (withdrawn,) = to_recall(world.head.user, on=TODAY)
    world.say("given", "newsletter")
    lead = make_staff(row.school, "Mr Pelican", Role.SAFEGUARDING_LEAD)
    protect(world.child, why="x", by=lead.user, at=world.by["at"])
    (protected,) = to_recall(world.head.user, on=TODAY)
    assert (withdrawn.why, withdrawn.due) == (protected.why, protected.due)


def test_who_has_nothing_to_do_with_the_album_sees_and_does_nothing(world):
    row = world.published(PlaceKind.NEWSLETTER)
    assert not Publication.objects.visible_to(world.stranger.user).exists()
    assert to_recall(world.stranger.user, on=TODAY) == []
    client = Client()
    client.force_login(world.stranger.user)
    for address in (
        f"/publications/{row.ref}/photo.jpg",
        f"/publications/sets/{row.selection.ref}/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("www.school.example", "https://www.school.example"),
        ("https://school.example/page?x=1", "https://school.example"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_a_site_is_its_origin(typed, site):
    assert places.site_of(typed) == site


@pytest.mark.parametrize(
    "typed",
    [
        "http://school.example",
        "https://",
        "https://a b",
        "*",
        "https://*.example",
        "https://x:99999",
    ],
)
def test_what_is_no_site_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="is no site"):
        places.site_of(typed)


def test_an_error_in_deciding_is_a_no(world, monkeypatch):
    row = world.published(in_our_hands=True)
    assert place_one(row, on=TODAY).right

    def breaks(*args, **more):
        raise RuntimeError

    monkeypatch.setattr("belisha.photos.showing.may_publish", breaks)
    assert not place_one(row, on=TODAY).right
    assert mine(world.office.user, on=TODAY) == []


# The ledger of a child


def fates(world, reader=None):
    entries, _ = ledger_of(world.child, on=TODAY, reader=reader)
    return [(one.publication.place.what, one.fate) for one in entries]


def test_the_ledger_tells_each_place_and_what_became_of_it(world):
    ours = world.published(in_our_hands=True)
    away = world.published(PlaceKind.NEWSLETTER)
    publications.take(away, on=TODAY, **world.by)
    assert fates(world) == [
        (PlaceKind.NEWSLETTER, Fate.SHOWN),
        (PlaceKind.WEBSITE, Fate.SHOWN),
    ]
    world.say("withdrawn", "website", "newsletter")
    assert fates(world) == [
        (PlaceKind.NEWSLETTER, Fate.COMING_DOWN),
        (PlaceKind.WEBSITE, Fate.GONE),
    ]
    lost = {"words": "It was printed.", "happened_on": TODAY}
    publications.take_down(away, TakeDown.Outcome.LOST, **lost, **world.by)
    assert fates(world)[0] == (PlaceKind.NEWSLETTER, Fate.LOST)
    assert ours.place.in_our_hands


def test_a_child_whose_answers_tell_of_no_yes_has_no_past(world):
    """Else one who must not be found would stand out among those without an answer."""
    from belisha.people.actions.protection import protect

    row = world.published(PlaceKind.NEWSLETTER)
    publications.take(row, on=TODAY, **world.by)
    lead = make_staff(row.school, "Mr Pelican", Role.SAFEGUARDING_LEAD)
    protect(world.child, why="x", by=lead.user, at=world.by["at"])
    assert fates(world) == fates(world, world.head.user) == []
    assert fates(world, lead.user) == [(PlaceKind.NEWSLETTER, Fate.COMING_DOWN)]


def test_the_parent_reads_where_pictures_went(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.by["at"])
    row = world.published(PlaceKind.NEWSLETTER)
    publications.take(row, on=TODAY, **world.by)
    client = Client()
    client.force_login(world.parent.user)
    address = f"/children/{world.child.pk}/pictures/"
    assert "There until" in client.get(address).content.decode()
    world.say("withdrawn", "newsletter")
    assert "Being taken down, by" in client.get(address).content.decode()


def test_what_became_wrong_is_noticed_once_and_is_over_when_it_is_right(world):
    row = world.published(PlaceKind.NEWSLETTER)
    publications.take(row, on=TODAY, **world.by)
    now = world.by["at"]
    notice(row.school, on=TODAY, at=now)
    assert not Recall.objects.exists() and mine(world.office.user, on=TODAY) == []
    world.say("withdrawn", "newsletter")
    for _ in range(2):
        notice(row.school, on=TODAY, at=now)
    assert Recall.objects.open().count() == 1
    (task,) = mine(world.office.user, on=TODAY)
    assert task.since == TODAY and not task.is_late(TODAY)
    assert mine(world.head.user, on=TODAY) == [], "not late, and it has a keeper"
    assert mine(world.head.user, on=TODAY + timedelta(days=30)), "late: for the leaders too"
    world.say("given", "newsletter")
    notice(row.school, on=TODAY, at=now)
    assert not Recall.objects.open().exists()


# Promotion (P.vi)


def test_a_picture_promotes_the_school_after_its_family_and_then_the_head(world):
    """From the question about the very picture to the recall, each step held by its gate."""
    now, head = world.by["at"], world.head.user
    row = world.chosen(world.place(PlaceKind.PROMOTION), until_on=TODAY + timedelta(days=30))
    with pytest.raises(NotYet, match="ask the families about it first"):
        selections.ask(row, on=TODAY, **world.by)
    asked = requests.ask_families(
        world.photo,
        Purpose.objects.get(key="promotional"),
        use="Prospectus, printed",
        until=TODAY + timedelta(days=200),
        on=TODAY,
        **world.by,
    )

    def family_says(yes):
        said = {"wording": "May we?", "language": "en-gb", "on": TODAY, "at": now}
        answering.answer(asked, world.child, yes=yes, by=world.parent.user, **said)

    hidden = selections.ask(row, on=TODAY, **world.by)
    assert row.pictures.get().copy.hidden, "a family that has not answered has said no"
    family_says(yes=True)
    shown = selections.ask(row, on=TODAY, **world.by)
    assert shown.digest != hidden.digest, "the head is asked about the picture as it goes now"
    assert shown.kind == HeadRequest.Kind.PROMOTION
    with pytest.raises(NotYet, match="not answered"):
        selections.publish(row, on=TODAY, **world.by)
    approvals.answer(shown, yes=True, digest=shown.digest, by=head, at=now)
    assert selections.publish(row, on=TODAY, **world.by) == []
    there = row.pictures.get()
    assert place_one(there, on=TODAY).right and not there.copy.hidden
    publications.take(there, on=TODAY, **world.by)
    family_says(yes=False)
    assert not place_one(there, on=TODAY).right
    assert [one.publication for one in to_recall(world.office.user, on=TODAY)] == [there]
