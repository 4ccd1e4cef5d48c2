"""What is over is proposed, kept with a reason, or deleted by a person, and written down."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.actions import albums, pictures, retention
from belisha.photos.models import Album, Deletion, Face, Photo, StoredFile
from belisha.photos.overdue import albums_over, kept_back_over, leavers_over
from belisha.photos.retention import Keeps, before, in_days, spoken
from belisha.photos.todo import todo

LATER = timedelta(days=3 * 365 + 40)


@pytest.fixture
def old(robins):
    """The album, looked at some years later."""
    robins.settle_all()
    robins.on = robins.album.taken_on + LATER
    return robins


def test_an_album_is_over_the_day_after_its_last_and_no_sooner(robins):
    last = robins.album.taken_on + timedelta(days=Keeps.ALBUM.days)
    assert not albums_over(robins.teacher, on=last).exists()
    assert albums_over(robins.teacher, on=last + timedelta(days=1)).exists()


def test_a_number_of_days_is_said_plainly_and_the_school_changes_it(robins):
    assert spoken(730) == "2 years"
    assert spoken(30) == "30 days"
    assert in_days({}, Keeps.BACKUPS) == 35
    retention.set_period(robins.teacher.school, Keeps.ALBUM, 10, by=robins.office, at=robins.at)
    on = robins.album.taken_on + timedelta(days=11)
    assert albums_over(robins.teacher, on=on).exists()
    assert before(on, 10) == robins.album.taken_on
    with pytest.raises(Refused):
        retention.set_period(
            robins.teacher.school, Keeps.ALBUM, 10, by=robins.teacher, at=robins.at
        )
    with pytest.raises(ValueError, match="Choose"):
        retention.set_period(robins.teacher.school, Keeps.ALBUM, 0, by=robins.office, at=robins.at)


def test_it_is_proposed_to_who_made_it_and_the_office_and_to_no_colleague(old, school):
    colleague = make_staff(school, "Mr Heron", Role.TEACHER).user
    for user, proposed in ((old.teacher, True), (old.office, True), (colleague, False)):
        assert albums_over(user, on=old.on).exists() is proposed
        titles = [task.title for task in todo(user, old.on)]
        assert ("Pictures are kept past their time" in titles) is proposed


def test_an_album_is_kept_longer_with_a_reason_and_asked_about_again(old):
    until = old.on + timedelta(days=100)
    retention.keep_longer(
        old.album, why="Our hundredth year", until_on=until, by=old.teacher, at=old.at
    )
    assert not albums_over(old.office, on=until).exists()
    assert albums_over(old.office, on=until + timedelta(days=1)).exists()
    with pytest.raises(retention.NotDeleted):
        retention.delete_album(old.album, count=1, by=old.office, at=old.at, on=old.on)


def test_what_is_deleted_is_gone_in_every_form_and_the_record_names_nobody(
    old, django_capture_on_commit_callbacks
):
    files = list(StoredFile.objects.filter(photo=old.photo))
    paths = [site.MEDIA_ROOT / file.key[:2] / file.key for file in files]
    assert len(paths) == 3
    assert all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        gone = retention.delete_album(old.album, count=1, by=old.office, at=old.at, on=old.on)
    assert not any(path.exists() for path in paths)
    assert not Album.objects.exists()
    assert not Photo.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Face.objects.exists()
    assert (gone.albums, gone.pictures, gone.files) == (1, 1, 3)
    assert gone.backups_until == timezone.localdate(old.at) + timedelta(days=35)
    facts = str(Entry.objects.filter(verb="deletion.done").last().facts)
    for word in ("Bridge", "Malik", "Tilly", "Robins"):
        assert word not in facts


def test_a_count_that_is_not_true_any_more_deletes_nothing(old):
    with pytest.raises(retention.NotDeleted):
        retention.delete_album(old.album, count=2, by=old.office, at=old.at, on=old.on)
    assert Photo.objects.exists()


def test_pictures_that_are_not_used_are_over_after_their_time(robins):
    pictures.keep_back(robins.photo, by=robins.teacher, at=robins.at)
    day = timezone.localdate(robins.at)
    assert not kept_back_over(robins.teacher, on=day + timedelta(days=30)).exists()
    on = day + timedelta(days=31)
    assert kept_back_over(robins.teacher, on=on).exists()
    gone = retention.delete_pictures(
        Keeps.KEPT_BACK, count=1, by=robins.teacher, at=robins.at, on=on
    )
    assert gone.kind == Keeps.KEPT_BACK
    assert gone.pictures == 1
    assert not Photo.objects.exists()


def test_a_picture_of_leavers_is_over_only_when_the_last_of_them_has_left(old):
    left = old.album.taken_on
    old.malik.left_on = left
    old.malik.save()
    on = left + timedelta(days=366)
    assert not leavers_over(old.office, on=on).exists(), "Tilly is still here"
    old.tilly.left_on = left + timedelta(days=10)
    old.tilly.save()
    assert not leavers_over(old.office, on=on).exists()
    assert leavers_over(old.office, on=on + timedelta(days=10)).exists()


def test_removing_by_hand_leaves_a_record_too(robins):
    pictures.remove(robins.photo, by=robins.teacher, at=robins.at)
    albums.remove(robins.album, by=robins.teacher, at=robins.at)
    assert [row.kind for row in Deletion.objects.order_by("id")] == ["by-hand", "by-hand"]


def test_the_pages_propose_ask_for_the_count_and_show_the_record(robins, client):
    Album.objects.update(taken_on=timezone.localdate() - LATER)
    client.force_login(robins.office)
    session = client.session
    session["fresh_at"] = timezone.now().isoformat()
    session.save()
    page = client.get("/retention/").text
    assert "Bridge day" in page
    assert Album.objects.exists(), "looking deletes nothing"
    delete = f"/retention/albums/{robins.album.ref}/delete/"
    assert client.post(delete, {"name": "7"}).status_code == 422
    assert Album.objects.exists()
    keep = f"/retention/albums/{robins.album.ref}/keep/"
    assert client.post(keep, {"why": "", "until_on": "2020-01-01"}).status_code == 422
    record = client.post(delete, {"name": "1"})["Location"]
    said = client.get(record).text
    assert "Gone from backups by" in said
    assert "Bridge day" not in said
    assert "Removed by hand" not in client.get("/deletions/").text
    assert record.split("/")[-2] in client.get("/deletions/deletions.csv").text
    assert client.post("/retention/periods/backups/", {"days": "90"}).status_code == 302
    assert "90 days" in client.get("/retention/").text
    assert client.post("/retention/periods/by-hand/", {"days": "90"}).status_code == 404
