"""The pages of albums, pictures and copies, as a browser gets them."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from belisha.consent.rules import Kind
from belisha.people.actions.protection import lift, protect
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_pupil, make_staff
from belisha.photos.asking import ask
from belisha.photos.models import Album, Face, Photo, SafeCopy
from belisha.photos.rules import Light, Who
from belisha.photos.tests.conftest import PICTURES, TODAY, same_robins, same_school
from belisha.photos.todo import todo
from belisha.policy.models import Purpose

robins, school = same_robins, same_school  # the names by which tests ask for them

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


def test_the_newest_album_stands_first(teacher, robins):
    for title, taken in (("Kites", "2026-11-01"), ("Boats", "2026-11-18")):
        made = {"title": title, "school_class": robins.school_class.pk, "taken_on": taken}
        teacher.post("/albums/new/", made)
    page = teacher.get("/albums/").text
    assert page.index("Boats") < page.index("Kites")
    assert "1 waits for someone" in page


def test_of_the_whole_school_ones_own_class_is_offered_first(teacher, school, robins):
    make_pupil(school, "Ada", "Kerb", make_class(school, "Owls"))
    Album.objects.update(school_class=None)
    offered = teacher.get(f"/pictures/{robins.photo.ref}/").context["children"]
    assert [one["class_name"] for one in offered].index("Owls") == len(offered) - 1


def test_faces_to_name_wait_for_who_knows_the_class(school, robins):
    head = make_staff(school, "Mrs Zebra", Role.HEAD).user

    def waits(user):
        return [task.title for task in todo(user, TODAY) if task.act == "Go on"]

    assert (waits(robins.teacher), waits(head)) == (["Bridge day"], [])
    Album.objects.update(school_class=None)
    assert waits(head) == ["Bridge day"]


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
        assert "Someone in this copy may not be shown in it now." in answer.text
        assert "P.i" in answer.text


def test_a_closed_copy_does_not_tell_a_protected_child_from_any_other(teacher, school, settled):
    """Whoever saw the copy knows that Malik’s family had said yes."""
    copy = teacher.post(f"/pictures/{settled.photo.ref}/copies/", {"purpose": "newsletter"})
    addresses = [copy.headers["Location"] + end for end in ("", "photo.jpg", "photo.jpg?keep=1")]

    def pages():
        answers = [teacher.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {410}
        return [re.sub(r"\w{64}", "", answer.text) for answer in answers]

    child = settled.malik
    lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD).user
    protect(child, why="A court order", by=lead, at=settled.at)
    hidden = pages()
    lift(child, why="It is over", by=lead, at=settled.at)
    settled.say(child, settled.mother, Kind.REFUSED)
    assert pages() == hidden
    assert not any("Malik" in page or "Tilly" in page for page in hidden)


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


OUTSIDERS = [Role.TEACHER, Role.OTHER_STAFF, Role.GOVERNOR, "the child's mother"]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_whoever_may_not_see_an_album_finds_nothing(client, settled, school, role):
    copy = SafeCopy.objects.create(
        school=school,
        photo=settled.photo,
        purpose=Purpose.objects.get(key="newsletter"),
        hidden=[],
        made_at=settled.at,
        made_by=settled.teacher,
    )
    mother = role not in Role.__members__.values()
    client.force_login(
        settled.mother.user if mother else make_staff(school, "Mr Tactile", role).user
    )
    face = f"faces/{settled.photo.faces.first().pk}/"
    picture, album = f"/pictures/{settled.photo.ref}/", f"/albums/{settled.album.ref}/"
    for address in (album, album + "album.csv", album + "parts/?upload=1", picture):
        assert client.get(address).status_code == 404
    for address in (picture + "view.jpg", picture + "thumb.jpg", f"/copies/{copy.ref}/photo.jpg"):
        assert client.get(address).status_code == 404
    acts = ("faces/", "undo/", "all-boxed/", "keep-back/", "remove/", "copies/", "faces/rest/")
    for act in (*acts, face + "settle/", face + "move/", face + "remove/"):
        sent = {"purpose": "newsletter", "who": "adult", "x": 0, "y": 0, "w": 1, "h": 1}
        assert client.post(picture + act, sent).status_code == 404
    for act in ("add/", "parts/", "change/", "remove/"):
        assert client.post(album + act, {"name": "Bridge day"}).status_code == 404
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
    with django_assert_num_queries(5):
        ask([settled.photo], purposes, on=TODAY)
    many = [picture_of(settled, settled.malik, settled.tilly) for _ in range(50)]
    with django_assert_num_queries(5):
        decisions = ask([settled.photo, *many], purposes, on=TODAY)
    assert {len(decisions[photo.pk]["newsletter"].hidden_ids) for photo in many} == {1}


def picture_of(settled, *pupils):
    photo = Photo.objects.create(
        school=settled.album.school,
        album=settled.album,
        sha256=f"{Photo.objects.count():064}",
        width=1,
        height=1,
        added_at=settled.at,
        faces_found_at=settled.at,
        boxed_at=settled.at,
    )
    for pupil in pupils:
        Face.objects.create(
            school=photo.school, photo=photo, x=0, y=0, w=1, h=1, who=Who.PUPIL, pupil=pupil
        )
    return photo


def test_one_picture_that_cannot_be_decided_does_not_decide_the_others(settled):
    other = picture_of(settled, settled.malik)
    settled.photo.faces.filter(pupil=settled.tilly).update(who="ghost", pupil=None)
    decisions = ask([settled.photo, other], list(Purpose.objects.in_use()), on=TODAY)
    assert {one.light for one in decisions[settled.photo.pk].values()} == {Light.NO}
    assert decisions[other.pk]["newsletter"].light is Light.AS_IS


WORDS = ("Malik", "Wayfinder", "Tilly", "Robins", "IMG_1", "Bridge", "2026-11")


def test_no_address_or_header_tells_who_or_what_is_in_a_picture(teacher, settled):
    picture, album = f"/pictures/{settled.photo.ref}/", f"/albums/{settled.album.ref}/"
    copy = teacher.post(picture + "copies/", {"purpose": "newsletter"}).headers["Location"]
    files = [
        teacher.get(picture + "view.jpg"),
        teacher.get(picture + "thumb.jpg"),
        teacher.get(copy + "photo.jpg"),
        teacher.get(copy + "photo.jpg?keep=1"),
        teacher.get(album + "album.csv"),
        teacher.post(album + "pictures.zip", {"purpose": "newsletter"}),
    ]
    for answer in files:
        told = f"{answer.request['PATH_INFO']} {dict(answer.headers)}"
        assert not [word for word in WORDS if word in told]
        assert answer.headers["Cache-Control"] == "private, no-store"
    names = {answer.headers["Content-Disposition"].partition("; ")[2] for answer in files}
    assert names == {f'filename="{name}"' for name in ("photo.jpg", "album.csv", "pictures.zip")}


def test_a_copy_that_is_no_longer_right_is_not_said_to_be_unchanged(teacher, settled):
    copy = teacher.post(f"/pictures/{settled.photo.ref}/copies/", {"purpose": "newsletter"})
    address = copy.headers["Location"] + "photo.jpg"
    later = {"if-none-match": "*", "if-modified-since": "Sun, 20 Nov 2050 09:00:00 GMT"}
    assert teacher.get(address, headers=later).status_code == 200
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    assert teacher.get(address, headers=later).status_code == 410


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "-1", "²", "", "1 or 1"])
def test_a_child_that_there_is_not_cannot_be_named(teacher, robins, number):
    face = robins.photo.faces.first()
    address = f"/pictures/{robins.photo.ref}/faces/{face.pk}/settle/"
    assert teacher.post(address, {"who": f"pupil:{number}"}).status_code == 404
    face.refresh_from_db()
    assert face.who == Who.UNSETTLED


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "", "x"])
def test_a_box_of_no_numbers_is_refused_in_words(teacher, robins, number):
    sent = {"x": number, "y": 0.1, "w": 0.1, "h": 0.1}
    face = robins.photo.faces.first()
    page = f"/pictures/{robins.photo.ref}/"
    for act in ("faces/", f"faces/{face.pk}/move/"):
        answer = teacher.post(page + act, sent, follow=True)
        assert "must lie between 0 and 1" in answer.text
    assert robins.photo.faces.count() == 2
    assert robins.photo.faces.get(pk=face.pk).x == face.x
