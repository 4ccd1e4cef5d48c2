"""Pictures in a child's own bundle: with all others covered, under a reviewer's eye, by hash."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from belisha.photos.actions import faces, pictures
from belisha.photos.held import CLIP_STAYS
from belisha.photos.models import Photo
from belisha.photos.rules import Who
from belisha.photos.tests.conftest import MALIK, TILLY
from belisha.photos.tests.test_shares import is_covered
from belisha.rights.actions import requests as acts
from belisha.rights.models import Item, Request
from belisha.rights.rules import Asked, Choice, Part

SCHOOL = Part.SCHOOL


@pytest.fixture
def row(school, settled, now):
    asked = acts.receive(
        school,
        Asked.COPY,
        settled.malik,
        by=settled.office,
        at=now,
        asked_by="Wanda Wayfinder",
        how=Request.How.LETTER,
        received_on=now.date(),
    )
    return acts.identify(asked, how="Known", by=settled.office, at=now)


def of_pictures(row):
    return Item.objects.of(row, SCHOOL).exclude(picture="")


def decide(row, by, now, **picture):
    """Give everything, and say of the picture what is named."""
    acts.gather(row, SCHOOL, by=by, at=now)
    said = {item.pk: ("keep", "") for item in Item.objects.of(row, SCHOOL)}
    said |= {item.pk: (picture["choice"], picture.get("why", "")) for item in of_pictures(row)}
    return acts.choose(row, SCHOOL, said, by=by, at=now)


def bundle(row, by, now):
    with zipfile.ZipFile(io.BytesIO(b"".join(acts.fetch(row, SCHOOL, by=by, at=now)))) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_childs_pictures_leave_with_all_others_covered_and_listed_by_hash(row, settled, now):
    faces.settle(settled.photo.faces.last(), Who.ADULT, by=settled.teacher, at=now)
    assert decide(row, settled.office, now, choice="keep") == 0
    files = bundle(row, settled.office, now)
    data = files["pictures/0001.jpg"]
    assert is_covered(data, TILLY), "a grown-up as well"
    assert not is_covered(data, MALIK)
    [told] = [one for one in json.loads(files["held.json"])["held"] if one["title"] == "A picture"]
    assert told["facts"]["File"] == "pictures/0001.jpg"
    assert told["facts"]["SHA-256"] == hashlib.sha256(data).hexdigest()
    assert told["facts"]["Album"] == "Bridge day"


def test_a_picture_may_be_left_out_with_a_reason_and_never_goes_uncovered(row, settled, now):
    for choice, why in ((Choice.HIDE, ""), (Choice.WHOLE, "They are friends")):
        with pytest.raises(ValidationError):
            decide(row, settled.office, now, choice=choice, why=why)
    decide(row, settled.office, now, choice=Choice.HIDE, why="She is undressed")
    files = bundle(row, settled.office, now)
    assert set(files) == {"held.pdf", "held.json"}
    assert b"A picture" not in files["held.json"] and b"undressed" not in files["held.json"]


def test_a_picture_in_which_a_face_may_be_missed_stays(row, settled, now):
    decide(row, settled.office, now, choice=Choice.KEEP)
    Photo.objects.update(boxed_at=None)
    with pytest.raises(ValidationError, match="changed a face"):
        acts.fetch(row, SCHOOL, by=settled.office, at=now)
    with pytest.raises(ValidationError, match="every face has a box"):
        decide(row, settled.office, now, choice=Choice.KEEP)


def test_a_clip_is_named_and_left_out_with_its_reason(row, settled, now):
    settled.photo.seconds = 4.2
    settled.photo.save()
    decide(row, settled.office, now, choice=Choice.KEEP)
    files = bundle(row, settled.office, now)
    assert set(files) == {"held.pdf", "held.json"}
    assert CLIP_STAYS in files["held.json"].decode()


def test_a_picture_that_was_deleted_since_is_named_and_the_rest_is_given(row, settled, now):
    decide(row, settled.office, now, choice=Choice.KEEP)
    pictures.remove(settled.photo, by=settled.teacher, at=now)
    assert "could not be read" in bundle(row, settled.office, now)["held.json"].decode()


def test_the_reviewer_sees_each_picture_as_it_would_leave(client, row, settled, now):
    acts.gather(row, SCHOOL, by=settled.office, at=now)
    item = of_pictures(row).get()
    client.force_login(settled.office)
    items = reverse("rights_items", args=[row.ref, "school"])
    picture = reverse("rights_picture", args=[row.ref, item.pk])
    assert picture in client.get(items).text
    assert is_covered(client.get(picture).content, TILLY)
    Photo.objects.update(boxed_at=None)
    page = client.get(items).text
    assert picture not in page and "A face may be missed" in page
    assert client.get(picture).status_code == 404
    client.post(items, {"rest": "on"})
    assert of_pictures(row).get().choice == "", "nobody has seen it yet"
    client.force_login(settled.teacher)
    assert client.get(picture).status_code == 404
