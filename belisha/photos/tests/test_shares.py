"""Albums for families and pictures shown in school: each audience has its view, no more (P.iii)."""

from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from belisha.audit.models import Entry
from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.actions.protection import protect
from belisha.people.models import GuestPass, Relation
from belisha.people.rules import Role
from belisha.people.tests.cast import join, make_pupil, make_staff
from belisha.photos.actions import copies, faces, shares, stops
from belisha.photos.models import GuestLook, Share, SharedPicture, Stop
from belisha.photos.rules import Source, Viewers, Who
from belisha.photos.tests.conftest import MALIK, TILLY, same_robins, same_school
from belisha.photos.tests.test_copies import within
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

JOURNAL = "learning-journal"


def is_covered(data, box):
    return bool(within(data, box).reshape(-1, 3).std(axis=0).max() < 3)


def share(robins, key=JOURNAL, viewers=Viewers.FAMILIES, days=30, **more):
    today = timezone.localdate()
    said = {"title": "Our bridge", "from_on": today, "until_on": today + timedelta(days=days)}
    return shares.share(
        robins.album,
        [robins.photo],
        viewers=viewers,
        purpose=Purpose.objects.get(key=key),
        by=robins.teacher,
        at=timezone.now(),
        **said | more,
    )


def address(robins, child, row, end="photo.jpg"):
    return f"/children/{child.pk}/shared/{row.ref}/pictures/{robins.photo.ref}/{end}"


@pytest.fixture
def both(robins):
    """Both families said yes to the journal and the newsletter."""
    robins.settle_all()
    for key in (JOURNAL, "newsletter"):
        robins.say(robins.malik, robins.mother, Kind.GIVEN, key)
        robins.say(robins.tilly, robins.father, Kind.GIVEN, key)
    return robins


@pytest.fixture
def mother(client, both, school):
    """Malik's mother, who has another child here, so that she stays signed in whatever comes."""
    join(both.mother, make_pupil(school, "Ivy", "Wayfinder", both.school_class))
    client.force_login(both.mother.user)
    return client


# Families


def test_in_a_journal_a_parent_sees_their_own_child_and_every_other_is_covered(mother, both):
    data = mother.get(address(both, both.malik, share(both))).content
    assert not is_covered(data, MALIK)
    assert is_covered(data, TILLY), "their family said yes to a journal, which is their own alone"


@pytest.mark.parametrize(("said", "covered"), [(Kind.GIVEN, False), (Kind.REFUSED, True)])
def test_for_every_family_another_child_is_seen_with_a_yes_alone(mother, both, said, covered):
    row = share(both, "newsletter")
    both.say(both.tilly, both.father, said, "newsletter")
    data = mother.get(address(both, both.malik, row)).content
    assert not is_covered(data, MALIK)
    assert is_covered(data, TILLY) is covered


def test_brothers_and_sisters_are_ones_own(mother, both):
    join(both.mother, both.tilly)
    both.say(both.tilly, both.mother, Kind.GIVEN, JOURNAL)
    assert not is_covered(mother.get(address(both, both.malik, share(both))).content, TILLY)


def test_the_pages_name_no_other_child_and_lead_to_the_pictures(mother, both):
    row = share(both)
    base = f"/children/{both.malik.pk}/"
    assert "Our bridge" in mother.get(f"{base}albums/").text
    for page in (f"{base}albums/", f"{base}shared/{row.ref}/", f"{base}record/"):
        text = mother.get(page).text
        assert "Malik" in text
        for word in ("Tilly", "Robins", "Puffin", "Bridge day", "IMG_1"):
            assert word not in text
    assert address(both, both.malik, row) in mother.get(f"{base}record/").text


ENDS = (
    *("no", "order", "leaver", "protected", "a stop", "kept back", "a new box"),
    *("ended", "last day over", "taken off", "not yet"),
)


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_is_gone_at_the_next_look(mother, both, school, end):
    row, today = share(both), timezone.localdate()
    file, base = address(both, both.malik, row), f"/children/{both.malik.pk}/"
    assert mother.get(file).status_code == 200
    match end:
        case "no":
            both.say(both.malik, both.mother, Kind.REFUSED, JOURNAL)
        case "order":
            Relation.objects.filter(pupil=both.malik).update(no_contact=True)
        case "leaver":
            both.malik.left_on = today
            both.malik.save()
        case "protected":
            lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
            protect(both.malik, why="A court order", by=lead, at=both.at)
        case "a stop":
            stops.stop(both.photo, both.malik, Source.CHILD, by=both.teacher, at=both.at)
        case "kept back":
            both.photo.kept_back_at = both.at
            both.photo.save()
        case "a new box":
            faces.draw(both.photo, TILLY.union(MALIK), by=both.teacher, at=both.at)
        case "ended":
            shares.end(row, by=both.teacher, at=both.at)
        case "last day over":
            Share.objects.update(until_on=today - timedelta(days=1), from_on=today - timedelta(9))
        case "taken off":
            SharedPicture.objects.all().delete()
        case "not yet":
            Share.objects.update(from_on=today + timedelta(days=1))
    assert mother.get(file).status_code == 404
    assert mother.get(f"{file}?keep=1").status_code == 404
    for page in ("albums/", "record/"):
        assert "photo.jpg" not in mother.get(f"{base}{page}", follow=True).text
        assert "Our bridge" not in mother.get(f"{base}{page}", follow=True).text


def test_under_an_order_a_parent_learns_nothing_not_even_that_there_was_an_album(mother, both):
    row = share(both)
    Relation.objects.filter(parent=both.mother, pupil=both.malik).update(no_contact=True)
    for page in ("albums/", "record/", f"shared/{row.ref}/"):
        there = mother.get(f"/children/{both.malik.pk}/{page}")
        nowhere = mother.get(f"/children/12345/{page}")
        assert there.status_code == nowhere.status_code == 404
    with pytest.raises(Refused):
        picture = SharedPicture.objects.get()
        copies.show_shared(picture, both.malik, by=both.mother.user, on=timezone.localdate())


def test_a_family_whose_child_is_not_in_it_finds_nothing(client, both):
    row = share(both)
    face = both.photo.faces.get(pupil=both.tilly)
    faces.settle(face, Who.ADULT, by=both.teacher, at=both.at)
    client.force_login(both.father.user)
    assert "Our bridge" not in client.get(f"/children/{both.tilly.pk}/albums/").text
    assert client.get(address(both, both.tilly, row)).status_code == 404
    assert client.get(address(both, both.malik, row)).status_code == 404, "somebody else's child"


@pytest.mark.parametrize("how", ["ended", "for others"])
def test_the_bytes_themselves_ask_whether_it_is_still_shared(both, how):
    row = share(both)
    picture, today = SharedPicture.objects.select_related("share").get(), timezone.localdate()
    word = {"by": both.mother.user, "on": today}
    assert copies.show_shared(picture, both.malik, **word)
    if how == "ended":
        shares.end(row, by=both.teacher, at=both.at)
    else:
        Share.objects.update(viewers=Viewers.SCHOOL)
    with pytest.raises(Refused):
        copies.show_shared(picture, both.malik, **word)


def test_an_adult_is_seen(mother, both):
    row = share(both)
    face = both.photo.faces.get(pupil=both.tilly)
    faces.settle(face, Who.ADULT, by=both.teacher, at=both.at)
    assert not is_covered(mother.get(address(both, both.malik, row)).content, TILLY)


def test_what_is_saved_is_the_covered_picture_marked_for_the_family(mother, both):
    saved = mother.get(f"{address(both, both.malik, share(both))}?keep=1")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="for-your-family.png"'
    picture = Image.open(BytesIO(saved.content)).convert("RGB")
    assert picture.width == copies.FOR_FAMILIES
    band = picture.height - 900
    assert band > 20, "a band of words below the picture"
    above = BytesIO()
    picture.crop((0, 0, 1200, 900)).save(above, "PNG")
    assert is_covered(above.getvalue(), TILLY)
    assert not is_covered(above.getvalue(), MALIK)
    words = np.asarray(picture)[905:].astype(int)
    assert words.max() > 200, "light words"
    assert words.min() < 60, "on a dark band"


def test_a_parent_takes_a_shared_picture_down(mother, both):
    row = share(both)
    page = address(both, both.malik, row, "take-down/")
    assert mother.get(page).status_code == 200
    assert mother.post(page, {}).status_code == 422
    assert mother.post(page, {"where": "here"}).status_code == 302
    assert Stop.objects.get().purpose.key == JOURNAL
    assert mother.get(address(both, both.malik, row)).status_code == 404
    assert "What you took down" in mother.get(f"/children/{both.malik.pk}/record/").text


# In school


def guest_of(school, head, *, days=3, pages=("in-school",)):
    from belisha.people.actions import add_user

    user = add_user(school, email="vale@away.example", name="Ms Vale", password=None)
    now = timezone.now()
    return GuestPass.objects.create(
        school=school,
        name="Ms Vale, inspector",
        email=user.email,
        pages=list(pages),
        until=now + timedelta(days=days),
        user=user,
        invited_at=now,
        invited_by=head,
    )


@pytest.fixture
def wall(robins):
    """Malik's family said yes to display; Tilly's did not."""
    robins.settle_all()
    robins.say(robins.malik, robins.mother, Kind.GIVEN, "display")
    return share(robins, "display", Viewers.SCHOOL)


def look_at(robins, row):
    return f"/in-school/{row.ref}/pictures/{robins.photo.ref}/photo.jpg"


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.CHAIR, Role.OTHER_STAFF])
def test_governors_and_staff_see_what_is_shown_in_school(client, robins, wall, school, role):
    client.force_login(make_staff(school, "Dr Pegasus", role).user)
    assert "Our bridge" in client.get("/in-school/").text
    assert client.get(f"/in-school/{wall.ref}/").status_code == 200
    data = client.get(look_at(robins, wall)).content
    assert is_covered(data, TILLY)
    assert not is_covered(data, MALIK)
    looks = Entry.objects.filter(verb="share.looked").count()
    assert looks == (0 if role is Role.OTHER_STAFF else 1)


def test_a_guest_sees_the_named_album_until_its_day_and_each_look_is_kept(
    client, robins, wall, school
):
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    guest = guest_of(school, head)
    client.force_login(guest.user)
    assert client.get("/in-school/").status_code == 200
    assert "Our bridge" not in client.get("/in-school/").text, "nothing was named yet"
    assert client.get(look_at(robins, wall)).status_code == 404
    today = timezone.localdate()
    look = shares.let_guest_look(wall, guest, until_on=today, by=head, at=robins.at)
    with pytest.raises(shares.NotShared):
        shares.let_guest_look(wall, guest, until_on=today, by=head, at=robins.at)
    before = Entry.objects.filter(verb="guest.looked").count()
    assert client.get(f"/in-school/{wall.ref}/").status_code == 200
    assert is_covered(client.get(look_at(robins, wall)).content, TILLY)
    assert Entry.objects.filter(verb="guest.looked").count() == before + 2
    assert Entry.objects.filter(verb="share.looked", by=guest.user.pk).count() == 1
    GuestLook.objects.update(until_on=today - timedelta(days=1))
    assert client.get(look_at(robins, wall)).status_code == 404
    GuestLook.objects.update(until_on=today)
    shares.end_guest_look(look, by=head, at=robins.at)
    assert client.get(f"/in-school/{wall.ref}/").status_code == 404


def test_a_guest_whose_pass_is_over_or_names_other_pages_sees_nothing(client, robins, wall, school):
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    guest = guest_of(school, head, pages=["figures"])
    shares.let_guest_look(wall, guest, until_on=timezone.localdate(), by=head, at=robins.at)
    client.force_login(guest.user)
    assert client.get(look_at(robins, wall)).status_code == 404
    GuestPass.objects.update(pages=["in-school"])
    assert client.get(look_at(robins, wall)).status_code == 200
    GuestPass.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(look_at(robins, wall)).status_code in (302, 404)


def test_what_is_for_families_is_not_for_guests_nor_governors(client, both, school):
    row = share(both)
    head = make_staff(school, "Mrs Zebrahart", Role.HEAD).user
    with pytest.raises(shares.NotShared):
        shares.let_guest_look(
            row, guest_of(school, head), until_on=timezone.localdate(), by=head, at=both.at
        )
    client.force_login(make_staff(school, "Dr Pegasus", Role.GOVERNOR).user)
    assert client.get(look_at(both, row)).status_code == 404


def test_a_no_takes_a_picture_off_the_screen_in_school(client, robins, wall):
    client.force_login(robins.teacher)
    robins.say(robins.malik, robins.mother, Kind.REFUSED, "display")
    assert is_covered(client.get(look_at(robins, wall)).content, MALIK)
    robins.photo.kept_back_at = robins.at
    robins.photo.save()
    assert client.get(look_at(robins, wall)).status_code == 404
    assert "Our bridge" not in client.get("/in-school/").text


# Staff


def test_a_teacher_shares_changes_ends_and_shows_again(client, both):
    client.force_login(both.teacher)
    page = f"/albums/{both.album.ref}/share/"
    assert "every other child is covered" in client.get(page).text
    today = timezone.localdate()
    typed = {
        "viewers": "families",
        "for": JOURNAL,
        "title": "Malik’s bridge",
        "from_on": str(today),
        "until_on": str(today + timedelta(days=9)),
        "pictures": both.photo.ref,
    }
    named = client.post(page, typed)
    assert named.status_code == 422
    assert "is the name of a child" in named.text
    typed["title"] = "Our bridge"
    assert client.post(page, typed | {"pictures": ""}).status_code == 422
    assert client.post(page, typed | {"until_on": "2020-01-01"}).status_code == 422
    assert not Share.objects.exists()
    made = client.post(page, typed)["Location"]
    assert "Shown now" in client.get(made).text
    assert client.post(f"{made}change/", typed | {"title": "The bridge"}).status_code == 302
    assert "The bridge" in client.get("/shared/").text
    client.post(f"{made}end/")
    assert "The bridge" not in client.get("/shared/").text
    assert "The bridge" in client.get("/shared/?state=over").text
    client.post(f"{made}resume/")
    assert "The bridge" in client.get("/shared/").text
    assert "The bridge" in client.get("/shared/shared.csv").text
    assert client.get(f"{page}?viewers=school").status_code == 200


def test_another_class_and_a_wrong_purpose_share_nothing(both, school, client):
    with pytest.raises(shares.NotShared):
        share(both, "website")
    with pytest.raises(shares.NotShared):
        share(both, JOURNAL, Viewers.SCHOOL)
    row = share(both)
    other = make_staff(school, "Mr Heron", Role.TEACHER).user
    with pytest.raises(Refused):
        shares.end(row, by=other, at=both.at)
    client.force_login(other)
    assert client.get(f"/shared/{row.ref}/").status_code == 404
    assert client.post(f"/shared/{row.ref}/end/").status_code == 404


def test_the_record_of_a_child_says_what_the_family_sees_and_what_stops_it(client, both):
    client.force_login(both.teacher)
    page = f"/pupils/{both.malik.pk}/pictures/"
    assert "The family does not see it" in client.get(page).text
    share(both)
    assert "The family sees it" in client.get(page).text
    stops.stop(both.photo, both.malik, Source.CHILD, by=both.teacher, at=both.at)
    text = client.get(page).text
    assert "The family does not see it" in text
    assert "Not this one" in text


def test_many_shared_pictures_take_no_more_questions(both, django_assert_max_num_queries, client):
    for number in range(6):
        share(both, title=f"Album {number}")
    client.force_login(both.mother.user)
    with django_assert_max_num_queries(40):
        client.get(f"/children/{both.malik.pk}/albums/")
