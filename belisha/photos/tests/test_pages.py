"""The pages of albums, pictures and copies, as a browser gets them."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from belisha.consent.rules import Kind
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_staff
from belisha.photos.asking import ask
from belisha.photos.models import Album, Photo, SafeCopy
from belisha.photos.tests.conftest import PICTURES, TODAY
from belisha.policy.models import Purpose

TOKEN = "ab" * 16
OTHER = (PICTURES / "bridge-day" / "06.webp").read_bytes()


@pytest.fixture
def teacher(client, robins):
    client.force_login(robins.teacher)
    return client


def test_an_album_is_made_found_changed_and_removed(teacher, robins):
    answer = teacher.post(
        "/albums/new/",
        {"title": "Boats", "school_class": robins.school_class.pk, "taken_on": "2026-11-19"},
        follow=True,
    )
    assert "Boats" in answer.text
    album = Album.objects.get(title="Boats")
    assert "Boats" in teacher.get("/albums/?q=boa").text
    teacher.post(
        f"/albums/{album.ref}/change/",
        {"title": "Ships", "school_class": robins.school_class.pk, "taken_on": "2026-11-19"},
    )
    assert Album.objects.get(pk=album.pk).title == "Ships"
    assert teacher.post(f"/albums/{album.ref}/remove/", {"name": "Boats"}).status_code == 422
    teacher.post(f"/albums/{album.ref}/remove/", {"name": "Ships"})
    assert not Album.objects.filter(pk=album.pk).exists()


def test_a_teacher_cannot_put_an_album_into_a_class_they_do_not_teach(teacher, school):
    other = make_class(school, "Owls")
    answer = teacher.post(
        "/albums/new/", {"title": "x", "school_class": other.pk, "taken_on": "2026-11-19"}
    )
    assert answer.status_code == 422


def test_faces_are_named_on_the_page_until_a_copy_can_be_made(teacher, robins):
    page = f"/pictures/{robins.photo.ref}/"
    assert "2 faces have no name yet" in teacher.get(page).text
    for pupil in (robins.malik, robins.tilly):
        face = teacher.get(page).context["chosen"]
        teacher.post(f"{page}faces/{face.id}/settle/", {"who": f"pupil:{pupil.pk}"})
    assert "Is every face in a box?" in teacher.get(page).text
    teacher.post(f"{page}all-boxed/", {"answer": "yes"})
    copy = teacher.post(f"{page}copies/", {"purpose": "newsletter"}, follow=True)
    assert "Goes with 2 faces hidden" in copy.text
    file = teacher.get(copy.redirect_chain[-1][0] + "photo.jpg?keep=1")
    assert file.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.content.startswith(b"\xff\xd8")


def test_names_are_offered_by_two_letters_without_a_script(teacher, robins):
    face = robins.photo.faces.first()
    page = teacher.get(f"/pictures/{robins.photo.ref}/?face={face.pk}&typed=ti")
    assert [child["name"] for child in page.context["children"]] == ["Tilly C"]


def test_a_copy_is_refused_kindly_after_a_no(teacher, settled):
    page = f"/pictures/{settled.photo.ref}/copies/"
    copy = teacher.post(page, {"purpose": "newsletter"}).headers["Location"]
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    for address in (copy, copy + "photo.jpg", copy + "photo.jpg?keep=1"):
        answer = teacher.get(address)
        assert answer.status_code == 410
        assert "Malik W" in answer.text
        assert "P.i" in answer.text


def test_the_zip_is_decided_as_it_is_read(teacher, settled):
    album = f"/albums/{settled.album.ref}/pictures.zip"
    teacher.post(
        f"/albums/{settled.album.ref}/add/",
        {"pictures": SimpleUploadedFile("Malik at the pond.webp", OTHER)},
    )
    answer = teacher.post(album, {"purpose": "newsletter"})
    content = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert content.namelist() == ["0002.jpg", "not-here.txt"] or content.namelist() == [
        "0001.jpg",
        "not-here.txt",
    ]
    assert content.testzip() is None
    assert "Faces are still being looked for" in content.read("not-here.txt").decode()
    assert "Malik" not in str(answer.headers)
    assert SafeCopy.objects.count() == 1


def test_all_answers_of_an_album_are_a_table(teacher, settled):
    sheet = teacher.get(f"/albums/{settled.album.ref}/album.csv").text
    assert "1,Newsletter,Goes with 1 face hidden,P.i," in sheet


def send(client, robins, data, **more):
    fields = {"upload": TOKEN, "name": "IMG_9.webp", "size": len(data), "offset": 0} | more
    return client.post(
        f"/albums/{robins.album.ref}/parts/",
        fields | {"part": SimpleUploadedFile("blob", data[fields["offset"] :][: 1 << 20])},
    )


def test_parts_answer_as_the_script_expects(teacher, robins):
    parts = f"/albums/{robins.album.ref}/parts/"
    assert teacher.get(parts, {"upload": TOKEN}).json() == {"received": 0}
    added = send(teacher, robins, OTHER).json()
    assert (added["done"], added["status"]) == (True, "added")
    assert teacher.get(added["url"]).status_code == 200
    assert send(teacher, robins, OTHER).json()["status"] == "already-here"
    refused = send(teacher, robins, b"not a picture").json()
    assert refused["status"] == "refused"
    assert refused["message"].endswith(".")
    assert send(teacher, robins, OTHER, upload="../x").status_code == 400


def test_several_files_by_the_plain_form_are_each_answered(teacher, robins):
    files = [
        SimpleUploadedFile("IMG_2.webp", OTHER),
        SimpleUploadedFile("IMG_3.webp", OTHER),
        SimpleUploadedFile("letter.jpg", b"%PDF-1.7"),
    ]
    answer = teacher.post(f"/albums/{robins.album.ref}/add/", {"pictures": files}, follow=True)
    assert "1 picture added." in answer.text
    assert "1 picture already here." in answer.text
    assert "letter.jpg:" in answer.text


def test_a_picture_is_never_answered_from_a_cache(teacher, robins):
    for form in ("view", "thumb"):
        answer = teacher.get(
            f"/pictures/{robins.photo.ref}/{form}.jpg",
            headers={"if-none-match": "*", "if-modified-since": "Fri, 20 Nov 2026 09:00:00 GMT"},
        )
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


def test_the_original_is_behind_no_address(teacher, robins):
    for form in ("original", "ORIGINAL", "view.jpg/../original"):
        assert teacher.get(f"/pictures/{robins.photo.ref}/{form}.jpg").status_code == 404


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OTHER_STAFF, Role.GOVERNOR])
def test_whoever_may_not_see_an_album_finds_nothing(client, settled, school, role):
    copy = SafeCopy.objects.create(
        school=school,
        photo=settled.photo,
        purpose=Purpose.objects.get(key="newsletter"),
        hidden=[],
        made_at=settled.at,
        made_by=settled.teacher,
    )
    client.force_login(make_staff(school, "Mr Tactile", role).user)
    picture, album = f"/pictures/{settled.photo.ref}/", f"/albums/{settled.album.ref}/"
    for address in (album, album + "album.csv", album + "parts/?upload=1", picture):
        assert client.get(address).status_code == 404
    for address in (picture + "view.jpg", picture + "thumb.jpg", f"/copies/{copy.ref}/photo.jpg"):
        assert client.get(address).status_code == 404
    for act in ("faces/", "undo/", "all-boxed/", "keep-back/", "remove/", "copies/", "faces/rest/"):
        assert client.post(picture + act, {"purpose": "newsletter"}).status_code == 404
    assert client.post(album + "pictures.zip", {"purpose": "newsletter"}).status_code == 404
    assert Photo.objects.get().kept_back_at is None


def test_a_picture_that_is_kept_back_says_so_everywhere(teacher, settled):
    page = f"/pictures/{settled.photo.ref}/"
    teacher.post(page + "keep-back/")
    assert "Not to be used" in teacher.get(page).text
    assert teacher.post(page + "copies/", {"purpose": "newsletter"}).status_code == 409
    teacher.post(page + "keep-back/")
    assert teacher.post(page + "copies/", {"purpose": "newsletter"}).status_code == 302


def test_asking_about_many_pictures_takes_no_more_questions(settled, django_assert_num_queries):
    purposes = list(Purpose.objects.in_use())
    with django_assert_num_queries(4):
        ask([settled.photo], purposes, on=TODAY)
    many = [
        Photo.objects.create(
            school=settled.album.school,
            album=settled.album,
            sha256=str(number),
            width=1,
            height=1,
            added_at=settled.at,
        )
        for number in range(30)
    ]
    with django_assert_num_queries(4):
        ask([settled.photo, *many], purposes, on=TODAY)
