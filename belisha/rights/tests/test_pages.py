"""The pages about backups: what the head and the office see, and who may take records along."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from belisha.people.models import Mail
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.rights.models import Backup, Restore, Takeaway
from belisha.rights.todo import todo


@pytest.fixture
def head(school):
    return make_staff(school, "Mrs Zebrahart", Role.HEAD)


@pytest.fixture
def office(school):
    return make_staff(school, "Ms Bright", Role.OFFICE)


@pytest.fixture
def backup(db):
    def backup(days, **more):
        return Backup.objects.create(
            made_at=timezone.now() - timedelta(days=days),
            place=f"/nowhere/{days}.belisha",
            sha256="0" * 64,
            **dict.fromkeys(("size", "rows", "files", "seconds"), 1),
            **more,
        )

    return backup


def test_the_page_says_how_it_stands_and_which_backup_is_kept_too_long(
    client, office, backup, school
):
    client.force_login(office.user)
    assert b"None yet" in client.get(reverse("backups")).content
    backup(0, proven_at=timezone.now())
    old = backup(36)
    said = client.get(reverse("backups")).content.decode()
    assert "1 backup should be deleted by now" in said
    client.post(reverse("backup-gone"), {"ref": old.ref})
    assert "should be deleted" not in client.get(reverse("backups")).content.decode()
    assert client.get(reverse("archive-ask")).status_code == 404


def test_the_head_and_the_office_are_told_of_old_backups_and_of_what_a_restore_left(
    head, office, backup, school, client
):
    on = timezone.localdate()
    assert [task.title for task in todo(head.user, on)] == ["Have a backup made"]
    backup(1)
    assert [task.title for task in todo(office.user, on)] == ["Have a backup proven"]
    left = [{"at": "2026-11-20T09:00:00+00:00", "about": "photo:1", "words": "Look at this face."}]
    now = timezone.now()
    Restore.objects.create(at=now, made_at=now, journal=False, left=left)
    assert "Look at what a restore left" in [task.title for task in todo(head.user, on)]
    client.force_login(head.user)
    said = client.get(reverse("backups")).content.decode()
    assert "Look at this face." in said and "There was no journal" in said
    client.post(reverse("restores-looked"))
    assert "Look at this face." not in client.get(reverse("backups")).content.decode()


def test_the_head_asks_for_an_archive_once_and_the_lead_is_told(client, head, school):
    lead = make_staff(school, "Ms Canter", Role.SAFEGUARDING_LEAD)
    client.force_login(head.user)
    assert client.post(reverse("archive-ask"), {"why": ""}).status_code == 422
    assert client.post(reverse("archive-ask"), {"why": "Moving"}).status_code == 302
    assert Takeaway.objects.get().why == "Moving"
    assert [mail.to for mail in Mail.objects.filter(kind="archive")] == [lead.email]
    again = client.post(reverse("archive-ask"), {"why": "Moving"})
    assert again.status_code == 422 and b"being made already" in again.content
    assert (
        client.get(reverse("archive-fetch", args=[Takeaway.objects.get().ref])).status_code == 302
    )
